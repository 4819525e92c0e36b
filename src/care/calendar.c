/* Which days are school days, which are holidays. */
#include "festival.h"

#include "guanai/base/vec.h"
#include "guanai/text/class_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    JOINS_MAX = 16, /* holidays side by side; more than that is a mistyped configuration */
    TALLY_YEARS_MAX = 10,
    TERM_NAME_SIZE = 8,
};

bool ga_calendar_term(const struct ga_calendar *calendar, const char *name, struct ga_days *ret_span)
{
    return ga_config_term_days(calendar->config, name, ret_span);
}

/* A school week's worth of days: a term may well end on a Monday. */
static bool find_last_week(const struct ga_calendar *calendar, const char *term, struct ga_days *ret_span)
{
    enum { LESSONS = 5 };
    struct ga_days days, found = {0};
    int lessons = 0;
    if (!ga_config_term_days(calendar->config, term, &days))
        return false;
    for (; lessons < LESSONS && ga_date_compare(days.from, days.to) <= 0; days.to = ga_date_add_days(days.to, -1)) {
        if (!ga_calendar_is_school_day(calendar, days.to))
            continue;
        found.from = days.to;
        if (lessons++ == 0)
            found.to = days.to;
    }
    if (lessons > 0)
        *ret_span = found;
    return lessons > 0;
}

bool ga_calendar_phase(const struct ga_calendar *calendar, const char *term, const char *phase, struct ga_days *ret_span)
{
    const char *const last_week = term[0] != '\0' && term[strlen(term) - 1] == '1' ? "before_winter" : "before_summer";
    return strcmp(phase, last_week) == 0 ? find_last_week(calendar, term, ret_span)
                                         : ga_config_phase_days(calendar->config, term, phase, ret_span);
}

static bool is_empty(struct ga_days days)
{
    return ga_date_compare(days.from, days.to) > 0;
}

static struct ga_date earlier(struct ga_date a, struct ga_date b)
{
    return ga_date_compare(a, b) < 0 ? a : b;
}

static struct ga_date later(struct ga_date a, struct ga_date b)
{
    return ga_date_compare(a, b) > 0 ? a : b;
}

static struct ga_days common(struct ga_days a, struct ga_days b)
{
    return (struct ga_days){later(a.from, b.from), earlier(a.to, b.to)};
}

/* Terms one after the other: the second of 2025–2026, the first of 2026–2027 … */
static bool nth_term(const struct ga_calendar *calendar, int at, struct ga_days *ret_days)
{
    char name[TERM_NAME_SIZE];
    snprintf(name, sizeof(name), "%04u-%c", (unsigned)at / 2 % 10000, at % 2 == 0 ? '1' : '2');
    return ga_config_term_days(calendar->config, name, ret_days);
}

static int first_term_near(struct ga_date day)
{
    return ga_class_name_school_year(day) * 2 - 1;
}

/* false: the day lies in a term, else *ret_days are those between the one before and the one behind. */
static bool is_between_terms(const struct ga_calendar *calendar, struct ga_date day, struct ga_days *ret_days)
{
    struct ga_days between = {{GA_DATE_YEAR_MIN, 1, 1}, {GA_DATE_YEAR_MAX, 12, 31}}, term;
    for (int at = first_term_near(day), end = at + 4; at < end; at++) {
        if (!nth_term(calendar, at, &term))
            continue;
        if (ga_days_has(term, day))
            return false;
        if (ga_date_compare(term.to, day) < 0)
            between.from = later(between.from, ga_date_add_days(term.to, 1));
        else
            between.to = earlier(between.to, ga_date_add_days(term.from, -1));
    }
    *ret_days = between;
    return true;
}

static bool is_made_up(const struct ga_calendar *calendar, struct ga_date day)
{
    const struct ga_config *config = calendar->config;
    size_t from = 0, to = config->school_days_count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        const int order = ga_date_compare(config->school_days[middle], day);
        if (order == 0)
            return true;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

static bool is_own_holiday(const struct ga_calendar *calendar, struct ga_date day, struct ga_days *ret_days)
{
    for (size_t i = 0; i < calendar->config->holidays_count; i++)
        if (ga_days_has(calendar->config->holidays[i].days, day)) {
            *ret_days = calendar->config->holidays[i].days;
            return true;
        }
    return false;
}

static bool is_off(const struct ga_calendar *calendar, struct ga_date day, struct ga_days *ret_days)
{
    return is_between_terms(calendar, day, ret_days) || is_own_holiday(calendar, day, ret_days) ||
           ga_festival_is_rest(day, ret_days);
}

bool ga_calendar_is_holiday(const struct ga_calendar *calendar, struct ga_date day, struct ga_days *ret_span)
{
    struct ga_days whole, more;
    if (is_made_up(calendar, day) || !is_off(calendar, day, &whole))
        return false;
    for (int i = 0; ret_span != NULL && i < JOINS_MAX && is_off(calendar, ga_date_add_days(whole.from, -1), &more); i++)
        whole.from = more.from;
    for (int i = 0; ret_span != NULL && i < JOINS_MAX && is_off(calendar, ga_date_add_days(whole.to, 1), &more); i++)
        whole.to = more.to;
    if (ret_span != NULL)
        *ret_span = whole;
    return true;
}

static bool is_weekday(struct ga_date day)
{
    enum { FRIDAY = 5 };
    return ga_date_weekday(day) <= FRIDAY;
}

bool ga_calendar_is_school_day(const struct ga_calendar *calendar, struct ga_date day)
{
    struct ga_days off;
    return is_made_up(calendar, day) || (is_weekday(day) && !is_off(calendar, day, &off));
}

/* Mondays to Fridays before a day, counted from a Monday before all dates. */
static int32_t weekdays_before(int32_t day)
{
    enum { A_MONDAY = -3 - 7 * 10000, WEEK = 7, WORK = 5 };
    const int32_t since = day - A_MONDAY - WEEK;
    return since / WEEK * WORK + (since % WEEK < WORK ? since % WEEK : WORK);
}

static int32_t weekdays(struct ga_days days)
{
    if (is_empty(days))
        return 0;
    return weekdays_before(ga_date_to_days(days.to) + 1) - weekdays_before(ga_date_to_days(days.from));
}

static void add_days(struct ga_vec *list, struct ga_days days)
{
    if (!is_empty(days))
        *(struct ga_days *)ga_vec_push(list) = days;
}

/* What of the terms lies in the span. */
static void list_terms(const struct ga_calendar *calendar, struct ga_days span, struct ga_vec *list)
{
    struct ga_days term;
    for (int at = first_term_near(span.from), end = first_term_near(span.to) + 4; at < end; at++)
        if (nth_term(calendar, at, &term))
            add_days(list, common(term, span));
}

/* Monday to Friday within the terms, holidays or not. */
static int32_t term_weekdays(const struct ga_vec *terms, struct ga_days span)
{
    int32_t count = 0;
    for (size_t i = 0; i < terms->len; i++)
        count += weekdays(common(*GA_VEC_AT(const struct ga_days, terms, i), span));
    return count;
}

static int by_first_day(const void *left, const void *right)
{
    return ga_date_compare(((const struct ga_days *)left)->from, ((const struct ga_days *)right)->from);
}

/* Public and own holidays with a day in the span, by their first day; some may overlap. */
static void list_holidays(const struct ga_calendar *calendar, struct ga_days span, struct ga_vec *list)
{
    struct ga_festival festival;
    for (int year = span.from.year; year <= span.to.year; year++)
        for (size_t i = 0; i < GA_FESTIVALS; i++)
            if (ga_festival_of(i, year, &festival))
                add_days(list, common(festival.rest, span));
    for (size_t i = 0; i < calendar->config->holidays_count; i++)
        add_days(list, common(calendar->config->holidays[i].days, span));
    if (list->len > 1)
        qsort(list->items, list->len, sizeof(struct ga_days), by_first_day);
}

static int32_t holiday_weekdays(const struct ga_vec *holidays, const struct ga_vec *terms, struct ga_days span)
{
    int32_t count = 0;
    struct ga_date next = span.from; /* before it all is counted */
    for (size_t i = 0; i < holidays->len; i++) {
        const struct ga_days holiday = *GA_VEC_AT(const struct ga_days, holidays, i);
        count += term_weekdays(terms, (struct ga_days){later(holiday.from, next), holiday.to});
        next = later(next, ga_date_add_days(holiday.to, 1));
    }
    return count;
}

/* Make-up days that would be none without the configuration's word. */
static int32_t made_up_days(const struct ga_calendar *calendar, struct ga_days span)
{
    struct ga_days off;
    int32_t count = 0;
    for (size_t i = 0; i < calendar->config->school_days_count; i++) {
        const struct ga_date day = calendar->config->school_days[i];
        if (ga_days_has(span, day) && (!is_weekday(day) || is_off(calendar, day, &off)))
            count++;
    }
    return count;
}

int ga_calendar_school_days(const struct ga_calendar *calendar, struct ga_days span)
{
    if (is_empty(span))
        return 0;
    struct ga_vec terms, holidays;
    ga_vec_init(&terms, sizeof(struct ga_days));
    ga_vec_init(&holidays, sizeof(struct ga_days));
    list_terms(calendar, span, &terms);
    list_holidays(calendar, span, &holidays);
    const int32_t count =
        term_weekdays(&terms, span) - holiday_weekdays(&holidays, &terms, span) + made_up_days(calendar, span);
    ga_vec_finish(&holidays);
    ga_vec_finish(&terms);
    return count;
}

/* Marks each day from `first` on that lies in one of the list; only weekdays when so asked. */
static void mark(int32_t *days, int32_t first, const struct ga_vec *list, int32_t value, bool only_weekdays)
{
    enum { WEEK = 7, WORK = 5 };
    for (size_t i = 0; i < list->len; i++) {
        const struct ga_days span = *GA_VEC_AT(const struct ga_days, list, i);
        int weekday = ga_date_weekday(span.from) - 1;
        for (int32_t at = ga_date_to_days(span.from); at <= ga_date_to_days(span.to); at++, weekday = (weekday + 1) % WEEK)
            if (!only_weekdays || weekday < WORK)
                days[at - first] = value;
    }
}

static void mark_school_days(const struct ga_calendar *calendar, struct ga_days span, int32_t *days)
{
    const int32_t first = ga_date_to_days(span.from);
    struct ga_vec list;
    ga_vec_init(&list, sizeof(struct ga_days));
    list_terms(calendar, span, &list);
    mark(days, first, &list, 1, true);
    ga_vec_clear(&list);
    list_holidays(calendar, span, &list);
    mark(days, first, &list, 0, false);
    for (size_t i = 0; i < calendar->config->school_days_count; i++)
        if (ga_days_has(span, calendar->config->school_days[i]))
            days[ga_date_to_days(calendar->config->school_days[i]) - first] = 1;
    ga_vec_finish(&list);
}

struct ga_school_tally ga_school_tally_make(const struct ga_calendar *calendar, struct ga_days span, struct ga_arena *arena)
{
    if (is_empty(span))
        return (struct ga_school_tally){span, NULL};
    span.from = later(span.from, ga_date_add_days(ga_date_add_months(span.to, -12 * TALLY_YEARS_MAX), 1));
    const int32_t days = ga_date_to_days(span.to) - ga_date_to_days(span.from) + 1;
    int32_t *before = ga_arena_array(arena, (size_t)days + 1, sizeof(*before));
    mark_school_days(calendar, span, before + 1);
    for (int32_t i = 0; i < days; i++)
        before[i + 1] += before[i];
    return (struct ga_school_tally){span, before};
}

int ga_school_tally_days(const struct ga_school_tally *tally, struct ga_days span)
{
    const struct ga_days days = common(span, tally->span);
    if (tally->before == NULL || is_empty(days))
        return 0;
    const int32_t first = ga_date_to_days(tally->span.from);
    return tally->before[ga_date_to_days(days.to) - first + 1] - tally->before[ga_date_to_days(days.from) - first];
}
