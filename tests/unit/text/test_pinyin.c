/* Names are read, keyed, sorted as text/pinyin.h promises. */
#include "guanai/text/pinyin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void add_reading(void *context, const char *full, const char *initials)
{
    ga_str_addf(context, "%s=%s|", full, initials);
}

static void add_key(void *context, enum ga_pinyin_key_kind kind, const char *key)
{
    ga_str_addf(context, "%c:%s|", kind == GA_KEY_FULL ? 'f' : kind == GA_KEY_INITIALS ? 'i' : 'c', key);
}

static void assert_first_reading(const char *name, const char *expected)
{
    struct ga_str all = {0};
    ga_pinyin_name_readings(name, add_reading, &all);
    char *end = strchr(ga_str_text(&all), '=');
    if (end != NULL)
        *end = '\0';
    assert_string_equal(ga_str_text(&all), expected);
    ga_str_finish(&all);
}

static void assert_readings(const char *name, const char *expected)
{
    struct ga_str all = {0};
    ga_pinyin_name_readings(name, add_reading, &all);
    assert_string_equal(ga_str_text(&all), expected);
    ga_str_finish(&all);
}

static void assert_keys(const char *name, unsigned kinds, const char *expected)
{
    struct ga_str all = {0};
    ga_pinyin_each_key(name, kinds, add_key, &all);
    assert_string_equal(ga_str_text(&all), expected);
    ga_str_finish(&all);
}

static void surnames_are_read_as_surnames(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"单雄信", "shan xiong xin"},
        {"曾小明", "zeng xiao ming"},
        {"解珍", "xie zhen"},
        {"仇英", "qiu ying"},
        {"查良镛", "zha liang yong"},
        {"区寄", "ou ji"},
        {"盖叫天", "ge jiao tian"},
        {"朴正", "piao zheng"},
        {"任盈盈", "ren ying ying"},
        {"覃小花", "qin xiao hua"},
        {"尉迟恭", "yu chi gong"},
        {"缪小明", "miao xiao ming"},
        {"翟天", "zhai tian"},
        {"乐毅", "yue yi"},
        {"召公", "shao gong"},
        {"员半千", "yun ban qian"},
        {"黑妞", "he niu"},
        {"折可适", "she ke shi"},
        {"洗星海", "xian xing hai"},
        {"繁星", "po xing"},
        {"秘书", "bi shu"},
        {"冼星海", "xian xing hai"},
        {"牟其", "mu qi"},
        {"佴小", "nai xiao"},
        {"句践", "gou jian"},
        {"宓妃", "mi fei"},
        {"万俟卨", "mo qi xie"},
        {"澹台明", "tan tai ming"},
        {"长孙无忌", "zhang sun wu ji"},
        {"令狐冲", "ling hu chong"},
        {"单于飞", "chan yu fei"},
        {"鲜于通", "xian yu tong"},
        {"尉迟", "yu chi"},
        {"张 三", "zhang san"},
        {"吕布", "lv bu"},
        {"长小", "chang xiao"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_first_reading(names[i][0], names[i][1]);
}

static void inside_a_name_the_usual_reading_comes_first(void **state)
{
    (void)state;
    assert_first_reading("李单", "li dan");
    assert_first_reading("李查", "li cha");
    assert_first_reading("单增·卓玛", "dan zeng zhuo ma");
}

static void every_reading_comes_with_its_initials(void **state)
{
    (void)state;
    assert_readings("曾明", "zeng ming=zm|ceng ming=cm|");
    assert_readings("覃明", "qin ming=qm|tan ming=tm|");
    assert_readings("", "");
    assert_readings(" · ", "");
}

static void polyphones_are_bounded_with_the_likeliest_first(void **state)
{
    (void)state;
    struct ga_str all = {0};
    assert_int_equal(ga_pinyin_name_readings("单曾解查朴乐单曾解", add_reading, &all),
                     GA_PINYIN_VARIANTS_MAX);
    assert_memory_equal(ga_str_text(&all), "shan ", 5);
    ga_str_finish(&all);
    const char *readings[GA_PINYIN_READINGS_MAX];
    assert_int_equal(ga_pinyin_readings(0x5355, readings), 3);
    assert_string_equal(readings[0], "dan");
}

static void characters_without_a_reading_stay_themselves(void **state)
{
    (void)state;
    const char *readings[GA_PINYIN_READINGS_MAX];
    assert_int_equal(ga_pinyin_readings('a', readings), 0);
    assert_int_equal(ga_pinyin_readings(0x10FFFF, readings), 0);
    assert_int_equal(ga_pinyin_readings(0xFFFFFFFF, readings), 0);
    assert_first_reading("王😀", "wang 😀");
    assert_first_reading("𠮷明", "ji ming");
    assert_first_reading("李Tom 3", "li tom 3");
    assert_readings("东3组", "dong 3 zu=d3z|");
    assert_first_reading("王\xFF", "wang \xEF\xBF\xBD");
}

static void keys_are_every_suffix_by_characters_sound_and_initials(void **state)
{
    (void)state;
    assert_keys("王小明", GA_KEY_ALL,
                "c:王小明|c:小明|c:明|f:wangxiaoming|f:xiaoming|f:ming|i:wxm|i:xm|");
    assert_keys("吕四", GA_KEY_FULL, "f:lusi|f:si|");
    assert_keys("曾明", GA_KEY_FULL | GA_KEY_INITIALS, "f:zengming|f:cengming|f:ming|i:zm|i:cm|");
    assert_keys("阿依·Tom（３", GA_KEY_CHARACTERS, "c:阿依tom(3|c:依tom(3|c:tom(3|c:(3|c:3|");
}

static void check_key_bounds(void *context, enum ga_pinyin_key_kind kind, const char *key)
{
    (void)kind;
    assert_true(strlen(key) <= GA_PINYIN_KEY_BYTES_MAX && key[0] != '\0');
    ++*(size_t *)context;
}

static void long_names_make_a_bounded_number_of_short_keys(void **state)
{
    (void)state;
    struct ga_str name = {0};
    for (int i = 0; i < 200; i++)
        ga_str_add(&name, i % 3 ? "单" : "·乐");
    size_t count = 0;
    ga_pinyin_each_key(ga_str_text(&name), GA_KEY_ALL, check_key_bounds, &count);
    assert_in_range(count, 24, 50 * 33);
    ga_str_finish(&name);
}

static int compare_by_key(const char *a, const char *b)
{
    struct ga_str x = {0}, y = {0};
    ga_pinyin_sort_key(a, &x);
    ga_pinyin_sort_key(b, &y);
    int order = strcmp(ga_str_text(&x), ga_str_text(&y));
    ga_str_finish(&x);
    ga_str_finish(&y);
    return order;
}

static void rosters_sort_by_surname_then_given_name(void **state)
{
    (void)state;
    static const char *const sorted[] = {"安平",   "陈",     "陈小", "陈一", "仇英",
                                         "单雄信", "曾小明", "张三", "😀"};
    for (size_t i = 1; i < sizeof(sorted) / sizeof(sorted[0]); i++)
        assert_true(compare_by_key(sorted[i - 1], sorted[i]) < 0 ||
                    (printf("# %s %s\n", sorted[i - 1], sorted[i]), false));
    assert_true(compare_by_key("李香", "李想") != 0);
}

static void random_bytes_never_harm(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        char bytes[120];
        size_t len = (size_t)(round % 119);
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)((seed >> 24) | 1);
        }
        bytes[len] = '\0';
        struct ga_str out = {0};
        ga_pinyin_name_readings(bytes, add_reading, &out);
        ga_pinyin_each_key(bytes, GA_KEY_ALL, add_key, &out);
        ga_pinyin_sort_key(bytes, &out);
        struct ga_pinyin_query query;
        ga_pinyin_query_init(&query, bytes, GA_FUZZY_ALL);
        ga_pinyin_each_probe(&query, add_key, &out);
        unsigned score = 0;
        bool is_found = ga_pinyin_match(&query, bytes, &score);
        assert_true(is_found ? score >= 1 && score <= 1000 : score == 0);
        ga_str_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surnames_are_read_as_surnames),
        cmocka_unit_test(inside_a_name_the_usual_reading_comes_first),
        cmocka_unit_test(every_reading_comes_with_its_initials),
        cmocka_unit_test(polyphones_are_bounded_with_the_likeliest_first),
        cmocka_unit_test(characters_without_a_reading_stay_themselves),
        cmocka_unit_test(keys_are_every_suffix_by_characters_sound_and_initials),
        cmocka_unit_test(long_names_make_a_bounded_number_of_short_keys),
        cmocka_unit_test(rosters_sort_by_surname_then_given_name),
        cmocka_unit_test(random_bytes_never_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
