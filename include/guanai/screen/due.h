/* What is to be done: duties that are open, child by child. */
#ifndef GUANAI_SCREEN_DUE_H
#define GUANAI_SCREEN_DUE_H

#include "guanai/tui/screen.h"

/*
 * What the user owes, or the whole school's where that is nothing. Argument: the id of a duty, copied; "ID+": that one with
 * all behind it in the order of duties, until what is shown is chosen anew; NULL: all of them.
 */
extern const struct ga_screen_ops ga_screen_due;

#endif
