/* The board of the three priorities. */
#ifndef GUANAI_SCREEN_PRIORITIES_H
#define GUANAI_SCREEN_PRIORITIES_H

#include "guanai/text/date.h"
#include "guanai/tui/screen.h"

/* What it shows. */
enum ga_priorities_view {
    GA_PRIORITIES_BOARD,
    GA_PRIORITIES_NEXT,      /* by whose turn comes, of the marked priority */
    GA_PRIORITIES_QUIET,     /* those that got nothing for 30, for 60 school days */
    GA_PRIORITIES_VERY_QUIET,
    GA_PRIORITIES_UNREACHED, /* whom nobody reached for 60 school days */
    GA_PRIORITIES_VIEWS,
};
extern const struct ga_screen_ops ga_screen_priorities;
extern const struct ga_screen_ops ga_screen_unreached; /* the same, at first with those whom nobody reached */

/* Pushes what proves that left-behind children came first in a month. */
void ga_screen_proof_open(struct ga_screen *screen, struct ga_date month, int tag);

#endif
