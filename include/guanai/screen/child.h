/* The screen of one child's file. */
#ifndef GUANAI_SCREEN_CHILD_H
#define GUANAI_SCREEN_CHILD_H

#include "guanai/base/uuid.h"
#include "guanai/tui/screen.h"

/*
 * Pushes the file over `screen`: its pages to read, its records newest first. When it cannot be
 * read the error is shown and nothing is pushed. resumed() of `screen` gets the tag once it closes:
 * is_done when something was saved meanwhile.
 */
void ga_screen_child_open(struct ga_screen *screen, const struct ga_uuid *child, int tag);

/* The same on the page of a field, by its name, the mark on it; NULL or one that is not asked: on the first page. */
void ga_screen_child_open_at(struct ga_screen *screen, const struct ga_uuid *child, const char *field, int tag);

/* The same with the forms of a new record offered over it: whoever rings is written down in one key less. */
void ga_screen_child_write(struct ga_screen *screen, const struct ga_uuid *child, int tag);

#endif
