/* Brings the tables up to what was received; private to receive. */
#ifndef GUANAI_STORE_RECEIVE_PROJECT_H
#define GUANAI_STORE_RECEIVE_PROJECT_H

#include "private.h"

#include "guanai/store/receive.h"

struct ga_arrivals {
    struct ga_store *store;
    struct ga_vec *touched; /* int64_t: records; sorted, each once, afterwards */
    struct ga_vec *filled;  /* int64_t: operations with earlier numbers that came only now; sorted afterwards */
    struct ga_vec *named;   /* int64_t: that had no names; sorted afterwards */
    int64_t before;         /* the last operation that the tables show */
    const struct ga_check_progress *progress; /* nullable */
};

/* Each record once, in the order in which they came to be known here. */
enum ga_rc ga_arrivals_project(const struct ga_arrivals *arrivals, struct ga_received *told, struct ga_error *err);

/* For salvage alone: what is whole is taken in although nobody introduced its site here; its key was lost with the database. */
void ga_receive_trust_unknown(struct ga_receive *receive);

#endif
