/* Who was here on a day. */
#ifndef GUANAI_STORE_ROLL_H
#define GUANAI_STORE_ROLL_H

#include "guanai/base/vec.h"
#include "guanai/store/store.h"

/*
 * Record numbers (int64_t, as ga_roster_row.no) of the children who were here on that day, in roster
 * order, appended to `nos`; of linked files (store/same.h) the leading one. What decides is the newest change
 * of status up to the day, of one day the one made later (the greater id, on every computer the same); before the first
 * change a child is taken to have been what that change ended: here before leaving, not here before coming back.
 */
enum ga_rc ga_store_roll(struct ga_store *store, struct ga_date day, struct ga_vec *nos, struct ga_error *err);

/* Was that one child here: of each day, in the order given. By its record's number, of linked files the leading one's. */
enum ga_rc ga_store_here_on(struct ga_store *store, int64_t child, const struct ga_date *days, size_t count,
                            bool *ret_here, struct ga_error *err);

/*
 * The dated changes that decide it: by child, then day, of one day the one that counts last. On a day a child is as the
 * newest of them up to it says; before the first, the opposite of what that one says. Of children by number, both included:
 * what it costs does not grow with the school.
 */
enum ga_rc ga_store_presences(struct ga_store *store, int64_t from, int64_t to,
                              void (*each)(void *ctx, int64_t child, const char *from_on, bool is_here), void *ctx,
                              struct ga_error *err);

/* A change of status; texts borrowed until the call returns. */
struct ga_change_of_status {
    int64_t child; /* its record's number, of linked files the leading one's */
    const char *kind, *from_on;
    const char *until_on; /* NULL: open */
};

/* Every change up to that day, by child, then the oldest first; none without the form status_change. */
enum ga_rc ga_store_changes(struct ga_store *store, struct ga_date day,
                            void (*each)(void *ctx, const struct ga_change_of_status *change), void *ctx,
                            struct ga_error *err);

/* Those of children by number, both included: what it costs does not grow with the school. */
enum ga_rc ga_store_changes_between(struct ga_store *store, int64_t from, int64_t to, struct ga_date day,
                                    void (*each)(void *ctx, const struct ga_change_of_status *change), void *ctx,
                                    struct ga_error *err);

#endif
