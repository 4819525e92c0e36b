/* Numbers of children stand in rising order and are found there. */
#include "guanai/base/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void numbers_rise_whatever_their_size(void **state)
{
    static const int64_t given[] = {7, INT64_MAX, -1, 0, INT64_MIN, 7, 3000000000};
    struct ga_vec numbers;
    (void)state;
    ga_vec_init(&numbers, sizeof(int64_t));
    for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
        *(int64_t *)ga_vec_push(&numbers) = given[i];
    ga_order_sort(&numbers);
    for (size_t i = 1; i < numbers.len; i++)
        assert_true(*GA_VEC_AT(const int64_t, &numbers, i - 1) <= *GA_VEC_AT(const int64_t, &numbers, i));
    for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
        assert_true(ga_order_has(&numbers, given[i]));
    assert_false(ga_order_has(&numbers, 8));
    assert_false(ga_order_has(&numbers, INT64_MAX - 1));
    ga_vec_finish(&numbers);
}

static void each_stands_once_where_the_first_is_not_below(void **state)
{
    static const int64_t given[] = {7, -1, 7, 3, -1, 7};
    struct ga_vec numbers;
    (void)state;
    ga_vec_init(&numbers, sizeof(int64_t));
    for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
        *(int64_t *)ga_vec_push(&numbers) = given[i];
    ga_order_sort_once(&numbers);
    assert_int_equal(numbers.len, 3);
    for (int64_t number = -3; number < 10; number++) {
        size_t below = 0;
        for (size_t i = 0; i < numbers.len; i++)
            below += *GA_VEC_AT(const int64_t, &numbers, i) < number;
        assert_int_equal(ga_order_place(numbers.items, numbers.len, number), below);
    }
    ga_vec_finish(&numbers);
}

static void none_is_among_none(void **state)
{
    struct ga_vec numbers;
    (void)state;
    ga_vec_init(&numbers, sizeof(int64_t));
    ga_order_sort_once(&numbers);
    assert_false(ga_order_has(&numbers, 0));
    assert_int_equal(ga_order_place(numbers.items, numbers.len, 0), 0);
    ga_vec_finish(&numbers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_rise_whatever_their_size),
        cmocka_unit_test(each_stands_once_where_the_first_is_not_below),
        cmocka_unit_test(none_is_among_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
