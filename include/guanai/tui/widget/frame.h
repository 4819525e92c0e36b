/* The box a dialog stands in. */
#ifndef GUANAI_TUI_WIDGET_FRAME_H
#define GUANAI_TUI_WIDGET_FRAME_H

#include "guanai/tui/canvas.h"

/* Blanks the area, draws its border with the title in it; answers what is left inside. */
struct ga_area ga_tui_frame_paint(struct ga_canvas *canvas, struct ga_area area, const char *title);

#endif
