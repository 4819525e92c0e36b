/* Asks which stick, or which folder. */
#ifndef GUANAI_SRC_SCREEN_STICK_PICK_H
#define GUANAI_SRC_SCREEN_STICK_PICK_H

#include "guanai/app/session.h"
#include "guanai/base/vec.h"
#include "guanai/sync/stick.h"
#include "guanai/tui/screen.h"
#include "guanai/tui/widget/options.h"

/* In the state of the page that asks; whatever it opens closes with the tag it was given. */
struct ga_stick_pick {
    struct ga_session *session;
    struct ga_arena arena;
    struct ga_vec sticks; /* struct ga_stick, as last looked for */
    struct ga_tui_options options;
    enum ga_lang lang;
    bool is_typing; /* another folder */
};

void ga_stick_pick_init(struct ga_stick_pick *pick, struct ga_session *session);
void ga_stick_pick_finish(struct ga_stick_pick *pick);

/* Looks for sticks anew, shows them with "look again" and "another folder …" behind. */
void ga_stick_pick_open(struct ga_stick_pick *pick, struct ga_screen *screen, int tag);

/*
 * For resumed(): true once a folder that is there was chosen; a stick that was not mounted is by then. false: nothing
 * was, or something more is asked. Borrowed until the next open.
 */
bool ga_stick_pick_take(struct ga_stick_pick *pick, struct ga_screen *screen, const struct ga_tui_result *result,
                        const char **ret_folder);

/* For reword(). What was typed needs no new words. */
void ga_stick_pick_reword(struct ga_stick_pick *pick, struct ga_screen *screen, int tag);

#endif
