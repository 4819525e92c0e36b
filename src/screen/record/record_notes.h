/* Notes on the fields of the form that is filled in; private to the form screen. */
#ifndef GUANAI_SRC_SCREEN_RECORD_NOTES_H
#define GUANAI_SRC_SCREEN_RECORD_NOTES_H

#include "guanai/store/note.h"
#include "guanai/tui/screen.h"

struct record;
struct record_item;

/* Of the stored record; those of a new one wait in its entry. */
struct record_notes {
    struct ga_note *list;
    size_t count;
    struct ga_arena arena;
};

void record_read_notes(struct ga_screen *screen);
size_t record_count_notes(const struct record *record, const struct record_item *item, size_t *ret_open);
void record_open_notes(struct ga_screen *screen); /* of the focused field */

#endif
