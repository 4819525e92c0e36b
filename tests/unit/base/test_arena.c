/* A region gives zeroed memory: what base/arena.h promises. */
#include "guanai/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    for (size_t size = 0; size < 3000; size += 37) {
        unsigned char *p = ga_arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, size);
    }
    ga_arena_finish(&arena);
}

static void reset_memory_is_zeroed_again(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    memset(ga_arena_alloc(&arena, 500), 0xFF, 500);
    ga_arena_alloc(&arena, 100000);
    ga_arena_reset(&arena);
    const char *p = ga_arena_alloc(&arena, 500);
    for (int i = 0; i < 500; i++)
        assert_int_equal(p[i], 0);
    ga_arena_finish(&arena);
}

static void formatted_text_is_kept_whole(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    const char *text = ga_arena_printf(&arena, "%s-%d", "家访", 12);
    assert_string_equal(text, "家访-12");
    assert_null(ga_arena_strdup(&arena, NULL));
    ga_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(reset_memory_is_zeroed_again),
        cmocka_unit_test(formatted_text_is_kept_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
