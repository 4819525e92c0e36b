/* Screens that ask one thing. */
#ifndef GUANAI_TUI_DIALOG_H
#define GUANAI_TUI_DIALOG_H

#include "guanai/tui/screen.h"

/*
 * All texts here are in the user's language already; they are copied. Opened once more from reword()
 * (tui/screen.h) the dialog that stands takes them over; an error puts itself into the other language.
 */

/* A text to read; scrolls when long; any of Enter, Esc closes. */
void ga_dialog_show(struct ga_screen *screen, const char *title, const char *text, int tag);
void ga_dialog_error(struct ga_screen *screen, const struct ga_error *err, int tag);

/* Yes or no: y/n/是/否/1/2/Enter. result.code 1 yes, 0 no; Esc: not done. */
void ga_dialog_confirm(struct ga_screen *screen, const char *title, const char *text, bool default_yes,
                       int tag);

/* One of up to 9 numbered ways on; result.code is its index from 0; Enter takes the first. */
enum { GA_DIALOG_CHOICES = 9 };
void ga_dialog_choose(struct ga_screen *screen, const char *title, const char *text,
                      const char *const *options, size_t count, int tag);

/* The same where a step goes on with Enter: a digit only marks, Enter takes what is marked, `picked` at first. */
void ga_dialog_mark(struct ga_screen *screen, const char *title, const char *text, const char *const *options,
                    size_t count, size_t picked, int tag);

/*
 * A question that comes up while somebody types with the eyes on the keys: only ↑ ↓ and Enter choose, and what is
 * marked first is the first way. Text typed or pasted answers nothing: it closes the dialog with the code
 * GA_DIALOG_TYPED and itself as result.text, for the page below to take as if nothing had been asked.
 */
enum { GA_DIALOG_TYPED = -1 };
void ga_dialog_interrupt(struct ga_screen *screen, const char *title, const char *text, const char *const *options,
                         size_t count, int tag);

/* One line typed; result.text. secret: shown as *. */
struct ga_dialog_ask {
    const char *title;
    const char *text;
    const char *initial;
    bool gives_way;   /* the first character typed takes the place of `initial`: a day, not a path */
    size_t max_chars; /* 0: 200 */
    bool is_secret;
};
void ga_dialog_ask(struct ga_screen *screen, const struct ga_dialog_ask *ask, int tag);

#endif
