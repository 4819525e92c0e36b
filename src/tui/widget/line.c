/* Lines that only show something. */
#include "guanai/tui/widget/line.h"

#include <inttypes.h>
#include <stdio.h>

void ga_tui_line_paint(struct ga_canvas *canvas, struct ga_area area, enum ga_style style, const char *left,
                       const char *right)
{
    if (ga_area_is_empty(area))
        return;
    int right_cols = right != NULL && *right != '\0' ? ga_canvas_text_cols(canvas, right) + 1 : 0;
    if (right_cols > area.cols / 2)
        right_cols = area.cols / 2;
    struct ga_area tail = ga_area_cut_right(&area, right_cols);
    if (tail.cols > 0 && area.cols > 0) /* a blank between the two, however long the left one is */
        ga_canvas_text(canvas, area.row, area.col + --area.cols, 1, style, " ");
    ga_canvas_text_fit(canvas, area.row, area.col, area.cols, style, left != NULL ? left : "");
    if (tail.cols > 1) {
        ga_canvas_text_right(canvas, tail.row, tail.col, tail.cols - 1, style, right);
        ga_canvas_text(canvas, tail.row, tail.col + tail.cols - 1, 1, style, " ");
    }
}

int ga_tui_banner_paint(struct ga_canvas *canvas, int row, int col, int max_cols, const char *text)
{
    if (text == NULL || *text == '\0' || max_cols < 3)
        return 0;
    int used = ga_canvas_text(canvas, row, col, 1, GA_STYLE_BANNER, " ");
    used += ga_canvas_text(canvas, row, col + used, max_cols - 2, GA_STYLE_BANNER, text);
    return used + ga_canvas_text(canvas, row, col + used, 1, GA_STYLE_BANNER, " ");
}

static void paint_bar(struct ga_canvas *canvas, struct ga_area bar, int64_t done, int64_t total)
{
    int full = (int)(done * bar.cols / total);
    for (int i = 0; i < bar.cols; i++)
        ga_canvas_text(canvas, bar.row, bar.col + i, 1, i < full ? GA_STYLE_OK : GA_STYLE_DIM,
                       ga_canvas_mark(canvas, i < full ? GA_MARK_FULL : GA_MARK_EMPTY));
}

void ga_tui_progress_paint(struct ga_canvas *canvas, struct ga_area area, const char *what, int64_t done,
                           int64_t total)
{
    char text[160];
    if (total <= 0) {
        snprintf(text, sizeof(text), "%s %" PRId64, what, done);
        ga_tui_line_paint(canvas, area, GA_STYLE_NORMAL, text, "Esc");
        return;
    }
    done = done < 0 ? 0 : done > total ? total : done;
    snprintf(text, sizeof(text), "%" PRId64 " %%  Esc", done * 100 / total);
    ga_tui_line_paint(canvas, area, GA_STYLE_NORMAL, what, text);
    struct ga_area bar = area;
    ga_area_cut_left(&bar, ga_canvas_text_cols(canvas, what) + 1);
    ga_area_cut_right(&bar, 14);
    if (bar.cols >= 4)
        paint_bar(canvas, bar, done, total);
}
