/* Is everything as it was once written? */
#ifndef GUANAI_STORE_CHECK_H
#define GUANAI_STORE_CHECK_H

#include "guanai/store/store.h"

struct ga_check_report {
    int64_t transactions, operations, records;
    int64_t forks, gaps; /* shown, not faults */
};

struct ga_check_progress {
    bool (*step)(void *ctx, int64_t done, int64_t total); /* false: stop, answers GA_CANCELLED */
    void *ctx;
};

/*
 * integrity_check, every signature and chain link, every leaf hash, the root of every transaction.
 * Faults go into problems with the transaction and record they are in.
 */
enum ga_rc ga_store_check(struct ga_store *store, const struct ga_check_progress *progress,
                          struct ga_problems *problems, struct ga_check_report *ret_report, struct ga_error *err);

/*
 * Builds every derived table anew beside the old ones and compares schema SQL and a typed dump by
 * primary key; differences go into problems, and the new ones are put in force in one transaction.
 */
enum ga_rc ga_store_rebuild(struct ga_store *store, const struct ga_check_progress *progress,
                            struct ga_problems *problems, struct ga_error *err);

#endif
