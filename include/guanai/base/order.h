/* Whole numbers in rising order: what lists of children by their numbers are sorted with and looked up in. */
#ifndef GUANAI_BASE_ORDER_H
#define GUANAI_BASE_ORDER_H

#include "guanai/base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For qsort() and bsearch() of int64_t, or of what begins with one. */
int ga_order_compare(const void *a, const void *b);

void ga_order_sort(struct ga_vec *numbers);                        /* int64_t */
void ga_order_sort_once(struct ga_vec *numbers);                   /* the same, keeps each once */
bool ga_order_has(const struct ga_vec *numbers, int64_t number); /* int64_t, rising */

/* Where the first stands that is not below `number`; `count`: all are below. */
size_t ga_order_place(const int64_t *rising, size_t count, int64_t number);

#endif
