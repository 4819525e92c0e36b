/* The search box: a line to type in, with how much was found beside it. */
#include "guanai/tui/widget/search.h"

#include <string.h>

enum { MAX_CHARS = 60 };

void ga_tui_search_init(struct ga_tui_search *search, const char *label, struct ga_message *note)
{
    memset(search, 0, sizeof(*search));
    search->label = label;
    ga_tui_input_init(&search->input, MAX_CHARS, note);
}

void ga_tui_search_finish(struct ga_tui_search *search)
{
    ga_tui_input_finish(&search->input);
}

static enum ga_reply leave(struct ga_tui_search *search)
{
    if (*ga_tui_input_text(&search->input) != '\0') {
        ga_tui_input_set(&search->input, "");
        search->input.is_changed = true;
    } else {
        search->is_open = false;
    }
    return GA_REDRAW;
}

enum ga_reply ga_tui_search_event(struct ga_tui_search *search, const struct ga_event *event)
{
    if (!search->is_open) {
        if (!ga_event_is_key(event, '/') && !ga_event_is_key(event, 0xFF0F)) /* ／ with the input method on */
            return GA_IGNORED;
        search->is_open = true;
        return GA_REDRAW;
    }
    if (ga_event_is_key(event, GA_KEY_ESC))
        return leave(search);
    /* these walk in the list of what was found */
    if (ga_event_is_key(event, GA_KEY_HOME) || ga_event_is_key(event, GA_KEY_END))
        return GA_IGNORED;
    return ga_tui_input_event(&search->input, event);
}

void ga_tui_search_paint(struct ga_tui_search *search, struct ga_canvas *canvas, struct ga_area area)
{
    if (ga_area_is_empty(area))
        return;
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    int found_cols = ga_canvas_text_cols(canvas, search->found);
    struct ga_area found = ga_area_cut_right(&area, found_cols > 0 ? found_cols + 1 : 0);
    ga_canvas_text(canvas, found.row, found.col + 1, found.cols, GA_STYLE_DIM, search->found);
    int used = ga_canvas_text(canvas, area.row, area.col, area.cols, GA_STYLE_LABEL, search->label);
    ga_area_cut_left(&area, used + 1);
    ga_area_cut_right(&area, 1);
    ga_tui_input_paint(&search->input, canvas, area, search->is_open);
}
