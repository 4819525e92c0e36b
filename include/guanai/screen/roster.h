/* All children of the school in the order of a printed roster. */
#ifndef GUANAI_SCREEN_ROSTER_H
#define GUANAI_SCREEN_ROSTER_H

#include "guanai/app/session.h"
#include "guanai/store/roster.h"
#include "guanai/tui/loop.h"

/* Opens on top; `filter` (nullable: everybody) says which children to begin with; it is copied. */
enum ga_rc ga_screen_roster_open(struct ga_ui *ui, struct ga_session *session,
                                 const struct ga_roster_filter *filter);

extern const struct ga_screen_ops ga_screen_roster; /* argument: struct ga_roster_filter, nullable */

#endif
