/* One whole number out of a few. */
#include "guanai/tui/widget/scale.h"

#include "guanai/base/num.h"

static enum ga_reply set_value(struct ga_tui_scale *scale, int value)
{
    if (value != GA_SCALE_NONE && (value < scale->low || value > scale->high))
        return GA_HANDLED;
    scale->is_changed |= value != scale->value;
    scale->value = value;
    return GA_REDRAW;
}

static enum ga_reply step(struct ga_tui_scale *scale, int by)
{
    if (scale->value == GA_SCALE_NONE)
        return set_value(scale, by > 0 ? scale->low : scale->high);
    return set_value(scale, scale->value + by);
}

enum ga_reply ga_tui_scale_event(struct ga_tui_scale *scale, const struct ga_event *event)
{
    int digit = ga_event_digit(event);
    if (digit >= 0)
        return set_value(scale,
                         digit == 0 && scale->low > 0 ? 10 : digit); /* 0 is ten where there is no nought */
    if (ga_event_is_key(event, GA_KEY_RIGHT))
        return step(scale, 1);
    if (ga_event_is_key(event, GA_KEY_LEFT))
        return step(scale, -1);
    if (ga_event_is_key(event, GA_KEY_DELETE) || ga_event_is_key(event, GA_KEY_BACKSPACE))
        return set_value(scale, GA_SCALE_NONE);
    return GA_IGNORED;
}

static const char *label_of(const struct ga_tui_scale *scale, int value)
{
    const char *label = scale->label != NULL ? scale->label(scale->ctx, value) : NULL;
    return label != NULL ? label : "";
}

static void paint_number(struct ga_canvas *canvas, struct ga_area *area, int value, bool is_picked)
{
    if (is_picked)
        ga_canvas_set_caret(canvas, area->row, area->col);
    char number[GA_NUM_SIZE];
    ga_num_text(number, value);
    int used =
        ga_canvas_text(canvas, area->row, area->col, area->cols, GA_STYLE_NORMAL, is_picked ? "[" : " ");
    used += ga_canvas_text(canvas, area->row, area->col + used, area->cols - used,
                           is_picked ? GA_STYLE_SELECTED : GA_STYLE_NORMAL, number);
    used += ga_canvas_text(canvas, area->row, area->col + used, area->cols - used, GA_STYLE_NORMAL,
                           is_picked ? "]" : " ");
    ga_area_cut_left(area, used);
}

void ga_tui_scale_paint(const struct ga_tui_scale *scale, struct ga_canvas *canvas, struct ga_area area,
                        bool is_focused)
{
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    bool has_value = scale->value != GA_SCALE_NONE;
    if (is_focused && !has_value)
        ga_canvas_set_caret(canvas, area.row, area.col);
    for (int value = scale->low; is_focused && value <= scale->high; value++)
        paint_number(canvas, &area, value, value == scale->value);
    if (!is_focused && has_value)
        paint_number(canvas, &area, scale->value, false);
    if (has_value)
        ga_canvas_text(canvas, area.row, area.col, area.cols, GA_STYLE_NORMAL, label_of(scale, scale->value));
}
