/* The classes whose files pass to another class teacher. */
#ifndef GUANAI_SCREEN_HANDOVERS_H
#define GUANAI_SCREEN_HANDOVERS_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_handovers; /* no argument */

#endif
