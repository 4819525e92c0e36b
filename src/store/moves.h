/* The days on which a child's site, grade or class number is written to be another; private to this room. */
#ifndef GUANAI_STORE_MOVES_H
#define GUANAI_STORE_MOVES_H

#include "private.h"

#include "guanai/text/class_name.h"

enum ga_place { GA_PLACE_SITE, GA_PLACE_GRADE, GA_PLACE_CLASS, GA_PLACES };

/* Where the child is said to be from a day on. */
struct ga_place_step {
    char day[11];
    bool says_grade;                /* not only another site or class number */
    const char *values[GA_PLACES];  /* as shown in Chinese, which ga_class_name_parse reads back */
    struct ga_class_name name;      /* of grade and class; number as it stands where they cannot be read */
};

/*
 * Appends them to `steps`, oldest first, one a day: the last that was written of a day counts. From the history of the
 * leading file, and from moves between sites (status_change, kind `moved`) by the day they happened on. In `arena`.
 */
enum ga_rc ga_moves_read(struct ga_store *store, const struct ga_uuid *child, struct ga_arena *arena,
                         struct ga_vec *steps, struct ga_error *err);

#endif
