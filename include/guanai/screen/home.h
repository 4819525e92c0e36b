/* The first screen: finding a child, what was left unfinished, how many there are. */
#ifndef GUANAI_SCREEN_HOME_H
#define GUANAI_SCREEN_HOME_H

#include "guanai/app/session.h"
#include "guanai/tui/loop.h"

extern const struct ga_screen_ops ga_screen_home; /* ga_ui_config.app is the session; no argument */

#endif
