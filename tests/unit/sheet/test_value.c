/* Numbers and dates of XLSX cells as a person reads them. */
#include "guanai/sheet/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check_number(const char *raw, const char *expected)
{
    char text[GA_VALUE_TEXT_SIZE];
    double number;
    assert_true(ga_value_number(raw, text, &number));
    assert_string_equal(text, expected);
}

static void numbers_are_shown_in_full(void **state)
{
    (void)state;
    check_number("13800001111", "13800001111");
    check_number("1.3800001111E10", "13800001111");
    check_number("1.3800001111E+10", "13800001111");
    check_number("513031198705251000", "513031198705251000");
    check_number("5.13031198705251E+17", "513031198705251000");
    check_number("0.10000000000000001", "0.1");
    check_number("1.1000000000000001", "1.1");
    check_number("41765.0", "41765");
    check_number("-2.5", "-2.5");
    check_number("0.0001", "0.0001");
    check_number("1.5E-5", "0.000015");
    check_number("-0", "0");
    check_number("0", "0");
    check_number("1E100", "1e+100");
}

static void what_is_no_number_is_told(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "x", "NaN", "INF", "0x10", "1.2.3", "1e999", "1 2", "--1"};
    char text[GA_VALUE_TEXT_SIZE];
    double number;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(ga_value_number(wrong[i], text, &number));
}

static void check_date(double serial, const char *expected)
{
    char text[GA_VALUE_TEXT_SIZE];
    assert_true(ga_value_date(serial, text));
    assert_string_equal(text, expected);
}

static void serial_days_are_dates(void **state)
{
    (void)state;
    check_date(1, "1900-01-01");
    check_date(59, "1900-02-28");
    check_date(61, "1900-03-01");
    check_date(25569, "1970-01-01");
    check_date(42248, "2015-09-01");
    check_date(42248.354166666664, "2015-09-01 08:30");
    check_date(42247.999999, "2015-09-01");
    check_date(0.5, "12:00");
    check_date(0.500011574, "12:00:01");
    check_date(2958465, "9999-12-31");
    char text[GA_VALUE_TEXT_SIZE];
    assert_false(ga_value_date(60, text));
    assert_false(ga_value_date(-1, text));
    assert_false(ga_value_date(2958466, text));
}

static void formats_of_dates_are_known(void **state)
{
    (void)state;
    static const char *const dates[] = {"yyyy\\-mm\\-dd",      "mm/dd/yy",      "yyyy\"年\"m\"月\"d\"日\"",
                                        "[$-804]yyyy/m/d;@",   "yyyy年m月d日",  "[Red]m/d",
                                        "[h]:mm:ss",           "mm:ss.0",       "h:mm AM/PM",
                                        "[DBNum1]yyyy年m月"};
    static const char *const others[] = {"General", "0.00", "[Red]0", "\"day\"0", "0.00E+00", "@", "#,##0\\ \"yd\"",
                                         "G/通用格式", "[Yellow]#", "_-* #,##0_-", "", "0\"月\"", "\"unclosed d"};
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
        if (!ga_value_is_date_format(dates[i]))
            fail_msg("no date: %s", dates[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (ga_value_is_date_format(others[i]))
            fail_msg("a date: %s", others[i]);
    assert_true(ga_value_is_date_format_id(14));
    assert_true(ga_value_is_date_format_id(58));
    assert_false(ga_value_is_date_format_id(49));
}

static void check_unescaped(const char *raw, const char *expected)
{
    char text[64];
    strcpy(text, raw);
    text[ga_value_unescape(text, strlen(text))] = '\0';
    assert_string_equal(text, expected);
}

static void escapes_of_spreadsheets_are_undone(void **state)
{
    (void)state;
    check_unescaped("a_x000D_b", "a\rb");
    check_unescaped("_x005F_x000D_", "_x000D_");
    check_unescaped("_x59D3_", "姓");
    check_unescaped("_x00_ _xD800_ _x0000_ _x", "_x00_ _xD800_ _x0000_ _x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_shown_in_full),        cmocka_unit_test(what_is_no_number_is_told),
        cmocka_unit_test(serial_days_are_dates),            cmocka_unit_test(formats_of_dates_are_known),
        cmocka_unit_test(escapes_of_spreadsheets_are_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
