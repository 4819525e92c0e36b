/* All pages that the first screen has no room for. */
#ifndef GUANAI_SCREEN_MORE_H
#define GUANAI_SCREEN_MORE_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_more; /* no argument */

#endif
