/* Asks whose names stand in a list: a class, a village, everybody. */
#ifndef GUANAI_SRC_SCREEN_WHOM_PICK_H
#define GUANAI_SRC_SCREEN_WHOM_PICK_H

#include "guanai/app/whom.h"
#include "guanai/tui/screen.h"
#include "guanai/tui/widget/options.h"

/* In the state of the screen that asks: it must outlive the dialogs. */
struct ga_whom_pick {
    struct ga_session *session;
    const char *first;   /* a line before the classes (GA_N_); NULL: none */
    bool with_everybody; /* a line behind all others */
    bool is_village;     /* the villages stand there now */
    struct ga_roster_class *classes;
    size_t classes_count;
    struct ga_whom_village *villages;
    size_t villages_count;
    const char **labels;
    struct ga_tui_options options;
    struct ga_arena arena; /* of all this; until the next opening */
};

void ga_whom_pick_init(struct ga_whom_pick *pick, struct ga_session *session);
void ga_whom_pick_finish(struct ga_whom_pick *pick);

void ga_whom_pick_open(struct ga_whom_pick *pick, struct ga_screen *screen, int tag);
void ga_whom_pick_reword(struct ga_whom_pick *pick, struct ga_screen *screen, int tag); /* whichever stands there */

/* What a result of the tag means. Borrowed until the next opening. */
enum ga_whom_picked {
    GA_WHOM_NOBODY, /* went back */
    GA_WHOM_ASKED,  /* a village is asked for now: the next result says which */
    GA_WHOM_FIRST,  /* the line before the classes */
    GA_WHOM_PICKED, /* ret_whom, with its name in the language of the screen */
};
enum ga_whom_picked ga_whom_pick_take(struct ga_whom_pick *pick, struct ga_screen *screen,
                                      const struct ga_tui_result *result, struct ga_whom *ret_whom,
                                      const char **ret_title);

#endif
