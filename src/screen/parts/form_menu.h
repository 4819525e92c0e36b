/* Which forms can be filled in: the usual ones at once, the others behind "more …". */
#ifndef GUANAI_SRC_SCREEN_FORM_MENU_H
#define GUANAI_SRC_SCREEN_FORM_MENU_H

#include "guanai/app/session.h"
#include "guanai/tui/screen.h"
#include "guanai/tui/widget/options.h"

/* In the state of the screen that asks: it must outlive the dialogs. Start it with all zeros. */
struct ga_form_menu {
    struct ga_arena arena;
    const struct ga_form **forms; /* those that stand first (app/form_choice.h), then the others */
    const char **labels;          /* of each its title; the screen may put other words there */
    size_t count;
    size_t first;     /* how many are offered at once, at most eight where there are more */
    const char *more; /* "more …" */
    size_t from;      /* where the list that is open begins */
    struct ga_tui_options options;
};

/* Is this form one of those meant? NULL for one: all are. */
typedef bool ga_form_suits(const struct ga_form *form);

/*
 * Lists the forms in force that suit, but those whose records the program writes itself (by_program in
 * the form). What the menu told before is no longer good.
 */
void ga_form_menu_list(struct ga_form_menu *menu, struct ga_session *session, enum ga_lang lang, ga_form_suits *suits);

/* Of those that stand first only these still do; the rest come next, behind "more …". */
void ga_form_menu_keep_first(struct ga_form_menu *menu, ga_form_suits *suits);

/* Puts one of the others at the end of those that are offered at once, as long as there is a digit for it. */
void ga_form_menu_put_first(struct ga_form_menu *menu, const struct ga_form *form);
void ga_form_menu_finish(struct ga_form_menu *menu);

bool ga_form_menu_has_more(const struct ga_form_menu *menu);

/* Opens the first ones over `screen`, "more …" the last of them; result.code is the place in `forms`, or `first`. */
void ga_form_menu_open(struct ga_form_menu *menu, struct ga_screen *screen, const char *title, int tag);

/* Opens the others over `screen`, found by their words or pinyin; result.code counts from `first`. */
void ga_form_menu_open_rest(struct ga_form_menu *menu, struct ga_screen *screen, const char *title, int tag);

/* Lists every form and opens all of them in one list, `form` marked; result.code is the place in `forms`. */
void ga_form_menu_open_all(struct ga_form_menu *menu, struct ga_screen *screen, const char *title, const char *form,
                           int tag);

#endif
