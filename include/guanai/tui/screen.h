/* What a screen owes the loop. */
#ifndef GUANAI_TUI_SCREEN_H
#define GUANAI_TUI_SCREEN_H

#include "guanai/base/arena.h"
#include "guanai/base/error.h"
#include "guanai/base/uuid.h"
#include "guanai/tui/canvas.h"
#include "guanai/tui/keymap.h"

struct ga_ui;
struct ga_screen;

/* What handling something means for the frame. */
enum ga_reply {
    GA_IGNORED, /* not mine: the next one in line is asked */
    GA_HANDLED, /* nothing on the page changed */
    GA_TOUCHED, /* paint again without blanking: only widgets that know their last frame changed */
    GA_REDRAW,  /* paint the whole page */
};

/* What a screen that closed hands to the one below. */
struct ga_tui_result {
    int tag;          /* given to ga_screen_push */
    bool is_done;     /* false: the user went back with Esc; nothing below is set */
    int code;         /* the closing screen's own: which button, which row (from 0) … */
    const char *text; /* may be NULL; lives until resumed returns */
};

/*
 * A screen is state plus these. Only enter and paint are needed. An event goes to `event` first
 * (focused widget), then its key is looked up in the screen's commands, then in the framework's:
 * F1 help, F8 hide, F9 language, Ctrl-L paint anew, Ctrl-Q leave, Esc back.
 */
struct ga_screen_ops {
    const char *name;  /* short, ASCII: tests and logs */
    const char *title; /* GA_N_ */
    const char *help;  /* GA_N_: what this screen is for, a paragraph */
    size_t state_bytes;
    struct ga_keymap commands;
    bool is_dialog; /* a box over the page below; `box` says how large */

    enum ga_rc (*enter)(struct ga_screen *screen, const void *arg, struct ga_error *err);
    void (*leave)(struct ga_screen *screen); /* frees what the state owns outside the arena */
    void (*box)(struct ga_screen *screen, int *rows, int *cols); /* in: room there is; out: wanted */
    void (*layout)(struct ga_screen *screen, struct ga_area area); /* after enter, resize, language */
    void (*paint)(struct ga_screen *screen, struct ga_canvas *canvas);
    enum ga_reply (*event)(struct ga_screen *screen, const struct ga_event *event);
    enum ga_reply (*command)(struct ga_screen *screen, int id);
    bool (*offers)(const struct ga_screen *screen, int id); /* can this command be used now? */
    void (*resumed)(struct ga_screen *screen, const struct ga_tui_result *result);

    /*
     * The language changed under the dialog this screen opened with `tag`. Opening it once more, with the
     * same tag, gives the one that stands there its new words: where it is, what was typed in it stay.
     */
    void (*reword)(struct ga_screen *screen, int tag);

    /* Esc when nobody else took it; NULL: closes, and the lowest screen asks whether to leave. */
    enum ga_reply (*back)(struct ga_screen *screen);
    enum ga_reply (*timer)(struct ga_screen *screen, int64_t now_ms); /* see ga_screen_set_timer */
    bool (*work)(struct ga_screen *screen); /* a slice (≤ 20 ms) of long work; false: no more */
    void (*save_draft)(struct ga_screen *screen); /* before the program ends, however it ends */

    bool is_about_below; /* explains the page below: about what that is about */
    /* Whom or what the page, or the mark on it, is about just now: a record's id. false: nobody. */
    bool (*about)(struct ga_screen *screen, struct ga_uuid *ret_id);

    /* Help for where the focus is (a field's hint), appended to out. */
    void (*help_here)(struct ga_screen *screen, struct ga_str *out);
};

struct ga_screen {
    const struct ga_screen_ops *ops;
    struct ga_ui *ui;
    void *state;           /* state_bytes, zeroed, 16-aligned */
    struct ga_arena arena; /* dies with the screen */
    struct ga_area area;   /* what layout was given */
    char title[160];       /* "": ops->title, translated */
    char status[160];      /* stands in the message line while there is no message */
    struct ga_area box;    /* the whole of it, with a dialog's frame */
    struct ga_tui_result result;
    int64_t timer_ms; /* steady time it is due; 0: none */
    bool has_work;
    bool is_closing;
};

#define GA_STATE(type, screen) ((type *)(screen)->state)

/*
 * Puts a new screen on top: enter has run when this returns, `arg` need not live longer. On failure
 * nothing is pushed and the error is shown. The pusher's resumed() gets the result with this tag.
 */
enum ga_rc ga_screen_push(struct ga_screen *screen, const struct ga_screen_ops *ops, const void *arg,
                          int tag);

/* Leaves once the running callback returns. close_done: with an answer; close: as Esc does. */
enum ga_reply ga_screen_close(struct ga_screen *screen);
enum ga_reply ga_screen_close_done(struct ga_screen *screen, int code, const char *text);

void ga_screen_set_title(struct ga_screen *screen, const char *title); /* copied */
void ga_screen_set_status(struct ga_screen *screen, const char *status); /* copied: "12 / 700" */
void ga_screen_set_timer(struct ga_screen *screen, int after_ms);      /* once; 0 stops it */
void ga_screen_start_work(struct ga_screen *screen); /* ops->work runs whenever no key waits */
enum ga_lang ga_screen_lang(const struct ga_screen *screen);
const char *ga_screen_tr(const struct ga_screen *screen, const char *english);
void *ga_screen_app(const struct ga_screen *screen);             /* ga_ui_config.app */

/* Fill it with ga_message_set while handling an event: it is shown in the message line as a refusal, with a bell. */
struct ga_message *ga_screen_note(const struct ga_screen *screen);

#endif
