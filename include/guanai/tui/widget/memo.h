/* Several lines of text being typed. */
#ifndef GUANAI_TUI_WIDGET_MEMO_H
#define GUANAI_TUI_WIDGET_MEMO_H

#include "guanai/tui/canvas.h"
#include "guanai/tui/screen.h"

struct ga_edit;

struct ga_tui_memo {
    struct ga_edit *edit;     /* owned */
    struct ga_message *note;  /* borrowed; may be NULL */
    const char *placeholder;  /* borrowed, translated */
    size_t max_chars;
    bool is_changed;
    int first_line; /* first wrapped line shown */
    int wrap_cols;  /* as last painted: ↑ and ↓ move by what the eye sees */
};

void ga_tui_memo_init(struct ga_tui_memo *memo, size_t max_chars, struct ga_message *note);
void ga_tui_memo_finish(struct ga_tui_memo *memo);
void ga_tui_memo_set(struct ga_tui_memo *memo, const char *text);
void ga_tui_memo_select(struct ga_tui_memo *memo); /* all of it: text/edit.h */
const char *ga_tui_memo_text(const struct ga_tui_memo *memo);

/*
 * Ctrl-J puts a line feed (Enter moves on, as everywhere). ↑ in the first line and ↓ in the last are
 * ignored, so that the form can leave the field.
 */
enum ga_reply ga_tui_memo_event(struct ga_tui_memo *memo, const struct ga_event *event);
int ga_tui_memo_lines(const struct ga_tui_memo *memo, int cols); /* rows needed at this width, ≥ 1 */
void ga_tui_memo_paint(struct ga_tui_memo *memo, struct ga_canvas *canvas, struct ga_area area,
                       bool is_focused);

#endif
