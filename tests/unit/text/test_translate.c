/* What the user reads is whole in both languages: what text/translate.h promises. */
#include "guanai/text/translate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_known_sentence_is_shown_in_chinese(void **state)
{
    (void)state;
    assert_string_equal(ga_tr(GA_ZH, "%1 is too large"), "%1 太大");
    assert_string_equal(ga_tr(GA_EN, "%1 is too large"), "%1 is too large");
    assert_string_equal(ga_tr(GA_ZH, "never translated"), "never translated");
}

static void our_words_among_the_arguments_are_translated_too(void **state)
{
    (void)state;
    struct ga_message msg = {0};
    char buf[200];
    ga_message_set(&msg, "cannot %1 %2: %3", "read", "名册.csv", "No space left on device");
    assert_string_equal(ga_message_text(&msg, GA_ZH, buf, sizeof(buf)), "无法读取 名册.csv：磁盘已满");
    assert_string_equal(ga_message_text(&msg, GA_EN, buf, sizeof(buf)),
                        "cannot read 名册.csv: No space left on device");
}

static void the_users_own_words_are_never_translated(void **state)
{
    (void)state;
    struct ga_message msg = {0};
    char buf[200];
    ga_message_set(&msg, "cannot %1 %2: %3", "write", "read", "something new");
    assert_string_equal(ga_message_text(&msg, GA_ZH, buf, sizeof(buf)), "无法写入 read：something new");
    ga_message_set(&msg, "%1 is too large", "read");
    assert_string_equal(ga_message_text(&msg, GA_ZH, buf, sizeof(buf)), "read 太大");
}

static void an_error_reads_as_one_paragraph(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_str out = {0};
    ga_error_set(&err, GA_IO, "%1 is not a file", "a");
    ga_error_text(&err, GA_EN, &out);
    assert_string_equal(ga_str_text(&out), "a is not a file");
    ga_str_clear(&out);
    ga_error_where(&err, "child.yaml:%d:%d", 3, 5);
    ga_error_hint(&err, "%1 is too large", "b");
    ga_error_text(&err, GA_EN, &out);
    assert_string_equal(ga_str_text(&out), "child.yaml:3:5: a is not a file. b is too large.");
    ga_str_clear(&out);
    ga_error_text(&err, GA_ZH, &out);
    assert_string_equal(ga_str_text(&out), "child.yaml:3:5：a 不是文件。b 太大。");
    ga_str_finish(&out);
}

/* A name in quotation marks ends no sentence; a sentence in them does. */
static void a_closing_quote_still_wants_its_stop(void **state)
{
    (void)state;
    static const char *const endings[][2] = {{"not in the list: \"a\"", "not in the list: \"a\". Look."},
                                             {"清单里没有“甲”", "清单里没有“甲”. Look."},
                                             {"it says \"Stop.\"", "it says \"Stop.\" Look."},
                                             {"他说：“好。”", "他说：“好。” Look."},
                                             {"“‘甲’”", "“‘甲’”. Look."}};
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        struct ga_error err = {0};
        struct ga_str out = {0};
        ga_error_set(&err, GA_REFUSED, "%1", endings[i][0]);
        ga_error_hint(&err, "%1", "Look");
        ga_error_text(&err, GA_EN, &out);
        assert_string_equal(ga_str_text(&out), endings[i][1]);
        ga_str_finish(&out);
    }
}

static void a_label_without_english_stands_in_chinese(void **state)
{
    (void)state;
    struct ga_label both = {"姓名", "Name"}, one = {"姓名", NULL}, none = {NULL, NULL};
    assert_string_equal(ga_label_text(&both, GA_EN), "Name");
    assert_string_equal(ga_label_text(&both, GA_ZH), "姓名");
    assert_string_equal(ga_label_text(&one, GA_EN), "姓名");
    assert_string_equal(ga_label_text(&none, GA_ZH), "");
}

static void language_codes_are_read_strictly(void **state)
{
    (void)state;
    assert_int_equal(ga_lang_parse("zh"), GA_ZH);
    assert_int_equal(ga_lang_parse(ga_lang_code(GA_EN)), GA_EN);
    assert_int_equal(ga_lang_parse("fr"), -1);
    assert_int_equal(ga_lang_parse(NULL), -1);
}

static void a_message_never_set_is_empty(void **state)
{
    (void)state;
    struct ga_message msg = {0};
    char buf[8] = "x";
    assert_string_equal(ga_message_text(&msg, GA_ZH, buf, sizeof(buf)), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_sentence_is_shown_in_chinese),
        cmocka_unit_test(our_words_among_the_arguments_are_translated_too),
        cmocka_unit_test(the_users_own_words_are_never_translated),
        cmocka_unit_test(an_error_reads_as_one_paragraph),
        cmocka_unit_test(a_closing_quote_still_wants_its_stop),
        cmocka_unit_test(a_label_without_english_stands_in_chinese),
        cmocka_unit_test(language_codes_are_read_strictly),
        cmocka_unit_test(a_message_never_set_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
