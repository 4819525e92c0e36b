/* Days are lessons, weekends or holidays, however they are asked for. */
#include "guanai/care/calendar.h"

#include "guanai/text/class_name.h"
#include "year_config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *holiday_of(const struct ga_config *config, const char *iso)
{
    static char text[2 * GA_DATE_SIZE + 8];
    const struct ga_calendar calendar = ga_calendar_of(config);
    struct ga_days days;
    if (!ga_calendar_is_holiday(&calendar, day_of(iso), &days))
        return "none";
    assert_true(ga_calendar_is_holiday(&calendar, day_of(iso), NULL));
    snprintf(text, sizeof(text), "%s – %s", GA_DATE_ISO(days.from), GA_DATE_ISO(days.to));
    return text;
}

static void holidays_are_told_with_all_their_days(void **state)
{
    (void)state;
    const struct ga_config usual = usual_config(), set = set_config();
    assert_string_equal(holiday_of(&usual, "2026-10-02"), "2026-10-01 – 2026-10-03");
    assert_string_equal(holiday_of(&usual, "2026-10-04"), "none"); /* a Sunday */
    assert_string_equal(holiday_of(&set, "2026-10-02"), "2026-10-01 – 2026-10-07");
    assert_string_equal(holiday_of(&set, "2026-10-10"), "none");
    assert_string_equal(holiday_of(&set, "2026-09-25"), "2026-09-25 – 2026-09-25");
    assert_string_equal(holiday_of(&usual, "2027-02-06"), "2027-01-21 – 2027-02-21"); /* 春节 in the winter holiday */
    assert_string_equal(holiday_of(&set, "2027-08-31"), "2027-07-10 – 2027-08-31");
    assert_string_equal(holiday_of(&set, "2027-09-01"), "none");
    assert_string_equal(holiday_of(&set, "2026-08-31"), "2026-07-06 – 2026-08-31");
    assert_string_equal(holiday_of(&set, "2026-11-29"), "2026-11-26 – 2026-11-30");
    assert_string_equal(holiday_of(&set, "2026-11-30"), "none"); /* made up */
    assert_string_equal(holiday_of(&usual, "2028-02-29"), "none");
    /* 国庆 and 中秋 meet in 2028 */
    assert_string_equal(holiday_of(&usual, "2028-10-03"), "2028-10-01 – 2028-10-03");
}

static void lessons_are_on_weekdays_of_a_term_and_on_make_up_days(void **state)
{
    (void)state;
    const struct ga_config set = set_config();
    const struct ga_calendar calendar = ga_calendar_of(&set);
    static const struct {
        const char *day;
        bool is_school_day;
    } days[] = {
        {"2026-08-31", false}, {"2026-09-01", true},  {"2026-09-05", false}, {"2026-09-20", true}, {"2026-09-25", false},
        {"2026-10-08", true},  {"2026-10-10", true},  {"2026-10-11", false}, {"2026-11-27", false}, {"2026-11-30", true},
        {"2027-01-22", true},  {"2027-01-25", false}, {"2027-02-26", false}, {"2027-03-01", true}, {"2027-05-03", true},
        {"2027-07-09", true},  {"2027-07-12", false},
    };
    for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++)
        if (ga_calendar_is_school_day(&calendar, day_of(days[i].day)) != days[i].is_school_day)
            fail_msg("%s", days[i].day);
}

static void school_days_of_a_span_are_those_of_its_days(void **state)
{
    (void)state;
    const struct ga_config configs[] = {usual_config(), set_config()};
    struct ga_arena arena;
    ga_arena_init(&arena);
    for (size_t c = 0; c < 2; c++) {
        const struct ga_calendar calendar = ga_calendar_of(&configs[c]);
        const struct ga_days all = days_of("2025-06-01", "2028-03-31");
        const struct ga_school_tally tally = ga_school_tally_make(&calendar, all, &arena);
        for (int32_t from = ga_date_to_days(all.from); from <= ga_date_to_days(all.to); from += 17) {
            int counted = 0;
            for (int32_t to = from; to <= ga_date_to_days(all.to); to++) {
                counted += ga_calendar_is_school_day(&calendar, ga_date_from_days(to));
                const struct ga_days span = {ga_date_from_days(from), ga_date_from_days(to)};
                assert_int_equal(ga_school_tally_days(&tally, span), counted);
                if (to % 13 == 0)
                    assert_int_equal(ga_calendar_school_days(&calendar, span), counted);
            }
        }
    }
    ga_arena_finish(&arena);
}

static void a_span_backwards_has_no_school_day(void **state)
{
    (void)state;
    const struct ga_config set = set_config();
    const struct ga_calendar calendar = ga_calendar_of(&set);
    struct ga_arena arena;
    ga_arena_init(&arena);
    const struct ga_days backwards = days_of("2026-11-24", "2026-11-23");
    assert_int_equal(ga_calendar_school_days(&calendar, backwards), 0);
    assert_int_equal(ga_calendar_school_days(&calendar, days_of("2026-11-23", "2026-11-23")), 1);
    const struct ga_school_tally none = ga_school_tally_make(&calendar, backwards, &arena);
    assert_int_equal(ga_school_tally_days(&none, days_of("2026-11-23", "2026-11-23")), 0);
    ga_arena_finish(&arena);
}

static void a_tally_is_bounded_however_long_the_span(void **state)
{
    (void)state;
    const struct ga_config set = set_config();
    const struct ga_calendar calendar = ga_calendar_of(&set);
    struct ga_arena arena;
    ga_arena_init(&arena);
    const struct ga_school_tally tally = ga_school_tally_make(&calendar, days_of("1900-01-01", "2026-11-23"), &arena);
    assert_string_equal(GA_DATE_ISO(tally.span.from), "2016-11-24");
    assert_true(arena.total_bytes < 20000);
    assert_int_equal(ga_school_tally_days(&tally, days_of("1950-01-01", "2030-01-01")),
                     ga_calendar_school_days(&calendar, days_of("2016-11-24", "2026-11-23")));
    ga_arena_finish(&arena);
}

static void festivals_of_a_year_come_in_their_order(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "new_year 2026-01-01 2026-01-01 – 2026-01-01",    "spring 2026-02-17 2026-02-16 – 2026-02-19",
        "lantern 2026-03-03 none",                        "qingming 2026-04-05 2026-04-05 – 2026-04-05",
        "labour 2026-05-01 2026-05-01 – 2026-05-02",      "children 2026-06-01 none",
        "dragon_boat 2026-06-19 2026-06-19 – 2026-06-19", "teachers 2026-09-10 none",
        "mid_autumn 2026-09-25 2026-09-25 – 2026-09-25",  "national 2026-10-01 2026-10-01 – 2026-10-07",
        "double_ninth 2026-10-18 none",
    };
    const struct ga_config set = set_config();
    const struct ga_calendar calendar = ga_calendar_of(&set);
    struct ga_arena arena;
    struct ga_festival *list;
    ga_arena_init(&arena);
    assert_int_equal(ga_calendar_festivals(&calendar, 2026, &arena, &list), sizeof(wanted) / sizeof(*wanted));
    for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
        const bool rests = ga_date_compare(list[i].rest.from, list[i].rest.to) <= 0;
        const char *said = rests ? ga_arena_printf(&arena, "%s %s %s – %s", list[i].code, GA_DATE_ISO(list[i].day),
                                                   GA_DATE_ISO(list[i].rest.from), GA_DATE_ISO(list[i].rest.to))
                                 : ga_arena_printf(&arena, "%s %s none", list[i].code, GA_DATE_ISO(list[i].day));
        assert_string_equal(said, wanted[i]);
        assert_string_equal(ga_calendar_festival_label(list[i].code)->zh, list[i].label.zh);
    }
    assert_int_equal(ga_calendar_festivals(&calendar, 2150, &arena, &list), 5); /* beyond the lunar table */
    assert_null(ga_calendar_festival_label("valentine"));
    ga_arena_finish(&arena);
}

static void a_school_year_begins_in_august(void **state)
{
    (void)state;
    assert_int_equal(ga_class_name_school_year(day_of("2026-07-31")), 2025);
    assert_int_equal(ga_class_name_school_year(day_of("2026-08-01")), 2026);
    assert_int_equal(ga_class_name_school_year(day_of("2028-02-29")), 2027);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holidays_are_told_with_all_their_days),
        cmocka_unit_test(lessons_are_on_weekdays_of_a_term_and_on_make_up_days),
        cmocka_unit_test(school_days_of_a_span_are_those_of_its_days),
        cmocka_unit_test(a_span_backwards_has_no_school_day),
        cmocka_unit_test(a_tally_is_bounded_however_long_the_span),
        cmocka_unit_test(festivals_of_a_year_come_in_their_order),
        cmocka_unit_test(a_school_year_begins_in_august),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
