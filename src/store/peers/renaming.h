/* Names that come for operations which are here without them; private to receive. */
#ifndef GUANAI_STORE_RENAMING_H
#define GUANAI_STORE_RENAMING_H

#include "private.h"

/* Is that operation here in format 3? Reads it. */
bool ga_renaming_wants(struct ga_store *store, int64_t no);

/* The first of these, `first` … `last`, that is; withheld ones are none. 0: none is. */
int64_t ga_renaming_first(struct ga_store *store, int64_t first, int64_t last);

/*
 * Puts them where the nameless ones stand: `items`, struct ga_log_item, of format 2, judged by the root that was signed, so
 * that each has the leaf of the one it takes the place of. They are freed, the vector cleared. A block is packed anew, once
 * for all of it that come together.
 */
enum ga_rc ga_renaming_put(struct ga_store *store, struct ga_vec *items, struct ga_error *err);
void ga_renaming_drop(struct ga_vec *items); /* the same without putting them anywhere */

/* What the tables showed while they had no names: their values that name somebody withheld. In the arena. */
void ga_renaming_hide(struct ga_arena *arena, struct ga_log_op *op);

#endif
