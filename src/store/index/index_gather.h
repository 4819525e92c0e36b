/* Keys of a transaction that brings many children, gathered to be put in their places in one go; private to the index. */
#ifndef GUANAI_STORE_INDEX_GATHER_H
#define GUANAI_STORE_INDEX_GATHER_H

#include "index/index_delta.h"

/*
 * Some 2 MB of keys are held. More are sorted and laid aside (store/scratch.h), one run after the other; at the end all
 * runs are read side by side, so that every page of _search is met once however many keys there are.
 *   run   = piece piece …           some KiB each, of keys that rise; each starts afresh
 *   entry = shared with the key before | 0x80 when gone ‖ length of the rest ‖ rest ‖ number (varint)
 */
struct ga_gather;

/* Nothing is gathered yet. The store is borrowed. */
struct ga_gather *ga_gather_create(struct ga_store *store);
void ga_gather_destroy(struct ga_gather *gather);

/* The same key of the same child may come twice: the later one counts. */
enum ga_rc ga_gather_put(struct ga_gather *gather, const struct ga_index_key_bytes *key, int64_t no, bool is_gone,
                         struct ga_error *err);

/* Puts them all in their places; empty then. */
enum ga_rc ga_gather_place(struct ga_gather *gather, struct ga_error *err);
void ga_gather_forget(struct ga_gather *gather);

/* As if so many keys were the most that are held; for tests. */
void ga_gather_limit(struct ga_gather *gather, size_t keys_most);

int ga_delta_key_compare(const struct ga_delta_key *a, const struct ga_delta_key *b); /* by key, then number */

#endif
