/* The records of a form that belongs to no one child. */
#ifndef GUANAI_SCREEN_RECORDS_H
#define GUANAI_SCREEN_RECORDS_H

#include "guanai/tui/screen.h"

/*
 * The records of a form of its own over `screen`, newest first: one is opened, a new one made, or one like the
 * last. resumed() of `screen` gets the tag once it closes. `form` is borrowed from the session's forms.
 */
void ga_screen_records_open(struct ga_screen *screen, const char *form, int tag);

#endif
