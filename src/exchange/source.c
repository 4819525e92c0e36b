/* Gives the rows of a file that stand for records. */
#include "columns.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sheet/big5.h"
#include "guanai/text/typed.h"
#include "guanai/text/utf8.h"

#include <stdlib.h>
#include <string.h>

const char *ga_cell_text(const struct ga_sheet_row *row, size_t column)
{
    return column < row->cells_count ? row->cells[column].text : "";
}

bool ga_is_reason_heading(const char *key)
{
    static const char *const words[] = {"原因",  "reason",   "未导入原因",   "whynotimported",
                                        "notes", "各项备注", "notesonfields"}; /* the last three: export_notes.c */
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if (ga_str_equal(words[i], key))
            return true;
    return false;
}

bool ga_is_row_number_heading(const char *key)
{
    static const char *const words[] = {"序号", "序", "行号", "顺序号", "流水号", "no", "number", "row"};
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if (ga_str_equal(words[i], key))
            return true;
    return false;
}

static void keep_headings(struct ga_import *import, struct ga_headings *headings, const struct ga_sheet_row *row,
                          size_t at)
{
    struct ga_arena *arena = &import->arena;
    struct ga_import_sheet *shown = &import->sheets[at];
    struct source_sheet *source = &import->sources[at];
    shown->header_row = (int)row->number;
    source->header_row = row->number;
    shown->columns_count = source->columns_count = row->cells_count;
    shown->columns = ga_arena_array(arena, row->cells_count, sizeof(*shown->columns));
    source->columns = ga_arena_array(arena, row->cells_count, sizeof(*source->columns));
    source->keys = ga_arena_array(arena, row->cells_count, sizeof(*source->keys));
    ga_placing_keys(arena, row, &source->placing);
    for (size_t i = 0; i < row->cells_count; i++) {
        const char *heading = row->cells[i].text;
        shown->columns[i].heading = ga_arena_strdup(arena, heading);
        source->keys[i] = ga_fold_heading(arena, heading, strlen(heading));
        ga_headings_match(headings, heading, &source->placing.by_heading[i]);
    }
    ga_placing_start(import, at);
}

static enum ga_rc find_header(struct ga_import *import, struct ga_headings *headings, size_t at, struct ga_error *err)
{
    struct ga_sheet_row row;
    enum ga_rc rc = ga_headings_find(import, headings, at, &row, &import->sources[at].has_two_rows, err);
    if (rc == GA_OK && row.number > 0)
        keep_headings(import, headings, &row, at);
    return rc;
}

static bool is_wanted(const struct ga_import *import, size_t at)
{
    if (import->only_sheet != 0)
        return import->only_sheet == (int)at + 1;
    return !ga_sheet_info(import->book, at)->is_hidden;
}

/* A table from where Big5 is used: its headings are there, only not in an encoding that is read. */
static bool has_big5_headings(struct ga_import *import)
{
    const struct ga_sheet_row *row = NULL;
    bool has = false;
    if (!ga_str_equal(ga_sheet_encoding(import->book), "gb18030") || ga_sheet_start(import->book, 0, NULL) != GA_OK)
        return false;
    for (int i = 0; i < HEADER_ROWS_MAX && ga_sheet_next(import->book, &row, NULL) == GA_OK && row != NULL; i++)
        for (size_t c = 0; c < row->cells_count; c++)
            has |= ga_big5_is_heading(row->cells[c].text);
    return has;
}

static enum ga_rc refuse_headless(struct ga_import *import, struct ga_error *err)
{
    if (has_big5_headings(import))
        return ga_error_set(err, GA_REFUSED, "the table is in Big5, an encoding that is not read: open it in WPS or "
                                             "Excel, where its words look right, and save it as .xlsx");
    if (import->only_sheet > (int)ga_sheet_count(import->book))
        return ga_error_set(err, GA_REFUSED, "the file has %1 sheets only",
                            GA_NUM((int64_t)ga_sheet_count(import->book)));
    ga_error_set(err, GA_REFUSED, "no row with column headings was found");
    ga_error_hint(err, "the first rows need one with headings such as 姓名, 身份证号, 年级, 班级");
    return GA_REFUSED;
}

enum ga_rc ga_source_sheets(struct ga_import *import, struct ga_error *err)
{
    const size_t count = ga_sheet_count(import->book);
    import->sheets = ga_arena_array(&import->arena, count, sizeof(*import->sheets));
    import->sources = ga_arena_array(&import->arena, count, sizeof(*import->sources));
    import->sheets_count = count;
    struct ga_headings headings;
    ga_headings_init(&headings, import->form, import->child);
    for (size_t i = 0; i < import->choices_count; i++)
        ga_headings_expect(&headings, import->form, &import->choices[i]);
    enum ga_rc rc = GA_OK;
    size_t found = 0;
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        import->sheets[i].name = ga_arena_strdup(&import->arena, ga_sheet_info(import->book, i)->name);
        import->sources[i].at = i;
        if (is_wanted(import, i))
            rc = find_header(import, &headings, i, err);
        found += import->sources[i].header_row > 0;
    }
    ga_headings_finish(&headings);
    return rc == GA_OK && found == 0 ? refuse_headless(import, err) : rc;
}

enum ga_rc ga_source_rewind(struct ga_import *import, struct ga_error *err)
{
    (void)err;
    import->at_sheet = 0;
    import->is_started = false;
    import->cursor = 0;
    import->has_cursor = true;
    return GA_OK;
}

void ga_source_progress(const struct ga_import *import, int64_t *ret_done, int64_t *ret_total)
{
    int64_t done = (int64_t)import->at_sheet * 1000;
    if (import->is_started && import->at_sheet < import->sheets_count)
        done += ga_sheet_done_permille(import->book);
    *ret_done = done;
    *ret_total = (int64_t)import->sheets_count * 1000;
}

static bool is_blank_cell(const char *text)
{
    uint32_t cp;
    for (size_t len; *text != '\0'; text += len) {
        len = ga_utf8_decode(text, strlen(text), &cp);
        if (len == 0 || !(ga_typed_is_blank(cp) || ga_typed_is_invisible(cp)))
            return false;
    }
    return true;
}

/* How a line of sums or a line under the table begins; none of these begins a name. */
static const char *const line_ends[] = {
    "合计", "总计", "小计", "共计", "总人数", "人数合计", "制表", "填表", "审核人", "填报", "统计人", "校长签", "total", "subtotal"};

/* The same where a colon must follow: 注 is a surname, 说明 might be a column's word. */
static const char *const note_ends[] = {"注", "备注", "说明", "人数", "日期", "单位", "联系电话"};

static bool says_note(const char *text)
{
    for (size_t i = 0; i < GA_COUNT(note_ends); i++) {
        const char *rest = ga_str_starts(text, note_ends[i]) ? text + strlen(note_ends[i]) : "";
        if (*rest == ':' || ga_str_starts(rest, "："))
            return true;
    }
    return false;
}

/* 合计, 共28人, 填表人：罗老师: what stands for nobody; `key` is the text folded. */
static bool says_end(const char *text, const char *key)
{
    bool is_end = ga_str_starts(key, "共") && strpbrk(key, "0123456789") != NULL && strstr(key, "人") != NULL;
    for (size_t i = 0; i < GA_COUNT(line_ends); i++)
        is_end = is_end || ga_str_starts(key, line_ends[i]);
    return is_end || says_note(text);
}

static bool is_header_again(const struct source_sheet *source, const struct ga_sheet_row *row, size_t first)
{
    struct ga_arena scratch = {0};
    size_t same = 0, filled = 0;
    for (size_t i = first; i < row->cells_count && i < source->columns_count && same == filled; i++) {
        const char *text = row->cells[i].text;
        if (text[0] == '\0')
            continue;
        filled++;
        same += strlen(text) <= HEADING_BYTES_MAX && source->keys[i][0] != '\0' &&
                ga_headings_says(&scratch, source->keys[i], source->has_two_rows, text);
    }
    ga_arena_finish(&scratch);
    return same == filled && same >= 2;
}

enum { BEGINNING_BYTES = 64 };

static bool stands_for_nobody(const struct source_sheet *source, const struct ga_sheet_row *row, size_t first)
{
    struct ga_arena scratch = {0};
    const char *text = row->cells[first].text;
    const char *key = ga_fold_heading(&scratch, text, strlen(text) < BEGINNING_BYTES ? strlen(text) : BEGINNING_BYTES);
    const char *heading = first < source->columns_count ? source->keys[first] : "";
    /* a character of Chinese tells nearly every row from headings */
    const bool may_be_heading = source->has_two_rows || strncmp(heading, key, 3) == 0;
    const bool is_nobody = says_end(text, key) || (may_be_heading && is_header_again(source, row, first));
    ga_arena_finish(&scratch);
    return is_nobody;
}

enum row_kind { ROW_BLANK, ROW_NOBODY, ROW_RECORD };

/* Only what says so itself is no record: a row with a name, or half of one, is refused in words or taken. */
static enum row_kind kind_of(const struct source_sheet *source, const struct ga_sheet_row *row)
{
    size_t matched = 0, first = row->cells_count;
    for (size_t i = 0; i < row->cells_count; i++) {
        if (is_blank_cell(row->cells[i].text))
            continue;
        if (first == row->cells_count)
            first = i;
        matched += i < source->columns_count && (source->columns[i].own != NULL || source->columns[i].finder != NULL);
    }
    if (first == row->cells_count)
        return ROW_BLANK;
    return matched == 0 || stands_for_nobody(source, row, first) ? ROW_NOBODY : ROW_RECORD;
}

static bool stands_for_record(struct ga_import *import, const struct source_sheet *source,
                              const struct ga_sheet_row *row)
{
    const enum row_kind kind = row->number <= source->header_row ? ROW_BLANK : kind_of(source, row);
    if (kind == ROW_NOBODY && import->is_planning)
        ga_spread_add(&import->left_out, import->at_sheet, row->number);
    if (kind != ROW_RECORD && import->is_planning)
        ga_maker_hear(import, row);
    return kind == ROW_RECORD;
}

enum ga_rc ga_source_next(struct ga_import *import, const struct ga_sheet_row **ret_row, struct ga_error *err)
{
    for (; import->at_sheet < import->sheets_count; import->at_sheet++, import->is_started = false) {
        const struct source_sheet *source = &import->sources[import->at_sheet];
        const struct ga_sheet_row *row;
        if (source->header_row == 0)
            continue;
        enum ga_rc rc = import->is_started ? GA_OK : ga_sheet_start(import->book, source->at, err);
        import->is_started = true;
        while (rc == GA_OK && (rc = ga_sheet_next(import->book, &row, err)) == GA_OK && row != NULL) {
            if (!stands_for_record(import, source, row))
                continue;
            *ret_row = row;
            import->cursor++;
            return GA_OK;
        }
        if (rc != GA_OK) {
            import->has_cursor = false;
            return rc;
        }
    }
    *ret_row = NULL;
    return GA_OK;
}

enum ga_rc ga_source_seek(struct ga_import *import, size_t i, const struct ga_sheet_row **ret_row,
                          struct ga_error *err)
{
    const struct ga_sheet_row *row = NULL;
    enum ga_rc rc = import->has_cursor && import->cursor <= i ? GA_OK : ga_source_rewind(import, err);
    do {
        rc = rc == GA_OK ? ga_source_next(import, &row, err) : rc;
    } while (rc == GA_OK && row != NULL && import->cursor <= i);
    if (rc == GA_OK && row == NULL)
        rc = ga_error_set(err, GA_REFUSED, "the file is not what it was; please open it again");
    if (rc == GA_OK)
        *ret_row = row;
    return rc;
}
