/* The end of the school year, step by step. */
#ifndef GUANAI_SCREEN_YEAR_END_H
#define GUANAI_SCREEN_YEAR_END_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_year_end;     /* the steps; no argument */
extern const struct ga_screen_ops ga_screen_year_classes; /* where each class goes; no argument */
extern const struct ga_screen_ops ga_screen_year_teachers; /* who has which class then; no argument */

/* Where each child goes. Argument: struct ga_roster_class, copied; NULL: those of whom something else holds than of their class. */
extern const struct ga_screen_ops ga_screen_year_children;

#endif
