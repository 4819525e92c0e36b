/* One run that brings what is owed up to date; private to due_follow.c, due_write.c. */
#ifndef GUANAI_SRC_CARE_DUE_FOLLOW_H
#define GUANAI_SRC_CARE_DUE_FOLLOW_H

#include "due/due_inner.h"

/* What one run changes. */
struct ga_due_following {
    struct ga_care *care;
    struct ga_vec children;   /* int64_t: to be counted anew */
    struct ga_map classes;    /* key → struct class_work */
    struct ga_arena arena;
    bool is_all, has_place_records, has_new_people;
    bool has_new_stands; /* read anew, so they are written down */
    bool doubts_stands; /* a class may have been taken back into the grade it came from */
};

/* due_follow.c: as ga_store_touched() hands them out, ctx a ga_due_following; other tables follow by it, too. */
struct ga_touched;
enum ga_rc ga_due_take_touched(void *ctx, const struct ga_touched *touched, struct ga_error *err);

/* due_write.c: writes what the run found, inside a transaction. */
enum ga_rc ga_due_write(struct ga_due_following *following, struct ga_error *err);
void ga_due_write_finish(struct ga_due_following *following);

#endif
