/* The search keys that begin alike; private to search. */
#ifndef GUANAI_STORE_SEARCH_STRETCH_H
#define GUANAI_STORE_SEARCH_STRETCH_H

#include "index/index_delta.h"
#include "index/index_page.h"

/* The keys in their places and the newest ones as one sorted stretch. */
struct ga_search_stretch {
    const uint8_t *prefix; /* borrowed */
    size_t len;
    const struct ga_vec *newest;
    size_t next; /* of the newest */
    struct ga_index_cursor placed;
    bool has_placed; /* it stands on a key of the stretch */
};

/* Where the keys begin with the prefix. */
enum ga_rc ga_search_stretch_start(struct ga_search_stretch *stretch, struct ga_store *store, const uint8_t *prefix, size_t len,
                                   struct ga_error *err);

/* The next child's number; *ret_no 0: there are no more. */
enum ga_rc ga_search_stretch_next(struct ga_search_stretch *stretch, int64_t *ret_no, struct ga_error *err);

#endif
