/* Cells are counted as the terminal counts them: what text/width.h and text/cluster.h promise. */
#include "guanai/text/width.h"

#include "guanai/text/cluster.h"
#include "guanai/text/gate.h"

#include "hostile.h"

#include <locale.h>
#include <wchar.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool is_always_wide(uint32_t cp)
{
    return (cp >= 0x20000 && cp <= 0x2FFFD) || (cp >= 0x30000 && cp <= 0x3FFFD);
}

static void widths_are_those_of_libc(void **state)
{
    (void)state;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        int want = is_always_wide(cp) ? 2 : wcwidth((wchar_t)cp);
        if (ga_width_code_point(cp) != want)
            fail_msg("U+%04X: %d, libc says %d", cp, ga_width_code_point(cp), want);
    }
    assert_int_equal(ga_width_code_point(0x110000), -1);
}

static void rare_chinese_characters_are_wide_however_old_libc_is(void **state)
{
    (void)state;
    assert_int_equal(ga_width_code_point(0x20BB7), 2);
    assert_int_equal(ga_width_code_point(0x323AF), 2);
    assert_int_equal(ga_width_code_point(0x3FFFD), 2);
    assert_int_equal(ga_width_shown(0x3FFFE), 1); /* a noncharacter: U+FFFD */
}

static void expect_ends(const char *text, size_t cols, const char *wanted)
{
    struct ga_str out = {0};
    const size_t used = ga_width_add_ends(&out, text, strlen(text), cols, "…");
    assert_string_equal(ga_str_text(&out), wanted);
    assert_true(used <= cols);
    assert_int_equal(used, ga_width_text(wanted, strlen(wanted)));
    ga_str_finish(&out);
}

static void what_is_too_long_keeps_its_beginning_and_its_end(void **state)
{
    (void)state;
    expect_ends("名册.xlsx", 9, "名册.xlsx");
    expect_ends("2026秋红岩村小学学生名册.xlsx", 18, "2026秋红…名册.xlsx");
    expect_ends("2026秋红岩村小学学生名册.xlsx", 17, "2026秋红…册.xlsx");
    expect_ends("学生名册", 5, "学…册");
    expect_ends("学生名册", 4, "…册");
    expect_ends("学生名册", 1, "");
    expect_ends("", 5, "");
}

static void text_is_as_wide_as_the_gate_shows_it(void **state)
{
    (void)state;
    assert_int_equal(ga_width_text("留守a", 7), 5);
    assert_int_equal(ga_width_text("e\xCC\x81\t\x1B\xFF", 6), 4);
    uint64_t seed = 3;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 500; round++) {
        struct ga_str text = {0}, shown = {0};
        add_hostile(&text, &random, 15);
        ga_gate_add(&shown, ga_str_text(&text), text.len);
        assert_int_equal(ga_width_text(text.data, text.len), ga_width_text(ga_str_text(&shown), shown.len));
        ga_str_finish(&text);
        ga_str_finish(&shown);
    }
}

static void clipping_never_exceeds_and_never_splits(void **state)
{
    (void)state;
    uint64_t seed = 4;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 500; round++) {
        struct ga_str text = {0}, out = {0};
        add_hostile(&text, &random, 12);
        size_t max = (size_t)ga_random_below(&random, 20), cols;
        size_t len = ga_width_clip(text.data, text.len, max, &cols);
        assert_true(cols <= max && cols == ga_width_text(text.data, len));
        assert_int_equal(ga_cluster_start(text.data, text.len, len), len);
        assert_true(ga_width_add_clipped(&out, text.data, text.len, max, "…") <= max);
        ga_str_clear(&out);
        ga_width_add_padded(&out, text.data, text.len, max, GA_CENTRE, "…");
        /* A cluster of which only invisible parts remain may be cut; the cells are exact all the same. */
        assert_int_equal(ga_width_text(ga_str_text(&out), out.len), max);
        ga_str_finish(&text);
        ga_str_finish(&out);
    }
}

static void assert_padded(const char *text, size_t cols, enum ga_align align, const char *want)
{
    struct ga_str out = {0};
    ga_width_add_padded(&out, text, strlen(text), cols, align, "…");
    assert_string_equal(ga_str_text(&out), want);
    ga_str_finish(&out);
}

static void columns_line_up(void **state)
{
    (void)state;
    assert_padded("留守", 6, GA_LEFT, "留守  ");
    assert_padded("留守", 6, GA_RIGHT, "  留守");
    assert_padded("留守", 7, GA_CENTRE, " 留守  ");
    assert_padded("留守儿童", 6, GA_LEFT, "留守… ");
    assert_padded("留守儿童", 8, GA_LEFT, "留守儿童");
    assert_padded("留", 1, GA_LEFT, "…");
    assert_padded("留", 0, GA_LEFT, "");
}

static void a_cluster_is_what_a_user_takes_for_a_character(void **state)
{
    (void)state;
    static const char *const whole[] = {
        "a", "留", "e\xCC\x81", "\r\n", "\n", "\xCC\x81\xCC\x81", "葛\xF3\xA0\x84\x80", "\xFF",
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", "\xF0\x9F\x91\xA9\xF0\x9F\x8F\xBD",
    };
    for (size_t i = 0; i < GA_COUNT(whole); i++)
        assert_int_equal(ga_cluster_count(whole[i], strlen(whole[i])), 1);
    assert_int_equal(ga_cluster_count("留守", 6), 2);
    assert_int_equal(ga_cluster_count("\n\xCC\x81", 3), 2);
    assert_int_equal(ga_cluster_count("\xFF\xFF", 2), 2);
}

static void clusters_backwards_are_those_forwards(void **state)
{
    (void)state;
    uint64_t seed = 5;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 500; round++) {
        struct ga_str text = {0};
        add_hostile(&text, &random, 15);
        for (size_t at = 0, next; at < text.len; at = next) {
            next = ga_cluster_next(text.data, text.len, at);
            assert_true(next > at && next <= text.len);
            assert_int_equal(ga_cluster_prev(text.data, text.len, next), at);
            for (size_t inside = at; inside < next; inside++)
                assert_int_equal(ga_cluster_start(text.data, text.len, inside), at);
        }
        ga_str_finish(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_those_of_libc),
        cmocka_unit_test(rare_chinese_characters_are_wide_however_old_libc_is),
        cmocka_unit_test(what_is_too_long_keeps_its_beginning_and_its_end),
        cmocka_unit_test(text_is_as_wide_as_the_gate_shows_it),
        cmocka_unit_test(clipping_never_exceeds_and_never_splits),
        cmocka_unit_test(columns_line_up),
        cmocka_unit_test(a_cluster_is_what_a_user_takes_for_a_character),
        cmocka_unit_test(clusters_backwards_are_those_forwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
