/* Who counts by each definition on a day. */
#ifndef GUANAI_SCREEN_FIGURES_H
#define GUANAI_SCREEN_FIGURES_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_figures; /* no argument: today, the whole school */

#endif
