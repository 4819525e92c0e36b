/* Files that may be one child's: the list of pairs, two files side by side. */
#ifndef GUANAI_SCREEN_DOUBLES_H
#define GUANAI_SCREEN_DOUBLES_H

#include "guanai/store/doubles.h"
#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_doubles; /* no argument */

/*
 * Pushes two files side by side: to be judged, or linked already, to take over what the other one says or
 * to part them. resumed() gets the tag; is_done when something was written down.
 */
struct ga_screen_pair_arg {
    struct ga_uuid a, b;           /* a is to lead, or leads */
    struct ga_likeness likeness;   /* degree NOT: nothing is said of it */
};
void ga_screen_pair_open(struct ga_screen *screen, const struct ga_screen_pair_arg *arg, int tag);

#endif
