/* Spreading a teacher's visits over the days of a page of the calendar; private to the screens. */
#ifndef GUANAI_SRC_SCREEN_SCHEDULE_PLAN_H
#define GUANAI_SRC_SCREEN_SCHEDULE_PLAN_H

#include "guanai/screen/session.h"
#include "guanai/tui/screen.h"

/* Shows which trips it would be; the answer comes with that tag. false: nothing is asked, which has been said. */
bool ga_schedule_plan_ask(struct ga_screen *screen, struct ga_session *session, const char *owner, struct ga_days span, int tag);
/* Writes them down. */
void ga_schedule_plan_take(struct ga_screen *screen, struct ga_session *session, const char *owner, struct ga_days span);

/* The same for taking back what was written down last. */
bool ga_schedule_undo_ask(struct ga_screen *screen, struct ga_session *session, const char *owner, int tag);
void ga_schedule_undo_take(struct ga_screen *screen, struct ga_session *session, const char *owner);

#endif
