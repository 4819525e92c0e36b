/* What computers answered differently, until somebody settles it. */
#ifndef GUANAI_SCREEN_CONFLICTS_H
#define GUANAI_SCREEN_CONFLICTS_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_conflicts; /* no argument */

#endif
