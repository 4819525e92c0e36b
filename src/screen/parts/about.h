/* Whom a page is about, found from what the page has. */
#ifndef GUANAI_SRC_SCREEN_ABOUT_H
#define GUANAI_SRC_SCREEN_ABOUT_H

#include "guanai/tui/screen.h"

#include <stdint.h>

/* The file of a child's number. false: 0, which is nobody, or none has it any more. */
bool ga_about_child(struct ga_screen *screen, int64_t no, struct ga_uuid *ret_id);

/* The child that a record belongs to; a file itself, or a record about no child, as it is. false: it cannot be read. */
bool ga_about_record(struct ga_screen *screen, const struct ga_uuid *record, struct ga_uuid *ret_id);

#endif
