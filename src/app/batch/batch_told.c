/* What children have of a form already, for the sheet they are typed in. */
#include "batch/batch_inner.h"
#include "guanai/app/batch_told.h"

#include "guanai/base/alloc.h"
#include "guanai/form/children.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/number.h"
#include "guanai/store/view.h"

#include <stdio.h>
#include <string.h>

enum { RECORDS_A_CHILD = 40 };

/*
 * SELECT id, day of one file's records: by the file of an `of: child` form, by the child's id where a record has several
 * children (store/view.h: both indexed). ?1 the file, ?2 and ?3 the days.
 */
static enum ga_rc prepare(struct ga_batch *batch, const struct ga_field *children, struct ga_stmt **ret_stmt, struct ga_error *err)
{
    struct ga_store *store = batch->session->store;
    const struct ga_field *child = children == NULL ? NULL : ga_field_names_child(children);
    char view[140], rows[140] = "";
    struct ga_str sql = {0};
    enum ga_rc rc = ga_store_view(store, batch->form, view, err);
    if (rc == GA_OK && child != NULL)
        rc = ga_store_repeat_view(store, batch->form, children, rows, err);
    if (rc != GA_OK)
        return rc;
    ga_str_addf(&sql, "SELECT v.id, v.\"%s\" FROM ", batch->day->name);
    if (child != NULL)
        ga_str_addf(&sql, "%s AS r JOIN %s AS v ON v.no = r._record WHERE r.\"_raw_%s\" = ?1", rows, view, child->name);
    else
        ga_str_addf(&sql, "%s AS v WHERE v._file = ?1", view);
    ga_str_addf(&sql, " AND v.\"%s\" BETWEEN ?2 AND ?3 ORDER BY v.\"%s\" DESC, v.no DESC LIMIT %d", batch->day->name,
                batch->day->name, RECORDS_A_CHILD);
    rc = ga_stmt_prepare(ga_store_db(store), ga_str_text(&sql), ret_stmt, err);
    ga_str_finish(&sql);
    return rc;
}

static bool is_told(const struct ga_batch_told *told, const struct ga_uuid *id)
{
    for (size_t i = 0; i < told->count; i++)
        if (ga_uuid_compare(&told->records[i], id) == 0)
            return true;
    return false;
}

/* One file's records come the newest first; of a child with two files those of the other go among them. */
static void add_record(struct ga_batch *batch, struct ga_batch_row *row, struct ga_stmt *stmt)
{
    struct ga_uuid id;
    const char *text = ga_stmt_column_text(stmt, 0), *day = ga_stmt_column_text(stmt, 1);
    if (text == NULL || day == NULL || !ga_uuid_parse(text, &id))
        return;
    if (row->told == NULL) {
        row->told = ga_arena_array(&batch->known, 1, sizeof(*row->told));
        *row->told = (struct ga_batch_told){.records = ga_arena_array(&batch->known, RECORDS_A_CHILD, sizeof(id)),
                                            .days = ga_arena_array(&batch->known, RECORDS_A_CHILD, sizeof(day))};
    }
    struct ga_batch_told *told = row->told;
    if (told->count >= RECORDS_A_CHILD || is_told(told, &id)) /* a record that names the child twice is one */
        return;
    size_t at = told->count++;
    for (; at > 0 && strcmp(told->days[at - 1], day) < 0; at--) {
        told->records[at] = told->records[at - 1];
        told->days[at] = told->days[at - 1];
    }
    told->records[at] = id;
    told->days[at] = ga_arena_strdup(&batch->known, day);
    told->day = told->days[0];
}

/* A record of a child may name others on a list: it is theirs as well. */
struct telling {
    struct ga_stmt *of_file, *of_rows; /* NULL: the form has none such */
    struct ga_vec files; /* struct ga_numbered_file: of the row's child */
    char from[GA_DATE_SIZE], to[GA_DATE_SIZE];
};

static enum ga_rc prepare_both(struct ga_batch *batch, struct telling *t, struct ga_error *err)
{
    const struct ga_field *children = ga_form_children(batch->form, NULL);
    enum ga_rc rc = GA_OK;
    if (batch->children == NULL)
        rc = prepare(batch, NULL, &t->of_file, err);
    return rc == GA_OK && children != NULL ? prepare(batch, children, &t->of_rows, err) : rc;
}

/* ?1 is bound. */
static enum ga_rc add_records(struct ga_batch *batch, struct ga_batch_row *row, struct ga_stmt *stmt, const struct telling *t,
                              struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    ga_stmt_bind_text(stmt, 2, t->from);
    ga_stmt_bind_text(stmt, 3, t->to);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        add_record(batch, row, stmt);
    ga_stmt_reset(stmt);
    return rc;
}

static enum ga_rc read_file(struct ga_batch *batch, struct ga_batch_row *row, const struct ga_numbered_file *file,
                            const struct telling *t, struct ga_error *err)
{
    char id[GA_UUID_TEXT_SIZE];
    enum ga_rc rc = GA_OK;
    if (t->of_file != NULL) {
        ga_stmt_bind_int(t->of_file, 1, file->no);
        rc = add_records(batch, row, t->of_file, t, err);
    }
    if (rc != GA_OK || t->of_rows == NULL)
        return rc;
    ga_stmt_bind_text(t->of_rows, 1, ga_uuid_text(&file->id, id));
    return add_records(batch, row, t->of_rows, t, err);
}

static enum ga_rc read_row(struct ga_batch *batch, struct ga_batch_row *row, struct telling *t, struct ga_error *err)
{
    ga_vec_clear(&t->files);
    enum ga_rc rc = ga_store_child_files(batch->session->store, row->no, &t->files, err);
    for (size_t i = 0; i < t->files.len && rc == GA_OK; i++)
        rc = read_file(batch, row, GA_VEC_AT(const struct ga_numbered_file, &t->files, i), t, err);
    return rc;
}

enum ga_rc ga_batch_tell(struct ga_batch *batch, struct ga_days days, struct ga_error *err)
{
    struct telling t = {0};
    if (batch->day == NULL)
        return GA_OK;
    enum ga_rc rc = prepare_both(batch, &t, err);
    ga_date_iso(days.from, t.from);
    ga_date_iso(days.to, t.to);
    ga_vec_init(&t.files, sizeof(struct ga_numbered_file));
    ga_arena_reset(&batch->known);
    for (size_t i = 0; i < batch->rows.len; i++)
        ga_batch_row(batch, i)->told = NULL;
    for (size_t i = 0; i < batch->rows.len && rc == GA_OK; i++)
        rc = read_row(batch, ga_batch_row(batch, i), &t, err);
    ga_vec_finish(&t.files);
    ga_stmt_destroy(t.of_file);
    ga_stmt_destroy(t.of_rows);
    return rc;
}
