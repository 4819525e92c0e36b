/* Whether a child is still here; private to index. */
#ifndef GUANAI_STORE_PRESENCE_H
#define GUANAI_STORE_PRESENCE_H

#include "index/index.h"

/*
 * The one rule who is here on a day. What decides is the newest change that has begun: by its day, of one day by the
 * record's id, which every computer knows, never by local numbers. Before the first change a child was what that one
 * ended: here before leaving, not here before coming back. Changes may come in any order.
 */
struct ga_presence {
    char first_on[11], newest_on[11]; /* "" : none */
    struct ga_uuid first, newest;
    bool first_says, newest_says;
};

/* `id` is the record's, 16 bytes. */
void ga_presence_take(struct ga_presence *presence, const char *from_on, struct ga_value id, bool says_here,
                      const char *day);
bool ga_presence_is_here(const struct ga_presence *presence); /* without any change: yes */

/* GA_FLAG_GONE by the newest change of status of all files of a child; GA_FLAG_BEHIND. Else 0. */
enum ga_rc ga_presence_find(struct ga_store *store, int64_t no, const struct ga_uuid *child, unsigned *ret_flags,
                            struct ga_error *err);
/* Of the rows (from_on, id, is_here) of a statement: is the child gone on the store's day? */
enum ga_rc ga_presence_read(struct ga_store *store, struct ga_stmt *stmt, bool *ret_has_left, struct ga_error *err);

/* Puts or drops what a record of status_change says. */
enum ga_rc ga_presence_run(struct ga_store *store, enum ga_index_sql sql, int64_t no, const struct ga_answers *change,
                           struct ga_error *err);

#endif
