/* Spellings of the same thing meet: what text/fold.h promises. */
#include "guanai/text/fold.h"

#include "guanai/text/utf8.h"

#include "hostile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_key(const char *text, const char *key)
{
    struct ga_str out = {0};
    ga_fold_add_key(&out, text, strlen(text));
    assert_string_equal(ga_str_text(&out), key);
    ga_str_finish(&out);
}

static void spellings_of_a_heading_have_one_key(void **state)
{
    (void)state;
    assert_key("父亲 电话（手机）", "父亲电话手机");
    assert_key("父亲电话(手机)：", "父亲电话手机");
    assert_key("ＩＤ　Ｎｏ．１", "idno1");
    assert_key("第①题 Ⅳ", "第1题iv");
    assert_key("阿依古丽·买买提", "阿依古丽买买提");
    assert_key("二〇二六年 々", "二〇二六年々");
    assert_key("A+ / Cafe\xCC\x81", "a+café");
    assert_key("\xE2\xBD\x97", "父"); /* the Kangxi radical U+2F57, as PDF files have it */
}

static void keys_leave_out_what_cannot_be_seen(void **state)
{
    (void)state;
    assert_key("\xEF\xBB\xBF姓\xE2\x80\x8B名\xFF\r\n\t*", "姓名");
    assert_key("（）。", "");
}

static void digits_typed_with_the_input_method_on_become_ascii(void **state)
{
    (void)state;
    struct ga_str out = {0};
    ga_fold_add_half_width(&out, "１３８－００ａ　留\xFF", strlen("１３８－００ａ　留\xFF"));
    assert_string_equal(out.data, "138-00a 留\xFF");
    ga_str_finish(&out);
}

static void case_is_folded_one_to_one(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {{'Q', 'q'}, {'1', '1'}, {0xC9, 0xE9}, {0x130, 'i'}, {0xDF, 0xDF},
                                        {0xFF21, 0xFF41}, {0x416, 0x436}, {0x39B, 0x3BB}, {0x7559, 0x7559}, {0xD7, 0xD7}};
    for (size_t i = 0; i < GA_COUNT(pairs); i++)
        assert_int_equal(ga_fold_case(pairs[i][0]), pairs[i][1]);
}

static void accents_join_their_letter(void **state)
{
    (void)state;
    struct ga_str out = {0};
    const char *text = "u\xCC\x88\xCC\x8C n\xCC\x84 留\xCC\x81 \xCC\x81\xFF";
    ga_fold_add_composed(&out, text, strlen(text));
    assert_string_equal(out.data, "ǚ n\xCC\x84 留\xCC\x81 \xCC\x81\xFF");
    ga_str_finish(&out);
}

static void compatibility_ideographs_in_names_are_kept(void **state)
{
    (void)state;
    struct ga_str out = {0};
    ga_fold_add_composed(&out, "\xEF\xA4\x80", 3); /* U+F900 */
    assert_string_equal(out.data, "\xEF\xA4\x80");
    ga_str_finish(&out);
    assert_key("\xEF\xA4\x80", "豈");
}

static void folding_twice_changes_nothing_more(void **state)
{
    (void)state;
    uint64_t seed = 2;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 300; round++) {
        struct ga_str text = {0}, once = {0}, twice = {0};
        add_hostile(&text, &random, 20);
        ga_fold_add_key(&once, ga_str_text(&text), text.len);
        ga_fold_add_key(&twice, ga_str_text(&once), once.len);
        assert_string_equal(ga_str_text(&twice), ga_str_text(&once));
        assert_true(ga_utf8_is_valid(once.data, once.len, NULL));
        ga_str_finish(&text);
        ga_str_finish(&once);
        ga_str_finish(&twice);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_a_heading_have_one_key),
        cmocka_unit_test(keys_leave_out_what_cannot_be_seen),
        cmocka_unit_test(digits_typed_with_the_input_method_on_become_ascii),
        cmocka_unit_test(case_is_folded_one_to_one),
        cmocka_unit_test(accents_join_their_letter),
        cmocka_unit_test(compatibility_ideographs_in_names_are_kept),
        cmocka_unit_test(folding_twice_changes_nothing_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
