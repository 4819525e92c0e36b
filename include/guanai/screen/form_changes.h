/* The page on changed forms that wait for an administrator. */
#ifndef GUANAI_SCREEN_FORM_CHANGES_H
#define GUANAI_SCREEN_FORM_CHANGES_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_form_changes; /* no argument */

#endif
