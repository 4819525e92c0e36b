/* Messages stay apart from languages: what base/message.h promises. */
#include "guanai/base/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void arguments_go_where_the_translation_puts_them(void **state)
{
    (void)state;
    struct ga_message msg = {0};
    char buf[64];
    ga_message_set(&msg, "cannot %1 %2: %3", "read", "a.yaml", "gone");
    assert_string_equal(ga_message_format(&msg, "%2 不能%1（%3）100%%", buf, sizeof(buf)), "a.yaml 不能read（gone）100%");
}

static void a_message_outlives_its_arguments(void **state)
{
    (void)state;
    struct ga_message msg = {0};
    char name[] = "father_phone", buf[64];
    ga_message_set(&msg, "unknown field %1", name);
    memset(name, 'x', sizeof(name) - 1);
    assert_string_equal(ga_message_format(&msg, msg.id, buf, sizeof(buf)), "unknown field father_phone");
}

static void overlong_arguments_are_cut_at_a_character(void **state)
{
    (void)state;
    struct ga_message msg = {0};
    char big[2000] = {0}, buf[4000];
    for (int i = 0; i < 600; i++)
        memcpy(big + i * 3, "留", 3);
    ga_message_set(&msg, "%1|%2|%3", big, big, "tail");
    ga_message_format(&msg, msg.id, buf, sizeof(buf));
    assert_int_equal((strchr(buf, '|') - buf) % 3, 0);
    assert_int_equal(msg.args_count, 3);
    assert_string_equal(ga_message_arg(&msg, 2), "");
}

static void a_missing_argument_is_empty(void **state)
{
    (void)state;
    struct ga_message msg = {0};
    char buf[16];
    ga_message_set(&msg, "[%4]");
    assert_string_equal(ga_message_format(&msg, msg.id, buf, sizeof(buf)), "[]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arguments_go_where_the_translation_puts_them),
        cmocka_unit_test(a_message_outlives_its_arguments),
        cmocka_unit_test(overlong_arguments_are_cut_at_a_character),
        cmocka_unit_test(a_missing_argument_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
