/* The one loop: events in, frames out, a stack of screens between. */
#ifndef GUANAI_TUI_LOOP_H
#define GUANAI_TUI_LOOP_H

#include "guanai/base/uuid.h"
#include "guanai/tui/io.h"
#include "guanai/tui/screen.h"

/* The framework's own commands; a screen's row with the same key wins. */
enum ga_ui_command {
    GA_UI_HELP = -1,
    GA_UI_HIDE = -2,
    GA_UI_LANG = -3,
    GA_UI_REPAINT = -4,
    GA_UI_QUIT = -5,
    GA_UI_BACK = -6,
};

enum { GA_UI_MIN_ROWS = 12, GA_UI_MIN_COLS = 40 };

struct ga_ui_config {
    const struct ga_tui_io *io; /* borrowed */
    enum ga_lang lang;
    const char *program; /* in the title line: the school's name; borrowed, may be NULL */
    const char *banner;  /* 演示 …, translated by the caller; NULL for none; borrowed */
    int hide_after_ms;   /* the page hides itself; 0: never */
    void *app;           /* whatever the screens share; borrowed */
    void (*lang_changed)(void *app, enum ga_lang lang); /* may be NULL */

    /*
     * What must be at hand whatever stands on the page, a dialog too: keys that no page is asked about first, and, where
     * nothing is typed, letters that no page takes. Pages they open have room on the stack beyond its bound. They stand
     * in the help of every page.
     */
    struct ga_keymap anywhere;
    enum ga_reply (*run_anywhere)(struct ga_screen *top, int id); /* NULL: no such keys */
};

struct ga_ui *ga_ui_create(const struct ga_ui_config *config);
void ga_ui_destroy(struct ga_ui *ui); /* leaves all screens, top first; NULL is fine */

/* The first screen; further ones come from ga_screen_push. */
enum ga_rc ga_ui_start(struct ga_ui *ui, const struct ga_screen_ops *ops, const void *arg,
                       struct ga_error *err);

void ga_ui_run(struct ga_ui *ui); /* until the last screen closed or the terminal went away */

/* One event handled, then painted and flushed when something changed; tests drive this. False: over. */
bool ga_ui_step(struct ga_ui *ui, const struct ga_event *event);
void ga_ui_paint(struct ga_ui *ui); /* paints and flushes now */

struct ga_canvas *ga_ui_canvas(struct ga_ui *ui);
struct ga_screen *ga_ui_top(struct ga_ui *ui); /* NULL when over */
struct ga_screen *ga_ui_find(struct ga_ui *ui, const struct ga_screen_ops *ops); /* the uppermost one; NULL: not open */
void ga_ui_renew(struct ga_ui *ui); /* lays all pages out again: what they show was changed beside them */

/* Which record the page, or the mark on it, is about: the page's own answer, a dialog's, else that of the page below it, as of one that explains a page. */
bool ga_ui_about(struct ga_ui *ui, struct ga_uuid *ret_id);
void ga_ui_set_lang(struct ga_ui *ui, enum ga_lang lang); /* lays everything out again */
void ga_ui_set_corner(struct ga_ui *ui, const char *text); /* right end of the title line: who, what day */
size_t ga_ui_keys_left_out(const struct ga_ui *ui); /* of the bar last painted: those that had no room */
bool ga_ui_is_hidden(const struct ga_ui *ui);
void ga_ui_quit(struct ga_ui *ui); /* drafts saved, all screens closed after the running callback */
bool ga_ui_keep_drafts(struct ga_ui *ui); /* of all pages; false: one could not be kept, which has been said */
void ga_ui_go_home(struct ga_ui *ui); /* all but the lowest page close after the running callback, without an answer */

/* The message line above the key bar, kept until the next key. */
void ga_ui_say(struct ga_ui *ui, enum ga_style style, const char *text); /* translated already; copied */
void ga_ui_say_message(struct ga_ui *ui, enum ga_style style, const struct ga_message *msg);
void ga_ui_say_error(struct ga_ui *ui, const struct ga_error *err);

/*
 * For work that cannot be cut into slices: shows how far it is (from half a second on, at most five
 * times a second), looks for Esc. True: the user wants it stopped. total 0: not known.
 */
bool ga_ui_progress(struct ga_ui *ui, const char *what, int64_t done, int64_t total);

/*
 * For work (ga_screen_ops.work) that begins anew when it is given up: it runs for a second already and something waits.
 * That is handled next, and the work begins anew once nothing was typed for two seconds.
 */
bool ga_ui_is_wanted(struct ga_ui *ui);

#endif
