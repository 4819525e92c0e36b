/* What names keep, lose and are warned of: text/person_name.h. */
#include "guanai/text/person_name.h"
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

static void names_are_cleaned_and_nothing_is_lost(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"  张　三 ", "张三"},
        {"张 三", "张三"},
        {"张\t三\n", "张三"},
        {"李  娜", "李娜"},
        {"Mary  Ann Li", "Mary Ann Li"},
        {"Ａnna", "Anna"},
        {"买买提•吐尔逊", "买买提·吐尔逊"},
        {"买买提・吐尔逊", "买买提·吐尔逊"},
        {"买买提‧吐尔逊", "买买提·吐尔逊"},
        {"买买提･吐尔逊", "买买提·吐尔逊"},
        {"买买提．吐尔逊", "买买提·吐尔逊"},
        {"买买提⋅吐尔逊", "买买提·吐尔逊"},
        {"买买提∙吐尔逊", "买买提·吐尔逊"},
        {"买买提.吐尔逊", "买买提·吐尔逊"},
        {"买买提 · 吐尔逊", "买买提·吐尔逊"},
        {"J. Li", "J. Li"},
        {"𠮷田𪚥", "𠮷田𪚥"},
        {"\xEE\xA0\x95三", "\xEE\xA0\x95三"},
        {"Lu\xCC\x88", "L\xC3\xBC"},
        {"\xE2\x80\x8B张三", "张三"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char name[GA_PERSON_NAME_SIZE] = "";
        assert_int_equal(ga_person_name_clean(cases[i][0], name, NULL, NULL), GA_OK);
        assert_string_equal(name, cases[i][1]);
    }
}

static void what_should_be_looked_at_is_a_warning(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"\xEE\xA0\x95三", "U+E815"},
        {"\xE2\x80\x8B张三", "U+200B"},
        {"张3", ""},
        {"张?", ""},
        {"张□", ""},
        {"张三、李四", ""},
        {"赵,七", ""},
        {"\xF1\x80\x80\x80", "U+40000"},
    };
    char name[GA_PERSON_NAME_SIZE];
    struct ga_message warning;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(ga_person_name_clean(cases[i][0], name, &warning, NULL), GA_OK);
        assert_non_null(warning.id);
        assert_string_equal(ga_message_arg(&warning, 0), cases[i][1]);
        assert_string_not_equal(ga_tr(GA_ZH, warning.id), warning.id);
    }
    assert_int_equal(ga_person_name_clean("张三", name, &warning, NULL), GA_OK);
    assert_null(warning.id);
}

static void names_of_fifty_characters_fit_and_longer_ones_are_refused(void **state)
{
    (void)state;
    char typed[52 * 4 + 1] = "", name[GA_PERSON_NAME_SIZE];
    for (int i = 0; i < 50; i++)
        strcat(typed, "𠮷");
    assert_int_equal(ga_person_name_clean(typed, name, NULL, NULL), GA_OK);
    assert_string_equal(name, typed);
    strcat(typed, "𠮷");
    assert_int_equal(ga_person_name_clean(typed, name, NULL, NULL), GA_REFUSED);
    const char *bad[] = {"", "  ", "　", "张\x01三", "\xC2\x85\x1B[31m", "\xED\xA0\x80", "张\xFF"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ga_error err = {0};
        assert_int_equal(ga_person_name_clean(bad[i], name, NULL, &err), GA_REFUSED);
        assert_string_not_equal(ga_tr(GA_ZH, err.what.id), err.what.id);
    }
}

static void random_bytes_are_bounded(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int n = 0; n < 5000; n++) {
        char text[401], name[GA_PERSON_NAME_SIZE], again[GA_PERSON_NAME_SIZE];
        const size_t len = (size_t)n % 400;
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = (char)(n % 2 == 0 ? seed >> 24 | 1 : (seed >> 24) % 95 + 32);
        }
        text[len] = '\0';
        if (ga_person_name_clean(text, name, NULL, NULL) == GA_OK) {
            assert_int_equal(ga_person_name_clean(name, again, NULL, NULL), GA_OK);
            assert_string_equal(name, again);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_cleaned_and_nothing_is_lost),
        cmocka_unit_test(what_should_be_looked_at_is_a_warning),
        cmocka_unit_test(names_of_fifty_characters_fit_and_longer_ones_are_refused),
        cmocka_unit_test(random_bytes_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
