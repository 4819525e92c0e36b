/* Which spellings of a date and a time are understood, and as what: text/date*.h, text/time_of_day.h. */
#include "guanai/text/date_typed.h"
#include "guanai/text/time_of_day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct ga_date today = {2026, 11, 22}; /* a Sunday */

struct spelling {
    const char *typed;
    const char *iso; /* NULL: refused */
};

static void check_spellings(const struct spelling *cases, size_t count, enum ga_date_lean lean)
{
    const struct ga_date_manner manner = {.today = today, .lean = lean, .takes_month = true};
    for (size_t i = 0; i < count; i++) {
        struct ga_date date = {0};
        struct ga_error err = {0};
        const enum ga_rc rc = ga_date_parse(cases[i].typed, &manner, &date, NULL, &err);
        const char *iso = rc == GA_OK ? GA_DATE_ISO(date) : "refused";
        if (strcmp(iso, cases[i].iso != NULL ? cases[i].iso : "refused") != 0)
            fail_msg("%s: %s (%s), wanted %s", cases[i].typed, iso, rc == GA_OK ? "" : err.what.id,
                     cases[i].iso);
        if (rc != GA_OK)
            assert_string_not_equal(ga_tr(GA_ZH, err.what.id), err.what.id);
    }
}

static void dates_of_the_past_are_read_in_every_spelling(void **state)
{
    (void)state;
    static const struct spelling cases[] = {
        {"2015.9.1", "2015-09-01"},
        {"2015。9。1", "2015-09-01"},
        {"2015.9.1", "2015-09-01"},
        {"2015。9。1", "2015-09-01"},
        {"2015.9.1", "2015-09-01"},
        {"2015。9。1", "2015-09-01"},
        {"2015.9.1", "2015-09-01"},
        {"2015。9。1", "2015-09-01"},
        {"2015年9月1日", "2015-09-01"},
        {"2015年9月1号", "2015-09-01"},
        {"２０１５－９－１", "2015-09-01"},
        {" 2015 年 9 月 1 日 ", "2015-09-01"},
        {"2015.9.1", "2015-09-01"},
        {"2015。9。1", "2015-09-01"},
        {"2015-09-01 00:00:00", "2015-09-01"},
        {"2015/9/1 0:00", "2015-09-01"},
        {"2015-09-01T08:30:00Z", "2015-09-01"},
        {"2015.09.01.", "2015-09-01"},
        {"15-9-1", "2015-09-01"},
        {"85.3.2", "1985-03-02"},
        {"150901", "2015-09-01"},
        {"26-12-1", "2026-12-01"},
        {"21", "2026-11-21"},
        {"22", "2026-11-22"},
        {"23", "2026-10-23"},
        {"31", "2026-10-31"},
        {"21日", "2026-11-21"},
        {"二十一号", "2026-11-21"},
        {"9-21", "2026-09-21"},
        {"9.21", "2026-09-21"},
        {"9月21日", "2026-09-21"},
        {"0921", "2026-09-21"},
        {"12-1", "2025-12-01"},
        {"2-29", "2024-02-29"},
        {"十二月一日", "2025-12-01"},
        {"今天", "2026-11-22"},
        {"昨天", "2026-11-21"},
        {"前天", "2026-11-20"},
        {"Today", "2026-11-22"},
        {"yesterday", "2026-11-21"},
        {"明天", "2026-11-23"},
        {"周五", "2026-11-20"},
        {"星期日", "2026-11-22"},
        {"周一", "2026-11-16"},
        {"上周五", "2026-11-13"},
        {"上个星期五", "2026-11-13"},
        {"本周五", "2026-11-20"},
        {"下周一", "2026-11-23"},
        {"2015-09", "2015-09"},
        {"2015年9月", "2015-09"},
        {"201509", "2015-09"},
        {"2015.9", "2015-09"},
        {"9月", "2026-09"},
        {"11月", "2026-11"},
        {"12月", "2025-12"},
        {"2024-2-29", "2024-02-29"},
        {"2015-2-29", NULL},
        {"2015-13-1", NULL},
        {"2015-0-1", NULL},
        {"2015-1-0", NULL},
        {"32", NULL},
        {"0", NULL},
        {"2-30", NULL},
        {"", NULL},
        {"abc", NULL},
        {"2015", NULL},
        {"200912", NULL},
        {"1-2-3-4", NULL},
        {"1/9/2015", NULL},
        {"-5", NULL},
        {"2015--9-1", NULL},
        {"201509011", NULL},
        {"0015-9-1", NULL},
        {"999999999999999999999", NULL},
        {"921", NULL},
        {"年月日", NULL},
    };
    check_spellings(cases, COUNT(cases), GA_DATE_PAST);
}

static void days_have_both_ends_and_a_month_all_of_its_days(void **state)
{
    (void)state;
    const struct ga_days february = ga_days_of_month((struct ga_date){2028, 2, 17});
    assert_string_equal(GA_DATE_ISO(february.from), "2028-02-01");
    assert_string_equal(GA_DATE_ISO(february.to), "2028-02-29");
    assert_string_equal(GA_DATE_ISO(ga_days_of_month((struct ga_date){2027, 2, 0}).to), "2027-02-28");
    assert_true(ga_days_has(february, february.from));
    assert_true(ga_days_has(february, february.to));
    assert_false(ga_days_has(february, ga_date_add_days(february.from, -1)));
    assert_false(ga_days_has(february, ga_date_add_days(february.to, 1)));
    assert_false(ga_days_has((struct ga_days){february.to, february.from}, february.from));
}

static void dates_of_a_plan_lean_to_the_future(void **state)
{
    (void)state;
    static const struct spelling cases[] = {
        {"21", "2026-12-21"},   {"22", "2026-11-22"},   {"9-21", "2027-09-21"},  {"31", "2026-12-31"},
        {"周五", "2026-11-27"}, {"2-29", "2028-02-29"}, {"27-1-5", "2027-01-05"}};
    check_spellings(cases, COUNT(cases), GA_DATE_FUTURE);
}

static void a_refusal_says_how_long_the_month_is(void **state)
{
    (void)state;
    const struct ga_date_manner manner = {.today = today};
    struct ga_date date;
    struct ga_error err = {0};
    struct ga_message warning;
    char text[200];
    assert_int_equal(ga_date_parse("2015-2-29", &manner, &date, NULL, &err), GA_REFUSED);
    assert_string_equal(ga_message_text(&err.what, GA_ZH, text, sizeof(text)), "2015年2月只有28天");
    assert_int_equal(ga_date_parse("2015-9", &manner, &date, NULL, &err), GA_REFUSED);
    assert_int_equal(ga_date_parse("2015-9-1 08:30", &manner, &date, &warning, &err), GA_OK);
    assert_string_equal(ga_message_arg(&warning, 0), "08:30");
    assert_int_equal(ga_date_parse("2015-9-1 0:00:00", &manner, &date, &warning, &err), GA_OK);
    assert_null(warning.id);
}

static void dates_show_themselves_and_are_read_back(void **state)
{
    (void)state;
    char buf[GA_DATE_SIZE];
    const struct ga_date day = {2026, 11, 30}, month = {2015, 9, 0};
    struct ga_date read;
    assert_string_equal(ga_date_text(day, GA_ZH, buf), "2026年11月30日");
    assert_string_equal(ga_date_text_short(day, GA_ZH, buf), "11月30日");
    assert_string_equal(ga_date_text(day, GA_EN, buf), "30 Nov 2026");
    assert_string_equal(ga_date_weekday_text(day, GA_ZH), "周一");
    assert_string_equal(ga_date_weekday_text((struct ga_date){2026, 11, 29}, GA_EN), "Sun");
    assert_string_equal(ga_date_text(month, GA_ZH, buf), "2015年9月");
    assert_string_equal(ga_date_text(month, GA_EN, buf), "Sep 2015");
    assert_true(ga_date_from_iso("2015-09", &read) && ga_date_compare(read, month) == 0);
    const char *bad[] = {"2015-9-1", "2015-02-29", "2015-00-01", "2015-01-00", "2015-13",
                         "20150901", "",           "1800-01-01", "2015-01-01 "};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(ga_date_from_iso(bad[i], &read));
}

static void serial_numbers_of_both_systems_are_days(void **state)
{
    (void)state;
    struct ga_date date;
    assert_true(ga_date_from_serial(42248, false, &date));
    assert_string_equal(GA_DATE_ISO(date), "2015-09-01");
    assert_true(ga_date_from_serial(40786, true, &date));
    assert_string_equal(GA_DATE_ISO(date), "2015-09-01");
    assert_true(ga_date_from_serial(1, false, &date));
    assert_string_equal(GA_DATE_ISO(date), "1900-01-01");
    assert_true(ga_date_from_serial(59, false, &date));
    assert_string_equal(GA_DATE_ISO(date), "1900-02-28");
    assert_true(ga_date_from_serial(61, false, &date));
    assert_string_equal(GA_DATE_ISO(date), "1900-03-01");
    assert_false(ga_date_from_serial(60, false, &date));
    assert_false(ga_date_from_serial(0, false, &date));
    assert_false(ga_date_from_serial(2958466, false, &date));
}

static void times_are_read_in_every_spelling(void **state)
{
    (void)state;
    static const struct spelling cases[] = {
        {"1630", "16:30"},         {"16:30", "16:30"},    {"16：30", "16:30"},    {"16点30", "16:30"},
        {"16点30分", "16:30"},     {"16点半", "16:30"},   {"下午4点半", "16:30"}, {"下午四点半", "16:30"},
        {"下午四点一刻", "16:15"}, {"4:30pm", "16:30"},   {"8", "08:00"},         {"830", "08:30"},
        {"8点", "08:00"},          {"早上8点", "08:00"},  {"中午12点", "12:00"},  {"中午1点", "13:00"},
        {"晚上8点", "20:00"},      {"16:30:00", "16:30"}, {"下午16:30", "16:30"}, {"0:05", "00:05"},
        {"十二点", "12:00"},       {"24:00", NULL},       {"1260", NULL},         {"", NULL},
        {"晚上12点", NULL},        {"上午16点", NULL},    {"abc", NULL},          {"16:30x", NULL},
        {"99999", NULL},           {"点", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int minutes = -1;
        char buf[GA_TIME_OF_DAY_SIZE];
        const bool is_ok = ga_time_of_day_parse(cases[i].typed, &minutes, NULL) == GA_OK;
        if (is_ok != (cases[i].iso != NULL) ||
            (is_ok && strcmp(ga_time_of_day_text(minutes, buf), cases[i].iso) != 0))
            fail_msg("%s: %d, wanted %s", cases[i].typed, minutes, cases[i].iso);
    }
}

static void random_bytes_are_refused_or_real(void **state)
{
    (void)state;
    static const char *const bits[] = {"2015", "年",       "月", "日", "-",  ".",  "9",     "1",
                                       "31",   " ",        "上", "周", "五", "十", "00:00", "T",
                                       "\xFF", "\xE5\xB9", "天", "今", "/",  "０"};
    uint32_t seed = 7;
    const struct ga_date_manner manner = {.today = today, .takes_month = true};
    for (int n = 0; n < 20000; n++) {
        char text[64] = "";
        struct ga_date date;
        int minutes;
        for (int i = 0; i < 6; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(text, bits[(seed >> 16) % COUNT(bits)]);
        }
        if (ga_date_parse(text, &manner, &date, NULL, NULL) == GA_OK)
            assert_true(ga_date_exists(date));
        if (ga_time_of_day_parse(text, &minutes, NULL) == GA_OK)
            assert_in_range(minutes, 0, 1439);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_the_past_are_read_in_every_spelling),
        cmocka_unit_test(dates_of_a_plan_lean_to_the_future),
        cmocka_unit_test(a_refusal_says_how_long_the_month_is),
        cmocka_unit_test(days_have_both_ends_and_a_month_all_of_its_days),
        cmocka_unit_test(dates_show_themselves_and_are_read_back),
        cmocka_unit_test(serial_numbers_of_both_systems_are_days),
        cmocka_unit_test(times_are_read_in_every_spelling),
        cmocka_unit_test(random_bytes_are_refused_or_real),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
