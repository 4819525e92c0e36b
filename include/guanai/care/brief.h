/* What the first screen says of what is owed, kept so that a start need not work it out. */
#ifndef GUANAI_CARE_BRIEF_H
#define GUANAI_CARE_BRIEF_H

#include "guanai/care/birthday.h"
#include "guanai/care/due.h"

/*
 * Opening what is owed reads and checks every duty and definition: thirty starts' worth. The first screen needs a few
 * numbers that are the same until something is saved, a file of duties or definitions, the configuration or the day
 * changes. They lie in `_due_brief`, a row a user, derived like the tables beside it; ga_brief_key() is what they hang on.
 */
enum { GA_BRIEF_LINES_MAX = 12, GA_BRIEF_ALARMS_MAX = 12, GA_BRIEF_NAMES_MAX = 4, GA_BRIEF_BIRTHDAYS_MAX = 4, GA_BRIEF_CLASSES_MAX = 4 };

struct ga_brief_line { /* a duty of which something is open */
    const char *duty;
    struct ga_label title;
    int per; /* enum ga_duty_per */
    int64_t open, late;    /* children something is open for (of classes: things); things past their last day */
    int64_t owed, done;    /* of those whose last day is still to come: 11 of 24 */
    struct ga_date due_on; /* of the first one */
};

struct ga_brief_alarm { /* one that stands of any of the children */
    const char *alarm;
    struct ga_label title;
    int64_t count;      /* children */
    const char *names;  /* of the first GA_BRIEF_NAMES_MAX, blanks between */
    struct ga_label text; /* of the first: what the rule says; {since} and {long} are not filled in yet */
    struct ga_date since; /* of the first, as ga_alarm */
    int minute;
};

struct ga_brief_birthday {
    const char *name;
    struct ga_birthday birthday;
};

struct ga_brief {
    struct ga_brief_line lines[GA_BRIEF_LINES_MAX]; /* what the user owes, in the order of duties */
    size_t count;
    int64_t owed, done;   /* of all classes and their children by the end of this month, as the page of the classes counts */
    int64_t later;        /* may be done now, is due behind this month */
    int64_t unconfirmed;  /* reasons that wait, of this month and the one before */
    bool is_of_school; /* what follows is of everybody's children: ga_care_scope_of() */
    bool has_colleagues; /* there is a class whose class teacher is somebody else */
    struct ga_brief_alarm alarms[GA_BRIEF_ALARMS_MAX]; /* the most urgent first */
    size_t alarms_count;
    struct ga_brief_birthday birthdays[GA_BRIEF_BIRTHDAYS_MAX]; /* of left-behind children, from today to the end of next week */
    size_t birthdays_count;
    int64_t birthdays_all; /* of whom these are the first */
    struct ga_roster_class classes[GA_BRIEF_CLASSES_MAX]; /* whose class teacher the user is */
    size_t classes_count;
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
