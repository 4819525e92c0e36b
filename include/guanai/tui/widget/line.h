/* Lines that only show something. */
#ifndef GUANAI_TUI_WIDGET_LINE_H
#define GUANAI_TUI_WIDGET_LINE_H

#include "guanai/tui/canvas.h"

#include <stdint.h>

/* Left text cut where the right one begins; both may be NULL. Title, status and message lines. */
void ga_tui_line_paint(struct ga_canvas *canvas, struct ga_area area, enum ga_style style, const char *left,
                       const char *right);

/* " 演示 " in its own style at the left end; answers the columns used, 0 for NULL or "". */
int ga_tui_banner_paint(struct ga_canvas *canvas, int row, int col, int max_cols, const char *text);

/* "what ███░░░ 42 %"; total 0: only what was done so far. */
void ga_tui_progress_paint(struct ga_canvas *canvas, struct ga_area area, const char *what, int64_t done,
                           int64_t total);

#endif
