/* Which spellings of a class are understood, and how it is written: text/class_name.h. */
#include "guanai/text/class_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct spelling {
    const char *typed;
    const char *grade; /* NULL: refused */
    const char *second;
    const char *number;
};

static void every_spelling_is_read(void **state)
{
    (void)state;
    static const struct spelling cases[] = {
        {"三年级(2)班", "g3", "", "2"},
        {"三（2）班", "g3", "", "2"},
        {"三年级二班", "g3", "", "2"},
        {"三2班", "g3", "", "2"},
        {"三(2)", "g3", "", "2"},
        {"3.2", "g3", "", "2"},
        {"3-2", "g3", "", "2"},
        {"302班", "g3", "", "2"},
        {"302", "g3", "", "2"},
        {"0302", "g3", "", "2"},
        {"310", "g3", "", "10"},
        {"３０２班", "g3", "", "2"},
        {"2024级2班", "g3", "", "2"},
        {"2024级(2)班", "g3", "", "2"},
        {"24级2班", "g3", "", "2"},
        {"初2025级3班", "g8", "", "3"},
        {"小班", "k1", "", ""},
        {"中班", "k2", "", ""},
        {"大班", "k3", "", ""},
        {"大(1)班", "k3", "", "1"},
        {"大一班", "k3", "", "1"},
        {"大班2", "k3", "", "2"},
        {"小一班", "k1", "", "1"},
        {"小(1)班", "k1", "", "1"},
        {"小三(2)班", "g3", "", "2"},
        {"学前班", "pre", "", ""},
        {"学前(1)班", "pre", "", "1"},
        {"托班", "k0", "", ""},
        {"托一班", "k0", "", "1"},
        {"复式班", NULL, "", ""},
        {"一二年级复式班", "g1", "g2", ""},
        {"一、二年级复式班", "g1", "g2", ""},
        {"3-4年级复式班", "g3", "g4", ""},
        {"一年级二年级复式班", "g1", "g2", ""},
        {"初一(3)班", "g7", "", "3"},
        {"七年级3班", "g7", "", "3"},
        {"初中二年级1班", "g8", "", "1"},
        {"高一", "s1", "", ""},
        {"高一(4)班", "s1", "", "4"},
        {"小学三年级(2)班", "g3", "", "2"},
        {"三年级", "g3", "", ""},
        {"三", "g3", "", ""},
        {"3年级", "g3", "", ""},
        {"1.0", "g1", "", ""},
        {" 三 年级 ( 2 ) 班 ", "g3", "", "2"},
        {"三年级向日葵班", "g3", "", "向日葵"},
        {"三年级十二班", "g3", "", "12"},
        {"三年级第2班", "g3", "", "2"},
        {"31班", "g3", "", "1"},
        {"Grade 3 Class 2", "g3", "", "2"},
        {"", NULL, "", ""},
        {"班", NULL, "", ""},
        {"十年级1班", NULL, "", ""},
        {"三年级0班", NULL, "", ""},
        {"小一", NULL, "", ""},
        {"高四", NULL, "", ""},
        {"2016级1班", NULL, "", ""},
        {"300", NULL, "", ""},
        {"12345", NULL, "", ""},
        {"三年级2班?", NULL, "", ""},
        {"\xFF", NULL, "", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ga_class_name name = {.grade = "-"};
        struct ga_error err = {0};
        const enum ga_rc rc = ga_class_name_parse(cases[i].typed, 2026, &name, NULL, &err);
        const struct spelling *want = &cases[i];
        if ((rc == GA_OK) != (want->grade != NULL))
            fail_msg("%s: rc %d grade %s number %s", want->typed, rc, name.grade, name.number);
        if (rc == GA_OK &&
            (strcmp(name.grade, want->grade) != 0 || strcmp(name.second_grade, want->second) != 0 ||
             strcmp(name.number, want->number) != 0))
            fail_msg("%s: %s+%s class %s", want->typed, name.grade, name.second_grade, name.number);
        if (rc != GA_OK)
            assert_string_not_equal(ga_tr(GA_ZH, err.what.id), err.what.id);
    }
}

static void grade_and_class_are_read_from_two_columns(void **state)
{
    (void)state;
    static const char *const cases[][4] = {
        {"三年级", "(2)班", "g3", "2"},
        {"三", "2班", "g3", "2"},
        {"三年级", "二班", "g3", "2"},
        {"三年级", "2", "g3", "2"},
        {"3", "1.0", "g3", "1"},
        {"3.0", "2.0", "g3", "2"},
        {"三年级", "三年级(2)班", "g3", "2"},
        {"三年级", "3.2", "g3", "2"},
        {"三年级", "302班", "g3", "2"},
        {"三年级", "", "g3", ""},
        {"大班", "2", "k3", "2"},
        {"三年级", "四年级2班", NULL, ""},
        {"", "2", "", "2"},
        {"", "(2)班", "", "2"},
        {"", "三年级(2)班", "g3", "2"},
        {"", "小班", "k1", ""},
        {"三年级", "三、四年级复式班", "g3", "复式"},
        {"四年级", "三、四年级复式班", "g4", "复式"},
        {"五年级", "三、四年级复式班", NULL, ""},
        {"g4", "三、四年级复式班", "g4", "复式"},
        {"g3", "(2)班", "g3", "2"},
        {"四年级", "复式班", "g4", "复式"},
        {"", "三、四年级复式班", "", "复式"},
        {"三四年级", "复式班", "", "复式"},
        {"", "3。2", "g3", "2"},
        {"初一", "3班", "g7", "3"},
        {"大班", "向日葵班", "k3", "向日葵"},
        {"2024级", "2", "g3", "2"},
        {"三年级", "三(2)班", "g3", "2"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ga_class_name name = {.grade = "-"};
        const enum ga_rc rc =
            ga_class_name_parse_columns(cases[i][0], cases[i][1], 2026, &name, NULL, NULL);
        if ((rc == GA_OK) != (cases[i][2] != NULL) ||
            (rc == GA_OK &&
             (strcmp(name.grade, cases[i][2]) != 0 || strcmp(name.number, cases[i][3]) != 0)))
            fail_msg("%s + %s: rc %d %s class %s", cases[i][0], cases[i][1], rc, name.grade, name.number);
    }
}

static void a_contradiction_is_told_from_a_word_of_the_schools_own(void **state)
{
    (void)state;
    struct ga_class_name name;
    assert_int_equal(ga_class_name_parse_columns("四", "三2班", 2026, &name, NULL, NULL), GA_REFUSED);
    assert_int_equal(ga_class_name_parse_columns("四", "B?", 2026, &name, NULL, NULL), GA_NOT_FOUND);
}

static void a_class_by_year_of_entry_wants_the_school_year(void **state)
{
    (void)state;
    struct ga_class_name name;
    struct ga_error err = {0};
    assert_int_equal(ga_class_name_parse("2024级2班", 0, &name, NULL, &err), GA_REFUSED);
    assert_string_equal(ga_message_arg(&err.what, 0), "2024");
    assert_int_equal(ga_class_name_parse("2024级2班", 2024, &name, NULL, NULL), GA_OK);
    assert_string_equal(name.grade, "g1");
}

static void what_is_written_is_read_back_in_both_languages(void **state)
{
    (void)state;
    static const char *const grades[] = {"g1", "g3", "g6", "g7",  "g9", "k0",
                                         "k1", "k2", "k3", "pre", "s1", "s3"};
    static const char *const numbers[] = {"", "2", "12"};
    char text[GA_CLASS_NAME_SIZE];
    for (size_t i = 0; i < COUNT(grades) * COUNT(numbers) * 2; i++) {
        struct ga_class_name name = {.grade = ""}, read;
        strcpy(name.grade, grades[i / 2 % COUNT(grades)]);
        strcpy(name.number, numbers[i / 2 / COUNT(grades)]);
        ga_class_name_text(&name, i % 2 == 0 ? GA_ZH : GA_EN, text);
        if (ga_class_name_parse(text, 0, &read, NULL, NULL) != GA_OK ||
            strcmp(read.grade, name.grade) != 0 || strcmp(read.number, name.number) != 0)
            fail_msg("%s %s is written %s", name.grade, name.number, text);
    }
    const struct ga_class_name third = {.grade = "g3", .number = "2"},
                               two = {.grade = "g1", .second_grade = "g2"};
    assert_string_equal(ga_class_name_text(&third, GA_ZH, text), "三年级(2)班");
    assert_string_equal(ga_class_name_text(&third, GA_EN, text), "Grade 3 Class 2");
    struct ga_class_name read;
    assert_string_equal(ga_class_name_text(&two, GA_ZH, text), "一二年级复式班");
    assert_int_equal(ga_class_name_parse(text, 0, &read, NULL, NULL), GA_OK);
    assert_memory_equal(&read, &two, sizeof(two));
    assert_int_equal(ga_class_name_parse(ga_class_name_text(&two, GA_EN, text), 0, &read, NULL, NULL),
                     GA_OK);
    assert_string_equal(read.second_grade, "g2");
}

static void random_pieces_never_make_an_unknown_grade(void **state)
{
    (void)state;
    static const char *const bits[] = {"三", "年级", "班",   "(",     ")",      "2",   "初", "高",
                                       "小", "大",   "托",   "级",    "2024",   ".",   "-",  "复式",
                                       "、", "十",   "\xE7", "class", "grades", "学前"};
    uint32_t seed = 11;
    for (int n = 0; n < 20000; n++) {
        char text[80] = "", shown[GA_CLASS_NAME_SIZE];
        struct ga_class_name name;
        for (int i = 0; i < 5; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(text, bits[(seed >> 16) % COUNT(bits)]);
        }
        if (ga_class_name_parse(text, 2026, &name, NULL, NULL) == GA_OK)
            assert_true(strlen(ga_class_name_text(&name, GA_ZH, shown)) > strlen(name.number) &&
                        name.grade[0] != '\0');
    }
}

static void a_class_goes_on_within_its_stage(void **state)
{
    (void)state;
    assert_true(ga_class_name_goes_on("g2", 2025, "g3", 2026));
    assert_true(ga_class_name_goes_on("k1", 2025, "k3", 2027));
    assert_true(ga_class_name_goes_on("g7", 2026, "g8", 2027));
    assert_true(ga_class_name_goes_on("pre", 2026, "pre", 2026));
    assert_false(ga_class_name_goes_on("pre", 2025, "pre", 2026));
    assert_false(ga_class_name_goes_on("g3", 2025, "g3", 2026));
    assert_false(ga_class_name_goes_on("g6", 2025, "g7", 2026)); /* other schools, other teachers */
    assert_false(ga_class_name_goes_on("g1", 2026, "g7", 2026));
    assert_false(ga_class_name_goes_on("g1", 2025, "g7", 2025));
    assert_false(ga_class_name_goes_on("k1", 2025, "g1", 2025));
    assert_false(ga_class_name_goes_on("g1", 2026, "g8", 2027)); /* entered the same year, another stage */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_is_read),
        cmocka_unit_test(grade_and_class_are_read_from_two_columns),
        cmocka_unit_test(a_contradiction_is_told_from_a_word_of_the_schools_own),
        cmocka_unit_test(a_class_by_year_of_entry_wants_the_school_year),
        cmocka_unit_test(what_is_written_is_read_back_in_both_languages),
        cmocka_unit_test(a_class_goes_on_within_its_stage),
        cmocka_unit_test(random_pieces_never_make_an_unknown_grade),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
