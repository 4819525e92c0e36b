/* What ran out while the computer stood still, with one reason for all. */
#ifndef GUANAI_SCREEN_CATCH_UP_H
#define GUANAI_SCREEN_CATCH_UP_H

#include "guanai/tui/screen.h"

/* Argument: NULL, or anything else at the start of the program: then it closes by itself where there is nothing to say. */
extern const struct ga_screen_ops ga_screen_catch_up;

#endif
