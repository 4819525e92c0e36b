/* A box to type in above the list of what it finds. */
#ifndef GUANAI_TUI_WIDGET_TYPED_LIST_H
#define GUANAI_TUI_WIDGET_TYPED_LIST_H

#include "guanai/tui/widget/input.h"
#include "guanai/tui/widget/list.h"

/*
 * ↑ ↓ PgUp PgDn walk in the list, Home and End too while the box is empty, else in the typed text; Esc
 * empties the box before it means anything else; all other typing and editing goes into the box
 * (box->is_changed: list again). Enter is left to the owner.
 */
enum ga_reply ga_tui_typed_list_event(struct ga_tui_input *box, struct ga_tui_list *list,
                                      const struct ga_event *event);

/*
 * True for what cannot begin the name of anything: / that leads to a box everywhere else, ? that asks
 * for help, a blank.
 */
bool ga_tui_is_no_beginning(const struct ga_tui_input *box, const struct ga_event *event);

#endif
