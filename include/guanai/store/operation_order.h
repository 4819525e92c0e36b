/* Puts the parts of an operation into the order its encoding asks for; tells equal values. */
#ifndef GUANAI_STORE_OPERATION_ORDER_H
#define GUANAI_STORE_OPERATION_ORDER_H

#include "guanai/store/operation.h"

/*
 * Replaces the operation's arrays by ordered copies in the arena: `replaced` without doubles or unused
 * hashes, the indexes to match, groups by id, fields by id. Two groups or fields of one id stay two
 * (encoding refuses them). Texts stay borrowed. Not needed where the caller already works in order.
 */
void ga_operation_order(struct ga_operation *operation, struct ga_arena *arena);

/* The same content; NULL is a cleared one. */
bool ga_operation_value_equal(const struct ga_operation_value *a, const struct ga_operation_value *b);

#endif
