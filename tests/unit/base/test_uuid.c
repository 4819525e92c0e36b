/* Record names rise: what base/uuid.h promises. */
#include "guanai/base/uuid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int64_t at_ms;

static int64_t held_now(void *ctx)
{
    (void)ctx;
    return at_ms;
}

static const struct ga_clock held = {.now_ms = held_now};

static void many_in_one_millisecond_rise(void **state)
{
    (void)state;
    uint64_t seed = 1;
    struct ga_random random = ga_random_seeded(&seed);
    struct ga_uuid last = {{0}}, before = {{0}}, made;
    at_ms = 1795132800000;
    for (int i = 0; i < 100000; i++) {
        ga_uuid_make(&held, &random, &last, &made);
        assert_true(ga_uuid_compare(&before, &made) < 0);
        before = made;
    }
    at_ms -= 5000; /* the clock steps back */
    ga_uuid_make(&held, &random, &last, &made);
    assert_true(ga_uuid_compare(&before, &made) < 0);
}

static void text_goes_both_ways(void **state)
{
    (void)state;
    struct ga_uuid uuid;
    char buf[GA_UUID_TEXT_SIZE];
    assert_true(ga_uuid_parse("0190A5E2-7c3b-7def-8abc-0123456789ab", &uuid));
    assert_string_equal(ga_uuid_text(&uuid, buf), "0190a5e2-7c3b-7def-8abc-0123456789ab");
    assert_false(ga_uuid_parse("0190a5e2-7c3b-7def-8abc-0123456789a", &uuid));
    assert_false(ga_uuid_parse("0190a5e2x7c3b-7def-8abc-0123456789ab", &uuid));
    assert_false(ga_uuid_parse("0190a5e2-7c3b-7def-8abc-0123456789ab0", &uuid));
}

static void version_and_variant_are_right(void **state)
{
    (void)state;
    uint64_t seed = 2;
    struct ga_random random = ga_random_seeded(&seed);
    struct ga_uuid last = {{0}}, made;
    for (int i = 0; i < 1000; i++) {
        ga_uuid_make(&held, &random, &last, &made);
        assert_int_equal(made.bytes[6] >> 4, 7);
        assert_int_equal(made.bytes[8] >> 6, 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_in_one_millisecond_rise),
        cmocka_unit_test(text_goes_both_ways),
        cmocka_unit_test(version_and_variant_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
