/* The backups that are there, and one more on a stick. */
#ifndef GUANAI_SCREEN_BACKUPS_H
#define GUANAI_SCREEN_BACKUPS_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_backups; /* no argument */

#endif
