/* The notes on one field: to read, to mark as done, to add to. */
#ifndef GUANAI_SCREEN_NOTES_H
#define GUANAI_SCREEN_NOTES_H

#include "guanai/app/note.h"
#include "guanai/tui/screen.h"

/*
 * A box over the page. resumed() gets the tag with is_done when a note was written or marked. What is typed but not
 * written is kept and stands there again, also after a power cut.
 */
void ga_screen_notes_open(struct ga_screen *screen, const struct ga_note_place *place, int tag);

extern const struct ga_screen_ops ga_screen_note_list; /* all that are open; no argument */

#endif
