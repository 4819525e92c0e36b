/* A long text to read. */
#ifndef GUANAI_TUI_WIDGET_VIEWER_H
#define GUANAI_TUI_WIDGET_VIEWER_H

#include "guanai/base/vec.h"
#include "guanai/tui/canvas.h"
#include "guanai/tui/screen.h"

struct ga_tui_viewer {
    const char *text; /* borrowed; lines that begin with "# " are headings */
    struct ga_vec lines;
    int cols; /* as wrapped; 0: not yet */
    int first;
    int rows; /* as last painted */
};

void ga_tui_viewer_init(struct ga_tui_viewer *viewer, const char *text);
void ga_tui_viewer_finish(struct ga_tui_viewer *viewer);
int ga_tui_viewer_lines(struct ga_tui_viewer *viewer, int cols); /* wrapped to this width */

/* ↑ ↓ PgUp PgDn Home End and the space bar. */
enum ga_reply ga_tui_viewer_event(struct ga_tui_viewer *viewer, const struct ga_event *event);
void ga_tui_viewer_paint(struct ga_tui_viewer *viewer, struct ga_canvas *canvas, struct ga_area area);

#endif
