/* Between the parts of a handover; private to them. */
#ifndef GUANAI_SRC_APP_HANDOVER_INNER_H
#define GUANAI_SRC_APP_HANDOVER_INNER_H

#include "guanai/app/handover.h"

/* handover_matters.c: what is open of a class, a line each, into offer->matters; the giver's records sent back among it. */
enum ga_rc ga_handover_matters(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_handover_offer *offer,
                               struct ga_arena *arena, struct ga_error *err);

/* The children of a class in roster order; in `arena`. */
enum ga_rc ga_handover_children(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_arena *arena,
                                struct ga_roster_row **ret_rows, size_t *ret_count, struct ga_error *err);

#endif
