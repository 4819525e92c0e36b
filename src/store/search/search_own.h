/* The children who come first in a search, at hand between its keys; private to search. */
#ifndef GUANAI_STORE_SEARCH_OWN_H
#define GUANAI_STORE_SEARCH_OWN_H

#include "index/index.h"

#include "guanai/store/roster.h"

/* One of them as lists show it; has not left, leads the files linked to it. */
struct ga_own_child {
    struct ga_roster_row row; /* without class_shown */
    struct ga_value sort;     /* where it stands in the roster */
    const char *hamlet, *address;
};

/*
 * All children of these classes, at most 200 of each. Read at the first key of a search, the same at the next ones until
 * something is saved, the day or the classes are others. Borrowed until the next call.
 */
enum ga_rc ga_search_own(struct ga_store *store, const struct ga_roster_class *own, size_t own_count,
                         const struct ga_own_child **ret_children, size_t *ret_count, struct ga_error *err);

void ga_search_own_forget(struct ga_index *index);

#endif
