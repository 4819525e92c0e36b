/* The classes of a school year that is over; private to due_past.c, due_list.c, due_tally.c. */
#ifndef GUANAI_SRC_CARE_DUE_PAST_H
#define GUANAI_SRC_CARE_DUE_PAST_H

#include "due/due_list.h"

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
    struct ga_due_past_child { /* by number */
        int64_t no;
        size_t class_of;
    } *children;
    size_t children_count;
};

/* Of the school year of that day, which is over (ga_care_is_over). Kept until something is saved; borrowed till the next call. */
enum ga_rc ga_due_past_read(struct ga_care *care, struct ga_date day, const struct ga_due_past **ret_past, struct ga_error *err);
/* Of what was read of that year after the newest save; NULL: nothing was, or the child is not known. */
const struct ga_due_past_class *ga_due_past_class_of(const struct ga_care *care, int year, int64_t child);
/* The code of a site as a stay says it; "" where there is none such. */
const char *ga_due_past_site_code(const struct ga_care *care, const char *shown);
/* The school year that a class's name of that day is of: until the turn of the year was run it is the one before. */
int ga_due_past_year_named(const struct ga_care *care, const struct ga_roster_class *class_of, struct ga_date day);

void ga_due_past_forget(struct ga_care *care);

/* Does the listing ask about a school year that is over? */
bool ga_due_past_is_asked(const struct ga_due_listing *listing);

/* Adds what fits of the class's children, under its name and its teacher of then; then what the class itself owed. */
enum ga_rc ga_due_past_add_children(struct ga_due_listing *listing, const struct ga_due_past_class *class_of, struct ga_error *err);
enum ga_rc ga_due_past_add_place(struct ga_due_listing *listing, const struct ga_due_past_class *class_of, struct ga_error *err);

#endif
