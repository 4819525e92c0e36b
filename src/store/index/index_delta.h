/* The keys under which children are found, as they are read and written; private to search, doubles_of, index. */
#ifndef GUANAI_STORE_INDEX_DELTA_H
#define GUANAI_STORE_INDEX_DELTA_H

#include "index/index.h"

/*
 * A child has some fifteen keys, scattered over all pages of _search: to write them there made most of a save. So
 * the newest differences lie together in _search_new, a stretch a child. What stands there goes before _search:
 * a key that is gone though it is there, or one that is added though it is not. When many children have come
 * together, or one save brings many, all move to their places.
 */
struct ga_delta_key {
    struct ga_index_key_bytes key;
    bool is_gone;
    int64_t no;
};

enum { GA_DELTA_CHILDREN_IDLE = 40, GA_DELTA_CHILDREN_MAX = 200 };

/* Of one child, both sorted: what stands in one of them only is taken out or put in. */
enum ga_rc ga_delta_change(struct ga_store *store, int64_t no, const struct ga_vec *old, const struct ga_vec *now,
                           struct ga_error *err);

/* Moves the newest keys to their places, all of them; within a transaction. */
enum ga_rc ga_delta_merge(struct ga_store *store, struct ga_error *err);

/* Nobody waits: a good moment to do it. What fails is left for the next one. */
void ga_delta_idle(struct ga_store *store);

/* The end of a transaction. */
enum ga_rc ga_delta_settle(struct ga_store *store, struct ga_error *err);
/* After one that was rolled back, too: the pages that many children took in memory are given back. */
void ga_delta_end_bulk(struct ga_store *store);

/* Reading. The newest keys sorted by key, number; borrowed until the next change. */
enum ga_rc ga_delta_load(struct ga_store *store, const struct ga_vec **ret_keys, struct ga_error *err);
size_t ga_delta_from(const struct ga_vec *keys, const uint8_t *prefix, size_t len); /* the first not before it */
bool ga_delta_has_prefix(const struct ga_delta_key *key, const uint8_t *prefix, size_t len);
bool ga_delta_is_gone(const struct ga_vec *keys, struct ga_value key, int64_t no);
int ga_delta_compare(const struct ga_delta_key *a, struct ga_value key, int64_t no);

#endif
