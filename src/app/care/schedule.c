/* Puts together what stands in the calendar. */
#include "guanai/app/schedule.h"

#include "guanai/sql/stmt.h"
#include "guanai/store/number.h"
#include "guanai/store/view.h"
#include "private.h"

#include <stdio.h>

#include <stdlib.h>
#include <string.h>

struct reading {
    struct ga_session *session;
    const char *owner;
    struct ga_days span;
    struct ga_arena *arena;
    struct ga_vec items; /* struct placed */
};

struct placed {
    struct ga_schedule_item item;
    size_t order; /* as it came */
};

static struct ga_schedule_item *add(struct reading *r, enum ga_schedule_kind kind, struct ga_date day)
{
    if (!ga_days_has(r->span, day) || r->items.len == GA_SCHEDULE_ITEMS_MAX)
        return NULL;
    struct placed *placed = ga_vec_push(&r->items);
    placed->order = r->items.len;
    placed->item = (struct ga_schedule_item){.kind = kind, .day = day, .agreed = ""};
    return &placed->item;
}

static enum ga_rc add_dues(struct reading *r, struct ga_care *care, const struct ga_due_ask *ask, struct ga_error *err)
{
    struct ga_due *dues;
    size_t count = 0;
    const enum ga_rc rc = ga_due_list(care, ask, r->arena, &dues, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        struct ga_schedule_item *item =
            add(r, GA_SCHEDULE_DUE, dues[i].state == GA_DUE_LATE ? r->session->today : dues[i].window.due_on);
        if (item != NULL)
            item->due = dues[i];
    }
    return rc;
}

static enum ga_rc add_trips(struct reading *r, struct ga_error *err)
{
    struct ga_trip *trips;
    size_t count = 0;
    const enum ga_rc rc = ga_trips_read(r->session, r->span, r->arena, &trips, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        if (r->owner != NULL && strcmp(r->owner, trips[i].doer) != 0)
            continue;
        struct ga_schedule_item *item = add(r, GA_SCHEDULE_TRIP, trips[i].planned_on);
        if (item != NULL)
            item->trip = &trips[i];
    }
    return rc;
}

/* Later visits end an appointment, whoever made them. */
#define APPOINTMENTS                                                                                                   \
    "SELECT v._child, v.follow_up_on, coalesce(v.agreed, '') FROM v_home_visit AS v WHERE v.follow_up_on BETWEEN ?1 AND ?2" \
    " AND (?3 IS NULL OR v.visitor = ?3) AND NOT EXISTS (SELECT 1 FROM v_home_visit AS later"                          \
    " WHERE later._file = v._file AND (later.visited_on > v.visited_on OR (later.visited_on = v.visited_on AND later.no > v.no)))" \
    " ORDER BY v.follow_up_on, v.no"

static bool has_fields(const struct ga_form *form)
{
    return form->of.text != NULL && ga_form_field(form, "visited_on") != NULL && ga_form_field(form, "follow_up_on") != NULL &&
           ga_form_field(form, "agreed") != NULL && ga_form_field(form, "visitor") != NULL;
}

static enum ga_rc read_appointments(struct reading *r, struct ga_stmt *stmt, struct ga_error *err)
{
    bool has_row = false;
    struct ga_date day;
    enum ga_rc rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(r->span.from));
    ga_stmt_bind_text(stmt, 2, GA_DATE_ISO(r->span.to));
    ga_stmt_bind_text(stmt, 3, r->owner);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        if (!ga_date_from_iso(ga_stmt_column_text(stmt, 1), &day) || !ga_date_is_day(day))
            continue;
        struct ga_schedule_item *item = add(r, GA_SCHEDULE_APPOINTMENT, day);
        if (item == NULL)
            continue;
        item->child = ga_stmt_column_int(stmt, 0);
        item->agreed = ga_arena_strdup(r->arena, ga_stmt_column_text(stmt, 2));
    }
    return rc;
}

static enum ga_rc add_appointments(struct reading *r, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(r->session->forms, GA_TRIP_VISIT_FORM, NULL);
    struct ga_stmt *stmt;
    if (form == NULL || !has_fields(form)) /* a school's own form without them: there are none */
        return GA_OK;
    enum ga_rc rc = ga_store_view(r->session->store, form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(r->session->store), APPOINTMENTS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    rc = read_appointments(r, stmt, err);
    ga_stmt_destroy(stmt);
    return rc;
}

static int by_day(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    const int days = ga_date_compare(a->item.day, b->item.day);
    if (days != 0)
        return days;
    if (a->item.kind != b->item.kind)
        return a->item.kind < b->item.kind ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void hand_over(struct reading *r, struct ga_schedule *ret_schedule)
{
    const size_t count = r->items.len;
    if (count > 1)
        qsort(r->items.items, count, sizeof(struct placed), by_day);
    *ret_schedule = (struct ga_schedule){.span = r->span, .count = count,
                                         .items = ga_arena_array(r->arena, count + 1, sizeof(*ret_schedule->items))};
    for (size_t i = 0; i < count; i++)
        ret_schedule->items[i] = GA_VEC_AT(const struct placed, &r->items, i)->item;
}

enum ga_rc ga_schedule_read(struct ga_session *session, const char *owner, struct ga_days span, struct ga_arena *arena,
                            struct ga_schedule *ret_schedule, struct ga_error *err)
{
    struct reading r = {.session = session, .owner = owner, .span = span, .arena = arena};
    const struct ga_date last = ga_date_add_days(span.from, GA_SCHEDULE_DAYS_MAX - 1);
    struct ga_care *care;
    if (ga_date_compare(last, span.to) < 0)
        r.span.to = last;
    const struct ga_due_ask now = {.owner = owner},
                            later = {.owner = owner, .span = r.span, .states = 1u << GA_DUE_COMING};
    ga_vec_init(&r.items, sizeof(struct placed));
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = add_dues(&r, care, &now, err);
    if (rc == GA_OK)
        rc = add_dues(&r, care, &later, err);
    if (rc == GA_OK)
        rc = add_trips(&r, err);
    if (rc == GA_OK)
        rc = add_appointments(&r, err);
    if (rc == GA_OK)
        hand_over(&r, ret_schedule);
    ga_vec_finish(&r.items);
    return rc;
}

size_t ga_schedule_day(const struct ga_schedule *schedule, struct ga_date day, size_t *ret_first)
{
    size_t first = 0, count = 0;
    while (first < schedule->count && ga_date_compare(schedule->items[first].day, day) < 0)
        first++;
    while (first + count < schedule->count && ga_date_compare(schedule->items[first + count].day, day) == 0)
        count++;
    *ret_first = first;
    return count;
}

/* The own name of a day off: as the configuration has it, else the feast's; NULL: it has none. */
static const char *holiday_name(const struct ga_calendar *calendar, struct ga_date day, enum ga_lang lang, struct ga_arena *arena)
{
    const struct ga_config *config = calendar->config;
    struct ga_festival *festivals;
    for (size_t i = 0; i < config->holidays_count; i++)
        if (ga_days_has(config->holidays[i].days, day) && config->holidays[i].label.zh != NULL)
            return ga_label_text(&config->holidays[i].label, lang);
    const size_t count = ga_calendar_festivals(calendar, day.year, arena, &festivals);
    for (size_t i = 0; i < count; i++)
        if (ga_date_compare(festivals[i].day, day) == 0 || ga_days_has(festivals[i].rest, day))
            return ga_label_text(&festivals[i].label, lang);
    return NULL;
}

/* "期中 begins ": phases of the term that begin or end on the day. */
static const char *phase_text(const struct ga_calendar *calendar, struct ga_date day, enum ga_lang lang, struct ga_arena *arena)
{
    static const char *const phases[] = {"start", "middle", "end", "winter", "summer"};
    char term[8], label[GA_WINDOW_LABEL_SIZE];
    ga_config_term(calendar->config, day, term);
    for (size_t i = 0; i < sizeof(phases) / sizeof(phases[0]); i++) {
        struct ga_days days;
        if (!ga_calendar_phase(calendar, term, phases[i], &days))
            continue;
        const bool begins = ga_date_compare(days.from, day) == 0;
        if (!begins && ga_date_compare(days.to, day) != 0)
            continue;
        snprintf(label, sizeof(label), "%s-%s", term, phases[i]);
        return ga_arena_printf(arena, "%s%s ", ga_window_text(calendar, label, lang, arena),
                               begins ? ga_tr(lang, GA_N_(" begins")) : ga_tr(lang, GA_N_(" ends")));
    }
    return "";
}

const char *ga_schedule_day_text(const struct ga_calendar *calendar, struct ga_date day, enum ga_lang lang, struct ga_arena *arena)
{
    enum { FRIDAY = 5 };
    const char *name = holiday_name(calendar, day, lang, arena), *what;
    if (ga_calendar_is_school_day(calendar, day))
        what = ga_date_weekday(day) > FRIDAY ? ga_tr(lang, GA_N_("lessons made up")) : ga_tr(lang, GA_N_("lessons"));
    else if (ga_calendar_is_holiday(calendar, day, NULL))
        what = ga_tr(lang, GA_N_("holiday"));
    else
        what = ga_tr(lang, GA_N_("weekend"));
    return ga_arena_printf(arena, "%s%s%s%s", phase_text(calendar, day, lang, arena), what, name != NULL ? " " : "",
                           name != NULL ? name : "");
}
