/* Several answers ticked in a list. */
#ifndef GUANAI_TUI_WIDGET_CHOICES_H
#define GUANAI_TUI_WIDGET_CHOICES_H

#include "guanai/tui/screen.h"
#include "guanai/tui/widget/options.h"

enum { GA_CHOICES_MAX = 256 };

struct ga_tui_choices {
    struct ga_tui_options options; /* at most GA_CHOICES_MAX */
    bool is_on[GA_CHOICES_MAX];
    int cursor;
    bool is_changed;
    bool asks_for_list;
};

void ga_tui_choices_init(struct ga_tui_choices *choices, const struct ga_tui_options *options);

/* Ticks or unticks; an exclusive one takes all others away, any other takes the exclusive ones away. */
void ga_tui_choices_toggle(struct ga_tui_choices *choices, size_t i);

/* 1–9 tick, 0 asks for the whole list, ← → and the space bar walk and tick, Delete clears. */
enum ga_reply ga_tui_choices_event(struct ga_tui_choices *choices, const struct ga_event *event);
int ga_tui_choices_rows(const struct ga_tui_choices *choices, int cols, enum ga_lang lang);
void ga_tui_choices_paint(const struct ga_tui_choices *choices, struct ga_canvas *canvas,
                          struct ga_area area, bool is_focused, enum ga_lang lang);

#endif
