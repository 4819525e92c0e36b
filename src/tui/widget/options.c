/* Numbered ways to answer, flowing over rows. */
#include "guanai/tui/widget/options.h"

#include "guanai/base/message.h"
#include "guanai/base/num.h"
#include "guanai/text/width.h"

#include <stdio.h>
#include <string.h>

struct flow {
    struct ga_canvas *canvas; /* NULL: only measured */
    struct ga_area area;
    int row;
    int col;
};

enum { GAP_COLS = 2 };

static void place(struct flow *flow, enum ga_style style, const char *text, bool has_caret)
{
    int cols = (int)ga_width_text(text, strlen(text));
    if (cols > flow->area.cols)
        cols = flow->area.cols;
    if (flow->col > 0 && flow->col + cols > flow->area.cols) {
        flow->row++;
        flow->col = 0;
    }
    if (flow->canvas != NULL && flow->row < flow->area.rows)
        ga_canvas_text(flow->canvas, flow->area.row + flow->row, flow->area.col + flow->col, cols, style,
                       text);
    if (flow->canvas != NULL && has_caret)
        ga_canvas_set_caret(flow->canvas, flow->area.row + flow->row, flow->area.col + flow->col);
    flow->col += cols + GAP_COLS;
}

static void place_option(struct flow *flow, const char *number, const char *label, bool is_on, bool is_cursor)
{
    char text[240];
    const char *mark = !is_on                 ? " "
                       : flow->canvas != NULL ? ga_canvas_mark(flow->canvas, GA_MARK_CHECKED)
                                              : "x";
    snprintf(text, sizeof(text), "%s%s %s", mark, number, label);
    place(flow, is_cursor ? GA_STYLE_SELECTED : is_on ? GA_STYLE_STRONG : GA_STYLE_NORMAL, text, is_cursor);
}

int ga_tui_options_flow(const struct ga_tui_options *options, struct ga_canvas *canvas, struct ga_area area,
                        enum ga_lang lang, ga_tui_option_is_on *is_on, const void *widget, int cursor)
{
    struct flow flow = {canvas, area, 0, 0};
    if (canvas != NULL) /* nothing picked yet: an input method still draws in the field */
        ga_canvas_set_caret(canvas, area.row, area.col);
    size_t numbered = options->count < GA_OPTIONS_NUMBERED ? options->count : GA_OPTIONS_NUMBERED;
    for (size_t i = 0; i < options->count; i++) {
        bool is_ticked = is_on != NULL && is_on(widget, i);
        if (i >= numbered && !is_ticked && (int)i != cursor)
            continue; /* beyond nine only what was picked in the whole list */
        place_option(&flow, i < numbered ? GA_NUM(i + 1) : "·", options->label(options->ctx, i), is_ticked,
                     (int)i == cursor);
    }
    if (options->count > numbered) {
        struct ga_message msg;
        char text[80];
        ga_message_set(&msg, "all (%1)", GA_NUM(options->count));
        place_option(&flow, "0", ga_message_text(&msg, lang, text, sizeof(text)), false, false);
    }
    return flow.row + 1;
}
