/* The classes of a school year that is over; private to due_past.c, due_list.c, due_tally.c. */
#ifndef GUANAI_SRC_CARE_DUE_PAST_H
#define GUANAI_SRC_CARE_DUE_PAST_H

#include "due_list.h"

struct ga_due_past_class {
    struct ga_due_place place; /* `place` is not set: it stands nowhere in today's roster */
    const char *teacher;       /* of then; "": nobody is written down */
    int64_t *children;         /* numbers, in the order of today's roster; who left that year last */
    size_t children_count;
};

struct ga_due_past {
    int64_t op; /* as of */
    int year;   /* the school year that began then */
    struct ga_arena arena;
    struct ga_due_past_class *classes; /* in roster order */
    size_t count;
};

/* Of the school year of that day, which is over (ga_care_is_over). Kept until something is saved; borrowed till the next call. */
enum ga_rc ga_due_past_read(struct ga_care *care, struct ga_date day, const struct ga_due_past **ret_past, struct ga_error *err);
void ga_due_past_forget(struct ga_care *care);

/* Does the listing ask about a school year that is over? */
bool ga_due_past_is_asked(const struct ga_due_listing *listing);

/* Adds what fits of the class's children, under its name and its teacher of then; then what the class itself owed. */
enum ga_rc ga_due_past_add_children(struct ga_due_listing *listing, const struct ga_due_past_class *class_of, struct ga_error *err);
enum ga_rc ga_due_past_add_place(struct ga_due_listing *listing, const struct ga_due_past_class *class_of, struct ga_error *err);

#endif
