/* Yes or no. */
#ifndef GUANAI_TUI_WIDGET_BOOLEAN_H
#define GUANAI_TUI_WIDGET_BOOLEAN_H

#include "guanai/tui/screen.h"

struct ga_tui_boolean {
    int value; /* 1, 0, -1: not answered */
    bool is_changed;
};

/* y 1 是 → yes; n 2 0 否 → no; ← → and the space bar turn it over; Delete takes it back. */
enum ga_reply ga_tui_boolean_event(struct ga_tui_boolean *boolean, const struct ga_event *event);
void ga_tui_boolean_paint(const struct ga_tui_boolean *boolean, struct ga_canvas *canvas,
                          struct ga_area area, bool is_focused, enum ga_lang lang);

/* 1 yes, 0 no, -1 for any other key: confirm dialogs ask this too. */
int ga_tui_boolean_key(const struct ga_event *event);

#endif
