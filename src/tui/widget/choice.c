/* One answer picked out of a list. */
#include "guanai/tui/widget/choice.h"

#include <string.h>

void ga_tui_choice_init(struct ga_tui_choice *choice, const struct ga_tui_options *options, int picked)
{
    memset(choice, 0, sizeof(*choice));
    choice->options = *options;
    choice->picked = picked;
}

static enum ga_reply pick(struct ga_tui_choice *choice, int i)
{
    if (i == choice->picked)
        return GA_HANDLED;
    choice->picked = i;
    choice->is_changed = true;
    return GA_REDRAW;
}

static enum ga_reply pick_digit(struct ga_tui_choice *choice, int digit)
{
    if (digit == 0) {
        choice->asks_for_list = true;
        return GA_HANDLED;
    }
    return (size_t)digit <= choice->options.count ? pick(choice, digit - 1) : GA_HANDLED;
}

static enum ga_reply step(struct ga_tui_choice *choice, int by)
{
    int count = (int)choice->options.count;
    if (count == 0)
        return GA_HANDLED;
    if (choice->picked < 0)
        return pick(choice, by > 0 ? 0 : count - 1);
    int to = choice->picked + by;
    return to < 0 || to >= count ? GA_HANDLED : pick(choice, to);
}

enum ga_reply ga_tui_choice_event(struct ga_tui_choice *choice, const struct ga_event *event)
{
    int digit = ga_event_digit(event);
    if (digit >= 0)
        return pick_digit(choice, digit);
    if (ga_event_is_key(event, GA_KEY_RIGHT) || ga_event_is_key(event, ' '))
        return step(choice, 1);
    if (ga_event_is_key(event, GA_KEY_LEFT))
        return step(choice, -1);
    if (ga_event_is_key(event, GA_KEY_DELETE) || ga_event_is_key(event, GA_KEY_BACKSPACE))
        return pick(choice, -1);
    return GA_IGNORED;
}

static bool is_picked(const void *widget, size_t i)
{
    return ((const struct ga_tui_choice *)widget)->picked == (int)i;
}

int ga_tui_choice_rows(const struct ga_tui_choice *choice, int cols, enum ga_lang lang)
{
    struct ga_area area = {0, 0, 1, cols};
    return ga_tui_options_flow(&choice->options, NULL, area, lang, is_picked, choice, choice->picked);
}

void ga_tui_choice_paint(const struct ga_tui_choice *choice, struct ga_canvas *canvas, struct ga_area area,
                         bool is_focused, enum ga_lang lang)
{
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    if (is_focused) {
        ga_tui_options_flow(&choice->options, canvas, area, lang, is_picked, choice, choice->picked);
        return;
    }
    if (choice->picked >= 0 && (size_t)choice->picked < choice->options.count)
        ga_canvas_text_fit(canvas, area.row, area.col, area.cols, GA_STYLE_FIELD,
                           choice->options.label(choice->options.ctx, (size_t)choice->picked));
}
