/* Finds the row of a sheet that holds the headings, or the two rows where groups stand over their parts. */
#include "columns.h"

#include "guanai/base/alloc.h"

#include <limits.h>
#include <string.h>

enum { PART_BYTES_MAX = 60 };

/* How well a row would do as the headings: matched columns; far more when a name or ID number is among them. */
static int score_row(struct ga_headings *headings, const struct ga_sheet_row *row)
{
    int matched = 0;
    bool has_key = false;
    for (size_t i = 0; i < row->cells_count; i++) {
        struct column column;
        if (!ga_headings_match(headings, row->cells[i].text, &column))
            continue;
        const char *name = column.own != NULL ? column.own->name : column.finder->name;
        has_key = has_key || ga_str_equal(name, "name") || ga_str_equal(name, "id_number");
        matched++;
    }
    return matched >= 2 || has_key ? matched : 0;
}

/* Headings a person has placed an earlier time are headings for sure. */
static bool was_placed(const struct ga_import *import, const struct ga_sheet_row *row)
{
    struct ga_arena scratch = {0};
    struct placing placing;
    ga_placing_keys(&scratch, row, &placing);
    const bool was = ga_placing_kept(import, placing.print)[0] != '\0';
    ga_arena_finish(&scratch);
    return was;
}

/* Rows do not stay; a row of headings is short. */
static struct ga_sheet_row copy_of(struct ga_arena *arena, const struct ga_sheet_row *row)
{
    struct ga_cell *cells = ga_arena_array(arena, row->cells_count, sizeof(*cells));
    for (size_t i = 0; i < row->cells_count; i++)
        cells[i] = (struct ga_cell){.kind = row->cells[i].kind, .text = ga_arena_strdup(arena, row->cells[i].text)};
    return (struct ga_sheet_row){.number = row->number, .cells_count = row->cells_count, .cells = cells};
}

/* --- two rows: 父亲 over 姓名 and 电话 is 父亲姓名, 父亲电话 --- */

/* 父亲情况, 父亲信息: the group is 父亲. */
static size_t group_len(const char *group)
{
    static const char *const tails[] = {"基本情况", "基本信息", "情况", "信息", "资料"};
    const size_t len = strlen(group);
    for (size_t i = 0; i < GA_COUNT(tails); i++) {
        const size_t tail = strlen(tails[i]);
        if (len > tail && strcmp(group + len - tail, tails[i]) == 0)
            return len - tail;
    }
    return len;
}

static bool is_heading(struct ga_headings *headings, const char *text)
{
    struct column column;
    return ga_headings_match(headings, text, &column);
}

/* "班级" and "(1)班" are a heading and an answer: what brackets explain is no part. */
static bool says_part(struct ga_arena *arena, const char *part)
{
    return part[0] != '(' && !ga_str_starts(part, "（") && ga_fold_heading(arena, part, strlen(part))[0] != '\0';
}

static const char *joined(struct ga_headings *headings, struct ga_arena *arena, const char *group, const char *part,
                          bool *ret_is_known)
{
    const char *whole = ga_arena_printf(arena, "%s%s", group, part);
    const char *bare = ga_arena_printf(arena, "%.*s%s", (int)group_len(group), group, part);
    const char *known = is_heading(headings, whole) ? whole : is_heading(headings, bare) ? bare : NULL;
    *ret_is_known = known != NULL && says_part(arena, part);
    return *ret_is_known ? known : whole;
}

/* A grandfather's health is not the child's: what stands under one of the family is never a heading by itself. */
static bool is_of_somebody(const char *group)
{
    static const char *const words[] = {"父", "母", "爸", "妈", "爷", "奶", "祖", "外公", "外婆", "姥", "监护", "家长",
                                        "代理", "兄", "弟", "姐", "妹", "老人", "教师", "班主任", "帮扶", "结对"};
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if (strstr(group, words[i]) != NULL)
            return true;
    return false;
}

struct pair {
    struct ga_headings *headings;
    const struct ga_sheet_row *upper, *lower;
    size_t count;
    bool has_answer; /* under a heading of its own: the lower row is a child's */
};

static const char *cell(const struct ga_sheet_row *row, size_t i)
{
    const char *text = ga_cell_text(row, i);
    return strlen(text) <= PART_BYTES_MAX ? text : "";
}

/* The columns from `first` under one cell of the upper row; how many of them the form knows by both together. */
static size_t join_group(struct pair *pair, struct ga_arena *arena, size_t first, struct ga_cell *cells,
                         size_t *ret_end)
{
    const char *group = cell(pair->upper, first);
    size_t known = 0, end = first + 1;
    while (end < pair->count && ga_cell_text(pair->upper, end)[0] == '\0')
        end++;
    for (size_t i = first; i < end; i++) {
        bool is_known = false;
        const char *part = cell(pair->lower, i);
        if (part[0] != '\0')
            cells[i].text = joined(pair->headings, arena, group, part, &is_known);
        else
            cells[i].text = ga_cell_text(pair->upper, i);
        known += is_known;
        pair->has_answer |= part[0] != '\0' && !is_known && end == first + 1 && is_heading(pair->headings, group);
    }
    for (size_t i = first; i < end && known == 0 && !is_of_somebody(group); i++) /* 基本情况 over 姓名, or a title */
        if (cell(pair->lower, i)[0] != '\0')
            cells[i].text = cell(pair->lower, i);
    *ret_end = end;
    return known;
}

/* Are they headings in two rows? Only if what they say together is a heading of the form; else false. */
static bool join(struct ga_headings *headings, struct ga_arena *arena, const struct ga_sheet_row *upper,
                 const struct ga_sheet_row *lower, struct ga_sheet_row *ret_row)
{
    struct pair pair = {.headings = headings, .upper = upper, .lower = lower,
                        .count = upper->cells_count > lower->cells_count ? upper->cells_count : lower->cells_count};
    struct ga_cell *cells = ga_arena_array(arena, pair.count, sizeof(*cells));
    size_t known = 0, first = 0;
    if (upper->number == 0 || lower->number != upper->number + 1)
        return false;
    while (first < pair.count && ga_cell_text(upper, first)[0] == '\0') {
        cells[first].text = ga_arena_strdup(arena, ga_cell_text(lower, first));
        first++;
    }
    while (first < pair.count)
        known += join_group(&pair, arena, first, cells, &first);
    *ret_row = (struct ga_sheet_row){.number = lower->number, .cells_count = pair.count, .cells = cells};
    return known > 0 && !pair.has_answer;
}

bool ga_headings_says(struct ga_arena *arena, const char *key, bool are_two, const char *text)
{
    const char *said = ga_fold_heading(arena, text, strlen(text));
    const char *group = ga_fold_heading(arena, text, group_len(text));
    const size_t len = strlen(key), part = strlen(said);
    if (!are_two || part == 0)
        return ga_str_equal(said, key);
    return ga_str_starts(key, group) || (part <= len && strcmp(key + len - part, said) == 0);
}

/* --- the search --- */

struct found {
    struct ga_sheet_row before, best, after; /* number 0: none */
};

static enum ga_rc find_best(struct ga_import *import, struct ga_headings *headings, size_t at, int64_t *ret_row,
                            struct ga_error *err)
{
    const struct ga_sheet_row *row;
    int best = 0;
    enum ga_rc rc = ga_sheet_start(import->book, at, err);
    for (int i = 0; rc == GA_OK && i < HEADER_ROWS_MAX; i++) {
        rc = ga_sheet_next(import->book, &row, err);
        if (rc != GA_OK || row == NULL)
            break;
        const int score = was_placed(import, row) ? INT_MAX : score_row(headings, row);
        if (score > best) {
            best = score;
            *ret_row = row->number;
        }
    }
    return rc;
}

/* The sheet is read once more when it is known which row it is. */
static enum ga_rc read_around(struct ga_import *import, size_t at, int64_t best, struct found *found,
                              struct ga_error *err)
{
    const struct ga_sheet_row *row;
    enum ga_rc rc = ga_sheet_start(import->book, at, err);
    while (rc == GA_OK && (rc = ga_sheet_next(import->book, &row, err)) == GA_OK && row != NULL) {
        if (row->number == best - 1)
            found->before = copy_of(&import->arena, row);
        else if (row->number == best)
            found->best = copy_of(&import->arena, row);
        else if (row->number > best) {
            found->after = copy_of(&import->arena, row);
            break;
        }
    }
    return rc;
}

enum ga_rc ga_headings_find(struct ga_import *import, struct ga_headings *headings, size_t at,
                            struct ga_sheet_row *ret_row, bool *ret_are_two, struct ga_error *err)
{
    struct found found = {0};
    int64_t best = 0;
    *ret_row = (struct ga_sheet_row){0};
    *ret_are_two = false;
    enum ga_rc rc = find_best(import, headings, at, &best, err);
    if (rc == GA_OK && best > 0)
        rc = read_around(import, at, best, &found, err);
    if (rc != GA_OK || best == 0)
        return rc;
    *ret_are_two = join(headings, &import->arena, &found.best, &found.after, ret_row) ||
                   join(headings, &import->arena, &found.before, &found.best, ret_row);
    if (!*ret_are_two)
        *ret_row = found.best;
    return GA_OK;
}
