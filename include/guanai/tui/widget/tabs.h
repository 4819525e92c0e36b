/* The pages of a file, one in sight. */
#ifndef GUANAI_TUI_WIDGET_TABS_H
#define GUANAI_TUI_WIDGET_TABS_H

#include "guanai/tui/canvas.h"
#include "guanai/tui/screen.h"

enum { GA_TABS_MAX = 12 };

struct ga_tui_tabs {
    const char *titles[GA_TABS_MAX]; /* translated; borrowed */
    size_t count;
    size_t current;
};

/* ← → turn pages (not around the ends), 1–9 go to one. */
enum ga_reply ga_tui_tabs_event(struct ga_tui_tabs *tabs, const struct ga_event *event);
void ga_tui_tabs_paint(const struct ga_tui_tabs *tabs, struct ga_canvas *canvas, struct ga_area area);

#endif
