/* Finds what builds on records that would be taken out. */
#include "record/undo_inner.h"

#include "guanai/base/num.h"
#include "guanai/base/order.h"
#include "guanai/form/type.h"
#include "guanai/store/draft_sheet.h"

#include <string.h>

/* One that something bars already counts too: all that builds on it is told at once. */
static bool is_made(const struct ga_undo *undo, int64_t no)
{
    return ga_order_has(&undo->made, no);
}

static enum ga_rc add_finding(struct ga_undo *undo, enum ga_undo_bar bar, int64_t no, const char *other, const char *user,
                              const char *day, struct ga_error *err)
{
    struct ga_undo_finding finding = {.bar = bar, .other = ga_arena_strdup(&undo->arena, other),
                                      .user = ga_arena_strdup(&undo->arena, user),
                                      .day = ga_arena_strdup(&undo->arena, day)};
    char form[64];
    enum ga_rc rc = ga_record_id(undo->store, no, &finding.record, form, err);
    finding.form = rc == GA_OK ? ga_forms_get(&undo->store->forms, form, NULL) : NULL;
    if (rc == GA_OK)
        *(struct ga_undo_finding *)ga_vec_push(&undo->findings) = finding;
    return rc;
}

/* Rows of a form that point at records of the transaction: their number, the other's id, who, when, by which operation. */
static enum ga_rc read_rows(struct ga_undo *undo, const struct ga_form *form, const char *sql, const struct ga_str *made,
                            struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(undo->store->db, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, ga_str_text(made));
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_uuid named;
        int64_t at;
        const char *text = ga_stmt_column_text(stmt, 1);
        if (text == NULL || !ga_uuid_parse(text, &named) || ga_record_no(undo->store, &named, &at, NULL) != GA_OK)
            continue;
        if (!is_made(undo, at) || is_made(undo, ga_stmt_column_int(stmt, 0)))
            continue;
        rc = add_finding(undo, GA_UNDO_HANGS, at, form->name, ga_stmt_column_text(stmt, 2), ga_stmt_column_text(stmt, 3), err);
        if (rc == GA_OK)
            GA_VEC_AT(struct ga_undo_finding, &undo->findings, undo->findings.len - 1)->op = ga_stmt_column_int(stmt, 4);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

#define MADE "(SELECT value FROM json_each(?1))"
#define MADE_BY                                                                                                              \
    "(SELECT min(no) FROM (SELECT min(no) AS no FROM filed WHERE record = t.no" /* not of `op`, see history_source.c */ \
    " UNION ALL SELECT min(op) FROM tail WHERE record = t.no))"

static bool names_record(const struct ga_field *field)
{
    return ga_str_equal(field->type->name, "record");
}

/* `column` of the form's own table, or of a repeat's. */
static void add_naming(const struct ga_form *form, const struct ga_field *repeat, const char *column, struct ga_str *sql)
{
    ga_str_addf(sql, "%sSELECT t.no, %s.\"%s\", t.entered_by, t.entered_on, " MADE_BY " FROM \"%s\" AS t ",
                sql->len > 0 ? " UNION " : "", repeat != NULL ? "w" : "t", column, form->name);
    if (repeat != NULL)
        ga_str_addf(sql, "JOIN \"%s__%s\" AS w ON w.record = t.no ", form->name, repeat->name);
    ga_str_addf(sql, "WHERE %s.\"%s\" IN (SELECT uuid_text(id) FROM record WHERE no IN " MADE ")",
                repeat != NULL ? "w" : "t", column);
}

/* Each record once for what it points at, however often it does. */
static void add_queries(const struct ga_form *form, struct ga_str *sql)
{
    if (form->of.text != NULL)
        ga_str_addf(sql, "SELECT t.no, (SELECT uuid_text(id) FROM record WHERE no = t.child), t.entered_by, t.entered_on, "
                         MADE_BY " FROM \"%s\" AS t WHERE t.child IN " MADE, form->name);
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i];
        if (names_record(field))
            add_naming(form, NULL, field->name, sql);
        for (size_t k = 0; k < field->fields.count; k++)
            if (names_record(&field->fields.items[k]))
                add_naming(form, field, field->fields.items[k].name, sql);
    }
}

static enum ga_rc find_in_form(struct ga_undo *undo, const char *name, const struct ga_str *made, struct ga_error *err)
{
    struct ga_str sql = {0};
    const struct ga_form *form = ga_forms_get(&undo->store->forms, name, err);
    if (form == NULL)
        return GA_NOT_FOUND;
    add_queries(form, &sql);
    enum ga_rc rc = sql.len == 0 ? GA_OK : read_rows(undo, form, ga_str_text(&sql), made, err);
    ga_str_finish(&sql);
    return rc;
}

static enum ga_rc check_draft(struct ga_undo *undo, const struct ga_draft_line *line, const struct ga_uuid *about,
                              bool *ret_bars, struct ga_error *err)
{
    int64_t no;
    char day[11];
    if (ga_uuid_is_zero(about) || ga_record_no(undo->store, about, &no, NULL) != GA_OK || !is_made(undo, no))
        return GA_OK;
    ga_str_copy(day, sizeof(day), line->when);
    *ret_bars = true;
    return add_finding(undo, GA_UNDO_DRAFT, no, line->form, line->user, day, err);
}

/* The first of its children says enough. */
static enum ga_rc check_sheet(struct ga_undo *undo, const struct ga_draft_line *line, struct ga_error *err)
{
    struct ga_draft_sheet sheet;
    bool bars = false;
    enum ga_rc rc = ga_draft_open_sheet(undo->store, line->no, &sheet, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && !bars && i < sheet.rows_count; i++)
        rc = check_draft(undo, line, &sheet.rows[i].answers.child, &bars, err);
    ga_draft_finish_sheet(&sheet);
    return rc;
}

/* A form somebody has begun about one of them would have nothing to be about. */
static enum ga_rc find_drafts(struct ga_undo *undo, struct ga_error *err)
{
    struct ga_draft_line *lines;
    size_t count;
    enum ga_rc rc = ga_draft_list(undo->store, NULL, &undo->arena, &lines, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        bool bars = false;
        rc = check_draft(undo, &lines[i], &lines[i].record, &bars, err);
        if (rc == GA_OK && !bars)
            rc = check_draft(undo, &lines[i], &lines[i].child, &bars, err);
        if (rc == GA_OK && lines[i].rows > 0)
            rc = check_sheet(undo, &lines[i], err);
    }
    return rc;
}

/* Numbers of the records that would be taken out, for SQLite: [12, 13]. Of the log it would read all to find them. */
static void list_made(const struct ga_undo *undo, struct ga_str *out)
{
    for (size_t i = 0; i < undo->made.len; i++) {
        ga_str_add_char(out, i == 0 ? '[' : ',');
        ga_str_add(out, GA_NUM(*GA_VEC_AT(int64_t, &undo->made, i)));
    }
    ga_str_add_char(out, ']');
}

enum ga_rc ga_undo_find_hanging(struct ga_undo *undo, struct ga_error *err)
{
    struct ga_str made = {0};
    enum ga_rc rc = GA_OK;
    if (undo->made.len == 0)
        return GA_OK;
    list_made(undo, &made);
    for (size_t i = 0; rc == GA_OK && i < undo->store->forms.names_count; i++)
        rc = find_in_form(undo, undo->store->forms.names[i], &made, err);
    ga_str_finish(&made);
    return rc == GA_OK ? find_drafts(undo, err) : rc;
}
