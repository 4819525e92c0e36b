/* Which telephone numbers are taken, and as what: text/phone.h. */
#include "guanai/text/phone.h"
#include "guanai/text/translate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void numbers_are_cleaned_and_all_of_a_cell_are_kept(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"13800001111", "13800001111"},
        {" 138 0000 1111 ", "13800001111"},
        {"138-0000-1111", "13800001111"},
        {"１３８００００１１１１", "13800001111"},
        {"+86 13800001111", "13800001111"},
        {"0086-13800001111", "13800001111"},
        {"8613800001111", "13800001111"},
        {"13800001111.0", "13800001111"},
        {"1.3800001111E+10", "13800001111"},
        {"'13800001111", "13800001111"},
        {"0874-6123456", "0874-6123456"},
        {"08746123456", "0874-6123456"},
        {"(0874)6123456", "0874-6123456"},
        {"（0874）6123456", "0874-6123456"},
        {"0874 6123456", "0874-6123456"},
        {"010-62345678", "010-62345678"},
        {"01062345678", "010-62345678"},
        {"+86-871-6123456", "0871-6123456"},
        {"+86 10 62345678", "010-62345678"},
        {"0874-6123456-801", "0874-6123456-801"},
        {"0874-6123456转801", "0874-6123456-801"},
        {"6123456", "6123456"},
        {"400-123-4567", "4001234567"},
        {"13800001111/13900002222", "13800001111 13900002222"},
        {"13800001111、0874-6123456", "13800001111 0874-6123456"},
        {"13800001111 13900002222", "13800001111 13900002222"},
        {"13800001111；13900002222，15000003333", "13800001111 13900002222 15000003333"},
        {"13800001111\n13900002222", "13800001111 13900002222"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[GA_PHONE_SIZE] = "", again[GA_PHONE_SIZE];
        struct ga_message warning;
        if (ga_phone_parse(cases[i][0], text, &warning, NULL) != GA_OK || strcmp(text, cases[i][1]) != 0)
            fail_msg("%s became %s", cases[i][0], text);
        assert_int_equal(ga_phone_parse(text, again, NULL, NULL), GA_OK);
        assert_string_equal(again, text);
        assert_true((warning.id != NULL) == (strcmp(text, "6123456") == 0));
    }
}

static void what_is_no_number_is_refused_with_advice(void **state)
{
    (void)state;
    const char *bad[] = {"",
                         " ",
                         "1.38E+10",
                         "1380000111",
                         "138000011112",
                         "12800001111",
                         "13800001111(爷爷)",
                         "爷爷",
                         "123",
                         "0874",
                         "00000000000",
                         "/",
                         "-",
                         "13800001111/1390000222",
                         "13800001111 13800001112 13800001113 13800001114",
                         "1e10",
                         "E+",
                         "13800001111x",
                         "\xFF",
                         "0000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        char text[GA_PHONE_SIZE] = "kept";
        struct ga_error err = {0};
        if (ga_phone_parse(bad[i], text, NULL, &err) != GA_REFUSED)
            fail_msg("%s was taken as %s", bad[i], text);
        assert_string_equal(text, "kept");
        assert_string_not_equal(ga_tr(GA_ZH, err.what.id), err.what.id);
        assert_string_not_equal(ga_tr(GA_ZH, err.hint.id), err.hint.id);
    }
    struct ga_error err = {0};
    char text[GA_PHONE_SIZE];
    ga_phone_parse("1.38E+10", text, NULL, &err);
    assert_string_equal(err.what.id, "The spreadsheet has lost the last digits of this number");
}

static void words_for_no_phone_are_known(void **state)
{
    (void)state;
    assert_true(ga_phone_says_none("无") && ga_phone_says_none(" 没有电话 ") && ga_phone_says_none("/"));
    assert_false(ga_phone_says_none("") || ga_phone_says_none("13800001111"));
}

static void random_pieces_are_refused_or_read_back(void **state)
{
    (void)state;
    static const char *const bits[] = {"138",  "0000", "1111", "0874", "-",  "6123456", "/",  " ",
                                       "+86",  "0086", "86",   "(",    ")",  "转",      "x",  ".",
                                       "1.3E", "+10",  "、",   "\xE8", "00", "4",       "ext"};
    uint32_t seed = 5;
    for (int n = 0; n < 40000; n++) {
        char text[120] = "", canonical[GA_PHONE_SIZE], again[GA_PHONE_SIZE];
        for (int i = 0; i < 3 + n % 12; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(text, bits[(seed >> 16) % COUNT(bits)]);
        }
        if (ga_phone_parse(text, canonical, NULL, NULL) != GA_OK)
            continue;
        if (ga_phone_parse(canonical, again, NULL, NULL) != GA_OK || strcmp(canonical, again) != 0)
            fail_msg("%s became %s", text, canonical);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_cleaned_and_all_of_a_cell_are_kept),
        cmocka_unit_test(what_is_no_number_is_refused_with_advice),
        cmocka_unit_test(words_for_no_phone_are_known),
        cmocka_unit_test(random_pieces_are_refused_or_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
