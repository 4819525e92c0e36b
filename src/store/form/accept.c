/* Takes changed forms into force, or keeps them waiting where they would do harm. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/change.h"
#include "guanai/form/type.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/weigh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAITING "forms.waiting"

static enum ga_rc put_list(struct ga_store *store, const struct ga_list *list, struct ga_error *err)
{
    struct ga_str packed = {0};
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_LIST, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_list_pack(list, &packed);
    ga_stmt_bind_text(stmt, 1, list->name);
    ga_stmt_bind_blob(stmt, 2, packed.data, packed.len);
    rc = ga_stmt_run(stmt, err);
    ga_str_finish(&packed);
    return rc;
}

static enum ga_rc put_form(struct ga_store *store, const struct ga_form *form, struct ga_error *err)
{
    struct ga_str packed = {0};
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_FORM, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_form_pack(form, &packed);
    ga_stmt_bind_text(stmt, 1, form->name);
    ga_stmt_bind_int(stmt, 2, form->version);
    ga_stmt_bind_blob(stmt, 3, form->hash, sizeof(form->hash));
    ga_stmt_bind_blob(stmt, 4, packed.data, packed.len);
    ga_stmt_bind_text(stmt, 5, form->title.zh);
    ga_stmt_bind_text(stmt, 6, form->title.en);
    rc = ga_stmt_run(stmt, err);
    ga_str_finish(&packed);
    return rc;
}

/* Every record of a form again, from the log into tables that were just made. */
static enum ga_rc project_all(struct ga_store *store, const struct ga_form *form, struct ga_error *err)
{
    int64_t no = 0;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && (rc = ga_record_next(store, form->name, no, &no, err)) == GA_OK && no > 0)
        rc = ga_project_from_log(store, no, err);
    return rc;
}

/* What else decides where a value goes: one that its type does not take is no value of the column. */
static void add_places(const struct ga_form *form, struct ga_str *out)
{
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i];
        ga_str_addf(out, "%s %s %s;", field->name, ga_field_group(field), field->type->name);
        for (size_t k = 0; k < field->fields.count; k++)
            ga_str_addf(out, "%s %s;", field->fields.items[k].name, field->fields.items[k].type->name);
    }
}

/* Columns, groups, types stay the same for most changes (a label, a rule): then the rows do too. */
static bool has_same_rows(const struct ga_form *a, const struct ga_form *b)
{
    struct ga_str first = {0}, second = {0};
    ga_tables_ddl(a, &first);
    ga_tables_ddl(b, &second);
    add_places(a, &first);
    add_places(b, &second);
    const bool is_same = strcmp(ga_str_text(&first), ga_str_text(&second)) == 0;
    ga_str_finish(&first);
    ga_str_finish(&second);
    return is_same;
}

static bool is_taken_name(struct ga_store *store, const char *name)
{
    int64_t count = 0;
    struct ga_str sql = {0};
    ga_str_addf(&sql, "SELECT count(*) FROM sqlite_schema WHERE name = '%s' OR name LIKE '%s\\_\\_%%' ESCAPE '\\'", name, name);
    ga_db_query_int(store->db, ga_str_text(&sql), &count, NULL);
    ga_str_finish(&sql);
    return count > 0;
}

/* The form is used from here on, so that its records are projected by it. */
static enum ga_rc install(struct ga_store *store, const struct ga_form *form, const struct ga_form *old,
                          struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    const bool is_same = old != NULL && has_same_rows(old, form);
    if (old != NULL)
        rc = ga_views_drop(store, old, err); /* what may be seen can change without the columns */
    if (rc == GA_OK && old != NULL && !is_same)
        rc = ga_index_drop_form(store, old, err);
    if (rc == GA_OK && old != NULL && !is_same)
        rc = ga_tables_drop(store, old, err);
    if (rc == GA_OK && !is_same)
        rc = ga_tables_make(store, form, err);
    if (rc == GA_OK)
        rc = put_form(store, form, err);
    ga_tables_finish(store);
    ga_map_put(&store->forms.forms, form->name, (void *)(uintptr_t)form);
    return rc == GA_OK && !is_same ? project_all(store, form, err) : rc;
}

/* Forms on their way into force. */
struct accepting {
    struct ga_store *store;
    struct ga_forms *fresh;
    struct ga_problems *problems;
    const char *confirmed;  /* the form an administrator has confirmed; "" all; NULL none */
    const char *agreed;     /* names, blanks between: their files are what the computers of the school agreed on */
    struct ga_str waiting;  /* names of those that wait for one, blanks between */
    struct ga_map held;     /* lists that wait with them: name → their ga_list */
    bool has_renewed;       /* a form of an earlier form language: the index could not be brought up without it */
    bool is_all_in_force;   /* nothing was faulty: the files need not be read again */
};

static struct ga_problem *say(struct accepting *a, enum ga_severity severity, const struct ga_form *form)
{
    a->is_all_in_force = false;
    return ga_problems_add(a->problems, severity, form->file, form->at.line, form->at.column);
}

/* The version a form has in the database, readable or not; 0: none. */
static enum ga_rc stored_version(struct ga_store *store, const char *name, int64_t *ret_version, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_GET_FORM, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, name);
    rc = ga_stmt_step(stmt, &has_row, err);
    *ret_version = rc == GA_OK && has_row ? ga_stmt_column_int(stmt, 1) : 0;
    ga_stmt_reset(stmt);
    return rc;
}

static enum ga_rc drop_tables_of(struct ga_store *store, const char *name, struct ga_error *err)
{
    struct ga_str sql = {0};
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = ?1"
                                               " OR name LIKE replace(?1, '_', '\\_') || '\\_\\_%' ESCAPE '\\')",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_tables_finish(store); /* no statement may stand on what goes */
    ga_stmt_bind_text(stmt, 1, name);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        ga_str_addf(&sql, "DROP TABLE \"%s\";", ga_stmt_column_text(stmt, 0));
    ga_stmt_destroy(stmt);
    if (rc == GA_OK && sql.len > 0)
        rc = ga_db_exec(store->db, ga_str_text(&sql), err);
    ga_str_finish(&sql);
    return rc;
}

/*
 * What is in force was packed by a program with another form language and cannot be read: the file takes its place.
 * Of the same version it says the same, so the tables stay.
 */
static enum ga_rc renew(struct accepting *a, const struct ga_form *form, int64_t version, struct ga_error *err)
{
    struct ga_store *store = a->store;
    a->has_renewed = true;
    if (form->version != version) {
        enum ga_rc rc = ga_index_drop_form(store, form, err);
        if (rc == GA_OK)
            rc = drop_tables_of(store, form->name, err);
        return rc == GA_OK ? install(store, form, NULL, err) : rc;
    }
    ga_map_put(&store->forms.forms, form->name, (void *)(uintptr_t)form);
    return put_form(store, form, err);
}

/* Two computers may both have made a second version: the one that was picked counts on both. */
static bool is_agreed(const struct accepting *a, const struct ga_form *form)
{
    return a->agreed != NULL && ga_str_has_word(a->agreed, form->name);
}

/* Accepts one form, unless it is the same, older, or changed without a new version (rule 14). */
static enum ga_rc consider(struct accepting *a, const struct ga_form *form, struct ga_error *err)
{
    struct ga_store *store = a->store;
    const struct ga_form *old = ga_forms_get(&store->forms, form->name, NULL);
    int64_t version = 0;
    const enum ga_rc rc = old == NULL ? stored_version(store, form->name, &version, err) : GA_OK;
    if (rc != GA_OK || version > 0)
        return rc != GA_OK ? rc : renew(a, form, version, err);
    if (old == NULL && is_taken_name(store, form->name)) {
        ga_message_set(&say(a, GA_FAULT, form)->what, "'%1' is a name of the store; choose another", form->name);
        return GA_OK;
    }
    if (old != NULL && memcmp(old->hash, form->hash, sizeof(old->hash)) == 0)
        return GA_OK;
    if (old != NULL && form->version <= old->version && !is_agreed(a, form)) {
        struct ga_problem *problem = say(a, GA_WARNING, form);
        ga_message_set(&problem->what,
                       form->version < old->version ? "form '%1' is older than the one in force (version %2)"
                                                    : "form '%1' has changed but its version is still %2",
                       form->name, GA_NUM(old->version));
        ga_message_set(&problem->hint, "the form in force stays; give the file a higher version to change it");
        return GA_OK;
    }
    return install(store, form, old, err);
}

/* A list of problems that is full may hide any: then nothing is without fault. */
static bool has_fault_in(const struct accepting *a, const char *file)
{
    for (size_t i = 0; i < a->problems->list.len; i++) {
        const struct ga_problem *problem = GA_VEC_AT(struct ga_problem, &a->problems->list, i);
        if (problem->severity == GA_FAULT && problem->file != NULL && strcmp(problem->file, file) == 0)
            return true;
    }
    return a->problems->list.len >= GA_PROBLEMS_MAX;
}

/* A form stands on its lists: one with a fault keeps the last good of both. */
static bool stands_on_faults(const struct accepting *a, const struct ga_form *form)
{
    if (has_fault_in(a, form->file) || ga_form_stands_on_broken(a->fresh, form))
        return true;
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_list *list = form->all[i]->list;
        if (list != NULL && list->file != NULL && has_fault_in(a, list->file))
            return true;
    }
    return false;
}

/* Is this form going into force, or are its lists? */
static bool is_about_to_change(const struct accepting *a, const struct ga_form *form)
{
    const struct ga_form *old = ga_forms_get(&a->store->forms, form->name, NULL);
    return old != NULL &&
           (form->version > old->version || is_agreed(a, form) || memcmp(old->hash, form->hash, sizeof(old->hash)) == 0);
}

static bool is_confirmed(const struct accepting *a, const struct ga_form *form)
{
    return a->confirmed != NULL && (a->confirmed[0] == '\0' || strcmp(a->confirmed, form->name) == 0);
}

static void hold(struct accepting *a, const struct ga_weighing *weighing)
{
    const struct ga_form *form = weighing->form;
    ga_str_addf(&a->waiting, "%s%s", a->waiting.len > 0 ? " " : "", form->name);
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i], *old = ga_form_field(weighing->old, field->name);
        if (field->list != NULL && old != NULL && old->list != NULL && !ga_list_keeps_choices(old->list, field->list))
            ga_map_put(&a->held, field->list->name, (void *)(uintptr_t)field->list);
    }
}

/* Forms that would hide, refuse or displace what is stored wait for an administrator, with their shrunk lists. */
static enum ga_rc hold_harmful(struct accepting *a, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < a->fresh->names_count; i++) {
        const struct ga_form *form = ga_map_get(&a->fresh->forms, a->fresh->names[i]);
        struct ga_weighing weighing;
        if (stands_on_faults(a, form) || is_confirmed(a, form) || !is_about_to_change(a, form))
            continue;
        rc = ga_store_weigh(a->store, a->fresh, form, &weighing, err);
        if (rc == GA_OK && weighing.effects.len > 0)
            hold(a, &weighing);
        ga_weighing_finish(&weighing);
    }
    return rc;
}

static enum ga_rc accept_lists(struct accepting *a, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < a->fresh->lists.cap; i++) {
        const struct ga_list *list = ga_map_slot_value(&a->fresh->lists, i);
        if (list == NULL || list->file == NULL || has_fault_in(a, list->file) || ga_map_get(&a->held, list->name) != NULL)
            continue;
        rc = put_list(a->store, list, err);
        ga_map_put(&a->store->forms.lists, list->name, (void *)(uintptr_t)list);
    }
    return rc;
}

static enum ga_rc accept_all(struct accepting *a, struct ga_error *err)
{
    enum ga_rc rc = hold_harmful(a, err);
    if (rc == GA_OK)
        rc = accept_lists(a, err);
    for (size_t i = 0; rc == GA_OK && i < a->fresh->names_count; i++) {
        const struct ga_form *form = ga_map_get(&a->fresh->forms, a->fresh->names[i]);
        if (!stands_on_faults(a, form) && !ga_str_has_word(ga_str_text(&a->waiting), form->name))
            rc = consider(a, form, err);
    }
    return rc == GA_OK ? ga_store_set_setting(a->store, WAITING, ga_str_text(&a->waiting), err) : rc;
}

/* Said at every start until somebody decides: costs one setting. */
static void say_waiting(struct ga_store *store, struct ga_problems *problems)
{
    struct ga_str names = {0};
    char *rest, *name;
    ga_str_add(&names, ga_store_waiting_forms(store));
    for (name = strtok_r(names.data, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
        struct ga_problem *problem = ga_problems_add(problems, GA_WARNING, NULL, 0, 0);
        ga_message_set(&problem->what, "a changed form '%1' waits for an administrator: records would be hidden or refused",
                       name);
        ga_message_set(&problem->hint, "see what: guanai forms check --against-data; accept: guanai forms accept %1", name);
    }
    ga_str_finish(&names);
}

/* What is handed out from now on comes from the database, as it will after the next start. */
static void forget_loaded(struct ga_store *store)
{
    struct ga_list *sites = ga_map_get(&store->forms.lists, "site");
    ga_tables_finish(store);
    ga_map_finish(&store->forms.forms);
    ga_map_finish(&store->forms.lists);
    if (sites != NULL)
        ga_map_put(&store->forms.lists, sites->name, sites);
}

static enum ga_rc put_in_force(struct accepting *a, const struct ga_folders *folders, struct ga_error *err)
{
    struct ga_store *store = a->store;
    enum ga_rc rc = ga_index_follow(store, err); /* by the forms that are in force still */
    if (rc == GA_OK)
        rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    rc = accept_all(a, err);
    if (rc == GA_OK && a->is_all_in_force)
        rc = ga_forms_note_files(store, folders, err);
    forget_loaded(store);
    if (rc == GA_OK && a->has_renewed)
        rc = ga_index_renew(store, err);
    if (rc == GA_OK)
        rc = ga_index_check_fields(store, err);
    ga_tables_finish(store);
    if (rc == GA_OK)
        rc = ga_index_flush(store, err);
    if (rc == GA_OK)
        rc = ga_transaction_commit(store->db, err);
    else
        ga_transaction_rollback(store->db);
    if (rc != GA_OK)
        ga_index_finish(store); /* what it remembers may have been rolled back */
    forget_loaded(store);
    const enum ga_rc named = ga_forms_name_all(store, rc == GA_OK ? err : NULL);
    return rc == GA_OK ? named : rc;
}

static void hand_over(const struct ga_problems *from, struct ga_problems *to)
{
    const size_t faults = to->faults + from->faults, warnings = to->warnings + from->warnings,
                 notes = to->notes + from->notes;
    for (size_t i = 0; i < from->list.len; i++) {
        const struct ga_problem *problem = GA_VEC_AT(struct ga_problem, &from->list, i);
        struct ga_problem *copy =
            ga_problems_add(to, problem->severity, problem->file, problem->line, problem->column);
        copy->what = problem->what;
        copy->hint = problem->hint;
    }
    to->faults = faults;
    to->warnings = warnings;
    to->notes = notes;
}

const char *ga_store_waiting_forms(struct ga_store *store)
{
    const char *names = ga_store_setting(store, WAITING);
    return names != NULL ? names : "";
}

struct ga_forms *ga_forms_start_reading(struct ga_store *store)
{
    struct ga_forms *fresh = ga_arena_alloc(&store->arena, sizeof(*fresh));
    ga_forms_init(fresh);
    *(struct ga_forms **)ga_vec_push(&store->fresh) = fresh;
    struct ga_list *sites = ga_map_get(&store->forms.lists, "site");
    if (sites != NULL)
        ga_map_put(&fresh->lists, "site", sites);
    return fresh;
}

static enum ga_rc read_and_accept(struct ga_store *store, const struct ga_folders *folders, const char *confirmed,
                                  const char *agreed, struct ga_problems *problems, struct ga_error *err)
{
    struct ga_problems found; /* of this reading alone: an older list may still name files mended since */
    ga_problems_init(&found);
    struct accepting a = {.store = store, .fresh = ga_forms_start_reading(store), .problems = &found, .confirmed = confirmed,
                          .agreed = agreed};
    enum ga_rc rc = ga_forms_read_folders(a.fresh, store->options.io, folders, &found, err);
    a.is_all_in_force = found.faults == 0;
    if (rc == GA_OK || rc == GA_REFUSED)
        rc = put_in_force(&a, folders, err);
    hand_over(&found, problems);
    ga_problems_finish(&found);
    ga_map_finish(&a.held);
    ga_str_finish(&a.waiting);
    return rc;
}

enum ga_rc ga_store_accept_forms(struct ga_store *store, const struct ga_folders *folders, struct ga_problems *problems,
                                 struct ga_error *err)
{
    const enum ga_rc rc = ga_forms_are_noted(store, folders) ? GA_OK : read_and_accept(store, folders, NULL, NULL, problems, err);
    if (rc == GA_OK)
        say_waiting(store, problems);
    return rc;
}

enum ga_rc ga_store_confirm_forms(struct ga_store *store, const struct ga_folders *folders, const char *form,
                                  struct ga_problems *problems, struct ga_error *err)
{
    return read_and_accept(store, folders, form, NULL, problems, err);
}

enum ga_rc ga_store_take_forms(struct ga_store *store, const struct ga_folders *folders, const char *agreed, bool is_confirmed,
                               struct ga_problems *problems, struct ga_error *err)
{
    return read_and_accept(store, folders, is_confirmed ? "" : NULL, agreed, problems, err);
}
