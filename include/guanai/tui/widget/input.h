/* One line of text being typed. */
#ifndef GUANAI_TUI_WIDGET_INPUT_H
#define GUANAI_TUI_WIDGET_INPUT_H

#include "guanai/base/message.h"
#include "guanai/tui/canvas.h"
#include "guanai/tui/screen.h"

struct ga_edit;

struct ga_tui_input {
    struct ga_edit *edit;     /* owned */
    struct ga_message *note;  /* borrowed: where refusals are said (ga_screen_note); may be NULL */
    const char *placeholder;  /* borrowed, translated; NULL for none */
    size_t max_chars;
    bool folds_width;         /* １２３ and Ａ become 123 and A: numbers, dates, phones, codes */
    bool is_secret;           /* shown as * */
    bool is_changed;          /* set by every change; the owner clears it */
};

void ga_tui_input_init(struct ga_tui_input *input, size_t max_chars, struct ga_message *note);
void ga_tui_input_finish(struct ga_tui_input *input);
void ga_tui_input_set(struct ga_tui_input *input, const char *text); /* caret at the end */
void ga_tui_input_select(struct ga_tui_input *input); /* all of it: text/edit.h */
const char *ga_tui_input_text(const struct ga_tui_input *input);     /* borrowed until the next change */

/*
 * Takes typing, paste (line feeds become blanks) and editing keys: ← → Home End Backspace Delete,
 * Ctrl-U clears. What does not fit is refused whole, with a note. Enter, Tab, ↑ ↓ are left to others.
 */
enum ga_reply ga_tui_input_event(struct ga_tui_input *input, const struct ga_event *event);
void ga_tui_input_paint(struct ga_tui_input *input, struct ga_canvas *canvas, struct ga_area area,
                        bool is_focused);

#endif
