/* Between the parts of a handover; private to them. */
#ifndef GUANAI_SRC_APP_HANDOVER_INNER_H
#define GUANAI_SRC_APP_HANDOVER_INNER_H

#include "guanai/app/handover.h"
#include "guanai/base/vec.h"

/* Any text stands in its place in the patterns below. */
#define GA_HANDOVER_ANY "\x01"

/* handover_matters.c: what is open of a class in that language. */
struct ga_handover_telling {
    const struct ga_roster_class *class_of;
    const char *giver;    /* whose records that were sent back are among it */
    enum ga_lang lang;
    const char *text;     /* set: a line each */
    struct ga_vec *patterns; /* nullable; const char *: appended what every line it could have looks like */
};
enum ga_rc ga_handover_matters(struct ga_session *session, struct ga_handover_telling *telling, struct ga_arena *arena, struct ga_error *err);

/* The children of a class in roster order; in `arena`. */
enum ga_rc ga_handover_children(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_arena *arena,
                                struct ga_roster_row **ret_rows, size_t *ret_count, struct ga_error *err);

#endif
