/* Which heads of a record say different things; private to project, conflict. */
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

/* conflict_hand.c: fills in to whom a conflict with its values was handed, from all heads of the record. */
void ga_conflict_tell_handed(const struct ga_fold_head *heads, size_t count, struct ga_arena *arena,
                             struct ga_conflict *conflict);

#endif
