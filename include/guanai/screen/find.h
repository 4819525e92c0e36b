/* Finding the one record a field should name. */
#ifndef GUANAI_SCREEN_FIND_H
#define GUANAI_SCREEN_FIND_H

#include "guanai/tui/screen.h"

/*
 * A dialog that searches while it is typed in; `typed` is what was typed so far. Of children
 * everything the search knows, of other forms their newest by summary. resumed() gets the UUID as
 * text.
 */
void ga_screen_find_open(struct ga_screen *screen, const char *form, const char *typed, int tag);

#endif
