/* Whether a child is still here; private to index. */
#ifndef GUANAI_STORE_PRESENCE_H
#define GUANAI_STORE_PRESENCE_H

#include "index.h"

/* GA_FLAG_GONE by the newest change of status of all files of a child; GA_FLAG_BEHIND. Else 0. */
enum ga_rc ga_presence_find(struct ga_store *store, int64_t no, const struct ga_uuid *child, unsigned *ret_flags,
                            struct ga_error *err);
/* Puts or drops what a record of status_change says. */
enum ga_rc ga_presence_run(struct ga_store *store, enum ga_index_sql sql, int64_t no, const struct ga_answers *change,
                           struct ga_error *err);

#endif
