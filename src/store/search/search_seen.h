/* The rows a search has looked at, each once; private to search. */
#ifndef GUANAI_STORE_SEARCH_SEEN_H
#define GUANAI_STORE_SEARCH_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* {0} is empty. Numbers are positive. */
struct ga_search_seen {
    int64_t *numbers; /* 0 free */
    size_t slots, count;
};

bool ga_search_see(struct ga_search_seen *seen, int64_t no); /* false: was in already */
void ga_search_seen_clear(struct ga_search_seen *seen);
void ga_search_seen_finish(struct ga_search_seen *seen);

#endif
