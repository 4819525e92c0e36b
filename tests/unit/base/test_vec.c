/* Arrays grow: what base/vec.h promises. */
#include "guanai/base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void items_keep_their_order(void **state)
{
    (void)state;
    struct ga_vec vec;
    ga_vec_init(&vec, sizeof(int));
    for (int i = 0; i < 100; i++)
        *(int *)ga_vec_push(&vec) = i;
    *(int *)ga_vec_insert(&vec, 0) = -1;
    ga_vec_remove(&vec, 50);
    assert_int_equal(vec.len, 100);
    assert_int_equal(*GA_VEC_AT(int, &vec, 0), -1);
    assert_int_equal(*GA_VEC_AT(int, &vec, 49), 48);
    assert_int_equal(*GA_VEC_AT(int, &vec, 50), 50);
    ga_vec_finish(&vec);
}

static void pushed_items_are_zeroed(void **state)
{
    (void)state;
    struct ga_vec vec;
    ga_vec_init(&vec, 24);
    memset(ga_vec_push(&vec), 0xFF, 24);
    ga_vec_clear(&vec);
    const char *item = ga_vec_push(&vec);
    for (int i = 0; i < 24; i++)
        assert_int_equal(item[i], 0);
    ga_vec_finish(&vec);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_keep_their_order),
        cmocka_unit_test(pushed_items_are_zeroed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
