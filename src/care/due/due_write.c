/* Writes the rows of children and classes that are counted anew. */
#include "due/due_follow.h"

#include "guanai/base/alloc.h"
#include "guanai/store/touched.h"

#include <stdlib.h>
#include <string.h>

/* A class whose counts change. */
struct class_work {
    const char *key;
    struct ga_vec counts;
    struct ga_str rows;
    bool is_changed;
};

static enum ga_rc class_of(struct ga_due_following *f, const char *key, struct class_work **ret_work, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    struct class_work *work = ga_map_get(&f->classes, key);
    if (work == NULL) {
        work = ga_arena_alloc(&f->arena, sizeof(*work));
        work->key = ga_arena_strdup(&f->arena, key);
        ga_vec_init(&work->counts, sizeof(struct ga_due_count));
        ga_map_put(&f->classes, work->key, work);
        enum ga_rc rc = f->is_all ? GA_OK : ga_due_stmt(f->care, GA_DUE_GET_CLASS, &stmt, err);
        if (rc != GA_OK)
            return rc;
        if (!f->is_all) {
            ga_stmt_bind_text(stmt, 1, key);
            rc = ga_stmt_step(stmt, &has_row, err);
            if (rc != GA_OK)
                return rc;
        }
        if (has_row) {
            const struct ga_value counts = ga_stmt_column(stmt, 1), rows = ga_stmt_column(stmt, 2);
            ga_due_counts_read(counts.text, counts.len, &work->counts);
            ga_str_add_bytes(&work->rows, rows.text, rows.len);
            ga_stmt_reset(stmt);
        }
    }
    *ret_work = work;
    return GA_OK;
}

void ga_due_write_finish(struct ga_due_following *f)
{
    for (size_t i = 0; i < f->classes.cap; i++) {
        struct class_work *work = ga_map_slot_value(&f->classes, i);
        if (work == NULL)
            continue;
        ga_vec_finish(&work->counts);
        ga_str_finish(&work->rows);
    }
    ga_map_finish(&f->classes);
}

static void count_rows(struct ga_due_following *f, struct class_work *work, const char *bytes, size_t len, int by)
{
    struct ga_due_row row;
    work->is_changed = true;
    for (size_t at = 0; ga_due_row_next(bytes, len, &at, &row);)
        ga_due_counts_add(&work->counts, &row, ga_due_needed(f->care, ga_due_duty_of(row.window)), by);
}

/* The earliest last day among rows with days of their own that may still be done; 0: none. */
static int32_t own_due_of(const struct ga_due_following *f, const struct ga_str *rows)
{
    struct ga_due_row row;
    int32_t earliest = 0;
    for (size_t at = 0; ga_due_row_next(rows->data, rows->len, &at, &row);)
        if (row.flags & GA_ROW_HAS_DAYS && row.done < ga_due_needed(f->care, ga_due_duty_of(row.window)) &&
            row.ends >= f->care->windows.today && (earliest == 0 || row.due_on < earliest))
            earliest = row.due_on;
    return earliest;
}

static enum ga_rc put_child(struct ga_due_following *f, const struct ga_due_subject *subject, const struct ga_str *rows,
                            struct ga_error *err)
{
    struct class_work *work = NULL;
    struct ga_stmt *stmt;
    const int32_t own_due = own_due_of(f, rows);
    if (rows->len == 0)
        return GA_OK;
    enum ga_rc rc = f->is_all ? GA_OK : class_of(f, subject->class_key, &work, err);
    if (rc == GA_OK)
        rc = ga_due_stmt(f->care, GA_DUE_PUT_CHILD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_value packed = ga_value_blob(rows->data, rows->len);
    if (work != NULL) /* else put_places counts them */
        count_rows(f, work, rows->data, rows->len, 1);
    ga_stmt_bind_int(stmt, 1, subject->no);
    ga_stmt_bind_text(stmt, 2, subject->class_key);
    ga_stmt_bind_text(stmt, 3, subject->proxy[0] == '\0' ? NULL : subject->proxy);
    ga_stmt_bind_text(stmt, 4, subject->helper[0] == '\0' ? NULL : subject->helper);
    if (own_due != 0)
        ga_stmt_bind_int(stmt, 5, own_due);
    ga_stmt_bind_borrowed(stmt, 6, &packed);
    return ga_stmt_run(stmt, err);
}

/* Takes the child's rows out of the table, out of its class's counts. */
static enum ga_rc drop_child(struct ga_due_following *f, int64_t no, struct ga_error *err)
{
    struct ga_stmt *stmt, *drop;
    struct class_work *work;
    bool has_row = false;
    enum ga_rc rc = ga_due_stmt(f->care, GA_DUE_GET_CHILD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK || !has_row)
        return rc;
    rc = class_of(f, ga_stmt_column_text(stmt, 1), &work, err);
    if (rc == GA_OK) {
        const struct ga_value rows = ga_stmt_column(stmt, 4);
        count_rows(f, work, rows.text, rows.len, -1);
    }
    ga_stmt_reset(stmt);
    if (rc == GA_OK)
        rc = ga_due_stmt(f->care, GA_DUE_DROP_CHILD, &drop, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(drop, 1, no);
    return ga_stmt_run(drop, err);
}

static enum ga_rc put_counted(struct ga_due_following *f, int64_t only, struct ga_due_span span, struct ga_error *err)
{
    struct ga_due_counted counted;
    enum ga_rc rc = ga_due_outcomes_read(f->care, &span, &f->care->decisions, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_due_count_children(f->care, only, span, &f->care->decisions, &counted, err);
    for (size_t i = 0; rc == GA_OK && i < counted.subjects.list.len; i++)
        rc = put_child(f, ga_vec_at(&counted.subjects.list, i), &counted.rows[i], err);
    if (f->is_all)
        ga_due_let_go(f->care);
    if (rc == GA_OK)
        rc = ga_alarm_write(f->care, &counted.subjects, err);
    ga_due_counted_finish(&counted);
    return rc;
}

/* The last number of the span that begins there. false: nobody is left. */
static enum ga_rc find_span(struct ga_care *care, struct ga_due_span *span, bool *ret_has, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_due_stmt(care, GA_DUE_ROSTER_END, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, span->from);
    ga_stmt_bind_int(stmt, 2, care->span_children);
    rc = ga_stmt_step(stmt, ret_has, err);
    if (rc == GA_OK && *ret_has) {
        *ret_has = !ga_stmt_column_is_null(stmt, 0);
        span->to = ga_stmt_column_int(stmt, 0);
        ga_stmt_reset(stmt);
    }
    return rc;
}

/* What counting runs and what alarms run is not held at the same time, nor with either what ran before. */
static enum ga_rc put_all(struct ga_due_following *f, struct ga_error *err)
{
    struct ga_due_span span = {.from = 1};
    bool has = false;
    ga_due_let_go(f->care);
    enum ga_rc rc = find_span(f->care, &span, &has, err);
    if (rc == GA_OK && has)
        rc = ga_alarm_write_begin(f->care, span.to, err);
    while (rc == GA_OK && has) {
        rc = put_counted(f, 0, span, err);
        span.from = span.to + 1;
        ga_due_let_go(f->care);
        if (rc == GA_OK && f->care->is_wanted != NULL && f->care->is_wanted(f->care->wanted_ctx))
            rc = ga_error_set(err, GA_CANCELLED, "stopped");
        if (rc == GA_OK)
            rc = find_span(f->care, &span, &has, err);
    }
    return rc;
}

/* What classes, sites, the school have done, as rows of their own: a text each, to be freed. */
static enum ga_rc read_places(struct ga_due_following *f, struct ga_str **ret_rows, struct ga_error *err)
{
    struct ga_care *care = f->care;
    *ret_rows = ga_alloc_array(care->places.count + 1, sizeof(**ret_rows));
    if (!ga_due_has_place_duties(care))
        return GA_OK;
    const enum ga_rc rc = ga_due_place_outcomes_read(care, &care->places, &care->decisions, err);
    return rc == GA_OK ? ga_due_count_places(care, &care->decisions, &care->places, *ret_rows, err) : rc;
}

static void free_places(const struct ga_due_following *f, struct ga_str *rows)
{
    for (size_t i = 0; i < f->care->places.count; i++)
        ga_str_finish(&rows[i]);
    free(rows);
}

static enum ga_rc take_place(struct ga_due_following *f, size_t i, const struct ga_str *rows, struct ga_error *err)
{
    struct class_work *work;
    const enum ga_rc rc = class_of(f, f->care->places.items[i].key, &work, err);
    if (rc != GA_OK || (work->rows.len == rows->len && memcmp(ga_str_text(&work->rows), ga_str_text(rows), rows->len) == 0))
        return rc;
    work->is_changed = true;
    ga_str_clear(&work->rows);
    ga_str_add_bytes(&work->rows, ga_str_text(rows), rows->len);
    return GA_OK;
}

static enum ga_rc count_places(struct ga_due_following *f, struct ga_error *err)
{
    struct ga_str *rows;
    enum ga_rc rc = read_places(f, &rows, err);
    for (size_t i = 0; rc == GA_OK && i < f->care->places.count; i++)
        rc = take_place(f, i, &rows[i], err);
    free_places(f, rows);
    return rc;
}

static uint64_t open_of(const struct ga_care *care, const struct ga_vec *counts)
{
    uint64_t open = 0;
    for (size_t i = 0; i < counts->len; i++) {
        const struct ga_due_count *count = ga_vec_at(counts, i);
        const struct ga_due_window *window = ga_due_windows_find(&care->windows, count->window);
        if (window != NULL && ga_due_count_is_open(count))
            open |= window->open_bit;
    }
    return open;
}

static enum ga_rc put_class(struct ga_due_following *f, const struct class_work *work, struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_str packed = {0};
    ga_due_counts_pack(&work->counts, &packed);
    const bool is_empty = packed.len == 0 && work->rows.len == 0;
    enum ga_rc rc = ga_due_stmt(f->care, is_empty ? GA_DUE_DROP_CLASS : GA_DUE_PUT_CLASS, &stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_text(stmt, 1, work->key);
        if (!is_empty) {
            ga_stmt_bind_int(stmt, 2, (int64_t)open_of(f->care, &work->counts));
            ga_stmt_bind_blob(stmt, 3, ga_str_text(&packed), packed.len);
            ga_stmt_bind_blob(stmt, 4, ga_str_text(&work->rows), work->rows.len);
        }
        rc = ga_stmt_run(stmt, err);
    }
    ga_str_finish(&packed);
    return rc;
}

static enum ga_rc put_classes(struct ga_due_following *f, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < f->classes.cap; i++) {
        const struct class_work *work = ga_map_slot_value(&f->classes, i);
        if (work != NULL && work->is_changed)
            rc = put_class(f, work, err);
    }
    return rc;
}

static enum ga_rc count_class(struct ga_due_following *f, const struct ga_due_place *place, struct ga_error *err)
{
    struct class_work *work;
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_due_stmt(f->care, GA_DUE_CHILDREN_OF_CLASS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_due_bind_class(stmt, place);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value rows = ga_stmt_column(stmt, 4);
        if ((rc = class_of(f, ga_stmt_column_text(stmt, 1), &work, err)) != GA_OK)
            break;
        count_rows(f, work, rows.text, rows.len, 1);
    }
    ga_stmt_reset(stmt);
    return rc;
}

/* All are counted: one place after the other, from the rows of its children, so that a county needs no more memory than a school. */
static enum ga_rc put_places(struct ga_due_following *f, struct ga_error *err)
{
    struct ga_str *rows;
    enum ga_rc rc = read_places(f, &rows, err);
    for (size_t i = 0; rc == GA_OK && i < f->care->places.count; i++) {
        const struct ga_due_place *place = &f->care->places.items[i];
        rc = place->is_above ? GA_OK : count_class(f, place, err);
        if (rc == GA_OK)
            rc = take_place(f, i, &rows[i], err);
        if (rc == GA_OK)
            rc = put_classes(f, err);
        ga_due_write_finish(f);
        ga_arena_reset(&f->arena);
    }
    free_places(f, rows);
    return rc;
}

static enum ga_rc put_windows(struct ga_care *care, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < care->windows.count; i++) {
        const struct ga_due_window *window = &care->windows.items[i];
        rc = ga_due_stmt(care, GA_DUE_PUT_WINDOW, &stmt, err);
        if (rc != GA_OK)
            break;
        ga_stmt_bind_int(stmt, 1, window->no);
        ga_stmt_bind_text(stmt, 2, care->duties.items[ga_due_duty_of(window->no)]->name);
        ga_stmt_bind_int(stmt, 3, (int64_t)ga_due_duty_of(window->no));
        ga_stmt_bind_int(stmt, 4, ga_due_needed(care, ga_due_duty_of(window->no)));
        ga_stmt_bind_text(stmt, 5, window->label);
        ga_stmt_bind_int(stmt, 6, window->opens);
        ga_stmt_bind_int(stmt, 7, window->due_on);
        ga_stmt_bind_int(stmt, 8, window->ends);
        rc = ga_stmt_run(stmt, err);
    }
    return rc;
}

static enum ga_rc put_mark(struct ga_care *care, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_due_stmt(care, GA_DUE_PUT_MARK, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, ga_store_last_op(care->options.store));
    ga_stmt_bind_text(stmt, 2, GA_DATE_ISO(care->day));
    ga_stmt_bind_int(stmt, 3, (int64_t)care->fingerprint);
    return ga_stmt_run(stmt, err);
}

enum ga_rc ga_due_write(struct ga_due_following *f, struct ga_error *err)
{
    struct ga_care *care = f->care;
    enum ga_rc rc = f->is_all ? ga_due_tables_clear(ga_store_db(care->options.store), err) : GA_OK;
    if (rc == GA_OK && f->is_all)
        rc = put_windows(care, err);
    for (size_t i = 0; rc == GA_OK && !f->is_all && i < f->children.len; i++) {
        const int64_t no = *GA_VEC_AT(const int64_t, &f->children, i);
        rc = drop_child(f, no, err);
        if (rc == GA_OK)
            rc = put_counted(f, no, (struct ga_due_span){no, no}, err);
    }
    if (rc == GA_OK && f->is_all)
        rc = put_all(f, err);
    if (rc == GA_OK && f->is_all)
        rc = put_places(f, err);
    if (f->is_all)
        ga_due_let_go(care);
    if (rc == GA_OK && !f->is_all && ga_due_has_place_duties(care) && (f->has_place_records || f->has_new_people))
        rc = count_places(f, err);
    if (rc == GA_OK && !f->is_all)
        rc = put_classes(f, err);
    if (rc == GA_OK && f->has_new_stands)
        rc = ga_due_stand_write(care, err);
    return rc == GA_OK ? put_mark(care, err) : rc;
}
