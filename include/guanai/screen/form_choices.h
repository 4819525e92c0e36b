/* Which forms stand first: each with what it costs, switched on or off. */
#ifndef GUANAI_SCREEN_FORM_CHOICES_H
#define GUANAI_SCREEN_FORM_CHOICES_H

#include "guanai/tui/screen.h"

/* Those that people fill in, what stands first before the others; no argument. Done: something was switched. */
extern const struct ga_screen_ops ga_screen_form_choices;

#endif
