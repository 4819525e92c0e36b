/* Lines break where a Chinese reader expects it: what text/wrap.h promises. */
#include "guanai/text/wrap.h"

#include "guanai/text/cluster.h"
#include "guanai/text/width.h"

#include "hostile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The lines joined by '|'. */
static void assert_lines(const char *text, size_t cols, const char *want)
{
    struct ga_str out = {0};
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ga_wrap_begin(&wrap, text, strlen(text), cols);
    while (ga_wrap_next(&wrap, &line)) {
        ga_str_add_bytes(&out, text + line.at, line.len);
        ga_str_add(&out, line.is_last ? "" : "|");
    }
    assert_string_equal(ga_str_text(&out), want);
    ga_str_finish(&out);
}

static void chinese_breaks_between_any_two_characters(void **state)
{
    (void)state;
    assert_lines("留守儿童关爱", 8, "留守儿童|关爱");
    assert_lines("留守儿童关爱", 7, "留守儿|童关爱");
    assert_lines("", 8, "");
    assert_lines("留守", 4, "留守");
}

static void words_stay_whole_where_they_can(void **state)
{
    (void)state;
    assert_lines("left behind children", 11, "left behind|children");
    assert_lines("家住village里", 8, "家住|village|里");
    assert_lines("abcdefghij", 4, "abcd|efgh|ij");
    assert_lines("well-known", 6, "well-|known");
    assert_lines("2026-11-30", 6, "2026-1|1-30");
}

static void marks_never_begin_or_end_a_line_wrongly(void **state)
{
    (void)state;
    assert_lines("留守儿童，关爱", 8, "留守儿|童，关爱");
    assert_lines("他说（是的）好", 6, "他说|（是|的）好");
    assert_lines("他说：“好”。", 8, "他说：|“好”。");
    assert_lines("真的……吗", 6, "真的……|吗");
    assert_lines("abc,留守", 4, "abc,|留守");
}

static void blanks_at_a_break_hang(void **state)
{
    (void)state;
    assert_lines("ab   cd", 2, "ab|cd");
    assert_lines("ab   cd", 4, "ab|cd");
    assert_lines("ab ", 3, "ab ");
    assert_lines("ab    ", 3, "ab ");
}

static void newlines_end_lines(void **state)
{
    (void)state;
    assert_lines("a\nb", 8, "a|b");
    assert_lines("a\r\n\nb\n", 8, "a||b|");
    assert_lines("留守\n儿童", 4, "留守|儿童");
    assert_int_equal(ga_wrap_count("a\nb\n", 4, 8), 3);
}

static void a_character_wider_than_the_line_still_gets_one(void **state)
{
    (void)state;
    assert_lines("留守", 1, "留|守");
    assert_lines("留守", 0, "留|守");
    assert_lines("。。。。", 2, "。|。|。|。");
}

static void no_character_is_lost_and_no_line_too_wide(void **state)
{
    (void)state;
    uint64_t seed = 7;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 1000; round++) {
        struct ga_str text = {0};
        add_hostile(&text, &random, 30);
        size_t cols = 1 + (size_t)ga_random_below(&random, 16), expected_at = 0, last = 0;
        struct ga_wrap wrap;
        struct ga_wrap_line line;
        for (ga_wrap_begin(&wrap, text.data, text.len, cols); ga_wrap_next(&wrap, &line); last = line.is_last) {
            assert_int_equal(line.at, expected_at);
            assert_true(line.next > line.at || line.is_last);
            assert_int_equal(line.cols, ga_width_text(text.data + line.at, line.len));
            assert_true(line.cols <= cols || ga_cluster_count(text.data + line.at, line.len) == 1);
            for (size_t at = line.at + line.len; at < line.next; at++)
                assert_non_null(strchr(" \t\r\n\xE3\x80", text.data[at]));
            expected_at = line.next;
        }
        assert_int_equal(expected_at, text.len);
        assert_true(last);
        ga_str_finish(&text);
    }
}

static void sensible_text_never_has_a_line_that_begins_with_a_mark(void **state)
{
    (void)state;
    static const char *const pieces[] = {"留", "守儿", "ab", "留，", "好。", "（是）", "吗？", "x ", "“对”", "、一"};
    uint64_t seed = 8;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 500; round++) {
        struct ga_str text = {0};
        ga_str_add(&text, "好");
        for (int i = 0; i < 30; i++)
            ga_str_add(&text, i % 2 != 0 ? "童" : pieces[ga_random_below(&random, GA_COUNT(pieces))]);
        struct ga_wrap wrap;
        struct ga_wrap_line line;
        for (ga_wrap_begin(&wrap, text.data, text.len, 12 + round % 8); ga_wrap_next(&wrap, &line);) {
            static const char *const never[] = {"，", "。", "）", "？", "”", "、"};
            for (size_t i = 0; i < GA_COUNT(never); i++)
                assert_int_not_equal(strncmp(text.data + line.at, never[i], 3), 0);
            assert_false(line.len >= 3 && strncmp(text.data + line.at + line.len - 3, "（", 3) == 0);
        }
        ga_str_finish(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_breaks_between_any_two_characters),
        cmocka_unit_test(words_stay_whole_where_they_can),
        cmocka_unit_test(marks_never_begin_or_end_a_line_wrongly),
        cmocka_unit_test(blanks_at_a_break_hang),
        cmocka_unit_test(newlines_end_lines),
        cmocka_unit_test(a_character_wider_than_the_line_still_gets_one),
        cmocka_unit_test(no_character_is_lost_and_no_line_too_wide),
        cmocka_unit_test(sensible_text_never_has_a_line_that_begins_with_a_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
