/* A record that one took out while another changed it; private to this room. */
#ifndef GUANAI_STORE_CONFLICT_REMOVAL_H
#define GUANAI_STORE_CONFLICT_REMOVAL_H

#include "private.h"

/* The removal, among the record's operations, that stood before the settlement that `op` takes back; NULL: it takes none back. */
const struct ga_log_op *ga_removal_before(const struct ga_log_op *ops, size_t count, const struct ga_log_op *op);

/* Did one save write both? */
bool ga_removal_is_one_save(const struct ga_log_op *a, const struct ga_log_op *b);

/* Where the words for a change come from. */
struct ga_removal_words {
    enum ga_lang lang;
    const struct ga_form *form;
    const struct ga_log_op *ops;
    size_t ops_count;
    const struct ga_fold_head *heads;
    size_t heads_count;
};

/* "record changed: Village": the fields that stand as the save of `op` says, not what it says, which need not be for whoever settles it. */
const char *ga_removal_words(const struct ga_removal_words *in, const struct ga_log_op *op, struct ga_arena *arena);

#endif
