/* Counts what a school year leaves open. */
#include "guanai/app/year_matters.h"

#include "guanai/app/care.h"
#include "guanai/app/send_back.h"
#include "guanai/care/alarm.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/note.h"
#include "guanai/store/view.h"

static enum ga_rc count_urgent(struct ga_session *session, struct ga_care *care, struct ga_year_matters *matters, struct ga_error *err)
{
    int64_t alarms[GA_ALARMS_MAX] = {0};
    struct ga_arena arena = {0};
    struct ga_report *reports;
    size_t count = 0;
    enum ga_rc rc = ga_alarm_counts(care, NULL, alarms, err);
    for (size_t i = 0; rc == GA_OK && i < ga_care_alarms(care)->count; i++)
        matters->alarms += alarms[i];
    if (rc == GA_OK)
        rc = ga_reports_list(session->store, &arena, &reports, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        matters->reports[reports[i].state]++;
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_year_matters_urgent(struct ga_session *session, struct ga_year_matters *ret_matters, struct ga_error *err)
{
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    *ret_matters = (struct ga_year_matters){0};
    return rc == GA_OK ? count_urgent(session, care, ret_matters, err) : rc;
}

static enum ga_rc count_dues(struct ga_care *care, const struct ga_year_plan *plan, struct ga_year_matters *matters, struct ga_error *err)
{
    const struct ga_due_ask now = {0};
    const struct ga_due_ask of_year = {
        .span = {{(int16_t)(plan->school_year - 1), 8, 1}, {(int16_t)plan->school_year, 7, 31}},
        .states = 1u << GA_DUE_MISSED | 1u << GA_DUE_EXCUSED};
    struct ga_arena arena = {0};
    struct ga_due *dues;
    size_t count = 0;
    enum ga_rc rc = ga_due_list(care, &now, &arena, &dues, &count, err);
    matters->due = (int64_t)count;
    if (rc == GA_OK)
        rc = ga_due_list(care, &of_year, &arena, &dues, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        matters->missed += dues[i].state == GA_DUE_MISSED;
        matters->unconfirmed += dues[i].state == GA_DUE_EXCUSED && !dues[i].is_confirmed;
    }
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc count_plans(struct ga_session *session, struct ga_year_matters *matters, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, "care_plan", NULL);
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    if (form == NULL || ga_form_field(form, "closed_on") == NULL)
        return GA_OK;
    enum ga_rc rc = ga_store_view(session->store, form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(session->store), "SELECT count(*) FROM v_care_plan WHERE closed_on IS NULL", &stmt, err);
    if (rc == GA_OK)
        rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row)
        matters->plans = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_year_matters_read(struct ga_session *session, const struct ga_year_plan *plan, struct ga_year_matters *ret_matters,
                                struct ga_error *err)
{
    struct ga_year_matters matters = {0};
    struct ga_sent_back_counts sent_back = {0};
    struct ga_arena arena = {0};
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = count_urgent(session, care, &matters, err);
    if (rc == GA_OK)
        rc = count_dues(care, plan, &matters, err);
    if (rc == GA_OK)
        rc = count_plans(session, &matters, err);
    if (rc == GA_OK)
        rc = ga_sent_back_count(session, &arena, &sent_back, err);
    if (rc == GA_OK)
        rc = ga_notes_count_open(session->store, &matters.notes, err);
    matters.sent_back = sent_back.open;
    ga_arena_finish(&arena);
    if (rc == GA_OK)
        *ret_matters = matters;
    return rc;
}
