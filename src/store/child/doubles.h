/* How doubles are read and met; private to this room. */
#ifndef GUANAI_STORE_DOUBLES_PRIVATE_H
#define GUANAI_STORE_DOUBLES_PRIVATE_H

#include "private.h"

#include "guanai/store/doubles.h"

/* Children's numbers with what is compared; `condition` stands behind the table's name. The caller destroys. */
enum ga_rc ga_doubles_select(struct ga_store *store, const char *condition, struct ga_stmt **ret_stmt,
                             struct ga_error *err);
void ga_doubles_take(struct ga_stmt *stmt, struct ga_alike *ret_print);

#endif
