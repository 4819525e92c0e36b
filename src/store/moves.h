/* The days on which a child's site, grade or class number is written to be another; private to this room. */
#ifndef GUANAI_STORE_MOVES_H
#define GUANAI_STORE_MOVES_H

#include "private.h"

#include "guanai/store/life.h"
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
 * Appends them to `steps`, oldest first, one a day: the last that was written of a day counts. Of the file of that
 * number, which leads: from its operations, and from moves between sites (status_change, kind `moved`) by the day they
 * happened on, unless it is known that there are none. In `arena`.
 */
enum ga_rc ga_moves_read(struct ga_store *store, int64_t no, bool may_have_moved, struct ga_arena *arena,
                         struct ga_vec *steps, struct ga_error *err);

/* Numbers (int64_t) of the leading files of all children who ever moved between sites, rising. */
enum ga_rc ga_moves_list_movers(struct ga_store *store, struct ga_vec *movers, struct ga_error *err);

/*
 * stay.c: as ga_store_stays, of the leading file of that number, told up to `end`, a day that is not counted: what was
 * written later is looked at, for it tells whether a year was repeated.
 */
struct ga_stays_ask {
    int64_t no;
    bool may_have_moved;
    const char *end;
    const char *left_on; /* NULL: is here */
    enum ga_lang lang;
};
enum ga_rc ga_stays_read(struct ga_store *store, const struct ga_stays_ask *ask, struct ga_arena *arena,
                         struct ga_stay **ret_stays, size_t *ret_count, struct ga_error *err);

#endif
