/* Several answers ticked in a list. */
#include "guanai/tui/widget/choices.h"

#include <string.h>

void ga_tui_choices_init(struct ga_tui_choices *choices, const struct ga_tui_options *options)
{
    memset(choices, 0, sizeof(*choices));
    choices->options = *options;
    if (choices->options.count > GA_CHOICES_MAX)
        choices->options.count = GA_CHOICES_MAX;
    choices->cursor = -1;
}

static bool is_exclusive(const struct ga_tui_choices *choices, size_t i)
{
    const struct ga_tui_options *options = &choices->options;
    return options->is_exclusive != NULL && options->is_exclusive(options->ctx, i);
}

void ga_tui_choices_toggle(struct ga_tui_choices *choices, size_t i)
{
    if (i >= choices->options.count)
        return;
    bool is_on = !choices->is_on[i];
    for (size_t k = 0; is_on && k < choices->options.count; k++)
        if (is_exclusive(choices, i) || is_exclusive(choices, k))
            choices->is_on[k] = false;
    choices->is_on[i] = is_on;
    choices->is_changed = true;
}

static enum ga_reply tick_digit(struct ga_tui_choices *choices, int digit)
{
    if (digit == 0)
        choices->asks_for_list = true;
    else if ((size_t)digit <= choices->options.count)
        ga_tui_choices_toggle(choices, (size_t)digit - 1);
    return digit == 0 ? GA_HANDLED : GA_REDRAW;
}

static enum ga_reply step(struct ga_tui_choices *choices, int by)
{
    int to = choices->cursor + by;
    if (to >= 0 && to < (int)choices->options.count)
        choices->cursor = to;
    return GA_REDRAW;
}

static enum ga_reply clear(struct ga_tui_choices *choices)
{
    memset(choices->is_on, 0, sizeof(choices->is_on));
    choices->is_changed = true;
    return GA_REDRAW;
}

enum ga_reply ga_tui_choices_event(struct ga_tui_choices *choices, const struct ga_event *event)
{
    int digit = ga_event_digit(event);
    if (digit >= 0)
        return tick_digit(choices, digit);
    if (ga_event_is_key(event, GA_KEY_RIGHT))
        return step(choices, 1);
    if (ga_event_is_key(event, GA_KEY_LEFT))
        return step(choices, -1);
    if (ga_event_is_key(event, ' ') && choices->cursor >= 0) {
        ga_tui_choices_toggle(choices, (size_t)choices->cursor);
        return GA_REDRAW;
    }
    if (ga_event_is_key(event, GA_KEY_DELETE) || ga_event_is_key(event, GA_KEY_BACKSPACE))
        return clear(choices);
    return GA_IGNORED;
}

static bool is_ticked(const void *widget, size_t i)
{
    return ((const struct ga_tui_choices *)widget)->is_on[i];
}

int ga_tui_choices_rows(const struct ga_tui_choices *choices, int cols, enum ga_lang lang)
{
    struct ga_area area = {0, 0, 1, cols};
    return ga_tui_options_flow(&choices->options, NULL, area, lang, is_ticked, choices, choices->cursor);
}

static void paint_ticked(const struct ga_tui_choices *choices, struct ga_canvas *canvas, struct ga_area area, enum ga_lang lang)
{
    struct ga_str text = {0};
    for (size_t i = 0; i < choices->options.count; i++)
        if (choices->is_on[i])
            ga_str_addf(&text, "%s%s", text.len == 0 ? "" : lang == GA_ZH ? "、" : ", ",
                        choices->options.label(choices->options.ctx, i));
    ga_canvas_text_fit(canvas, area.row, area.col, area.cols, GA_STYLE_FIELD, ga_str_text(&text));
    ga_str_finish(&text);
}

void ga_tui_choices_paint(const struct ga_tui_choices *choices, struct ga_canvas *canvas, struct ga_area area,
                          bool is_focused, enum ga_lang lang)
{
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    if (is_focused)
        ga_tui_options_flow(&choices->options, canvas, area, lang, is_ticked, choices, choices->cursor);
    else
        paint_ticked(choices, canvas, area, lang);
}
