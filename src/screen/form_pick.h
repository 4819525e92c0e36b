/* Asks which form is meant. */
#ifndef GUANAI_SRC_SCREEN_FORM_PICK_H
#define GUANAI_SRC_SCREEN_FORM_PICK_H

#include "guanai/app/session.h"
#include "guanai/tui/screen.h"
#include "guanai/tui/widget/options.h"

/* In the state of the screen that asks: it must outlive the dialog. */
struct ga_form_pick {
    struct ga_session *session;
    enum ga_lang lang;
    struct ga_tui_options options;
    size_t left_out; /* place of the form that is on no menu */
};

/* Opens over `screen` the titles of all forms people fill in, `form` marked; `title` is translated. */
void ga_form_pick_open(struct ga_form_pick *pick, struct ga_screen *screen, const char *title, const char *form,
                       int tag);

/* The name of the form a result stands for; borrowed from the session. */
const char *ga_form_pick_name(const struct ga_form_pick *pick, const struct ga_tui_result *result);

#endif
