/* Whole numbers in rising order: what lists of children by their numbers are sorted with and looked up in. */
#ifndef GUANAI_BASE_ORDER_H
#define GUANAI_BASE_ORDER_H

#include "guanai/base/vec.h"

#include <stdbool.h>
#include <stdint.h>

/* For qsort() and bsearch() of int64_t, or of what begins with one. */
int ga_order_compare(const void *a, const void *b);

void ga_order_sort(struct ga_vec *numbers);                        /* int64_t */
bool ga_order_has(const struct ga_vec *numbers, int64_t number); /* int64_t, rising */

#endif
