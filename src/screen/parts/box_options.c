/* Shows what a digit would pick in a field before one is typed. */
#include "parts/box.h"

#include "guanai/base/num.h"
#include "guanai/text/width.h"

#include <stdio.h>
#include <string.h>

enum { DIGITS = 9, BETWEEN_COLS = 2 };

/* One "3 label" after the other, on to the next row where one ends. */
struct flow {
    struct ga_canvas *canvas;
    struct ga_area area;
    int row, col;
};

static void add_option(struct flow *flow, const char *number, const char *label)
{
    char text[160];
    snprintf(text, sizeof(text), "%s %s", number, label);
    int cols = (int)ga_width_text(text, strlen(text));
    if (flow->col > 0 && flow->col + cols > flow->area.cols) {
        flow->row++;
        flow->col = 0;
    }
    if (flow->row >= flow->area.rows)
        return;
    ga_canvas_text(flow->canvas, flow->area.row + flow->row, flow->area.col + flow->col,
                   flow->area.cols - flow->col, GA_STYLE_NORMAL, text);
    flow->col += cols + BETWEEN_COLS;
}

static void add_choices(struct flow *flow, const struct ga_field *field, enum ga_lang lang)
{
    bool is_scale = field->type->widget == GA_WIDGET_SCALE;
    size_t shown = 0, offered = 0;
    for (size_t i = 0; i < field->list->choices.count; i++) {
        const struct ga_choice *choice = &field->list->choices.items[i];
        if (choice->is_retired || ++offered > DIGITS)
            continue;
        shown++;
        add_option(flow, is_scale ? choice->code : GA_NUM(shown), ga_label_text(&choice->label, lang));
    }
    if (!is_scale)
        add_option(flow, "0", ga_tr(lang, "the whole list"));
}

bool box_paint_options(struct ga_canvas *canvas, struct ga_area area, const struct ga_field *field,
                       enum ga_lang lang)
{
    struct flow flow = {.canvas = canvas, .area = area};
    if (field->filter.text != NULL)
        return false; /* what may be picked hangs on other answers: known once the row is begun */
    if (field->type->widget == GA_WIDGET_BOOLEAN) {
        add_option(&flow, "1", ga_tr(lang, "yes"));
        add_option(&flow, "2", ga_tr(lang, "no"));
    } else if (field->list != NULL) {
        add_choices(&flow, field, lang);
    } else if (field->type->widget == GA_WIDGET_SCALE) {
        for (int64_t i = 1; i <= field->max; i++)
            add_option(&flow, GA_NUM(i), "");
    }
    return flow.col > 0 || flow.row > 0;
}
