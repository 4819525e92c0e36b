/* Windows of duties open and close on the days a school would say. */
#include "guanai/care/window.h"

#include "guanai/base/str.h"
#include "year_config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct ga_arena arena;

static int start(void **state)
{
    (void)state;
    ga_arena_init(&arena);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_arena_finish(&arena);
    return 0;
}

/* "label opens due_on ends" a line. */
static const char *said(const struct ga_config *config, const struct ga_cadence *cadence, const char *from, const char *to)
{
    const struct ga_calendar calendar = ga_calendar_of(config);
    struct ga_window *windows;
    const size_t count = ga_windows(&calendar, cadence, days_of(from, to), &arena, &windows);
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = ga_arena_printf(&arena, "%s%s %s %s %s\n", text, windows[i].label, GA_DATE_ISO(windows[i].opens),
                               GA_DATE_ISO(windows[i].due_on), GA_DATE_ISO(windows[i].ends));
    return text;
}

static void a_month_is_due_on_its_last_day_or_before_the_holiday_in_it(void **state)
{
    (void)state;
    const struct ga_config set = set_config();
    const struct ga_cadence monthly = {.period = GA_PERIOD_MONTH, .grace_days = 3};
    assert_string_equal(said(&set, &monthly, "2026-10-05", "2027-03-01"),
                        "2026-10 2026-10-01 2026-10-31 2026-11-03\n" /* a Saturday: trips are made then */
                        "2026-11 2026-11-01 2026-11-30 2026-12-03\n"
                        "2026-12 2026-12-01 2026-12-31 2027-01-03\n"
                        "2027-01 2027-01-01 2027-01-22 2027-02-03\n"
                        "2027-03 2027-03-01 2027-03-31 2027-04-03\n");
}

static void a_month_without_a_week_of_lessons_owes_nothing(void **state)
{
    (void)state;
    const struct ga_config usual = usual_config();
    const struct ga_cadence monthly = {.period = GA_PERIOD_MONTH};
    assert_string_equal(said(&usual, &monthly, "2027-06-30", "2027-09-01"),
                        "2027-06 2027-06-01 2027-06-30 2027-06-30\n"
                        "2027-09 2027-09-01 2027-09-30 2027-09-30\n"); /* 1, 2, 5 July are three days */
    const struct ga_cadence always = {.period = GA_PERIOD_MONTH, .is_in_holidays = true};
    assert_string_equal(said(&usual, &always, "2027-07-31", "2027-08-31"),
                        "2027-07 2027-07-01 2027-07-31 2027-07-31\n"
                        "2027-08 2027-08-01 2027-08-31 2027-08-31\n");
}

static void weeks_have_their_iso_numbers_and_rest_in_holidays(void **state)
{
    (void)state;
    const struct ga_config set = set_config();
    const struct ga_cadence weekly = {.period = GA_PERIOD_WEEK};
    assert_string_equal(said(&set, &weekly, "2026-12-31", "2026-12-31"), "2026-W53 2026-12-28 2027-01-03 2027-01-03\n");
    assert_string_equal(said(&set, &weekly, "2027-01-18", "2027-03-01"),
                        "2027-W03 2027-01-18 2027-01-22 2027-01-24\n" /* the term ends on the Friday */
                        "2027-W09 2027-03-01 2027-03-07 2027-03-07\n");
    assert_string_equal(said(&set, &weekly, "2026-08-31", "2026-08-31"), "2026-W36 2026-08-31 2026-09-06 2026-09-06\n");
    assert_string_equal(said(&set, &weekly, "2026-09-28", "2026-10-09"),
                        "2026-W40 2026-09-28 2026-09-30 2026-10-04\n" /* 国庆 from Thursday on */
                        "2026-W41 2026-10-05 2026-10-11 2026-10-11\n");
}

/* "label opens begins" a line. */
static const char *asked(const struct ga_config *config, const struct ga_cadence *cadence, const char *from, const char *to)
{
    const struct ga_calendar calendar = ga_calendar_of(config);
    struct ga_window *windows;
    const size_t count = ga_windows(&calendar, cadence, days_of(from, to), &arena, &windows);
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = ga_arena_printf(&arena, "%s%s %s %s\n", text, windows[i].label, GA_DATE_ISO(windows[i].opens), GA_DATE_ISO(windows[i].begins));
    return text;
}

/* A visit of National Day or of the Spring Festival counts: parents are at home. It is asked for behind the holiday. */
static void what_opens_in_a_holiday_is_asked_for_behind_it(void **state)
{
    (void)state;
    const struct ga_config set = set_config(), usual = usual_config();
    const struct ga_cadence monthly = {.period = GA_PERIOD_MONTH}, weekly = {.period = GA_PERIOD_WEEK},
                            early = {.period = GA_PERIOD_MONTH, .before = 3}, always = {.period = GA_PERIOD_MONTH, .is_in_holidays = true};
    assert_string_equal(asked(&set, &monthly, "2026-10-05", "2026-11-05"), "2026-10 2026-10-01 2026-10-08\n2026-11 2026-11-01 2026-11-01\n");
    assert_string_equal(asked(&usual, &monthly, "2027-02-10", "2027-02-10"), "2027-02 2027-02-01 2027-02-22\n");
    assert_string_equal(asked(&usual, &early, "2027-02-10", "2027-02-10"), "2027-02 2027-01-29 2027-02-19\n");
    assert_string_equal(asked(&usual, &always, "2027-02-10", "2027-02-10"), "2027-02 2027-02-01 2027-02-01\n");
    assert_string_equal(asked(&set, &weekly, "2026-10-05", "2026-10-05"), "2026-W41 2026-10-05 2026-10-08\n");
}

static void terms_and_years_end_with_their_lessons(void **state)
{
    (void)state;
    const struct ga_config set = set_config();
    const struct ga_cadence each_term = {.period = GA_PERIOD_TERM, .before = 7, .grace_days = 14};
    assert_string_equal(said(&set, &each_term, "2026-08-25", "2027-02-22"),
                        "2026-1 2026-08-25 2027-01-22 2027-02-05\n"
                        "2026-2 2027-02-22 2027-07-09 2027-07-23\n");
    assert_string_equal(said(&set, &each_term, "2026-08-24", "2026-08-24"), "");
    const struct ga_cadence yearly = {.period = GA_PERIOD_YEAR};
    assert_string_equal(said(&set, &yearly, "2026-07-31", "2026-08-01"),
                        "2025 2025-08-01 2026-07-05 2026-07-31\n"
                        "2026 2026-08-01 2027-07-09 2027-07-31\n");
}

/* The term of the usual year ends on Monday 5 July 2027: five days of lessons, be they of two weeks. */
static void the_last_school_week_before_a_holiday_has_five_days_of_lessons(void **state)
{
    (void)state;
    static const char *const named[] = {"before_winter", "before_summer"};
    const struct ga_config usual = usual_config(), set = set_config();
    const struct ga_cadence cadence = {.period = GA_PERIOD_PHASE, .of = named, .of_count = 2};
    assert_string_equal(said(&usual, &cadence, "2026-09-01", "2027-08-31"),
                        "2026-1-before_winter 2027-01-14 2027-01-20 2027-01-20\n"
                        "2026-2-before_summer 2027-06-29 2027-07-05 2027-07-05\n");
    assert_string_equal(said(&set, &cadence, "2026-09-01", "2027-08-31"),
                        "2026-1-before_winter 2027-01-18 2027-01-22 2027-01-22\n"
                        "2026-2-before_summer 2027-07-05 2027-07-09 2027-07-09\n");
}

static void phases_are_those_named(void **state)
{
    (void)state;
    static const char *const named[] = {"end", "winter", "start"};
    const struct ga_config usual = usual_config();
    const struct ga_cadence cadence = {.period = GA_PERIOD_PHASE, .of = named, .of_count = 3, .grace_days = 2};
    assert_string_equal(said(&usual, &cadence, "2026-09-01", "2027-02-28"),
                        "2026-1-start 2026-09-01 2026-10-10 2026-10-12\n"
                        "2026-1-end 2026-12-17 2027-01-20 2027-01-22\n"
                        "2026-1-winter 2027-01-21 2027-02-21 2027-02-23\n"
                        "2026-2-start 2027-02-22 2027-04-02 2027-04-04\n");
    const struct ga_cadence none = {.period = GA_PERIOD_PHASE};
    assert_string_equal(said(&usual, &none, "2026-09-01", "2027-02-28"), "");
}

static void festivals_are_kept_in_holidays_as_well(void **state)
{
    (void)state;
    static const char *const named[] = {"spring", "mid_autumn"};
    const struct ga_config usual = usual_config();
    const struct ga_cadence cadence = {
        .period = GA_PERIOD_FESTIVAL, .of = named, .of_count = 2, .before = 3, .after = 15, .grace_days = 5};
    assert_string_equal(said(&usual, &cadence, "2026-10-15", "2027-02-03"),
                        "2026-mid_autumn 2026-09-22 2026-10-10 2026-10-15\n"
                        "2027-spring 2027-02-03 2027-02-21 2027-02-26\n");
    assert_string_equal(said(&usual, &cadence, "2026-10-16", "2027-02-02"), "");
}

static void leap_days_belong_to_their_month(void **state)
{
    (void)state;
    const struct ga_config usual = usual_config();
    const struct ga_cadence monthly = {.period = GA_PERIOD_MONTH};
    assert_string_equal(said(&usual, &monthly, "2028-02-29", "2028-02-29"), "2028-02 2028-02-01 2028-02-29 2028-02-29\n");
}

static void spans_are_bounded(void **state)
{
    (void)state;
    const struct ga_config usual = usual_config();
    const struct ga_calendar calendar = ga_calendar_of(&usual);
    struct ga_window *windows;
    const struct ga_cadence weekly = {.period = GA_PERIOD_WEEK, .is_in_holidays = true};
    assert_int_equal(ga_windows(&calendar, &weekly, days_of("2026-01-01", "2150-01-01"), &arena, &windows), 158);
    assert_int_equal(ga_windows(&calendar, &weekly, days_of("2026-01-02", "2026-01-01"), &arena, &windows), 0);
    const struct ga_cadence wild = {.period = GA_PERIOD_MONTH, .before = 100000, .grace_days = -5};
    assert_int_equal(ga_windows(&calendar, &wild, days_of("2026-11-23", "2026-11-23"), &arena, &windows), 11);
    const struct ga_cadence every = {.period = GA_PERIOD_EVERY, .days = 7};
    assert_int_equal(ga_windows(&calendar, &every, days_of("2026-01-01", "2026-12-31"), &arena, &windows), 0);
}

static void labels_are_called_as_a_school_calls_them(void **state)
{
    (void)state;
    static const struct {
        const char *label, *zh, *en;
    } names[] = {
        {"2026-11", "11月", "Nov"},
        {"2026-W07", "第7周", "week 7"},
        {"2026-1", "2026年秋季学期", "autumn term 2026"},
        {"2026-2", "2027年春季学期", "spring term 2027"},
        {"2026-1-middle", "期中", "middle of term"},
        {"2026-1-winter", "寒假", "winter holiday"},
        {"2026-1-own", "own", "own"},
        {"2026", "2026–2027学年", "school year 2026–2027"},
        {"2026-mid_autumn", "中秋", "Mid-Autumn Festival"},
        {"", "", ""},
        {"2026-x", "2026-x", "2026-x"},
    };
    const struct ga_config usual = usual_config();
    const struct ga_calendar calendar = ga_calendar_of(&usual);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        assert_string_equal(ga_window_text(&calendar, names[i].label, GA_ZH, &arena), names[i].zh);
        assert_string_equal(ga_window_text(&calendar, names[i].label, GA_EN, &arena), names[i].en);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_is_due_on_its_last_day_or_before_the_holiday_in_it),
        cmocka_unit_test(a_month_without_a_week_of_lessons_owes_nothing),
        cmocka_unit_test(weeks_have_their_iso_numbers_and_rest_in_holidays),
        cmocka_unit_test(what_opens_in_a_holiday_is_asked_for_behind_it),
        cmocka_unit_test(terms_and_years_end_with_their_lessons),
        cmocka_unit_test(the_last_school_week_before_a_holiday_has_five_days_of_lessons),
        cmocka_unit_test(phases_are_those_named),
        cmocka_unit_test(festivals_are_kept_in_holidays_as_well),
        cmocka_unit_test(leap_days_belong_to_their_month),
        cmocka_unit_test(spans_are_bounded),
        cmocka_unit_test(labels_are_called_as_a_school_calls_them),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
