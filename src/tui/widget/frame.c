/* The box a dialog stands in. */
#include "guanai/tui/widget/frame.h"

struct ga_area ga_tui_frame_paint(struct ga_canvas *canvas, struct ga_area area, const char *title)
{
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    ga_canvas_frame(canvas, area, GA_STYLE_FRAME);
    if (title != NULL && *title != '\0' && area.cols > 6) {
        int used = 1 + ga_canvas_text(canvas, area.row, area.col + 3, area.cols - 6, GA_STYLE_STRONG, title);
        ga_canvas_text(canvas, area.row, area.col + 2, 1, GA_STYLE_STRONG, " ");
        ga_canvas_text(canvas, area.row, area.col + 2 + used, 1, GA_STYLE_STRONG, " ");
    }
    return ga_area_inset(area, 1, 2);
}
