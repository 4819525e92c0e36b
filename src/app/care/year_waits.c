/* Says in autumn whether the school still stands in the grades of the year before. */
#include "guanai/app/year_end.h"

#include "guanai/base/alloc.h"
#include "guanai/store/record.h"
#include "guanai/store/touched.h"
#include "guanai/text/class_name.h"
#include "private.h"

static bool is_season(struct ga_date day)
{
    return (day.month == 8 && day.day >= 20) || day.month == 9 || day.month == 10;
}

/* One that was taken back is no run of the plan's. */
static enum ga_rc look(struct ga_session *session, bool *ret_is_waiting, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_year_plan plan;
    const enum ga_rc rc = ga_year_plan_read(session, GA_ZH, &arena, &plan, err);
    if (rc == GA_OK)
        *ret_is_waiting = plan.runs == 0 && plan.counts[GA_YEAR_UP] + plan.counts[GA_YEAR_MOVES] + plan.counts[GA_YEAR_FINISHES] > 0;
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_year_is_waiting(struct ga_session *session, bool *ret_is_waiting, struct ga_error *err)
{
    struct ga_year_waits *kept = &session->memory->year_waits;
    struct ga_year_waits now = {.school_year = ga_class_name_school_year(session->today), .op = ga_store_last_op(session->store)};
    *ret_is_waiting = false;
    if (!is_season(session->today))
        return GA_OK;
    enum ga_rc rc = ga_store_count(session->store, "year_end", &now.ends, err);
    const bool is_kept = kept->school_year == now.school_year && kept->ends == now.ends &&
                         (kept->op == now.op || !kept->is_waiting); /* nobody falls back but by an end taken back */
    if (rc == GA_OK && !is_kept) {
        rc = look(session, &now.is_waiting, err);
        if (rc == GA_OK)
            *kept = now;
    }
    if (rc == GA_OK)
        *ret_is_waiting = kept->is_waiting;
    return rc;
}
