/* Sorts whole numbers, finds one among them. */
#include "guanai/base/order.h"

#include <stdlib.h>

int ga_order_compare(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void ga_order_sort(struct ga_vec *numbers)
{
    if (numbers->len > 0)
        qsort(numbers->items, numbers->len, sizeof(int64_t), ga_order_compare);
}

bool ga_order_has(const struct ga_vec *numbers, int64_t number)
{
    return numbers->len > 0 &&
           bsearch(&number, numbers->items, numbers->len, sizeof(number), ga_order_compare) != NULL;
}
