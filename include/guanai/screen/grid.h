/* One form filled in for many children at once. */
#ifndef GUANAI_SCREEN_GRID_H
#define GUANAI_SCREEN_GRID_H

#include "guanai/text/date.h"
#include "guanai/tui/screen.h"

/*
 * Asks which form and whose rows, then opens the table over `screen`: a row a child, each row that is typed
 * in a record of its own. resumed() of `screen` gets the tag once it closes: is_done when something was saved.
 */
void ga_screen_grid_new(struct ga_screen *screen, int tag);

/*
 * A class sheet: its forms side by side. `class_of` NULL: whose rows they are is asked, before it which sheet where there
 * are several. Without any sheet that is said. What any day's month has on record is shown; zero: this month's.
 */
struct ga_roster_class;
void ga_screen_grid_sheet(struct ga_screen *screen, const struct ga_roster_class *class_of, struct ga_date month, int tag);
void ga_screen_grid_any_sheet(struct ga_screen *screen, int tag); /* of this month, of a class that is asked for */

/* A draft of one, at the cell where it was left. When it cannot be opened the error is shown. */
void ga_screen_grid_resume(struct ga_screen *screen, int64_t draft_no, int tag);

#endif
