/* The children a list is made of: those of one class, of one village, or all of the school. */
#ifndef GUANAI_APP_WHOM_H
#define GUANAI_APP_WHOM_H

#include "guanai/app/session.h"
#include "guanai/store/roster.h"

/* Who has left is never among them. Neither class nor village: the whole school. */
struct ga_whom {
    const struct ga_roster_class *class;
    const char *village;
};

/* In the order of the printed roster, numbered as they stand: of a class as on its printed sheet. */
struct ga_whom_child {
    const struct ga_roster_row *row;
    int64_t number;
};

/* At most `limit` of them; all in `arena`. */
enum ga_rc ga_whom_read(struct ga_session *session, const struct ga_whom *whom, size_t limit, struct ga_arena *arena,
                        struct ga_whom_child **ret_children, size_t *ret_count, struct ga_error *err);

/* Of one child that has not left: its number in the printed sheet of its class; 0: it has none. */
int64_t ga_whom_number(struct ga_session *session, const struct ga_roster_row *row);

/* ga_store_classes() with the site behind the name of a class where another site's is called the same. */
enum ga_rc ga_whom_classes(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                           struct ga_roster_class **ret_classes, size_t *ret_count, struct ga_error *err);

/* The same of the classes of a day as they were then, where its school year is over (care/past.h). */
enum ga_rc ga_whom_classes_in(struct ga_session *session, struct ga_date day, enum ga_lang lang, struct ga_arena *arena,
                              struct ga_roster_class **ret_classes, size_t *ret_count, struct ga_error *err);

/* A class of one day's name by its name on another; GA_NOT_FOUND: there is none. In `arena`. */
enum ga_rc ga_whom_class_in(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date day,
                            struct ga_date other_day, enum ga_lang lang, struct ga_arena *arena, struct ga_roster_class *ret_class,
                            struct ga_error *err);

/* Villages with children, by their number of children; one reading of all children. In `arena`. */
struct ga_whom_village {
    const char *name;
    int64_t children;
};
enum ga_rc ga_whom_villages(struct ga_session *session, struct ga_arena *arena, struct ga_whom_village **ret_villages,
                            size_t *ret_count, struct ga_error *err);

#endif
