/* Lunar days are found both ways, birthdays are kept in years that lack their day. */
#include "guanai/text/lunar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct ga_date day_of(const char *iso)
{
    struct ga_date day = {0};
    assert_true(ga_date_from_iso(iso, &day));
    return day;
}

static void assert_lunar(const char *iso, int year, int month, int day, bool is_leap)
{
    struct ga_lunar lunar;
    assert_true(ga_lunar_from_date(day_of(iso), &lunar));
    assert_int_equal(lunar.year, year);
    assert_int_equal(lunar.month, month);
    assert_int_equal(lunar.day, day);
    assert_int_equal(lunar.is_leap, is_leap);
}

static void known_days_have_their_lunar_names(void **state)
{
    (void)state;
    assert_lunar("2026-02-17", 2026, 1, 1, false);
    assert_lunar("2026-09-25", 2026, 8, 15, false);
    assert_lunar("2025-07-25", 2025, 6, 1, true);
    assert_lunar("2026-02-16", 2025, 12, 29, false);
    assert_lunar("2033-12-22", 2033, 11, 1, true); /* the leap month most old tables have wrong */
}

static void bounds_are_kept(void **state)
{
    (void)state;
    struct ga_lunar lunar;
    struct ga_date day;
    assert_false(ga_lunar_from_date(day_of("1901-02-18"), &lunar));
    assert_lunar("1901-02-19", 1901, 1, 1, false);
    assert_true(ga_lunar_from_date(day_of("2100-02-08"), &lunar));
    assert_false(ga_lunar_from_date(day_of("2100-02-09"), &lunar));
    assert_false(ga_lunar_from_date(day_of("2101-01-01"), &lunar));
    assert_false(ga_lunar_from_date((struct ga_date){2026, 2, 0}, &lunar));
    assert_false(ga_lunar_to_date((struct ga_lunar){1900, 1, 1, false}, &day));
    assert_false(ga_lunar_to_date((struct ga_lunar){2100, 1, 1, false}, &day));
    assert_false(ga_lunar_to_date((struct ga_lunar){2026, 0, 1, false}, &day));
    assert_false(ga_lunar_to_date((struct ga_lunar){2026, 13, 1, false}, &day));
    assert_false(ga_lunar_to_date((struct ga_lunar){2026, 1, 0, false}, &day));
    assert_false(ga_lunar_to_date((struct ga_lunar){2026, 6, 1, true}, &day));
    assert_false(ga_lunar_to_date((struct ga_lunar){2025, 12, 30, false}, &day)); /* a short month */
}

static void every_day_comes_back_from_its_lunar_name(void **state)
{
    (void)state;
    struct ga_lunar before = {0};
    for (int32_t at = ga_date_to_days(day_of("1901-02-19")); at <= ga_date_to_days(day_of("2100-02-08")); at++) {
        struct ga_lunar lunar;
        struct ga_date back;
        assert_true(ga_lunar_from_date(ga_date_from_days(at), &lunar));
        assert_true(ga_lunar_to_date(lunar, &back));
        assert_int_equal(ga_date_to_days(back), at);
        assert_true(before.year == 0 || lunar.day == before.day + 1 || (lunar.day == 1 && before.day >= 29));
        before = lunar;
    }
}

static void assert_birthday(struct ga_lunar birth, int year, const char *iso)
{
    struct ga_date day;
    assert_true(ga_lunar_birthday(birth, year, &day));
    assert_string_equal(GA_DATE_ISO(day), iso);
}

static void birthdays_of_a_leap_month_are_kept_in_the_usual_one(void **state)
{
    (void)state;
    const struct ga_lunar birth = {2014, 9, 12, true};
    assert_birthday(birth, 2014, "2014-11-04");
    assert_birthday(birth, 2026, "2026-10-21");
    assert_birthday((struct ga_lunar){2017, 6, 1, true}, 2025, "2025-07-25"); /* which has 闰六月 as well */
}

static void birthdays_on_a_30th_are_kept_on_the_last_day(void **state)
{
    (void)state;
    const struct ga_lunar birth = {2016, 12, 30, false};
    assert_birthday(birth, 2016, "2017-01-27");
    assert_birthday(birth, 2025, "2026-02-16");
    struct ga_date day;
    assert_false(ga_lunar_birthday(birth, 2100, &day));
    assert_false(ga_lunar_birthday((struct ga_lunar){2016, 12, 31, false}, 2025, &day));
    assert_false(ga_lunar_birthday((struct ga_lunar){2016, 0, 3, true}, 2025, &day));
}

static void qingming_is_known_within_the_table(void **state)
{
    (void)state;
    struct ga_date day;
    assert_true(ga_lunar_qingming(2026, &day));
    assert_string_equal(GA_DATE_ISO(day), "2026-04-05");
    assert_false(ga_lunar_qingming(1900, &day));
    assert_false(ga_lunar_qingming(2100, &day));
}

static void lunar_days_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *zh, *en;
    } days[] = {
        {"八月十五", "八月十五", "lunar 8-15"},      {"闰六月初三", "闰六月初三", "lunar leap 6-3"},
        {"农历8月15日", "八月十五", "lunar 8-15"},   {"8-15", "八月十五", "lunar 8-15"},
        {"12.23", "腊月廿三", "lunar 12-23"},        {"腊月二十三", "腊月廿三", "lunar 12-23"},
        {"十一月初十", "冬月初十", "lunar 11-10"},   {"正月二十", "正月二十", "lunar 1-20"},
        {"阴历十月三十号", "十月三十", "lunar 10-30"}, {"十二月十", "腊月初十", "lunar 12-10"},
    };
    for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
        struct ga_lunar lunar;
        char buf[GA_DATE_SIZE];
        assert_true(ga_lunar_parse(days[i].typed, &lunar));
        assert_string_equal(ga_lunar_text(lunar, GA_ZH, buf), days[i].zh);
        assert_string_equal(ga_lunar_text(lunar, GA_EN, buf), days[i].en);
    }
}

static void every_lunar_day_is_read_back_from_its_text(void **state)
{
    (void)state;
    for (int8_t month = 1; month <= 12; month++)
        for (int8_t day = 1; day <= 30; day++)
            for (int leap = 0; leap < 2; leap++) {
                struct ga_lunar lunar;
                char buf[GA_DATE_SIZE];
                assert_true(ga_lunar_parse(ga_lunar_text((struct ga_lunar){0, month, day, leap == 1}, GA_ZH, buf), &lunar));
                assert_true(lunar.year == 0 && lunar.month == month && lunar.day == day && lunar.is_leap == (leap == 1));
            }
}

static void what_is_no_lunar_day_is_not_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "八月", "十三月初一", "八月三十一", "8-0", "0-5", "15", "中秋", "八月十五晚", "闰", "8-155"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct ga_lunar lunar = {7, 7, 7, false};
        assert_false(ga_lunar_parse(texts[i], &lunar));
        assert_int_equal(lunar.year, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_have_their_lunar_names),
        cmocka_unit_test(bounds_are_kept),
        cmocka_unit_test(every_day_comes_back_from_its_lunar_name),
        cmocka_unit_test(birthdays_of_a_leap_month_are_kept_in_the_usual_one),
        cmocka_unit_test(birthdays_on_a_30th_are_kept_on_the_last_day),
        cmocka_unit_test(lunar_days_are_read_as_people_write_them),
        cmocka_unit_test(every_lunar_day_is_read_back_from_its_text),
        cmocka_unit_test(what_is_no_lunar_day_is_not_read),
        cmocka_unit_test(qingming_is_known_within_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
