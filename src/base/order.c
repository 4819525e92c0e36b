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

void ga_order_sort_once(struct ga_vec *numbers)
{
    int64_t *list = numbers->items;
    size_t kept = 0;
    ga_order_sort(numbers);
    for (size_t i = 0; i < numbers->len; i++)
        if (kept == 0 || list[kept - 1] != list[i])
            list[kept++] = list[i];
    numbers->len = kept;
}

size_t ga_order_place(const int64_t *rising, size_t count, int64_t number)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (rising[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool ga_order_has(const struct ga_vec *numbers, int64_t number)
{
    return numbers->len > 0 &&
           bsearch(&number, numbers->items, numbers->len, sizeof(number), ga_order_compare) != NULL;
}
