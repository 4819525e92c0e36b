/* One page on how this program works. */
#ifndef GUANAI_SCREEN_GUIDE_H
#define GUANAI_SCREEN_GUIDE_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_guide; /* no argument */

#endif
