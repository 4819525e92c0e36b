/* What was withheld of a transaction that is here, and comes now; private to receive. */
#ifndef GUANAI_STORE_RECEIVE_FILL_H
#define GUANAI_STORE_RECEIVE_FILL_H

#include "peers/receive_parcel.h"

/* The number that what was filled last took, no operation bears it: what follows the log by numbers is made anew (store/touched.h). */
#define GA_FILLED_SETTING "filled_op"
enum ga_rc ga_store_note_filled(struct ga_store *store, struct ga_error *err);

struct ga_fill {
    struct ga_store *store;
    struct ga_incoming *in;  /* judged, and sound */
    int64_t first_op;        /* of the transaction, as it is here */
    struct ga_vec *touched;  /* int64_t: appended, records */
    struct ga_vec *filled;   /* int64_t: appended, operations */
    struct ga_vec *named;    /* int64_t: appended, operations that were here without names */
    struct ga_vec *renaming; /* struct ga_log_item: appended, the same with them (renaming.h) */
    int64_t next;            /* the walk's own */
    struct ga_vec old, hidden, items; /* struct ga_fill_part, ga_withheld, ga_log_item */
};

/* The first operation of the transaction at hand when something of it, or who it names, is withheld here, else 0. */
int64_t ga_fill_first(struct ga_store *store, const struct ga_incoming *in);

/*
 * Both sets of parts are whole subtrees of one tree, so of two that overlap one lies in the other: a part in which
 * something came is replaced by the smaller ones that are still withheld, any other stays.
 */
enum ga_rc ga_fill_take(struct ga_fill *fill, struct ga_error *err);

#endif
