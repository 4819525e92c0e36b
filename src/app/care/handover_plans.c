/* Passes the care plans of a class on with it. */
#include "care/handover_inner.h"
#include "guanai/base/vec.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/view.h"
#include "private.h"

#include <string.h>

#define FORM "care_plan"

static const char SELECT[] = "SELECT id, _child FROM v_" FORM " WHERE closed_on IS NULL AND owner = ?1 ORDER BY no";

static const struct ga_roster_row *find_child(const struct ga_roster_row *rows, size_t count, int64_t child)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].no == child)
            return &rows[i];
    return NULL;
}

static enum ga_rc step_all(struct ga_stmt *stmt, const struct ga_roster_row *rows, size_t rows_count, struct ga_vec *plans, struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_roster_row *child = find_child(rows, rows_count, ga_stmt_column_int(stmt, 1));
        struct ga_handover_plan plan = {.child = child == NULL ? "" : child->name};
        if (child != NULL && ga_uuid_parse(ga_stmt_column_text(stmt, 0), &plan.id))
            *(struct ga_handover_plan *)ga_vec_push(plans) = plan;
    }
    return rc;
}

static enum ga_rc find_plans(struct ga_session *session, const struct ga_form *form, const char *giver,
                             const struct ga_roster_row *rows, size_t rows_count, struct ga_vec *plans, struct ga_error *err)
{
    struct ga_stmt *stmt = NULL;
    enum ga_rc rc = ga_store_view(session->store, form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(session->store), SELECT, &stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_text(stmt, 1, giver);
        rc = step_all(stmt, rows, rows_count, plans, err);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_handover_plans_read(struct ga_session *session, const struct ga_plan_pass *pass, struct ga_arena *arena,
                                  struct ga_handover_plan **ret_plans, size_t *ret_count, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, FORM, NULL);
    struct ga_roster_row *rows;
    struct ga_vec plans;
    size_t count = 0;
    *ret_count = 0;
    if (form == NULL || ga_form_field(form, "owner") == NULL || ga_form_field(form, "closed_on") == NULL ||
        pass->giver[0] == '\0' || pass->taker[0] == '\0' || strcmp(pass->giver, pass->taker) == 0)
        return GA_OK;
    ga_vec_init(&plans, sizeof(struct ga_handover_plan));
    enum ga_rc rc = ga_handover_children(session, &pass->class_of, arena, &rows, &count, err);
    if (rc == GA_OK)
        rc = find_plans(session, form, pass->giver, rows, count, &plans, err);
    if (rc == GA_OK && plans.len > 0) {
        *ret_plans = ga_arena_array(arena, plans.len, sizeof(**ret_plans));
        memcpy(*ret_plans, plans.items, plans.len * sizeof(**ret_plans));
        *ret_count = plans.len;
    }
    ga_vec_finish(&plans);
    return rc;
}

enum ga_rc ga_handover_plans_pass(struct ga_session *session, const struct ga_plan_pass *pass, size_t *ret_count,
                                  struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_handover_plan *plans;
    struct ga_save *save;
    size_t count = 0;
    enum ga_rc rc = ga_handover_plans_read(session, pass, &arena, &plans, &count, err);
    if (rc == GA_OK && count > 0 && (rc = ga_save_begin(session->store, &save, err)) == GA_OK) {
        const struct ga_written helper[] = {{"owner", pass->taker}};
        for (size_t i = 0; rc == GA_OK && i < count; i++)
            rc = ga_written_change(session, save, &plans[i].id, helper, 1, err);
        rc = ga_app_end_save(save, rc, err);
    }
    ga_arena_finish(&arena);
    if (rc == GA_OK)
        *ret_count = count;
    return rc;
}
