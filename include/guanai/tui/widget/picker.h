/* A dialog that shows a whole list of options to filter. */
#ifndef GUANAI_TUI_WIDGET_PICKER_H
#define GUANAI_TUI_WIDGET_PICKER_H

#include "guanai/tui/screen.h"
#include "guanai/tui/widget/options.h"

/*
 * Opens over `screen`: type to filter (options.matches) or a number as shown, ↑ ↓ walk, Enter picks.
 * result.code: the index in options. `options` (and its ctx) must outlive the dialog.
 */
struct ga_tui_pick {
    const char *title; /* translated; copied */
    const struct ga_tui_options *options;
    int picked;        /* where the selection starts; -1: at the top */
    const bool *is_on; /* several: ticked ones to begin with, options->count of them; NULL: single */
    bool picks_by_digit; /* where labels hold no numbers: of up to nine the digit picks (ticks) at once */
    bool says_whole; /* labels are sentences: the marked one stands below the list, whole, where any is too long */
    bool is_multiple;  /* space ticks; Enter is done; result.text: the indexes, joined by blanks */
};

/* Once more from reword() (tui/screen.h): a new title and labels, what is typed and ticked stays. */
void ga_tui_pick_open(struct ga_screen *screen, const struct ga_tui_pick *pick, int tag);

#endif
