/* The days on which a child's site, grade or class number is written to be another; private to this room. */
#ifndef GUANAI_STORE_MOVES_H
#define GUANAI_STORE_MOVES_H

#include "private.h"

#include "guanai/store/life.h"
#include "guanai/text/class_name.h"

enum ga_place { GA_PLACE_SITE, GA_PLACE_GRADE, GA_PLACE_CLASS, GA_PLACES };

extern const char *const ga_place_names[GA_PLACES]; /* the fields */

/* Where the child is said to be from a day on. */
struct ga_place_step {
    char day[11];
    bool says_grade;                /* not only another site or class number */
    const char *values[GA_PLACES];  /* as shown in Chinese, which ga_class_name_parse reads back */
    struct ga_class_name name;      /* of grade and class; number as it stands where they cannot be read */
};

/*
 * moves_many.c: the operations of files as far as they say anything of places; in an arena. Read one file after the other
 * a block of the log would be unpacked for nearly each: a file's operations lie apart, those of one save side by side.
 */
struct ga_place_log {
    const int64_t *files; /* numbers, rising; as often as the file has operations */
    const struct ga_log_op *ops;
    size_t count;
};
enum ga_rc ga_moves_gather(struct ga_store *store, const int64_t *files, size_t count, struct ga_arena *arena,
                           struct ga_place_log *ret_log, struct ga_error *err);
/* Those of one file, oldest first; there may be none. */
const struct ga_log_op *ga_place_log_of(const struct ga_place_log *log, int64_t file, size_t *ret_count);

/*
 * Appends them to `steps`, oldest first, one a day: the last that was written of a day counts. Of the file of that
 * number, which leads: from its operations (from `log`, NULL: read from the store's), and from moves between sites
 * (status_change, kind `moved`) by the day they happened on, unless it is known that there are none. In `arena`.
 */
struct ga_moves_ask {
    int64_t no;
    bool may_have_moved;
    const struct ga_place_log *log;
};
enum ga_rc ga_moves_read(struct ga_store *store, const struct ga_moves_ask *ask, struct ga_arena *arena,
                         struct ga_vec *steps, struct ga_error *err);

/* Numbers (int64_t) of the leading files of all children who ever moved between sites, rising. */
enum ga_rc ga_moves_list_movers(struct ga_store *store, struct ga_vec *movers, struct ga_error *err);

/*
 * stay.c: as ga_store_stays, of the leading file of that number, told up to `end`, a day that is not counted: what was
 * written later is looked at, for it tells whether a year was repeated.
 */
struct ga_stays_ask {
    struct ga_moves_ask moves;
    const char *end;
    const char *left_on; /* NULL: is here */
    enum ga_lang lang;
};
enum ga_rc ga_stays_read(struct ga_store *store, const struct ga_stays_ask *ask, struct ga_arena *arena,
                         struct ga_stay **ret_stays, size_t *ret_count, struct ga_error *err);

#endif
