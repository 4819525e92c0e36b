/* Answers that wait for a second person to type them again. */
#ifndef GUANAI_SCREEN_VERIFY_H
#define GUANAI_SCREEN_VERIFY_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_verify; /* the list, by class; Enter begins; takes no argument */

#endif
