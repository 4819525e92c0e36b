/* One answer picked out of a list. */
#ifndef GUANAI_TUI_WIDGET_CHOICE_H
#define GUANAI_TUI_WIDGET_CHOICE_H

#include "guanai/tui/screen.h"
#include "guanai/tui/widget/options.h"

struct ga_tui_choice {
    struct ga_tui_options options;
    int picked;         /* index, -1: none */
    bool is_changed;    /* the owner clears it */
    bool asks_for_list; /* `0` was pressed: the owner opens the picker and clears this */
};

void ga_tui_choice_init(struct ga_tui_choice *choice, const struct ga_tui_options *options, int picked);

/* 1–9 pick, 0 asks for the whole list, ← → go through it, Delete or Backspace takes the answer back. */
enum ga_reply ga_tui_choice_event(struct ga_tui_choice *choice, const struct ga_event *event);
int ga_tui_choice_rows(const struct ga_tui_choice *choice, int cols, enum ga_lang lang); /* when focused */

/* Focused: all ways numbered. Else only what was picked, in one row. */
void ga_tui_choice_paint(const struct ga_tui_choice *choice, struct ga_canvas *canvas, struct ga_area area,
                         bool is_focused, enum ga_lang lang);

#endif
