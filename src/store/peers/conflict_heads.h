/* Which heads of a record say different things, and who is to settle it; private to this room. */
#ifndef GUANAI_STORE_CONFLICT_HEADS_H
#define GUANAI_STORE_CONFLICT_HEADS_H

#include "private.h"

#include "guanai/store/conflict.h"
#include "guanai/store/undo.h"

/* How many of these sorted heads are of the first one's group; count > 0. */
size_t ga_heads_of_group(const struct ga_fold_head *heads, size_t count);

/*
 * Is the group, of a record that is not gone, in conflict: two of its heads differ, or one of `_gone` says that it was
 * taken out? Other groups of the program's own never are.
 */
bool ga_heads_differ(const struct ga_fold_head *heads, size_t of_group);

/*
 * conflict_hand.c. The head by which a conflict, the `of_group` heads from `group` on, was handed to somebody, of all
 * heads of its record; NULL: nobody did, or what was handed stands no more.
 */
const struct ga_fold_head *ga_conflict_handing(const struct ga_fold_head *group, size_t of_group,
                                               const struct ga_fold_head *heads, size_t count);

/* Was it handed to somebody else than who is at the keys? Asked of what has several heads: one look into an index. */
bool ga_conflict_is_others(struct ga_store *store, const struct ga_uuid *record, const char *group);

/* The rows of one record that is not gone anew; none; those of every record that has some (a layout without `handed_to`). */
enum ga_rc ga_conflicts_put(struct ga_store *store, int64_t no, const struct ga_fold_head *heads, size_t count,
                            struct ga_error *err);
enum ga_rc ga_conflicts_drop(struct ga_store *store, int64_t no, struct ga_error *err);
enum ga_rc ga_conflicts_put_again(struct ga_store *store, struct ga_error *err);

#endif
