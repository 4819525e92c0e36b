/* Text keys find their values: what base/map.h promises. */
#include "guanai/base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_thousand_keys_are_found_again(void **state)
{
    (void)state;
    static char keys[1000][12];
    static int values[1000];
    struct ga_map map = {0};
    for (int i = 0; i < 1000; i++) {
        snprintf(keys[i], sizeof(keys[i]), "key%d", i);
        ga_map_put(&map, keys[i], &values[i]);
    }
    for (int i = 0; i < 1000; i++)
        assert_ptr_equal(ga_map_get(&map, keys[i]), &values[i]);
    assert_null(ga_map_get(&map, "key1000"));
    assert_int_equal(map.len, 1000);
    ga_map_finish(&map);
}

static void putting_again_replaces(void **state)
{
    (void)state;
    int a, b;
    struct ga_map map = {0};
    assert_null(ga_map_get(&map, "x"));
    ga_map_put(&map, "x", &a);
    ga_map_put(&map, "x", &b);
    assert_ptr_equal(ga_map_get(&map, "x"), &b);
    assert_int_equal(map.len, 1);
    ga_map_finish(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_keys_are_found_again),
        cmocka_unit_test(putting_again_replaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
