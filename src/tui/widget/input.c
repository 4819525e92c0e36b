/* One line of text being typed. */
#include "guanai/tui/widget/input.h"

#include "edit_keys.h"
#include "guanai/text/edit.h"
#include "guanai/text/fold.h"

#include <string.h>

enum { DEFAULT_MAX_CHARS = 200 };

static struct ga_edit *make_edit(size_t max_chars)
{
    struct ga_edit_limits limits = {.max_chars = max_chars};
    return ga_edit_create(&limits, NULL);
}

void ga_tui_input_init(struct ga_tui_input *input, size_t max_chars, struct ga_message *note)
{
    memset(input, 0, sizeof(*input));
    input->max_chars = max_chars > 0 ? max_chars : DEFAULT_MAX_CHARS;
    input->note = note;
    input->edit = make_edit(input->max_chars);
}

void ga_tui_input_finish(struct ga_tui_input *input)
{
    ga_edit_destroy(input->edit);
    input->edit = NULL;
}

/* A new one: what is stored is taken whole even when it is over the limit, with nothing to undo to. */
void ga_tui_input_set(struct ga_tui_input *input, const char *text)
{
    struct ga_edit_limits limits = {.max_chars = input->max_chars};
    ga_edit_destroy(input->edit);
    input->edit = ga_edit_create(&limits, text);
    input->is_changed = false;
}

void ga_tui_input_select(struct ga_tui_input *input)
{
    ga_edit_select_all(input->edit);
}

const char *ga_tui_input_text(const struct ga_tui_input *input)
{
    return ga_edit_text(input->edit);
}

static bool insert(struct ga_tui_input *input, const struct ga_event *event)
{
    if (event->kind == GA_EVENT_TEXT)
        return ga_edit_type(input->edit, input->folds_width ? ga_fold_width(event->key) : event->key);
    if (!input->folds_width)
        return ga_edit_paste(input->edit, event->text, event->len);
    struct ga_str folded = {0};
    ga_fold_add_half_width(&folded, event->text, event->len);
    bool is_changed = ga_edit_paste(input->edit, ga_str_text(&folded), folded.len);
    ga_str_finish(&folded);
    return is_changed;
}

enum ga_reply ga_tui_input_event(struct ga_tui_input *input, const struct ga_event *event)
{
    bool is_changed = false;
    if (ga_event_is_typing(event)) {
        is_changed = insert(input, event);
        ga_edit_keys_refuse(input->edit, input->max_chars, input->note);
    } else if (!ga_edit_keys_run(input->edit, event, &is_changed)) {
        return GA_IGNORED;
    }
    input->is_changed |= is_changed;
    return GA_TOUCHED;
}

static void paint_secret(struct ga_tui_input *input, struct ga_canvas *canvas, struct ga_area area,
                         enum ga_style style, bool is_focused)
{
    int count = (int)ga_edit_chars(input->edit);
    int shown = count < area.cols - 1 ? count : area.cols - 1;
    for (int i = 0; i < shown; i++)
        ga_canvas_text(canvas, area.row, area.col + i, 1, style, "*");
    if (is_focused)
        ga_canvas_set_caret(canvas, area.row, area.col + shown);
}

static void paint_text(struct ga_tui_input *input, struct ga_canvas *canvas, struct ga_area area,
                       enum ga_style style, bool is_focused)
{
    const char *text = ga_edit_text(input->edit);
    if (!is_focused) {
        ga_canvas_text_fit(canvas, area.row, area.col, area.cols, style, text);
        return;
    }
    struct ga_edit_view view;
    ga_edit_view(input->edit, area.cols > 3 ? (size_t)area.cols : 3, &view);
    if (ga_edit_is_selected(input->edit))
        style = GA_STYLE_SELECTED;
    ga_canvas_text_n(canvas, area.row, area.col, area.cols, style, text + view.at, view.len);
    ga_canvas_set_caret(canvas, area.row, area.col + (int)view.caret_col);
}

void ga_tui_input_paint(struct ga_tui_input *input, struct ga_canvas *canvas, struct ga_area area,
                        bool is_focused)
{
    if (ga_area_is_empty(area))
        return;
    area.rows = 1;
    enum ga_style style = is_focused ? GA_STYLE_FIELD_FOCUSED : GA_STYLE_FIELD;
    ga_canvas_fill(canvas, area, style);
    if (ga_edit_len(input->edit) == 0 && input->placeholder != NULL)
        ga_canvas_text(canvas, area.row, area.col, area.cols, GA_STYLE_PLACEHOLDER, input->placeholder);
    if (input->is_secret)
        paint_secret(input, canvas, area, style, is_focused);
    else if (ga_edit_len(input->edit) > 0 || is_focused)
        paint_text(input, canvas, area, style, is_focused);
}
