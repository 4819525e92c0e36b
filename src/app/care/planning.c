/* Turns a proposal of visits on free days into trips. */
#include "guanai/app/planning.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/undo.h"
#include "private.h"

#include <string.h>

struct making {
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena *arena;
    struct ga_days span;
    struct ga_trip *trips; /* written down, yet to come or not typed in yet */
    size_t trips_count;
};

static struct ga_days from_today(const struct ga_session *session)
{
    return (struct ga_days){session->today, {GA_DATE_YEAR_MAX, 12, 31}};
}

/* A sheet that was carried along is typed in some days later: till then its visits count as made. */
static struct ga_days with_last_week(const struct ga_session *session)
{
    return (struct ga_days){ga_date_add_days(session->today, -GA_TRIP_TYPED_DAYS), {GA_DATE_YEAR_MAX, 12, 31}};
}

static bool leads_to(const struct ga_trip *trip, int64_t child)
{
    for (size_t i = 0; i < trip->rows_count; i++)
        if (trip->rows[i].child_no == child && !trip->rows[i].is_typed)
            return true;
    return false;
}

/* Is there a trip on which the visit can be made, or was? Each is for one visit of a child only: used[] are those that are. */
static bool is_on_a_trip(const struct making *m, const struct ga_trip_child *child, const struct ga_trip_stop *stop, int64_t *used)
{
    for (size_t i = 0; i < m->trips_count; i++) {
        const int32_t day = ga_date_to_days(m->trips[i].planned_on);
        if (used[i] == child->child.no || day < stop->opens || day > stop->ends || !leads_to(&m->trips[i], child->child.no))
            continue;
        used[i] = child->child.no; /* stops of one child follow each other */
        return true;
    }
    return false;
}

static void leave_out_planned(const struct making *m, struct ga_trip_list *list)
{
    int64_t *used = ga_arena_array(m->arena, m->trips_count + 1, sizeof(*used));
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (is_on_a_trip(m, &list->children[i], &list->stops[i], used))
            continue;
        list->children[kept] = list->children[i];
        list->stops[kept++] = list->stops[i];
    }
    list->count = kept;
}

static bool has_trip(const struct making *m, const char *owner, int32_t day)
{
    for (size_t i = 0; i < m->trips_count; i++)
        if (ga_date_to_days(m->trips[i].planned_on) == day && strcmp(m->trips[i].doer, owner) == 0)
            return true;
    return false;
}

static size_t find_days(const struct making *m, const char *owner, struct ga_trip_day **ret_days)
{
    const size_t count = ga_trip_days(ga_care_calendar(m->care), m->span, m->arena, ret_days);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!has_trip(m, owner, (*ret_days)[i].day))
            (*ret_days)[kept++] = (*ret_days)[i];
    return kept;
}

static void spread(const struct making *m, struct ga_planning *planning)
{
    struct ga_trip_day *days;
    const size_t count = find_days(m, planning->owner, &days);
    planning->is_placed = ga_arena_array(m->arena, planning->list.count + 1, sizeof(*planning->is_placed));
    planning->trips_count = ga_trip_plan(planning->list.stops, planning->list.count, days, count, m->arena, &planning->trips,
                                         planning->is_placed);
    for (size_t i = 0; i < count; i++)
        planning->free_days += !days[i].is_holiday;
    for (size_t i = 0; i < planning->list.count; i++)
        planning->left += !planning->is_placed[i];
}

enum ga_rc ga_planning_make(struct ga_session *session, const char *owner, struct ga_days span, enum ga_lang lang,
                            struct ga_arena *arena, struct ga_planning *ret_planning, struct ga_error *err)
{
    if (ga_date_compare(span.from, session->today) < 0)
        span.from = session->today;
    struct making m = {.session = session, .arena = arena, .span = span};
    struct ga_planning planning = {.owner = ga_arena_strdup(arena, owner)};
    const struct ga_trip_ask ask = {.owner = owner, .span = span, .lang = lang};
    enum ga_rc rc = ga_session_care(session, NULL, &m.care, err);
    if (rc == GA_OK && ga_date_compare(span.from, span.to) <= 0)
        rc = ga_trip_children(m.care, &ask, arena, &planning.list, err);
    if (rc == GA_OK)
        rc = ga_trips_read(session, with_last_week(session), arena, &m.trips, &m.trips_count, err);
    if (rc != GA_OK)
        return rc;
    leave_out_planned(&m, &planning.list);
    spread(&m, &planning);
    *ret_planning = planning;
    return GA_OK;
}

size_t ga_planning_visits(const struct ga_planning *planning)
{
    return planning->list.count - planning->left;
}

const char *ga_planning_left_names(const struct ga_planning *planning, enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_str names = {0};
    for (size_t i = 0; i < planning->list.count; i++)
        if (!planning->is_placed[i])
            ga_str_addf(&names, "%s%s", names.len == 0 ? "" : lang == GA_ZH ? "、" : ", ", planning->list.children[i].child.name);
    const char *copy = ga_arena_strdup(arena, ga_str_text(&names));
    ga_str_finish(&names);
    return copy;
}

/* "红岩村、大湾村", in walking order. */
static void name_villages(const struct ga_planning *planning, const struct ga_trip_planned *trip, struct ga_str *out)
{
    for (size_t i = 0; i < trip->count; i++) {
        const char *village = planning->list.children[trip->rows[i]].child.village;
        if (village[0] != '\0' && (i == 0 || strcmp(planning->list.children[trip->rows[i - 1]].child.village, village) != 0))
            ga_str_addf(out, "%s%s", out->len > 0 ? "、" : "", village);
    }
}

static enum ga_rc put_trip(struct ga_session *session, struct ga_save *save, const struct ga_planning *planning,
                           const struct ga_trip_planned *trip, struct ga_error *err)
{
    struct ga_uuid children[GA_TRIP_ROWS];
    struct ga_str villages = {0};
    for (size_t i = 0; i < trip->count; i++)
        children[i] = planning->list.children[trip->rows[i]].child.id;
    name_villages(planning, trip, &villages);
    const struct ga_trip_new new = {.planned_on = ga_date_from_days(trip->day), .doer = planning->owner, .children = children,
                                    .count = trip->count, .villages = ga_str_text(&villages)};
    const enum ga_rc rc = ga_trip_put(session, save, &new, NULL, err);
    ga_str_finish(&villages);
    return rc;
}

enum ga_rc ga_planning_take(struct ga_session *session, const struct ga_planning *planning, struct ga_error *err)
{
    struct ga_save *save;
    if (planning->trips_count == 0)
        return ga_error_set(err, GA_REFUSED, "there is no visit to plan in these days");
    enum ga_rc rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < planning->trips_count; i++)
        rc = put_trip(session, save, planning, &planning->trips[i], err);
    return ga_app_end_save(save, rc, err);
}

/* Made by the same save as the newest of them. Moves these to the front. */
static enum ga_rc keep_last(struct ga_session *session, struct ga_trip *trips, size_t count, size_t *ret_count, struct ga_error *err)
{
    struct ga_reach last = {0};
    enum ga_rc rc = GA_OK;
    size_t kept = 0;
    for (size_t i = 0; i < count && rc == GA_OK; i++) {
        struct ga_reach reach;
        rc = ga_store_reach_made(session->store, &trips[i].id, &reach, err);
        if (rc != GA_OK || reach.first_op < last.first_op)
            continue;
        if (reach.first_op > last.first_op)
            kept = 0;
        last = reach;
        trips[kept++] = trips[i];
    }
    if (rc == GA_OK)
        *ret_count = kept;
    return rc;
}

enum ga_rc ga_planning_last(struct ga_session *session, const char *owner, struct ga_arena *arena, struct ga_trip **ret_trips,
                            size_t *ret_count, struct ga_error *err)
{
    struct ga_trip *trips;
    size_t count = 0, own = 0;
    enum ga_rc rc = ga_trips_read(session, from_today(session), arena, &trips, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (trips[i].typed == 0 && strcmp(trips[i].doer, owner) == 0)
            trips[own++] = trips[i];
    if (rc == GA_OK)
        rc = keep_last(session, trips, own, ret_count, err);
    if (rc == GA_OK)
        *ret_trips = trips;
    return rc;
}

enum ga_rc ga_planning_take_back(struct ga_session *session, const struct ga_trip *trips, size_t count, struct ga_error *err)
{
    struct ga_save *save;
    if (count == 0)
        return ga_error_set(err, GA_REFUSED, "there is no trip to take back: none is yet to come, or its visits are typed in");
    enum ga_rc rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = ga_save_remove(save, &trips[i].id, err);
    return ga_app_end_save(save, rc, err);
}
