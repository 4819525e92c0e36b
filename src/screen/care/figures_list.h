/* The children behind one number. */
#ifndef GUANAI_SRC_SCREEN_FIGURES_LIST_H
#define GUANAI_SRC_SCREEN_FIGURES_LIST_H

#include "guanai/care/figures.h"
#include "guanai/tui/screen.h"

struct ga_figures_list_arg { /* copied */
    struct ga_figures *figures; /* borrowed, as headcount: while nothing is saved nothing is counted anew */
    const struct ga_headcount *headcount;
    struct ga_figures_ask ask;  /* its texts borrowed from the pusher */
    struct ga_figures_pick pick;
};

/* Closes as done when something was saved meanwhile. */
extern const struct ga_screen_ops ga_screen_figures_list;

#endif
