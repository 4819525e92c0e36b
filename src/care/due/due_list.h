/* A list of what is owed in the making; private to due_list.c, due_page.c, due_tally.c. */
#ifndef GUANAI_SRC_CARE_DUE_LIST_H
#define GUANAI_SRC_CARE_DUE_LIST_H

#include "due/due_inner.h"

/* A due with what orders it beside its last day on time. */
struct ga_due_found {
    struct ga_due due;
    int32_t due_on;
    size_t at; /* in the order they were come upon: that of the roster (due_page.c sees to it that it is) */
};

struct ga_due_listing {
    struct ga_care *care;
    const struct ga_due_ask *ask;
    struct ga_arena *arena;
    bool *is_wanted;        /* a window each: it has a day in the span */
    uint32_t states;
    long duty;              /* −1: any */
    struct ga_vec found;    /* struct ga_due_found */
    const char *headteacher;
    /* the class being read */
    const char *class_key, *teacher;
    bool is_then; /* due_past.c: the class is one of then, whatever the child's is now */
    bool only_own, without_own; /* due_page.c: rows with days of their own alone, none of them */
};

enum ga_rc ga_due_listing_start(struct ga_due_listing *listing, struct ga_care *care, const struct ga_due_ask *ask,
                                struct ga_arena *arena, struct ga_error *err);
void ga_due_listing_finish(struct ga_due_listing *listing);

/* Is the class, site, school one that is asked for? */
bool ga_due_listing_has(const struct ga_due_listing *listing, const struct ga_due_place *place);

/* Adds what fits of a class's children, of a statement's child that was stepped onto. */
enum ga_rc ga_due_listing_add_class(struct ga_due_listing *listing, const struct ga_due_place *place, struct ga_error *err);
void ga_due_listing_add_child(struct ga_due_listing *listing, struct ga_stmt *stmt);
void ga_due_listing_set_class(struct ga_due_listing *listing, const char *class_key);
/* What the class, site or school itself owes. */
enum ga_rc ga_due_listing_add_place(struct ga_due_listing *listing, const struct ga_due_place *place, struct ga_error *err);

/* Does a row fit the span that is asked for? */
bool ga_due_listing_spans(const struct ga_due_listing *listing, const struct ga_due_row *row,
                          const struct ga_due_window *window);

/* A class's counts, rows of its own; appended. */
enum ga_rc ga_due_read_class(struct ga_care *care, const char *key, struct ga_vec *counts, struct ga_str *rows,
                             struct ga_error *err);
/* How many children the duty is owed for in a window: of a class, of all of a site, of the school. */
enum ga_rc ga_due_count_fitting(struct ga_due_listing *listing, const struct ga_due_place *place, struct ga_vec *counts,
                                struct ga_str *rows, struct ga_error *err);

/* due_page.c: the first `limit` without reading the school. */
bool ga_due_page_may(const struct ga_due_listing *listing);
enum ga_rc ga_due_page_fill(struct ga_due_listing *listing, struct ga_error *err);

void ga_due_listing_sort(struct ga_due_listing *listing);
/* Sorts, cuts. */
void ga_due_listing_order(struct ga_due_listing *listing);

#endif
