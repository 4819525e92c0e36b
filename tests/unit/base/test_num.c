/* Numbers are read strictly: what base/num.h promises. */
#include "guanai/base/num.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void whole_numbers_are_read_strictly(void **state)
{
    (void)state;
    int64_t value = 7;
    const char *bad[] = {"", "-", "+", " 1", "1 ", "1.0", "0x1", "9223372036854775808", "-9223372036854775809"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(ga_num_parse(bad[i], &value));
    assert_int_equal(value, 7);
    assert_true(ga_num_parse("-9223372036854775808", &value));
    assert_true(value == INT64_MIN);
    assert_true(ga_num_parse("9223372036854775807", &value));
    assert_true(value == INT64_MAX);
    assert_true(ga_num_parse("+0012", &value));
    assert_int_equal(value, 12);
}

static void a_number_shows_itself(void **state)
{
    (void)state;
    assert_string_equal(GA_NUM(-42), "-42");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_read_strictly),
        cmocka_unit_test(a_number_shows_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
