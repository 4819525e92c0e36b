/* Reads pages of the roster by place or from a child on. */
#include "guanai/store/roster.h"

#include "index/index_shown.h"

#include "guanai/text/class_name.h"

#include <string.h>

enum { PAGE_MAX = 1000 };

/* Rows whose flags & mask = want, between two sort keys. */
struct range {
    struct ga_str from, until;
    int64_t mask, want;
};

static const char *text_of(struct ga_stmt *stmt, int column, struct ga_arena *arena)
{
    struct ga_value value = ga_stmt_column(stmt, column);
    return value.kind != GA_VALUE_TEXT ? "" : ga_arena_strndup(arena, value.text, value.len);
}

const char *ga_roster_class_text(const char *grade, const char *class_no, enum ga_lang lang,
                                 struct ga_arena *arena)
{
    struct ga_class_name name = {0};
    char buf[GA_CLASS_NAME_SIZE];
    ga_str_copy(name.grade, sizeof(name.grade), grade);
    ga_str_copy(name.number, sizeof(name.number), class_no);
    return ga_arena_strdup(arena, ga_class_name_text(&name, lang, buf));
}

void ga_roster_row_sort(struct ga_store *store, struct ga_stmt *stmt, struct ga_str *out)
{
    struct ga_index_child child = {.name = ga_stmt_column_text(stmt, GA_ROSTER_NAME),
                                   .site = ga_stmt_column_text(stmt, GA_ROSTER_SITE),
                                   .grade = ga_stmt_column_text(stmt, GA_ROSTER_GRADE),
                                   .class_no = ga_stmt_column_text(stmt, GA_ROSTER_CLASS)};
    ga_index_shown_sort(store, &child, ga_stmt_column_int(stmt, GA_ROSTER_NO), out);
}

void ga_roster_row_read(struct ga_stmt *stmt, struct ga_arena *arena, struct ga_roster_row *ret_row)
{
    int64_t flags = ga_stmt_column_int(stmt, GA_ROSTER_FLAGS);
    struct ga_value id = ga_stmt_column(stmt, GA_ROSTER_ID);
    *ret_row = (struct ga_roster_row){
        .no = ga_stmt_column_int(stmt, GA_ROSTER_NO),
        .card_no = ga_stmt_column_int(stmt, GA_ROSTER_CARD_NO),
        .name = text_of(stmt, GA_ROSTER_NAME, arena),
        .nickname = text_of(stmt, GA_ROSTER_NICKNAME, arena),
        .former_name = text_of(stmt, GA_ROSTER_FORMER_NAME, arena),
        .sex = text_of(stmt, GA_ROSTER_SEX, arena),
        .birth = text_of(stmt, GA_ROSTER_BIRTH, arena),
        .site = text_of(stmt, GA_ROSTER_SITE, arena),
        .grade = text_of(stmt, GA_ROSTER_GRADE, arena),
        .class_no = text_of(stmt, GA_ROSTER_CLASS, arena),
        .village = text_of(stmt, GA_ROSTER_VILLAGE, arena),
        .guardian = text_of(stmt, GA_ROSTER_GUARDIAN, arena),
        .is_left_behind = flags & GA_FLAG_LEFT_BEHIND,
        .is_key_child = flags & GA_FLAG_KEY,
        .is_unguarded = flags & GA_FLAG_UNGUARDED,
        .is_boarding = flags & GA_FLAG_BOARDING,
        .has_left = flags & GA_FLAG_GONE,
    };
    if (id.len == sizeof(ret_row->id.bytes))
        memcpy(ret_row->id.bytes, id.text, id.len);
}

static void read_shown(struct ga_store *store, struct ga_stmt *stmt, enum ga_lang lang, struct ga_arena *arena,
                       struct ga_roster_row *ret_row)
{
    ga_roster_row_read(stmt, arena, ret_row);
    ret_row->class_own = ga_roster_class_text(ret_row->grade, ret_row->class_no, lang, arena);
    ret_row->class_shown = ga_school_class_text(store, ret_row->site, ret_row->class_own, lang, arena);
    ret_row->school_shown = ga_arena_strdup(arena, ga_school_place_text(store, ret_row->site, lang));
}

static void read_class(struct ga_stmt *stmt, enum ga_lang lang, struct ga_arena *arena,
                       struct ga_roster_class *ret_class)
{
    ret_class->site = arena == NULL ? "" : text_of(stmt, 1, arena);
    ret_class->grade = arena == NULL ? "" : text_of(stmt, 2, arena);
    ret_class->class_no = arena == NULL ? "" : text_of(stmt, 3, arena);
    ret_class->shown = arena == NULL ? "" : ga_roster_class_text(ret_class->grade, ret_class->class_no, lang, arena);
    if (arena != NULL && ret_class->shown[0] == '\0')
        ret_class->shown = ga_tr(lang, "no class"); /* a line in a list of classes needs a name */
    ret_class->children = ga_stmt_column_int(stmt, 4);
    ret_class->left_behind = ga_stmt_column_int(stmt, 5);
    ret_class->key = ga_stmt_column_int(stmt, 6);
    ret_class->unguarded = ga_stmt_column_int(stmt, 7);
    ret_class->boarding = ga_stmt_column_int(stmt, 8);
    ret_class->left = ga_stmt_column_int(stmt, 9);
}

enum ga_rc ga_store_classes(struct ga_store *store, enum ga_lang lang, struct ga_arena *arena,
                            struct ga_roster_class **ret_classes, size_t *ret_count,
                            struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_vec classes;
    bool has_row = false;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_ALL_TALLY, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&classes, sizeof(struct ga_roster_class));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        read_class(stmt, lang, arena, ga_vec_push(&classes));
    if (rc == GA_OK) {
        *ret_classes = ga_arena_array(arena, classes.len, sizeof(struct ga_roster_class));
        if (classes.len > 0)
            memcpy(*ret_classes, classes.items, classes.len * sizeof(struct ga_roster_class));
        *ret_count = classes.len;
    }
    ga_vec_finish(&classes);
    return rc;
}

/* The counts of one place; zeros when nobody is there. */
static enum ga_rc read_tally(struct ga_store *store, struct ga_value place,
                             struct ga_roster_class *ret_class, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_GET_TALLY, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, place.text, place.len);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK)
        return rc;
    *ret_class = (struct ga_roster_class){.site = "", .grade = "", .class_no = "", .shown = ""};
    if (has_row)
        read_class(stmt, GA_ZH, NULL, ret_class);
    ga_stmt_reset(stmt);
    return GA_OK;
}

enum ga_rc ga_store_totals(struct ga_store *store, struct ga_roster_class *ret_totals,
                           struct ga_error *err)
{
    return read_tally(store, ga_value_blob("", 0), ret_totals, err);
}

/* The place of a filter's class: made from its codes as index.c makes it. The form itself would be a long read. */
static void class_place(struct ga_store *store, const struct ga_roster_filter *filter,
                        struct ga_str *out)
{
    struct ga_index_child child = {.site = filter->site[0] == '\0' ? NULL : filter->site,
                                   .grade = filter->grade[0] == '\0' ? NULL : filter->grade,
                                   .class_no =
                                       filter->class_no[0] == '\0' ? NULL : filter->class_no};
    child.grade_order = ga_index_shown_grade(store, child.grade);
    ga_index_place(&child, out);
}

static void make_range(struct ga_store *store, const struct ga_roster_filter *filter,
                       struct range *range)
{
    *range = (struct range){0};
    range->want = (filter->only_left_behind ? GA_FLAG_LEFT_BEHIND : 0) |
                  (filter->only_key ? GA_FLAG_KEY : 0) |
                  (filter->only_unguarded ? GA_FLAG_UNGUARDED : 0) |
                  (filter->only_boarding ? GA_FLAG_BOARDING : 0);
    range->mask = range->want | GA_FLAG_BEHIND | (filter->with_left ? 0 : GA_FLAG_GONE);
    if (filter->grade != NULL) {
        class_place(store, filter, &range->from);
        ga_str_add_bytes(&range->until, range->from.data, range->from.len - 1);
        ga_str_add_char(&range->until, 1); /* past the 0 that ends the place */
    } else {
        ga_str_add_char(&range->until, (char)0xFF);
    }
}

static void free_range(struct range *range)
{
    ga_str_finish(&range->from);
    ga_str_finish(&range->until);
}

static enum ga_rc start_range(struct ga_store *store, enum ga_index_sql sql,
                              const struct range *range, struct ga_value from,
                              struct ga_value until, struct ga_stmt **ret_stmt,
                              struct ga_error *err)
{
    enum ga_rc rc = ga_index_stmt(store, sql, ret_stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(*ret_stmt, 1, from.len > 0 ? from.text : "", from.len);
    ga_stmt_bind_int(*ret_stmt, 2, range->mask);
    ga_stmt_bind_int(*ret_stmt, 3, range->want);
    ga_stmt_bind_blob(*ret_stmt, 4, until.len > 0 ? until.text : "", until.len);
    return GA_OK;
}

static struct ga_value blob_of(const struct ga_str *str)
{
    return ga_value_blob(str->data, str->len);
}

static size_t ones(int64_t bits)
{
    size_t count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

/* What a filter lets through of a class, by its counts; -1 when they cannot tell. */
static int64_t count_in(const struct ga_roster_class *class, const struct range *range)
{
    if (ones(range->want) > 1 || (range->want != 0 && !(range->mask & GA_FLAG_GONE)))
        return -1;
    if (range->want == 0)
        return class->children + (range->mask & GA_FLAG_GONE ? 0 : class->left);
    return range->want == GA_FLAG_LEFT_BEHIND ? class->left_behind
           : range->want == GA_FLAG_KEY       ? class->key
           : range->want == GA_FLAG_UNGUARDED ? class->unguarded
                                              : class->boarding;
}

static enum ga_rc count_rows(struct ga_store *store, const struct range *range,
                             struct ga_value until, int64_t *ret_count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    enum ga_rc rc =
        start_range(store, GA_INDEX_COUNT_ROWS, range, blob_of(&range->from), until, &stmt, err);
    if (rc != GA_OK || (rc = ga_stmt_step(stmt, &has_row, err)) != GA_OK)
        return rc;
    *ret_count = ga_stmt_column_int(stmt, 0);
    ga_stmt_reset(stmt);
    return GA_OK;
}

enum ga_rc ga_roster_count(struct ga_store *store, const struct ga_roster_filter *filter,
                           int64_t *ret_count, struct ga_error *err)
{
    struct range range;
    struct ga_roster_class counts;
    make_range(store, filter, &range);
    enum ga_rc rc = read_tally(store, blob_of(&range.from), &counts, err);
    int64_t count = rc == GA_OK ? count_in(&counts, &range) : 0;
    if (rc == GA_OK && count < 0)
        rc = count_rows(store, &range, blob_of(&range.until), &count, err);
    if (rc == GA_OK)
        *ret_count = count;
    free_range(&range);
    return rc;
}

/* Moves the start of the range to the class the index is in; the index then counts from there. */
static enum ga_rc skip_classes(struct ga_store *store, struct range *range, int64_t *index,
                               struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    struct ga_roster_class class;
    if (*index == 0 || range->from.len > 0)
        return GA_OK;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_ALL_TALLY, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        read_class(stmt, GA_ZH, NULL, &class);
        int64_t count = count_in(&class, range);
        if (count < 0 || *index < count) {
            struct ga_value place = ga_stmt_column(stmt, 0);
            if (count >= 0)
                ga_str_add_bytes(&range->from, place.text, place.len);
            break;
        }
        *index -= count;
    }
    if (rc == GA_OK && !has_row) { /* behind the last child */
        ga_str_clear(&range->from);
        ga_str_add_bytes(&range->from, range->until.data, range->until.len);
    }
    if (rc == GA_OK)
        ga_stmt_reset(stmt);
    return rc;
}

static void reverse_rows(struct ga_vec *rows)
{
    struct ga_roster_row *items = rows->items;
    for (size_t i = 0, k = rows->len; i + 1 < k; i++) {
        struct ga_roster_row row = items[i];
        items[i] = items[--k];
        items[k] = row;
    }
}

/* Steps a started page to its end. */
static enum ga_rc read_rows(struct ga_store *store, struct ga_stmt *stmt, size_t limit, bool is_backward, enum ga_lang lang,
                            struct ga_arena *arena, struct ga_roster_row **ret_rows,
                            size_t *ret_count, struct ga_error *err)
{
    struct ga_vec rows;
    bool has_row;
    enum ga_rc rc;
    ga_stmt_bind_int(stmt, 5, (int64_t)(limit < PAGE_MAX ? limit : PAGE_MAX));
    ga_vec_init(&rows, sizeof(struct ga_roster_row));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        read_shown(store, stmt, lang, arena, ga_vec_push(&rows));
    if (rc == GA_OK) {
        if (is_backward)
            reverse_rows(&rows);
        *ret_rows = ga_arena_array(arena, rows.len, sizeof(struct ga_roster_row));
        if (rows.len > 0)
            memcpy(*ret_rows, rows.items, rows.len * sizeof(struct ga_roster_row));
        *ret_count = rows.len;
    }
    ga_vec_finish(&rows);
    return rc;
}

enum ga_rc ga_roster_page_at(struct ga_store *store, const struct ga_roster_filter *filter,
                             int64_t index, size_t limit, enum ga_lang lang, struct ga_arena *arena,
                             struct ga_roster_row **ret_rows, size_t *ret_count,
                             struct ga_error *err)
{
    struct range range;
    struct ga_stmt *stmt;
    int64_t rest = index < 0 ? 0 : index;
    make_range(store, filter, &range);
    enum ga_rc rc = skip_classes(store, &range, &rest, err);
    if (rc == GA_OK)
        rc = start_range(store, filter->without_ids ? GA_INDEX_PAGE_BARE : GA_INDEX_PAGE_AT, &range, blob_of(&range.from),
                         blob_of(&range.until), &stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_int(stmt, 6, rest);
        rc = read_rows(store, stmt, limit, false, lang, arena, ret_rows, ret_count, err);
    }
    free_range(&range);
    return rc;
}

enum ga_rc ga_roster_numbers(struct ga_store *store, const struct ga_roster_filter *filter, size_t limit, int64_t *numbers,
                             size_t *ret_count, struct ga_error *err)
{
    struct range range;
    struct ga_stmt *stmt;
    bool has_row = false;
    size_t count = 0;
    make_range(store, filter, &range);
    enum ga_rc rc = start_range(store, GA_INDEX_NUMBERS, &range, blob_of(&range.from), blob_of(&range.until), &stmt, err);
    if (rc == GA_OK)
        ga_stmt_bind_int(stmt, 5, (int64_t)limit);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        numbers[count++] = ga_stmt_column_int(stmt, 0);
    if (rc == GA_OK)
        *ret_count = count;
    free_range(&range);
    return rc;
}

/* The sort key of a child, into `out`; its flags. */
static enum ga_rc find_sort(struct ga_store *store, int64_t no, struct ga_str *out,
                            int64_t *ret_flags, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_index_row(store, GA_INDEX_GET_ROW, no, GA_N_("there is no such child"), &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_roster_row_sort(store, stmt, out);
    *ret_flags = ga_stmt_column_int(stmt, GA_ROSTER_FLAGS);
    ga_stmt_reset(stmt);
    return GA_OK;
}

static int compare_keys(const struct ga_str *a, const struct ga_str *b)
{
    int order = memcmp(a->data, b->data, a->len < b->len ? a->len : b->len);
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

static enum ga_rc page_from(struct ga_store *store, const struct ga_roster_filter *filter,
                            int64_t no, size_t limit, bool is_backward, enum ga_lang lang,
                            struct ga_arena *arena, struct ga_roster_row **ret_rows,
                            size_t *ret_count, struct ga_error *err)
{
    struct range range;
    struct ga_str anchor = {0};
    struct ga_stmt *stmt;
    int64_t flags;
    make_range(store, filter, &range);
    enum ga_rc rc = find_sort(store, no, &anchor, &flags, err);
    if (rc == GA_OK) {
        const struct ga_str *from = &anchor, *end = is_backward ? &range.from : &range.until;
        if (is_backward && compare_keys(&anchor, &range.until) > 0)
            from = &range.until;
        if (!is_backward && range.from.len > 0 && compare_keys(&anchor, &range.from) < 0)
            from = &range.from;
        rc = start_range(store, is_backward ? GA_INDEX_PAGE_BEFORE : GA_INDEX_PAGE_AFTER, &range,
                         blob_of(from), blob_of(end), &stmt, err);
    }
    if (rc == GA_OK)
        rc = read_rows(store, stmt, limit, is_backward, lang, arena, ret_rows, ret_count, err);
    ga_str_finish(&anchor);
    free_range(&range);
    return rc;
}

enum ga_rc ga_roster_before(struct ga_store *store, const struct ga_roster_filter *filter,
                            int64_t no, size_t limit, enum ga_lang lang, struct ga_arena *arena,
                            struct ga_roster_row **ret_rows, size_t *ret_count,
                            struct ga_error *err)
{
    return page_from(store, filter, no, limit, true, lang, arena, ret_rows, ret_count, err);
}

enum ga_rc ga_roster_after(struct ga_store *store, const struct ga_roster_filter *filter,
                           int64_t no, size_t limit, enum ga_lang lang, struct ga_arena *arena,
                           struct ga_roster_row **ret_rows, size_t *ret_count, struct ga_error *err)
{
    return page_from(store, filter, no, limit, false, lang, arena, ret_rows, ret_count, err);
}

/* Children let through in the classes before this place. */
static enum ga_rc count_before(struct ga_store *store, const struct range *range,
                               const struct ga_str *place, int64_t *ret_count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    struct ga_roster_class class;
    *ret_count = 0;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_ALL_TALLY, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_value value = ga_stmt_column(stmt, 0);
        if (value.len == place->len && memcmp(value.text, place->data, value.len) == 0)
            break;
        read_class(stmt, GA_ZH, NULL, &class);
        *ret_count += count_in(&class, range);
    }
    if (rc == GA_OK)
        ga_stmt_reset(stmt);
    return rc;
}

enum ga_rc ga_roster_index(struct ga_store *store, const struct ga_roster_filter *filter,
                           int64_t no, int64_t *ret_index, struct ga_error *err)
{
    struct range range;
    struct ga_str anchor = {0};
    int64_t flags = 0, before = 0, inside = 0;
    make_range(store, filter, &range);
    enum ga_rc rc = find_sort(store, no, &anchor, &flags, err);
    if (rc == GA_OK && ((flags & range.mask) != range.want ||
                        (range.from.len > 0 && (compare_keys(&anchor, &range.from) < 0 ||
                                                compare_keys(&anchor, &range.until) >= 0))))
        rc = ga_error_set(err, GA_NOT_FOUND, "there is no such child");
    if (rc == GA_OK && range.from.len == 0 && count_in(&(struct ga_roster_class){0}, &range) == 0) {
        ga_str_add_bytes(&range.from, anchor.data, ga_index_place_bytes(anchor.data, anchor.len));
        rc = count_before(store, &range, &range.from, &before, err);
    }
    if (rc == GA_OK)
        rc = count_rows(store, &range, blob_of(&anchor), &inside, err);
    if (rc == GA_OK)
        *ret_index = before + inside;
    ga_str_finish(&anchor);
    free_range(&range);
    return rc;
}

enum ga_rc ga_roster_row_of(struct ga_store *store, int64_t no, enum ga_lang lang,
                            struct ga_arena *arena, struct ga_roster_row *ret_row,
                            struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_index_row(store, GA_INDEX_GET_ROW, no, GA_N_("there is no such child"), &stmt, err);
    if (rc != GA_OK)
        return rc;
    read_shown(store, stmt, lang, arena, ret_row);
    ga_stmt_reset(stmt);
    return GA_OK;
}

enum ga_rc ga_roster_row(struct ga_store *store, const struct ga_uuid *id, enum ga_lang lang,
                         struct ga_arena *arena, struct ga_roster_row *ret_row,
                         struct ga_error *err)
{
    int64_t no;
    enum ga_rc rc = ga_record_no(store, id, &no, err);
    return rc != GA_OK ? rc : ga_roster_row_of(store, no, lang, arena, ret_row, err);
}
