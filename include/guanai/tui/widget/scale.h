/* One whole number out of a few. */
#ifndef GUANAI_TUI_WIDGET_SCALE_H
#define GUANAI_TUI_WIDGET_SCALE_H

#include "guanai/tui/screen.h"

struct ga_tui_scale {
    int low;
    int high;  /* ≤ low + 10 */
    int value; /* GA_SCALE_NONE: not answered */
    const char *(*label)(void *ctx, int value); /* translated; NULL, or may answer NULL */
    void *ctx;
    bool is_changed;
};

enum { GA_SCALE_NONE = -1000 };

enum ga_reply ga_tui_scale_event(struct ga_tui_scale *scale,
                                  const struct ga_event *event); /* digit, ← →, Delete */
void ga_tui_scale_paint(const struct ga_tui_scale *scale, struct ga_canvas *canvas, struct ga_area area,
                        bool is_focused);

#endif
