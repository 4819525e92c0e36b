/* Operations this computer may not have: the roots of the subtrees they lie in; private to this room. */
#ifndef GUANAI_STORE_WITHHELD_PRIVATE_H
#define GUANAI_STORE_WITHHELD_PRIVATE_H

#include "private.h"

/* A whole subtree of its transaction (store/merkle.h): the operations first_op … first_op + leaves − 1. */
struct ga_withheld {
    int64_t first_op;
    uint32_t leaves;
    struct ga_hash hash;
};

/* Takes the next numbers of the log for them. Numbers without anything behind them end a block, nothing else. */
enum ga_rc ga_withheld_append(struct ga_store *store, uint32_t leaves, const struct ga_hash *hash, struct ga_error *err);

enum ga_rc ga_withheld_put(struct ga_store *store, const struct ga_withheld *part, struct ga_error *err);
enum ga_rc ga_withheld_drop(struct ga_store *store, int64_t first_op, struct ga_error *err);
bool ga_withheld_at(struct ga_store *store, int64_t no, struct ga_withheld *ret_part); /* false: that one is not withheld */

/* Appends struct ga_withheld of those that begin there, rising. A transaction's parts never reach into another's. */
enum ga_rc ga_withheld_between(struct ga_store *store, int64_t first, int64_t last, struct ga_vec *ret_parts,
                               struct ga_error *err);

#endif
