/* How the scope of a guest becomes records; private to limited. */
#ifndef GUANAI_STORE_LIMITED_PRIVATE_H
#define GUANAI_STORE_LIMITED_PRIVATE_H

#include "private.h"

#include "guanai/store/limited.h"

/* Appends int64_t: numbers of records, some twice. */
enum ga_rc ga_scope_records(struct ga_store *store, const struct ga_limited_ask *ask, struct ga_vec *ret_records,
                            struct ga_error *err);

/* Is it in the table of its form? */
enum ga_rc ga_scope_is_shown(struct ga_store *store, int64_t record, bool *ret_is, struct ga_error *err);

#endif
