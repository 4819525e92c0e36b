/* Prints what the calendar says of three school years, for a second calendar to check: dump_year [CONFIG]. */
#include "guanai/care/window.h"

#include <stdio.h>

static const struct ga_days all = {{2025, 8, 1}, {2028, 7, 31}};

static void print_days(const struct ga_calendar *calendar)
{
    for (int32_t at = ga_date_to_days(all.from); at <= ga_date_to_days(all.to); at++) {
        const struct ga_date day = ga_date_from_days(at);
        struct ga_days holiday = {{0}, {0}};
        char term[8];
        ga_config_term(calendar->config, day, term);
        const bool is_holiday = ga_calendar_is_holiday(calendar, day, &holiday);
        printf("day %s %d %s %s %s %s\n", GA_DATE_ISO(day), ga_calendar_is_school_day(calendar, day),
               is_holiday ? GA_DATE_ISO(holiday.from) : "-", is_holiday ? GA_DATE_ISO(holiday.to) : "-", term,
               ga_config_phase(calendar->config, day));
    }
}

/* Spans of a week to two years, from every 11th day. */
static void print_spans(const struct ga_calendar *calendar)
{
    int32_t length = 7;
    for (int32_t from = ga_date_to_days(all.from); from <= ga_date_to_days(all.to); from += 11, length = length * 5 % 739) {
        const struct ga_days span = {ga_date_from_days(from), ga_date_from_days(from + length)};
        if (ga_date_compare(span.to, all.to) <= 0)
            printf("span %s %s %d\n", GA_DATE_ISO(span.from), GA_DATE_ISO(span.to), ga_calendar_school_days(calendar, span));
    }
}

static const char *const phases[] = {"start", "middle", "end", "winter", "summer"};
static const char *const feasts[] = {"spring", "qingming", "dragon_boat", "mid_autumn", "national", "double_ninth"};

static const struct {
    const char *name;
    struct ga_cadence cadence;
} cadences[] = {
    {"week", {.period = GA_PERIOD_WEEK}},
    {"week-holidays", {.period = GA_PERIOD_WEEK, .is_in_holidays = true, .grace_days = 2}},
    {"month", {.period = GA_PERIOD_MONTH, .before = 2, .grace_days = 5}},
    {"month-holidays", {.period = GA_PERIOD_MONTH, .is_in_holidays = true}},
    {"term", {.period = GA_PERIOD_TERM, .before = 7, .grace_days = 14}},
    {"phase", {.period = GA_PERIOD_PHASE, .of = phases, .of_count = 5, .grace_days = 3}},
    {"year", {.period = GA_PERIOD_YEAR}},
    {"festival", {.period = GA_PERIOD_FESTIVAL, .of = feasts, .of_count = 6, .before = 10, .after = 5, .grace_days = 40}},
};

static void print_windows(const struct ga_calendar *calendar, size_t which, struct ga_days span)
{
    struct ga_arena arena;
    struct ga_window *windows;
    ga_arena_init(&arena);
    const size_t count = ga_windows(calendar, &cadences[which].cadence, span, &arena, &windows);
    for (size_t i = 0; i < count; i++)
        printf("window %s %s %s %s %s %s %s\n", cadences[which].name, GA_DATE_ISO(span.from), GA_DATE_ISO(span.to),
               windows[i].label, GA_DATE_ISO(windows[i].opens), GA_DATE_ISO(windows[i].due_on), GA_DATE_ISO(windows[i].ends));
    ga_arena_finish(&arena);
}

int main(int argc, char **argv)
{
    struct ga_arena arena;
    struct ga_problems problems;
    struct ga_config config;
    ga_arena_init(&arena);
    ga_problems_init(&problems);
    ga_config_default(&arena, "样校", &config);
    if (argc > 1 && ga_config_load(ga_io_system(), argv[1], &arena, &problems, &config, NULL) != GA_OK)
        return 1;
    const struct ga_calendar calendar = ga_calendar_of(&config);
    print_days(&calendar);
    print_spans(&calendar);
    for (size_t which = 0; which < sizeof(cadences) / sizeof(*cadences); which++) {
        print_windows(&calendar, which, all);
        for (int32_t at = ga_date_to_days(all.from); at <= ga_date_to_days(all.to); at += 9)
            print_windows(&calendar, which, (struct ga_days){ga_date_from_days(at), ga_date_from_days(at + at % 4)});
    }
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return 0;
}
