/* What is owed, opened for a page. */
#ifndef GUANAI_SRC_SCREEN_CARE_OPEN_H
#define GUANAI_SRC_SCREEN_CARE_OPEN_H

#include "guanai/app/care.h"
#include "guanai/tui/screen.h"

/* The session's care; what was found wrong in its files on the way is said in the message line. */
enum ga_rc ga_care_open(struct ga_screen *screen, struct ga_care **ret_care, struct ga_error *err);

/* Says that files of definitions or duties have faults; nothing when there are none. */
void ga_care_tell_problems(struct ga_screen *screen, const struct ga_problems *problems);

#endif
