/* Who is at the keys. */
#ifndef GUANAI_SCREEN_NAME_H
#define GUANAI_SCREEN_NAME_H

#include "guanai/tui/screen.h"

/*
 * A name is picked by its digit or typed; it is recorded in everything saved from then on. Drafts of
 * the person before stay. The screen below is resumed with is_done, the new name as text.
 */
extern const struct ga_screen_ops ga_screen_name; /* argument: not NULL when the program has just begun */

#endif
