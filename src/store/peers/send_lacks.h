/* Which transactions somebody with given runs lacks; private to this room. */
#ifndef GUANAI_STORE_SEND_LACKS_H
#define GUANAI_STORE_SEND_LACKS_H

#include "private.h"

#include "guanai/store/have.h"

struct ga_lacks {
    struct ga_vec numbers;  /* int64_t: of the transactions, rising */
    struct ga_vec doubtful; /* struct ga_uuid: sites with two branches, here or there, or perhaps so */
};

/* By the rules of ga_send_begin. To be finished whatever it answers. */
enum ga_rc ga_lacks_find(struct ga_store *store, const struct ga_have *theirs, size_t count, struct ga_lacks *ret_lacks,
                         struct ga_error *err);
void ga_lacks_finish(struct ga_lacks *lacks);

/* send_refused.c: the transaction that a run of one speaks of by its form (store/have.h); 0: none is here like that. */
enum ga_rc ga_lacks_refused(struct ga_store *store, const struct ga_have *run, int64_t *ret_no, struct ga_error *err);

bool ga_lacks_has(const struct ga_lacks *lacks, int64_t txn);
bool ga_lacks_is_doubtful(const struct ga_lacks *lacks, const struct ga_uuid *site);

#endif
