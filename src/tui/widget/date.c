/* A date being typed, with what it was understood as beside it. */
#include "guanai/tui/widget/date.h"

#include "guanai/text/edit.h"

#include <string.h>

enum { TYPED_COLS = 16, MAX_CHARS = 20 };

void ga_tui_date_init(struct ga_tui_date *date, struct ga_message *note)
{
    memset(date, 0, sizeof(*date));
    ga_tui_input_init(&date->input, MAX_CHARS, note);
    date->input.folds_width = true;
}

void ga_tui_date_finish(struct ga_tui_date *date)
{
    ga_tui_input_finish(&date->input);
}

static bool step(struct ga_tui_date *date, int days)
{
    char text[GA_DATE_HINT_SIZE];
    if (date->step == NULL || !date->step(date->ctx, ga_tui_input_text(&date->input), days, text))
        return false;
    ga_edit_set_text(date->input.edit, text);
    ga_edit_select_all(date->input.edit); /* a day typed now is another one */
    date->input.is_changed = true;
    return true;
}

enum ga_reply ga_tui_date_event(struct ga_tui_date *date, const struct ga_event *event)
{
    /* "-" is also part of 2026-11-21: it steps only where a whole date stands already */
    if (ga_event_is_key(event, '+') && step(date, 1))
        return GA_TOUCHED;
    if (ga_event_is_key(event, '-') && strlen(ga_tui_input_text(&date->input)) >= 10 && step(date, -1))
        return GA_TOUCHED;
    return ga_tui_input_event(&date->input, event);
}

void ga_tui_date_paint(struct ga_tui_date *date, struct ga_canvas *canvas, struct ga_area area,
                       bool is_focused, enum ga_lang lang)
{
    struct ga_area typed = ga_area_cut_left(&area, TYPED_COLS);
    ga_tui_input_paint(&date->input, canvas, typed, is_focused);
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    const char *text = ga_tui_input_text(&date->input);
    char hint[GA_DATE_HINT_SIZE] = "";
    if (date->hint == NULL || *text == '\0')
        return;
    bool is_date = date->hint(date->ctx, text, lang, hint);
    ga_area_cut_left(&area, 1);
    ga_canvas_text(canvas, area.row, area.col, area.cols, is_date ? GA_STYLE_DIM : GA_STYLE_WARNING, hint);
}
