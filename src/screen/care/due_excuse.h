/* Asks why something was not done. */
#ifndef GUANAI_SRC_SCREEN_DUE_EXCUSE_H
#define GUANAI_SRC_SCREEN_DUE_EXCUSE_H

#include "guanai/app/excuse.h"
#include "guanai/tui/screen.h"
#include "guanai/tui/widget/options.h"

enum { GA_DUE_EXCUSES_MAX = 40 };

/*
 * In the state of the screen that asks: what became of it ──▶ the day it is put off to, or one line of reason ──▶ saved.
 * All its dialogs have one tag.
 */
struct ga_due_excuse {
    struct ga_session *session;
    struct ga_due due;   /* its owner is not looked at: that text may be gone meanwhile */
    int step;            /* which dialog stands there */
    const struct ga_choice *outcomes[GA_DUE_EXCUSES_MAX], *outcome;
    struct ga_tui_options options;
    enum ga_lang lang;   /* of the labels */
    const struct ga_label *duty;
    char child[80];
    char class_key[160]; /* the due's */
};

/* Says in the message line why not, when nothing can be said of it. */
void ga_due_excuse_open(struct ga_due_excuse *excuse, struct ga_screen *screen, struct ga_care *care,
                        const struct ga_due *due, int tag);
void ga_due_excuse_reword(struct ga_due_excuse *excuse, struct ga_screen *screen, int tag);

/* Takes a result of that tag. True: something was saved, and said in the message line; what was read is old. */
bool ga_due_excuse_take(struct ga_due_excuse *excuse, struct ga_screen *screen, const struct ga_tui_result *result);

#endif
