/* Finds the records in the scope of a guest. */
#include "peers/limited.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"
#include "guanai/form/type.h"
#include "guanai/store/graded.h"

#include <string.h>

/* What all of a school owe and go by: its forms, lists, duties, calendar; which duties it does, which forms stand first. */
static const char *const shared_forms[] = {"definition_file", "duty_choice", "form_choice"};

struct scoping {
    struct ga_store *store;
    const struct ga_scope *scope;
    int school_year;         /* of today */
    struct ga_graded graded;
    struct ga_vec children;  /* int64_t, rising */
    struct ga_vec *records;
};

static void add(struct ga_vec *numbers, int64_t number)
{
    *(int64_t *)ga_vec_push(numbers) = number;
}

static const char *text_of(struct ga_stmt *stmt, int column)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : text;
}

/* ---- children ---- */

/* In summer a file says the grade of the year before until somebody writes the new one (store/graded.h). */
static enum ga_rc is_classmate(struct scoping *s, int64_t no, const char *grade, bool *ret_is, struct ga_error *err)
{
    const struct ga_scope *scope = s->scope;
    bool is_graded;
    *ret_is = false;
    if (!ga_class_name_goes_on(scope->grade, scope->school_year, grade, s->school_year) &&
        !ga_class_name_goes_on(scope->grade, scope->school_year, grade, s->school_year - 1))
        return GA_OK;
    const enum ga_rc rc = ga_graded_is(&s->graded, no, &is_graded, err);
    if (rc == GA_OK)
        *ret_is = ga_class_name_goes_on(scope->grade, scope->school_year, grade, s->school_year - !is_graded);
    return rc;
}

static enum ga_rc take_child(struct scoping *s, struct ga_stmt *stmt, struct ga_error *err)
{
    const struct ga_scope *scope = s->scope;
    const int64_t no = ga_stmt_column_int(stmt, 0);
    bool is_one = strcmp(text_of(stmt, 1), scope->site) == 0;
    enum ga_rc rc = GA_OK;
    if (is_one && scope->kind == GA_SCOPE_CLASS) {
        is_one = strcmp(text_of(stmt, 3), scope->class_no) == 0;
        if (is_one)
            rc = is_classmate(s, no, text_of(stmt, 2), &is_one, err);
    }
    if (rc == GA_OK && is_one)
        add(&s->children, no);
    return rc;
}

static enum ga_rc find_children(struct scoping *s, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(s->store->db, "SELECT no, site, grade, class FROM child ORDER BY no", &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row && rc == GA_OK)
        if ((rc = take_child(s, stmt, err)) != GA_OK)
            break;
    ga_stmt_destroy(stmt);
    return rc;
}

/* ---- records ---- */

static bool is_shared(const char *form)
{
    for (size_t i = 0; i < GA_COUNT(shared_forms); i++)
        if (strcmp(shared_forms[i], form) == 0)
            return true;
    return false;
}

/* Of the school as a whole, where the form may say a place and the record does not, it is nobody's of a guest. */
static bool names_scope(const struct scoping *s, struct ga_stmt *stmt)
{
    const struct ga_scope *scope = s->scope;
    const char *site = text_of(stmt, 1), *class_text = text_of(stmt, 2), *written_on = text_of(stmt, 3);
    struct ga_class_name name = {{0}};
    struct ga_date day;
    if (scope->kind == GA_SCOPE_SITE)
        return site[0] != '\0' && strcmp(site, scope->site) == 0;
    if ((site[0] != '\0' && strcmp(site, scope->site) != 0) || class_text[0] == '\0' || !ga_date_from_iso(written_on, &day))
        return false;
    const int year = ga_class_name_school_year(day);
    return ga_class_name_parse(class_text, year, &name, NULL, NULL) == GA_OK && strcmp(name.number, scope->class_no) == 0 &&
           name.second_grade[0] == '\0' && ga_class_name_goes_on(scope->grade, scope->school_year, name.grade, year);
}

static bool has_column(const struct ga_form *form, const char *name)
{
    const struct ga_field *field = ga_form_field(form, name);
    return field != NULL && field->parent == NULL && field->type->storage == GA_STORE_TEXT;
}

static enum ga_rc walk(struct scoping *s, const struct ga_form *form, const char *sql, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false, is_all = is_shared(form->name);
    enum ga_rc rc = ga_stmt_prepare(s->store->db, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        if (is_all || (form->of.text != NULL ? ga_order_has(&s->children, ga_stmt_column_int(stmt, 1)) : names_scope(s, stmt)))
            add(s->records, ga_stmt_column_int(stmt, 0));
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc take_form(struct scoping *s, const struct ga_form *form, struct ga_error *err)
{
    const bool has_site = has_column(form, "site"), has_class = has_column(form, "class");
    struct ga_str sql = {0};
    enum ga_rc rc = GA_OK;
    if (form->of.text != NULL)
        ga_str_addf(&sql, "SELECT no, child FROM \"%s\"", form->name);
    else if (is_shared(form->name) || has_site || has_class)
        ga_str_addf(&sql, "SELECT no, %s, %s, entered_on FROM \"%s\"", has_site ? "site" : "NULL", has_class ? "class" : "NULL",
                    form->name);
    if (sql.len > 0 && strcmp(form->name, "child") != 0 && strcmp(form->name, "guest") != 0)
        rc = walk(s, form, ga_str_text(&sql), err);
    ga_str_finish(&sql);
    return rc;
}

static enum ga_rc take_forms(struct scoping *s, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < s->store->forms.names_count; i++) {
        const struct ga_form *form = ga_forms_get(&s->store->forms, s->store->forms.names[i], NULL);
        if (form != NULL)
            rc = take_form(s, form, err);
    }
    return rc;
}

static enum ga_rc take_own(struct scoping *s, const struct ga_uuid *record, struct ga_error *err)
{
    int64_t no;
    const enum ga_rc rc = ga_record_no(s->store, record, &no, err);
    if (rc == GA_OK)
        add(s->records, no);
    return rc == GA_NOT_FOUND ? GA_OK : rc;
}

enum ga_rc ga_scope_records(struct ga_store *store, const struct ga_limited_ask *ask, struct ga_vec *ret_records,
                            struct ga_error *err)
{
    struct scoping s = {.store = store, .scope = &ask->scope, .school_year = ga_class_name_school_year(ga_store_today(store)),
                        .records = ret_records};
    if (ask->scope.kind == GA_SCOPE_NOTHING)
        return take_own(&s, &ask->record, err);
    ga_vec_init(&s.children, sizeof(int64_t));
    enum ga_rc rc = ga_graded_init(&s.graded, store, (struct ga_date){s.school_year, 8, 1}, err);
    if (rc == GA_OK)
        rc = find_children(&s, err);
    for (size_t i = 0; i < s.children.len; i++)
        add(ret_records, *GA_VEC_AT(const int64_t, &s.children, i));
    if (rc == GA_OK)
        rc = take_forms(&s, err);
    if (rc == GA_OK)
        rc = take_own(&s, &ask->record, err);
    ga_graded_finish(&s.graded);
    ga_vec_finish(&s.children);
    return rc;
}

enum ga_rc ga_scope_is_shown(struct ga_store *store, int64_t record, bool *ret_is, struct ga_error *err)
{
    struct ga_uuid id;
    struct ga_str sql = {0};
    struct ga_stmt *stmt;
    char form[64];
    *ret_is = false;
    enum ga_rc rc = ga_record_id(store, record, &id, form, err);
    if (rc != GA_OK || ga_forms_get(&store->forms, form, NULL) == NULL)
        return rc;
    ga_str_addf(&sql, "SELECT 1 FROM \"%s\" WHERE no = ?1", form);
    rc = ga_stmt_prepare(store->db, ga_str_text(&sql), &stmt, err);
    ga_str_finish(&sql);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, record);
    rc = ga_stmt_step(stmt, ret_is, err);
    ga_stmt_destroy(stmt);
    return rc;
}
