/* What the first screen says of what is owed, kept so that a start need not work it out. */
#ifndef GUANAI_CARE_BRIEF_H
#define GUANAI_CARE_BRIEF_H

#include "guanai/care/due.h"

/*
 * Opening what is owed reads and checks every duty and definition: thirty starts' worth. The first screen needs a few
 * numbers that are the same until something is saved, a file of duties or definitions, the configuration or the day
 * changes. They lie in `_due_brief`, a row a user, derived like the tables beside it; ga_brief_key() is what they hang on.
 */
enum { GA_BRIEF_LINES_MAX = 12 };

struct ga_brief_line { /* a duty of which something is open */
    const char *duty;
    struct ga_label title;
    int per; /* enum ga_duty_per */
    int64_t open, late;
    struct ga_date due_on; /* of the first one */
};

struct ga_brief {
    struct ga_brief_line lines[GA_BRIEF_LINES_MAX]; /* what the user owes, in the order of duties */
    size_t count;
    int64_t owed, done, unconfirmed; /* of the whole school, in the windows of today */
};

/* A number that is another one when the answers may be others: of the store's newest operation and day, the files, `config`. */
uint64_t ga_brief_key(struct ga_store *store, const struct ga_config *config, const struct ga_folders *folders,
                      const struct ga_io_ops *io);

/* As kept under that key; texts in `arena`. *ret_is_kept false: it must be made. */
enum ga_rc ga_brief_read(struct ga_store *store, const char *user, uint64_t key, struct ga_arena *arena,
                         struct ga_brief *ret_brief, bool *ret_is_kept, struct ga_error *err);

/* Worked out, and kept where that can be done; texts in `arena`. */
enum ga_rc ga_brief_make(struct ga_care *care, const char *user, uint64_t key, struct ga_arena *arena,
                         struct ga_brief *ret_brief, struct ga_error *err);

#endif
