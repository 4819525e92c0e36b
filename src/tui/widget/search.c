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

static bool opens(const struct ga_event *event)
{
    enum { SLASH_FULL_WIDTH = 0xFF0F }; /* with the input method on */
    return ga_event_is_key(event, '/') || ga_event_is_key(event, SLASH_FULL_WIDTH);
}

/* Chinese cannot be meant for a key of the page. */
static bool is_for_box(const struct ga_event *event)
{
    enum { FIRST_HANZI = 0x2E80, FULL_WIDTH = 0xFF00 };
    return event->kind == GA_EVENT_PASTE ||
           (event->kind == GA_EVENT_TEXT && event->key >= FIRST_HANZI && event->key < FULL_WIDTH);
}

static enum ga_reply take_closed(struct ga_tui_search *search, struct ga_tui_list *list, const struct ga_event *event)
{
    if (!opens(event) && !is_for_box(event))
        return ga_tui_list_event(list, event);
    search->is_open = true;
    if (!opens(event))
        ga_tui_input_event(&search->input, event);
    return GA_REDRAW;
}

enum ga_reply ga_tui_search_event(struct ga_tui_search *search, struct ga_tui_list *list, const struct ga_event *event)
{
    if (!search->is_open)
        return take_closed(search, list, event);
    if (ga_tui_is_no_beginning(&search->input, event))
        return opens(event) ? GA_HANDLED : GA_IGNORED;
    enum ga_reply answer = ga_tui_typed_list_event(&search->input, list, event);
    if (answer != GA_IGNORED || !ga_event_is_key(event, GA_KEY_ESC))
        return answer;
    search->is_open = false;
    return GA_REDRAW;
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
