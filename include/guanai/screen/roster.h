/* All children of the school in the order of a printed roster. */
#ifndef GUANAI_SCREEN_ROSTER_H
#define GUANAI_SCREEN_ROSTER_H

#include "guanai/store/roster.h"
#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_roster; /* argument: struct ga_roster_filter (copied), NULL: everybody */

#endif
