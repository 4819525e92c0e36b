/* Bytes are read strictly: what text/utf8.h promises. */
#include "guanai/text/utf8.h"

#include "hostile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void every_scalar_value_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x110000; cp++) {
        char bytes[GA_UTF8_BYTES];
        uint32_t back = 0;
        size_t len = ga_utf8_encode(cp, bytes);
        bool is_scalar = cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF);
        if (!is_scalar) {
            assert_int_equal(len, 0);
            continue;
        }
        assert_int_equal(ga_utf8_decode(bytes, len, &back), len);
        assert_int_equal(back, cp);
        assert_int_equal(ga_utf8_decode(bytes, len - 1, &back), 0);
    }
}

static void malformed_sequences_are_refused_with_their_place(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xE7\x95", "\xE7\x95x", "\xF0\xA0\xAE",
    };
    for (size_t i = 0; i < GA_COUNT(bad); i++) {
        char text[32];
        size_t fault = 99;
        uint32_t cp = 7;
        assert_int_equal(ga_utf8_decode(bad[i], strlen(bad[i]), &cp), 0);
        assert_int_equal(cp, 7);
        snprintf(text, sizeof(text), "留a%s", bad[i]);
        assert_false(ga_utf8_is_valid(text, strlen(text), &fault));
        assert_int_equal(fault, 4);
    }
    assert_true(ga_utf8_is_valid("留\0x", 5, NULL));
    assert_true(ga_utf8_is_valid(NULL, 0, NULL));
}

static void characters_and_stray_bytes_are_counted(void **state)
{
    (void)state;
    assert_int_equal(ga_utf8_count("留守a\xFF", 8), 4);
    assert_int_equal(ga_utf8_count("\xE7\x95", 2), 2);
    assert_int_equal(ga_utf8_count("", 0), 0);
}

static void steps_back_are_the_steps_forward(void **state)
{
    (void)state;
    uint64_t seed = 1;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 300; round++) {
        struct ga_str text = {0};
        add_hostile(&text, &random, 20);
        for (size_t at = 0; at < text.len;) {
            size_t next = ga_utf8_next(text.data, text.len, at);
            assert_true(next > at && next <= text.len);
            assert_int_equal(ga_utf8_prev(text.data, next), at);
            at = next;
        }
        assert_int_equal(ga_utf8_prev(ga_str_text(&text), 0), 0);
        ga_str_finish(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_value_goes_there_and_back),
        cmocka_unit_test(malformed_sequences_are_refused_with_their_place),
        cmocka_unit_test(characters_and_stray_bytes_are_counted),
        cmocka_unit_test(steps_back_are_the_steps_forward),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
