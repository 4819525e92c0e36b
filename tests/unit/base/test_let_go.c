/* What is let go of comes back as it was: what base/let_go.h promises. */
#include "guanai/base/let_go.h"

#include "guanai/base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int twice(int number)
{
    return 2 * number;
}

/* Addresses in constants are written by the loader and locked afterwards: they would be gone with their page. */
static int (*const functions[])(int number) = {twice, abs};
static const char *const texts[] = {"许家村", "红岩村"};

static void what_was_let_go_of_is_there_when_it_is_run_again(void **state)
{
    (void)state;
    char *kept = ga_strdup("上坝村");
    free(ga_alloc(1 << 20));
    for (int i = 0; i < 3; i++) {
        ga_memory_let_go();
        assert_int_equal(functions[0](21), 42);
        assert_int_equal(functions[1](-7), 7);
        assert_string_equal(texts[1], "红岩村");
        assert_string_equal(kept, "上坝村");
    }
    free(kept);
}

/* Pages of files in memory, as the system tells it. */
static long file_pages(void)
{
    long all = 0, resident = 0, shared = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld %ld", &all, &resident, &shared), 3);
    fclose(file);
    return shared;
}

static void what_was_run_once_is_not_held(void **state)
{
    (void)state;
    const long before = file_pages();
    ga_memory_let_go();
    assert_true(file_pages() < before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_let_go_of_is_there_when_it_is_run_again),
        cmocka_unit_test(what_was_run_once_is_not_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
