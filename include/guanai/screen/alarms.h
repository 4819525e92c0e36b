/* What must not wait, and the birthdays to come. */
#ifndef GUANAI_SCREEN_ALARMS_H
#define GUANAI_SCREEN_ALARMS_H

#include "guanai/tui/screen.h"

/* Alarms that stand, of the user's children, of the whole school for the headteacher. Argument: the id of an alarm, copied; NULL: all. */
extern const struct ga_screen_ops ga_screen_alarms;

/* Birthdays of this week and the next, of the same children; no argument. */
extern const struct ga_screen_ops ga_screen_birthdays;

#endif
