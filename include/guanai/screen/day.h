/* Which day it is, when the computer's clock cannot be right. */
#ifndef GUANAI_SCREEN_DAY_H
#define GUANAI_SCREEN_DAY_H

#include "guanai/tui/screen.h"

/* Esc goes on with the clock's day; everything saved stays marked as of a doubtful day either way. */
extern const struct ga_screen_ops ga_screen_day; /* no argument */

#endif
