/* The first screen: finding a child, what was left unfinished, how many there are. */
#ifndef GUANAI_SCREEN_HOME_H
#define GUANAI_SCREEN_HOME_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_home; /* no argument */

#endif
