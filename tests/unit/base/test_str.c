/* Strings grow: what base/str.h promises. */
#include "guanai/base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void appending_keeps_what_was_there(void **state)
{
    (void)state;
    struct ga_str str = {0};
    assert_string_equal(ga_str_text(&str), "");
    ga_str_add(&str, "留守");
    ga_str_addf(&str, "%d", 329);
    ga_str_add_char(&str, '!');
    assert_string_equal(ga_str_text(&str), "留守329!");
    char *taken = ga_str_take(&str);
    assert_string_equal(taken, "留守329!");
    free(taken);
    assert_null(str.data);
}

static void copying_never_splits_a_character(void **state)
{
    (void)state;
    char small[6];
    ga_str_copy(small, sizeof(small), "留守");
    assert_string_equal(small, "留");
    ga_str_copy(small, sizeof(small), "ab");
    assert_string_equal(small, "ab");
}

static void null_equals_only_null(void **state)
{
    (void)state;
    assert_true(ga_str_equal(NULL, NULL));
    assert_false(ga_str_equal(NULL, ""));
    assert_true(ga_str_starts("child.name", "child."));
    assert_true(ga_str_ends("a.yaml", ".yaml"));
    assert_false(ga_str_ends("yaml", "a.yaml"));
}

static void a_word_is_found_whole(void **state)
{
    (void)state;
    assert_true(ga_str_has_word("child home_visit talk", "child"));
    assert_true(ga_str_has_word("child home_visit talk", "talk"));
    assert_false(ga_str_has_word("child home_visit talk", "visit"));
    assert_false(ga_str_has_word("grandchild child_ childs", "child"));
    assert_true(ga_str_has_word("grandchild child", "child"));
    assert_false(ga_str_has_word("child", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appending_keeps_what_was_there),
        cmocka_unit_test(copying_never_splits_a_character),
        cmocka_unit_test(null_equals_only_null),
        cmocka_unit_test(a_word_is_found_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
