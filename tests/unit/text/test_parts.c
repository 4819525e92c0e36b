/* Characters are found by their parts, by their code points. */
#include "guanai/text/parts.h"

#include "guanai/base/alloc.h"
#include "guanai/text/utf8.h"

#include "parts_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void add_meant(void *context, const char *meant)
{
    ga_str_add(context, " ");
    ga_str_add(context, meant);
}

static void assert_meant(const char *typed, const char *wanted)
{
    struct ga_str meant = {0};
    ga_parts_each_meant(typed, add_meant, &meant);
    assert_string_equal(ga_str_text(&meant), wanted);
    ga_str_finish(&meant);
}

static void parts_said_again_and_again_are_one_character(void **state)
{
    (void)state;
    assert_meant("龙龙龙", " 龘");
    assert_meant("三龙", " 龘");
    assert_meant("三个龙", " 龘");
    assert_meant("李牛牛牛", " 李犇");
    assert_meant("金金金", " 鑫");
    assert_meant("水水水", " 淼");
    assert_meant("四火", " 燚");
    assert_meant("吉吉", " 喆");
    assert_meant("双吉", " 喆");
    assert_meant("日日日", " 晶");
    assert_meant("马马马", " 骉 驫");
}

static void parts_side_by_side_are_what_people_say(void **state)
{
    (void)state;
    assert_meant("弓长", " 张");
    assert_meant("弓长张", " 张");
    assert_meant("弓长张小明", " 张小明");
    assert_meant("木子李", " 李");
    assert_meant("双口吕", " 吕");
    assert_meant("耳东陈", " 陈");
    assert_meant("立早章", " 章");
    assert_meant("古月胡", " 胡");
    assert_meant("草头黄", " 黄");
    assert_meant("草字头黄", " 黄");
    assert_meant("由页", " 𬱖");
    assert_meant("张王字旁文", " 张玟");
}

/* The rarest of the sample rosters, as they are told on the phone. */
static void characters_of_the_sample_rosters_that_no_keyboard_gives_are_spelled(void **state)
{
    (void)state;
    assert_meant("上龙下天", " 䶮");
    assert_meant("金字旁享", " 𬭚");
    assert_meant("李金字旁享", " 李𬭚");
    assert_meant("丰刀女", " 㛃");
    assert_meant("土口", " 𠮷");
    assert_meant("文武贝", " 赟");
    assert_meant("金旁皇", " 𨱑");
    assert_meant("日月空", " 曌");
    assert_meant("羽中", " 翀");
}

static const char *utf8_of(const uint32_t *letters, size_t count, struct ga_str *out)
{
    char bytes[GA_UTF8_BYTES];
    ga_str_clear(out);
    for (size_t i = 0; i < count; i++)
        ga_str_add_bytes(out, bytes, ga_utf8_encode(letters[i], bytes));
    return ga_str_text(out);
}

/* A third character under one spelling would be found by nobody. */
static void every_line_of_the_table_is_found_by_what_it_says(void **state)
{
    (void)state;
    struct ga_str spelled = {0}, character = {0}, meant = {0};
    for (size_t i = 0; i < parts_rows_count; i++) {
        const struct parts_row *row = &parts_rows[i];
        ga_str_clear(&meant);
        ga_parts_each_meant(utf8_of(row->spelled, row->len, &spelled), add_meant, &meant);
        if (strstr(ga_str_text(&meant), utf8_of(&row->character, 1, &character)) == NULL)
            fail_msg("%s means%s, not %s", ga_str_text(&spelled), ga_str_text(&meant), ga_str_text(&character));
    }
    assert_true(parts_rows_count > 1500);
    ga_str_finish(&spelled);
    ga_str_finish(&character);
    ga_str_finish(&meant);
}

static void a_name_spells_nothing(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"", "王文", "王月", "王林", "李静", "zhang", "弓", "长弓", "2017", "\xff", "弓\x80长"};
    for (size_t i = 0; i < GA_COUNT(NAMES); i++)
        assert_meant(NAMES[i], "");
}

static void what_is_too_long_says_nothing_by_parts(void **state)
{
    (void)state;
    struct ga_str typed = {0};
    for (int i = 0; i < GA_PARTS_TEXT_MAX / 2; i++)
        ga_str_add(&typed, "弓长");
    struct ga_str meant = {0};
    assert_int_equal(ga_parts_each_meant(ga_str_text(&typed), add_meant, &meant), 1);
    ga_str_add(&typed, "弓");
    assert_int_equal(ga_parts_each_meant(ga_str_text(&typed), add_meant, &meant), 0);
    ga_str_finish(&typed);
    ga_str_finish(&meant);
}

static void a_code_point_is_its_character(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *wanted;
    } CASES[] = {{"U+2CC56", "𬱖"},    {"u+2cc56", "𬱖"},   {"2CC56?", "𬱖"},      {"2cc56", "𬱖"},    {"王U+20BB7明", "王𠮷明"},
                 {"U+9F98", "龘"},     {"9f98", "龘"},      {"u+e123", "\xEE\x84\xA3"}, {"20089?", "𠂉"}, {"U+4E00u+4e8c", "一二"},
                 {"U9A89", "骉"},      {"u9a89", "骉"},     {"王U20BB7明", "王𠮷明"},
                 /* and these are none */
                 {"2017", "2017"},     {"20170503", "20170503"}, {"5204?", "刄"}, {"beca4", "beca4"}, {"U+41", "U+41"},
                 {"U+D800", "U+D800"}, {"U+110000", "U+110000"}, {"face", "face"}, {"U+", "U+"}, {"", ""}, {"lu+2", "lu+2"},
                 {"lu9a89", "lu9a89"}, {"U9A890000", "U9A890000"}, {"u13885412345", "u13885412345"},
                 {"520424201705032018", "520424201705032018"}, {"7788x", "7788x"}};
    for (size_t i = 0; i < GA_COUNT(CASES); i++) {
        struct ga_str out = {0};
        ga_parts_add_code_points(&out, CASES[i].typed);
        assert_string_equal(ga_str_text(&out), CASES[i].wanted);
        ga_str_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_said_again_and_again_are_one_character),
        cmocka_unit_test(parts_side_by_side_are_what_people_say),
        cmocka_unit_test(characters_of_the_sample_rosters_that_no_keyboard_gives_are_spelled),
        cmocka_unit_test(every_line_of_the_table_is_found_by_what_it_says),
        cmocka_unit_test(a_name_spells_nothing),
        cmocka_unit_test(what_is_too_long_says_nothing_by_parts),
        cmocka_unit_test(a_code_point_is_its_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
