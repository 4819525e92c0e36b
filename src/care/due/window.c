/* When something is owed by the calendar. */
#include "guanai/care/window.h"

#include "guanai/base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WEEK_DAYS = 7, SCHOOL_YEAR_MONTH = 8, THURSDAY = 3 /* days after Monday */ };

/* One question, its answers. */
struct search {
    const struct ga_calendar *calendar;
    const struct ga_cadence *cadence;
    struct ga_days span;
    int before, after, grace;
    struct ga_vec found; /* struct ga_window */
};

static int bound(int days)
{
    return days < 0 ? 0 : days > GA_WINDOW_DAYS_MAX ? GA_WINDOW_DAYS_MAX : days;
}

/* The first day that a window around the span can belong to, the last one. */
static struct ga_date search_from(const struct search *search, int period_days)
{
    return ga_date_add_days(search->span.from, -search->grace - search->after - period_days);
}

static struct ga_date search_to(const struct search *search)
{
    return ga_date_add_days(search->span.to, search->before);
}

/* The last day of the period that no holiday takes; before its first day: there is none. */
static struct ga_date last_before_holiday(const struct search *search, struct ga_days period)
{
    struct ga_days holiday;
    if (ga_calendar_is_holiday(search->calendar, period.to, &holiday))
        return ga_date_add_days(holiday.from, -1);
    return period.to;
}

static void add_asked(struct search *search, const char *label, struct ga_days asked, struct ga_date opens, struct ga_date last)
{
    struct ga_window window = {.opens = opens, .begins = asked.from, .due_on = asked.to, .ends = ga_date_add_days(last, search->grace)};
    if (ga_date_compare(window.ends, search->span.from) < 0 || ga_date_compare(search->span.to, window.opens) < 0)
        return;
    snprintf(window.label, sizeof(window.label), "%s", label);
    *(struct ga_window *)ga_vec_push(&search->found) = window;
}

static void add(struct search *search, const char *label, struct ga_date opens, struct ga_date due_on, struct ga_date last)
{
    add_asked(search, label, (struct ga_days){opens, due_on}, opens, last);
}

/* What is done in the holiday counts, parents are at home then; nobody is pressed to do it. */
static struct ga_date first_after_holiday(const struct search *search, struct ga_date opens, struct ga_days period)
{
    struct ga_days holiday;
    if (search->cadence->is_in_holidays || !ga_calendar_is_holiday(search->calendar, period.from, &holiday))
        return opens;
    return ga_date_add_days(holiday.to, 1 - search->before);
}

/* A period of lessons, of which only the days before a holiday at its end are on time. */
static void add_period(struct search *search, const char *label, struct ga_days period)
{
    const struct ga_date opens = ga_date_add_days(period.from, -search->before);
    struct ga_date due_on = search->cadence->is_in_holidays ? period.to : last_before_holiday(search, period);
    struct ga_date begins = first_after_holiday(search, opens, period);
    if (ga_date_compare(due_on, begins) < 0)
        begins = opens;
    if (ga_date_compare(due_on, period.from) >= 0)
        add_asked(search, label, (struct ga_days){begins, due_on}, opens, period.to);
}

static bool has_school_days(const struct search *search, struct ga_days period, int least)
{
    return search->cadence->is_in_holidays || ga_calendar_school_days(search->calendar, period) >= least;
}

/* ISO 8601: the week is of the year its Thursday lies in. */
static void name_week(struct ga_date monday, char *label)
{
    const struct ga_date thursday = ga_date_add_days(monday, THURSDAY);
    const int32_t new_year = ga_date_to_days((struct ga_date){thursday.year, 1, 1});
    snprintf(label, GA_WINDOW_LABEL_SIZE, "%04d-W%02d", thursday.year,
             (int)((ga_date_to_days(thursday) - new_year) / WEEK_DAYS + 1));
}

static void find_weeks(struct search *search)
{
    const struct ga_date to = search_to(search), near = search_from(search, WEEK_DAYS);
    struct ga_date monday = ga_date_add_days(near, 1 - ga_date_weekday(near));
    for (; ga_date_compare(monday, to) <= 0; monday = ga_date_add_days(monday, WEEK_DAYS)) {
        const struct ga_days week = {monday, ga_date_add_days(monday, WEEK_DAYS - 1)};
        char label[GA_WINDOW_LABEL_SIZE];
        name_week(monday, label);
        if (has_school_days(search, week, 1))
            add_period(search, label, week);
    }
}

static void find_months(struct search *search)
{
    enum { LONGEST_MONTH = 31 };
    const struct ga_date to = search_to(search);
    struct ga_date first = search_from(search, LONGEST_MONTH);
    for (first.day = 1; ga_date_compare(first, to) <= 0; first = ga_date_add_months(first, 1)) {
        const struct ga_days month = ga_days_of_month(first);
        char label[GA_WINDOW_LABEL_SIZE];
        snprintf(label, sizeof(label), "%04d-%02d", first.year, first.month);
        if (has_school_days(search, month, GA_MONTH_SCHOOL_DAYS))
            add_period(search, label, month);
    }
}

static void find_term(struct search *search, const char *term)
{
    struct ga_days days;
    if (ga_calendar_term(search->calendar, term, &days))
        add_period(search, term, days);
}

static void find_phases(struct search *search, const char *term)
{
    for (size_t i = 0; i < search->cadence->of_count; i++) {
        const char *phase = search->cadence->of[i];
        const bool is_holiday = strcmp(phase, "winter") == 0 || strcmp(phase, "summer") == 0;
        char label[GA_WINDOW_LABEL_SIZE];
        struct ga_days days;
        snprintf(label, sizeof(label), "%.7s-%.20s", term, phase);
        if (!ga_calendar_phase(search->calendar, term, phase, &days))
            continue;
        if (is_holiday)
            add(search, label, ga_date_add_days(days.from, -search->before), days.to, days.to);
        else
            add_period(search, label, days);
    }
}

/* Every term whose days or holiday can lie in the span. */
static void find_by_term(struct search *search, void (*find)(struct search *search, const char *term))
{
    const int first = search_from(search, 0).year - 2, last = search_to(search).year;
    for (int year = first; year <= last; year++)
        for (int number = 1; number <= 2; number++) {
            char term[16];
            snprintf(term, sizeof(term), "%04d-%d", year, number);
            find(search, term);
        }
}

static void find_years(struct search *search)
{
    const int first = search_from(search, 0).year - 1, last = search_to(search).year;
    for (int year = first; year <= last; year++) {
        const struct ga_days days = {{(int16_t)year, SCHOOL_YEAR_MONTH, 1}, {(int16_t)(year + 1), SCHOOL_YEAR_MONTH - 1, 31}};
        char label[GA_WINDOW_LABEL_SIZE];
        snprintf(label, sizeof(label), "%04d", year);
        add_period(search, label, days);
    }
}

static bool is_named(const struct ga_cadence *cadence, const char *code)
{
    for (size_t i = 0; i < cadence->of_count; i++)
        if (strcmp(cadence->of[i], code) == 0)
            return true;
    return false;
}

static void find_festivals(struct search *search, struct ga_arena *arena)
{
    const int first = search_from(search, 0).year, last = search_to(search).year;
    for (int year = first; year <= last; year++) {
        struct ga_festival *festivals;
        const size_t count = ga_calendar_festivals(search->calendar, year, arena, &festivals);
        for (size_t i = 0; i < count; i++) {
            const struct ga_date due_on = ga_date_add_days(festivals[i].day, search->after);
            char label[GA_WINDOW_LABEL_SIZE];
            snprintf(label, sizeof(label), "%04d-%s", year, festivals[i].code);
            if (is_named(search->cadence, festivals[i].code))
                add(search, label, ga_date_add_days(festivals[i].day, -search->before), due_on, due_on);
        }
    }
}

static void find(struct search *search, struct ga_arena *arena)
{
    switch (search->cadence->period) {
    case GA_PERIOD_WEEK: find_weeks(search); break;
    case GA_PERIOD_MONTH: find_months(search); break;
    case GA_PERIOD_TERM: find_by_term(search, find_term); break;
    case GA_PERIOD_PHASE: find_by_term(search, find_phases); break;
    case GA_PERIOD_YEAR: find_years(search); break;
    case GA_PERIOD_FESTIVAL: find_festivals(search, arena); break;
    case GA_PERIOD_EVERY:
    case GA_PERIOD_AFTER: break;
    }
}

static int by_opening(const void *left, const void *right)
{
    const struct ga_window *a = left, *b = right;
    const int order = ga_date_compare(a->opens, b->opens);
    return order != 0 ? order : strcmp(a->label, b->label);
}

size_t ga_windows(const struct ga_calendar *calendar, const struct ga_cadence *cadence, struct ga_days span,
                  struct ga_arena *arena, struct ga_window **ret_windows)
{
    const struct ga_date bounded = ga_date_add_months(span.from, 12 * GA_WINDOW_YEARS_MAX);
    struct search search = {calendar, cadence, span, bound(cadence->before), 0, bound(cadence->grace_days), {0}};
    if (cadence->period == GA_PERIOD_FESTIVAL)
        search.after = bound(cadence->after);
    if (ga_date_compare(bounded, span.to) < 0)
        search.span.to = bounded;
    ga_vec_init(&search.found, sizeof(struct ga_window));
    if (ga_date_compare(span.from, span.to) <= 0)
        find(&search, arena);
    if (search.found.len > 1)
        qsort(search.found.items, search.found.len, sizeof(struct ga_window), by_opening);
    const size_t count = search.found.len;
    *ret_windows = ga_arena_array(arena, count, sizeof(struct ga_window));
    if (count > 0)
        memcpy(*ret_windows, search.found.items, count * sizeof(struct ga_window));
    ga_vec_finish(&search.found);
    return count;
}
