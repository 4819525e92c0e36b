/* The list on which the children of one record are ticked. */
#ifndef GUANAI_SRC_SCREEN_TICKS_H
#define GUANAI_SRC_SCREEN_TICKS_H

#include "guanai/app/entry.h"
#include "guanai/tui/screen.h"

/* What result.code says when it closes with is_done; Esc closes as well, with everything kept. */
enum ticks_end { TICKS_GO_ON, TICKS_SAVE };

/*
 * Over `screen`, which owns the entry. `repeat` is one that ga_ticks_names() has a field of. `at` (nullable): a
 * field of the repeat to begin in, in the row given.
 */
void ga_screen_ticks_open(struct ga_screen *screen, struct ga_entry *entry, const struct ga_field *repeat,
                          const struct ga_field *at, const struct ga_uuid *row, int tag);

#endif
