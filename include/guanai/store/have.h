/* What of each site's history is here. */
#ifndef GUANAI_STORE_HAVE_H
#define GUANAI_STORE_HAVE_H

#include "guanai/base/uuid.h"
#include "guanai/base/vec.h"
#include "guanai/crypt/hash.h"
#include "guanai/store/store.h"

/*
 * An unbroken run of one branch of a site's chain: the transactions first … last are here, each built on the one before,
 * the last of them has this hash. So a run also says what all of it is: whoever has a transaction with that hash knows
 * the run's others by walking back. Behind a gap begins another run; a fork (a copy of a folder was used on) is two, the
 * second of them beginning where it leaves the first.
 *
 * Among the runs that somebody tells, one of a single transaction may bear not its hash but its form (store/transaction.h): it
 * came like that and was refused. A program that knows nothing of forms takes it for another history, and sends it again.
 */
struct ga_have {
    struct ga_uuid site;
    uint64_t first, last;
    struct ga_hash hash; /* of the last */
};

/* For qsort: by site, first, last, hash, the order in which runs are told everywhere. */
static inline int ga_have_compare(const void *a, const void *b)
{
    const struct ga_have *left = a, *right = b;
    const int sites = ga_uuid_compare(&left->site, &right->site);
    if (sites != 0)
        return sites;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    if (left->last != right->last)
        return left->last < right->last ? -1 : 1;
    return ga_hash_compare(&left->hash, &right->hash);
}

/*
 * Appends struct ga_have of all that is here, sorted by site, first, last, hash. Costs a row a run (which the database
 * keeps) and what waits in the tail of the log, however long the history is.
 */
enum ga_rc ga_store_have(struct ga_store *store, struct ga_vec *ret_runs, struct ga_error *err);

/*
 * Is the transaction here with which that run ends? Then all of it that is here is on the same branch. in_tail: what was saved
 * here is looked through as well; nothing that others wrote lies in the tail.
 */
enum ga_rc ga_store_has(struct ga_store *store, const struct ga_have *run, bool in_tail, bool *ret_has, struct ga_error *err);

/* What the runs of one site leave open. Sorted as ga_store_have does; `count` of them are of the same site. */
struct ga_have_state {
    uint64_t last;   /* highest number that is here */
    uint64_t gaps;   /* places where something is missing below that */
    uint64_t forks;  /* runs that leave another one */
};
void ga_have_state(const struct ga_have *runs, size_t count, struct ga_have_state *ret_state);

#endif
