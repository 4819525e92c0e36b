/* Which duties are done here: each with what it costs, switched on or off. */
#ifndef GUANAI_SCREEN_DUTIES_H
#define GUANAI_SCREEN_DUTIES_H

#include "guanai/tui/screen.h"

/* All duties in their order; no argument. Done: something was switched. */
extern const struct ga_screen_ops ga_screen_duties;

#endif
