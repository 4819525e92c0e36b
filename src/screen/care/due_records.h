/* All records behind one due, where there is more than one. */
#ifndef GUANAI_SRC_SCREEN_DUE_RECORDS_H
#define GUANAI_SRC_SCREEN_DUE_RECORDS_H

#include "guanai/care/due.h"
#include "guanai/tui/screen.h"

/* Pushes the list over the page, newest first; Esc comes back to it. `due` and `name` (whose it is) are copied. */
void ga_due_records_open(struct ga_screen *screen, struct ga_care *care, const struct ga_due *due, const char *name, int tag);

#endif
