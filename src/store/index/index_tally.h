/* The counts of classes while a transaction runs; private to index. */
#ifndef GUANAI_STORE_INDEX_TALLY_H
#define GUANAI_STORE_INDEX_TALLY_H

#include "index/index.h"

/* One child more or less (1, -1) where its sort key places it; linked files behind another count nowhere. */
void ga_index_count_child(struct ga_index *index, struct ga_value sort, const struct ga_index_child *class,
                          unsigned flags, int by);

/* Adds what was counted to _tally; at the end of the transaction. */
enum ga_rc ga_index_tallies_write(struct ga_store *store, struct ga_error *err);
void ga_index_tallies_forget(struct ga_index *index);

#endif
