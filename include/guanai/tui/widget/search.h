/* The search box: a line to type in, with how much was found beside it. */
#ifndef GUANAI_TUI_WIDGET_SEARCH_H
#define GUANAI_TUI_WIDGET_SEARCH_H

#include "guanai/tui/widget/typed_list.h"

struct ga_tui_search {
    struct ga_tui_input input; /* input.is_changed: search again */
    const char *label;         /* translated; borrowed */
    char found[48];            /* "12 / 700", in the user's language */
    bool is_open;              /* takes typing */
};

void ga_tui_search_init(struct ga_tui_search *search, const char *label, struct ga_message *note);
void ga_tui_search_finish(struct ga_tui_search *search);

/*
 * Open: as ga_tui_typed_list_event; Esc in the empty box closes it. Closed: the list's keys; `/` opens, and so
 * does typed Chinese, which goes into it.
 */
enum ga_reply ga_tui_search_event(struct ga_tui_search *search, struct ga_tui_list *list,
                                  const struct ga_event *event);
void ga_tui_search_paint(struct ga_tui_search *search, struct ga_canvas *canvas, struct ga_area area);

#endif
