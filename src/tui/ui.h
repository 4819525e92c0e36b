/* The inside of the loop, for the files that make it up. */
#ifndef GUANAI_SRC_TUI_UI_H
#define GUANAI_SRC_TUI_UI_H

#include "guanai/base/vec.h"
#include "guanai/tui/loop.h"

enum { UI_STACK_MAX = 32, UI_STACK_KEPT_FREE = 8, UI_SAID_SIZE = 320 };

struct ga_ui {
    struct ga_ui_config config;
    const struct ga_tui_io *io;
    enum ga_lang lang;
    struct ga_canvas *canvas;
    struct ga_screen *stack[UI_STACK_MAX + UI_STACK_KEPT_FREE];
    size_t depth;
    struct ga_message note;
    char said[UI_SAID_SIZE];
    enum ga_style said_style;
    int said_rows; /* as last painted */
    size_t keys_left_out; /* of the bar, as last painted */
    uint64_t keys_usable; /* page.c: of the page's own in the bar, as last painted */
    char corner[96];
    const char *banner;
    enum ga_reply pending; /* what the next frame must show */
    bool is_hidden;
    bool is_quitting;
    bool is_urgent; /* a command of anywhere runs: what is kept free may be used */
    struct ga_event held; /* looked at by ga_ui_is_wanted(), to be taken next; GA_EVENT_NONE: nothing */
    int64_t work_since_ms; /* the slice of work that runs */
    bool has_given_way;    /* the last one did, to what was held: the next rests until nothing was typed for a while */
    int64_t last_input_ms;
    int64_t progress_since_ms; /* 0: nothing long runs */
    int64_t progress_shown_ms;
};

extern const struct ga_keymap ga_ui_keymap; /* the framework's own commands */

void ga_ui_unsay(struct ga_ui *ui);                        /* the message line is free again */
void ga_ui_ask_for(struct ga_ui *ui, enum ga_reply answer); /* the more thorough of both wins */
void ga_ui_lay_out(struct ga_ui *ui);
void ga_ui_lay_out_screen(struct ga_ui *ui, struct ga_screen *screen);
void ga_ui_settle(struct ga_ui *ui); /* takes closed screens away, hands their results down */
struct ga_screen *ga_ui_standing(const struct ga_screen *screen, const struct ga_screen_ops *ops,
                                 int tag); /* what `screen` opened with this tag; NULL: it is not there */
void ga_ui_drop_screen(struct ga_screen *screen);
bool ga_ui_is_too_small(const struct ga_ui *ui);
const char *ga_ui_title(const struct ga_ui *ui, const struct ga_screen *screen);

/* page.c */
void ga_ui_paint_page(struct ga_ui *ui, bool is_whole);
void ga_ui_paint_progress(struct ga_ui *ui, const char *what, int64_t done, int64_t total);

/* help.c */
void ga_ui_open_help(struct ga_screen *screen);

#endif
