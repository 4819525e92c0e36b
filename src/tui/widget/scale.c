/* One whole number out of a few. */
#include "guanai/tui/widget/scale.h"

#include "guanai/base/num.h"
#include "guanai/text/width.h"

#include <string.h>

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

/* What stands beside the steps: a bare number says nothing to who sees it first. */
enum words { NO_WORDS, END_WORDS, ALL_WORDS };

static const char *step_word(const struct ga_tui_scale *scale, int value, enum words words)
{
    bool is_end = value == scale->low || value == scale->high;
    bool is_said = words == ALL_WORDS || (words == END_WORDS && (is_end || value == scale->value));
    return is_said ? label_of(scale, value) : "";
}

static int steps_cols(const struct ga_tui_scale *scale, enum words words)
{
    char number[GA_NUM_SIZE];
    int cols = 0;
    for (int value = scale->low; value <= scale->high; value++) {
        const char *word = step_word(scale, value, words);
        ga_num_text(number, value);
        cols += 2 + (int)(strlen(number) + (word[0] != '\0') + ga_width_text(word, strlen(word)));
    }
    return cols;
}

static enum words choose_words(const struct ga_tui_scale *scale, int cols)
{
    enum words words = ALL_WORDS;
    while (words > NO_WORDS && steps_cols(scale, words) > cols)
        words--;
    return words;
}

static void add_text(struct ga_canvas *canvas, struct ga_area *area, enum ga_style style, const char *text)
{
    ga_area_cut_left(area, ga_canvas_text(canvas, area->row, area->col, area->cols, style, text));
}

static void paint_step(struct ga_canvas *canvas, struct ga_area *area, int value, const char *word,
                       bool is_picked)
{
    if (is_picked)
        ga_canvas_set_caret(canvas, area->row, area->col);
    enum ga_style style = is_picked ? GA_STYLE_SELECTED : GA_STYLE_NORMAL;
    char number[GA_NUM_SIZE];
    ga_num_text(number, value);
    add_text(canvas, area, GA_STYLE_NORMAL, is_picked ? "[" : " ");
    add_text(canvas, area, style, number);
    if (word[0] != '\0')
        add_text(canvas, area, style, " ");
    add_text(canvas, area, style, word);
    add_text(canvas, area, GA_STYLE_NORMAL, is_picked ? "]" : " ");
}

static void paint_steps(const struct ga_tui_scale *scale, struct ga_canvas *canvas, struct ga_area area)
{
    enum words words = choose_words(scale, area.cols);
    for (int value = scale->low; value <= scale->high; value++)
        paint_step(canvas, &area, value, step_word(scale, value, words), value == scale->value);
    if (words == NO_WORDS && scale->value != GA_SCALE_NONE)
        add_text(canvas, &area, GA_STYLE_NORMAL, label_of(scale, scale->value));
}

void ga_tui_scale_paint(const struct ga_tui_scale *scale, struct ga_canvas *canvas, struct ga_area area,
                        bool is_focused)
{
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    bool has_value = scale->value != GA_SCALE_NONE;
    if (is_focused && !has_value)
        ga_canvas_set_caret(canvas, area.row, area.col);
    if (is_focused)
        paint_steps(scale, canvas, area);
    else if (has_value)
        paint_step(canvas, &area, scale->value, label_of(scale, scale->value), false);
}
