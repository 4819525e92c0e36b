/* Nothing harmful reaches the terminal: what text/gate.h promises. */
#include "guanai/text/gate.h"

#include "guanai/text/utf8.h"
#include "guanai/text/width.h"

#include "hostile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_shown(const char *bytes, const char *want)
{
    struct ga_str out = {0};
    ga_gate_add(&out, bytes, strlen(bytes));
    assert_string_equal(ga_str_text(&out), want);
    ga_str_finish(&out);
}

static void ordinary_text_passes_unchanged(void **state)
{
    (void)state;
    assert_shown("", "");
    assert_shown("李雷 Li Lei, 3(2)班：e\xCC\x81·“”—√①→ｶ", "李雷 Li Lei, 3(2)班：e\xCC\x81·“”—√①→ｶ");
    assert_shown("\xF0\xA0\xAE\xB7\xF0\xB0\x80\x80", "\xF0\xA0\xAE\xB7\xF0\xB0\x80\x80");
}

static void escapes_lose_their_power(void **state)
{
    (void)state;
    assert_shown("\x1B]0;x\x07", "�]0;x�");
    assert_shown("\xC2\x9B" "2J", "�2J"); /* CSI as one C1 character */
    assert_shown("a\tb\r\nc\x7F\xE2\x80\xA8", "a b  c� ");
}

static void what_hides_or_reorders_is_removed(void **state)
{
    (void)state;
    assert_shown("\xEF\xBB\xBF" "a\xE2\x80\xAE" "b\xE2\x80\x8B" "c\xE2\x81\xA6\xC2\xAD", "abc");
    assert_shown("葛\xF3\xA0\x84\x80", "葛");
    assert_shown("\xE2\x80\x8B", "");
}

static void bad_bytes_show_as_replacements(void **state)
{
    (void)state;
    assert_shown("a\xFF\xE7\x95z", "a���z");
    assert_shown("\xEF\xB7\x90", "�"); /* a noncharacter */
}

static void marks_are_bounded_and_need_a_bearer(void **state)
{
    (void)state;
    assert_shown("\xCC\x81\xCC\x81" "a", "a");
    struct ga_str name = {0};
    ga_str_add(&name, "a");
    for (int i = 0; i < 10000; i++)
        ga_str_add(&name, "\xCC\x81");
    ga_str_add(&name, "b");
    struct ga_gate_cell cell;
    assert_int_equal(ga_gate_next(name.data, name.len, &cell), name.len - 1);
    assert_string_equal(cell.text, "a\xCC\x81\xCC\x81\xCC\x81\xCC\x81");
    assert_int_equal(cell.cols, 1);
    ga_str_finish(&name);
}

static void a_cell_holds_one_character(void **state)
{
    (void)state;
    struct ga_gate_cell cell = {.cols = 9};
    assert_int_equal(ga_gate_next("留a", 4, &cell), 3);
    assert_string_equal(cell.text, "留");
    assert_int_equal(cell.cols, 2);
    assert_int_equal(ga_gate_next("", 0, &cell), 0);
    assert_int_equal(cell.cols, 2); /* untouched */
    assert_int_equal(ga_gate_next("\0", 1, &cell), 1);
    assert_string_equal(cell.text, "�");
}

static void lines_keep_their_newlines(void **state)
{
    (void)state;
    struct ga_str out = {0};
    ga_gate_add_lines(&out, "a\tb\n\n\x1Bz\n", 8);
    assert_string_equal(out.data, "a b\n\n�z\n");
    ga_str_finish(&out);
}

/* Written anew from the promise, not from the code. */
static void assert_harmless(const struct ga_str *shown)
{
    assert_true(ga_utf8_is_valid(shown->data, shown->len, NULL));
    uint32_t cp;
    size_t marks = 0;
    for (size_t at = 0; at < shown->len; at += ga_utf8_decode(shown->data + at, shown->len - at, &cp)) {
        ga_utf8_decode(shown->data + at, shown->len - at, &cp);
        assert_true(cp >= 0x20 && !(cp >= 0x7F && cp < 0xA0));
        assert_false((cp >= 0x200B && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202E));
        assert_false((cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF || cp == 0x61C || cp == 0xAD);
        assert_true(ga_width_code_point(cp) >= 0);
        marks = ga_width_code_point(cp) == 0 ? marks + 1 : 0;
        assert_true(marks <= GA_GATE_MARKS && (marks == 0 || at > 0));
    }
}

static void whatever_comes_in_harmless_text_comes_out(void **state)
{
    (void)state;
    uint64_t seed = 6;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 1000; round++) {
        struct ga_str bytes = {0}, shown = {0}, again = {0};
        add_hostile(&bytes, &random, 25);
        ga_gate_add(&shown, bytes.data, bytes.len);
        assert_harmless(&shown);
        ga_gate_add(&again, ga_str_text(&shown), shown.len);
        assert_string_equal(ga_str_text(&again), ga_str_text(&shown));
        ga_str_finish(&bytes);
        ga_str_finish(&shown);
        ga_str_finish(&again);
    }
}

static void every_code_point_alone_is_made_harmless(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        uint32_t shown = ga_gate_code_point(cp);
        assert_true(shown == 0 || shown == ' ' || shown == cp || shown == GA_UTF8_REPLACEMENT);
        if (shown != 0)
            assert_true(shown >= 0x20 && ga_width_code_point(shown) >= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_text_passes_unchanged),
        cmocka_unit_test(escapes_lose_their_power),
        cmocka_unit_test(what_hides_or_reorders_is_removed),
        cmocka_unit_test(bad_bytes_show_as_replacements),
        cmocka_unit_test(marks_are_bounded_and_need_a_bearer),
        cmocka_unit_test(a_cell_holds_one_character),
        cmocka_unit_test(lines_keep_their_newlines),
        cmocka_unit_test(whatever_comes_in_harmless_text_comes_out),
        cmocka_unit_test(every_code_point_alone_is_made_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
