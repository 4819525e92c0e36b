/* Several lines of text being typed. */
#include "guanai/tui/widget/memo.h"

#include "edit_keys.h"
#include "guanai/text/edit.h"
#include "guanai/text/wrap.h"

#include <string.h>

enum { DEFAULT_MAX_CHARS = 2000, FIRST_WRAP_COLS = 60 };

void ga_tui_memo_init(struct ga_tui_memo *memo, size_t max_chars, struct ga_message *note)
{
    memset(memo, 0, sizeof(*memo));
    memo->max_chars = max_chars > 0 ? max_chars : DEFAULT_MAX_CHARS;
    memo->note = note;
    memo->wrap_cols = FIRST_WRAP_COLS;
    ga_tui_memo_set(memo, NULL);
}

void ga_tui_memo_finish(struct ga_tui_memo *memo)
{
    ga_edit_destroy(memo->edit);
    memo->edit = NULL;
}

void ga_tui_memo_set(struct ga_tui_memo *memo, const char *text)
{
    struct ga_edit_limits limits = {.max_chars = memo->max_chars, .is_multiline = true};
    ga_edit_destroy(memo->edit);
    memo->edit = ga_edit_create(&limits, text);
    memo->is_changed = false;
    memo->first_line = 0;
}

void ga_tui_memo_select(struct ga_tui_memo *memo)
{
    ga_edit_select_all(memo->edit);
}

const char *ga_tui_memo_text(const struct ga_tui_memo *memo)
{
    return ga_edit_text(memo->edit);
}

static bool insert(struct ga_tui_memo *memo, const struct ga_event *event)
{
    if (ga_event_is_key(event, GA_CTRL('J'))) /* a line more is asked for: what is there stays */
        ga_edit_unselect(memo->edit);
    if (event->kind == GA_EVENT_PASTE)
        return ga_edit_paste(memo->edit, event->text, event->len);
    return ga_edit_type(memo->edit, event->key == GA_CTRL('J') ? '\n' : event->key);
}

enum ga_reply ga_tui_memo_event(struct ga_tui_memo *memo, const struct ga_event *event)
{
    bool is_changed = false;
    if (ga_event_is_key(event, GA_KEY_UP) || ga_event_is_key(event, GA_KEY_DOWN)) {
        int rows = event->key == GA_KEY_UP ? -1 : 1;
        return ga_edit_move_rows(memo->edit, rows, (size_t)memo->wrap_cols) ? GA_TOUCHED : GA_IGNORED;
    }
    if (ga_event_is_typing(event) || ga_event_is_key(event, GA_CTRL('J'))) {
        is_changed = insert(memo, event);
        ga_edit_keys_refuse(memo->edit, memo->max_chars, memo->note);
    } else if (!ga_edit_keys_run(memo->edit, event, &is_changed)) {
        return GA_IGNORED;
    }
    memo->is_changed |= is_changed;
    return is_changed ? GA_REDRAW : GA_TOUCHED; /* a line more moves what stands below */
}

int ga_tui_memo_lines(const struct ga_tui_memo *memo, int cols)
{
    size_t lines =
        ga_wrap_count(ga_edit_text(memo->edit), ga_edit_len(memo->edit), cols > 0 ? (size_t)cols : 1);
    struct ga_edit_place caret = ga_edit_find_caret(memo->edit, cols > 0 ? (size_t)cols : 1);
    return (int)(caret.row + 1 > lines ? caret.row + 1 : lines);
}

static void keep_caret_in_sight(struct ga_tui_memo *memo, int caret_row, int rows)
{
    if (caret_row < memo->first_line)
        memo->first_line = caret_row;
    if (caret_row >= memo->first_line + rows)
        memo->first_line = caret_row - rows + 1;
}

static void paint_lines(const struct ga_tui_memo *memo, struct ga_canvas *canvas, struct ga_area area,
                        enum ga_style style)
{
    const char *text = ga_edit_text(memo->edit);
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ga_wrap_begin(&wrap, text, ga_edit_len(memo->edit), (size_t)memo->wrap_cols);
    for (int i = 0; i < memo->first_line + area.rows && ga_wrap_next(&wrap, &line); i++)
        if (i >= memo->first_line)
            ga_canvas_text_n(canvas, area.row + i - memo->first_line, area.col, area.cols, style,
                             text + line.at, line.len);
}

void ga_tui_memo_paint(struct ga_tui_memo *memo, struct ga_canvas *canvas, struct ga_area area,
                       bool is_focused)
{
    if (ga_area_is_empty(area))
        return;
    enum ga_style style = is_focused ? GA_STYLE_FIELD_FOCUSED : GA_STYLE_FIELD;
    memo->wrap_cols = area.cols;
    struct ga_edit_place caret = ga_edit_find_caret(memo->edit, (size_t)area.cols);
    if (is_focused)
        keep_caret_in_sight(memo, (int)caret.row, area.rows);
    ga_canvas_fill(canvas, area, style);
    if (ga_edit_len(memo->edit) == 0 && memo->placeholder != NULL)
        ga_canvas_text(canvas, area.row, area.col, area.cols, GA_STYLE_PLACEHOLDER, memo->placeholder);
    paint_lines(memo, canvas, area, is_focused && ga_edit_is_selected(memo->edit) ? GA_STYLE_SELECTED : style);
    if (is_focused)
        ga_canvas_set_caret(canvas, area.row + (int)caret.row - memo->first_line, area.col + (int)caret.col);
}
