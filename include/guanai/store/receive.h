/* Takes transactions of other sites in. */
#ifndef GUANAI_STORE_RECEIVE_H
#define GUANAI_STORE_RECEIVE_H

#include "guanai/store/check.h"
#include "guanai/store/send.h"

/*
 * One transaction of the database for all that one bundle brings: all of it or nothing. Every parcel is verified whole
 * (signature, each operation's form, the root over all leaves) before anything of it is written; what lies beyond some
 * 1 MiB waits in a file without a name meanwhile. Records it touches are folded once, at the end. Nothing is refused for
 * its time, and no time of another site changes what day it is here.
 */
struct ga_receive;

enum ga_parcel_state {
    GA_PARCEL_OPEN,    /* its operations are awaited */
    GA_PARCEL_APPLIED,
    GA_PARCEL_KNOWN,   /* the very same is here */
    GA_PARCEL_HELD,    /* cannot be judged yet: of a site that nobody introduced, or of a later format. Not kept:
                          what is here does not cover it, so it is sent again */
    GA_PARCEL_REFUSED, /* malformed, over-long, badly signed, not what was signed */
    GA_PARCEL_STATES,
};

struct ga_received {
    uint64_t transactions[GA_PARCEL_STATES], operations[GA_PARCEL_STATES]; /* by what became of them */
    uint64_t records;       /* touched */
    uint64_t filled;        /* operations that were withheld and came now */
    uint64_t conflicts;     /* so many more field groups have several values than before */
    bool has_new_site;      /* a history of this very site came that was not here: a copy of this folder was used on, or
                               an old one was put back. It is kept; this site goes on under a new id (store/backup.h) */
};

/* Nothing else may be saved until the end. GA_BUSY within a save. */
enum ga_rc ga_receive_begin(struct ga_store *store, struct ga_receive **ret_receive, struct ga_error *err);

/*
 * What comes was limited for this computer: what is handed over as a hash was withheld from it, and stays so until it
 * comes; what comes of transactions that are here already takes the place of what was withheld of them. GA_PARCEL_KNOWN
 * is only one of which nothing is withheld. Said before the first parcel; without it a known transaction is never touched.
 */
void ga_receive_limited(struct ga_receive *receive);

/*
 * The next transaction: bytes, len, signature, count are looked at. Unless *ret_state is GA_PARCEL_OPEN it is done with
 * and `reason` (nullable) says why; its operations need not be given. `err` is for failures of the whole.
 */
enum ga_rc ga_receive_parcel(struct ga_receive *receive, const struct ga_parcel *parcel, enum ga_parcel_state *ret_state,
                             struct ga_error *reason, struct ga_error *err);

/* Its next operation, copied. What is wrong with it is said at the close. */
enum ga_rc ga_receive_op(struct ga_receive *receive, const struct ga_parcel_op *op, struct ga_error *err);

/* Count operations were given (fewer is refused): judges it, writes it when it is sound. */
enum ga_rc ga_receive_close(struct ga_receive *receive, enum ga_parcel_state *ret_state, struct ga_error *reason,
                            struct ga_error *err);

/*
 * Counts a parcel that could not even be put together, by whoever reads bundles: it waits for what it refers to (HELD)
 * or is malformed (REFUSED). An open one is dropped.
 */
void ga_receive_skip(struct ga_receive *receive, enum ga_parcel_state state, uint64_t operations);

/* Folds, projects, commits with one sync; frees it either way. On failure nothing of it is there. */
enum ga_rc ga_receive_commit(struct ga_receive *receive, const struct ga_check_progress *progress,
                             struct ga_received *ret_received, struct ga_error *err);
void ga_receive_abandon(struct ga_receive *receive); /* rolls back; NULL is fine */

#endif
