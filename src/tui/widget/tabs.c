/* The pages of a file, one in sight. */
#include "guanai/tui/widget/tabs.h"

#include "guanai/base/num.h"

static enum ga_reply turn_to(struct ga_tui_tabs *tabs, size_t page)
{
    if (page >= tabs->count || page == tabs->current)
        return GA_HANDLED;
    tabs->current = page;
    return GA_REDRAW;
}

enum ga_reply ga_tui_tabs_event(struct ga_tui_tabs *tabs, const struct ga_event *event)
{
    int digit = ga_event_digit(event);
    if (digit > 0)
        return turn_to(tabs, (size_t)digit - 1);
    if (ga_event_is_key(event, GA_KEY_RIGHT))
        return turn_to(tabs, tabs->current + 1);
    if (ga_event_is_key(event, GA_KEY_LEFT))
        return tabs->current > 0 ? turn_to(tabs, tabs->current - 1) : GA_HANDLED;
    return GA_IGNORED;
}

static void paint_tab(struct ga_canvas *canvas, struct ga_area *area, size_t i, const char *title,
                      bool is_current)
{
    enum ga_style style = is_current ? GA_STYLE_SELECTED : GA_STYLE_NORMAL;
    char number[GA_NUM_SIZE];
    ga_num_text(number, (int64_t)i + 1);
    int used = ga_canvas_text(canvas, area->row, area->col, area->cols, style, is_current ? "[" : " ");
    used += ga_canvas_text(canvas, area->row, area->col + used, area->cols - used, style, number);
    used += ga_canvas_text(canvas, area->row, area->col + used, area->cols - used, style, " ");
    used += ga_canvas_text(canvas, area->row, area->col + used, area->cols - used, style, title);
    used += ga_canvas_text(canvas, area->row, area->col + used, area->cols - used, style,
                           is_current ? "]" : " ");
    ga_area_cut_left(area, used);
}

void ga_tui_tabs_paint(const struct ga_tui_tabs *tabs, struct ga_canvas *canvas, struct ga_area area)
{
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    int wanted = 0;
    for (size_t i = 0; i < tabs->count; i++)
        wanted += ga_canvas_text_cols(canvas, tabs->titles[i]) + 4;
    /* too narrow for all: begin with the one in sight, its neighbours follow */
    size_t first = wanted > area.cols ? tabs->current : 0;
    for (size_t i = first; i < tabs->count && area.cols > 4; i++)
        paint_tab(canvas, &area, i, tabs->titles[i], i == tabs->current);
}
