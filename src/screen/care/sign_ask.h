/* Asks before a month is signed. */
#ifndef GUANAI_SRC_SCREEN_SIGN_ASK_H
#define GUANAI_SRC_SCREEN_SIGN_ASK_H

#include "guanai/app/send_back.h"
#include "guanai/app/sign.h"
#include "guanai/tui/screen.h"

/*
 * In the state of the screen that asks: what stands open and what is confirmed with it ──▶ signed. A month that is signed
 * already is signed again or taken back. All its dialogs have one tag.
 */
struct ga_sign_ask {
    struct ga_session *session;
    struct ga_arena arena; /* of the months; anew with every opening */
    struct ga_month *months;
    size_t count, left_open, left_own; /* of all classes: not complete, own work */
    size_t left_back;                  /* complete, but a record was sent back and not mended */
    struct ga_sent_back *sent;         /* all that were sent back, in `arena` */
    size_t sent_count;
    bool is_asked, is_many; /* a question stands there, of all complete classes */
};

/* " · 吴校长 11-30 已签", what changed since; in `arena`. */
const char *ga_sign_words(const struct ga_signature *signature, size_t changes, enum ga_lang lang, struct ga_arena *arena);

void ga_sign_ask_finish(struct ga_sign_ask *ask);

/* One class, complete or not. Says why not where nobody signs own work. */
void ga_sign_ask_open(struct ga_sign_ask *ask, struct ga_screen *screen, const struct ga_roster_class *class_of,
                      struct ga_date month, int tag);

/* Every class of them that is complete, without a record that is still to be mended, not signed yet and no own work. */
void ga_sign_ask_all(struct ga_sign_ask *ask, struct ga_screen *screen, const struct ga_roster_class *classes, size_t count,
                     struct ga_date month, int tag);

/* True: signed or taken back, said in the message line; what was read is old. */
bool ga_sign_ask_take(struct ga_sign_ask *ask, struct ga_screen *screen, const struct ga_tui_result *result);

#endif
