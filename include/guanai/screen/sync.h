/* What was saved goes from computer to computer by stick. */
#ifndef GUANAI_SCREEN_SYNC_H
#define GUANAI_SCREEN_SYNC_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_sync; /* no argument */

#endif
