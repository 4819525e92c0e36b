/* Asks whether what was said of duties holds. */
#ifndef GUANAI_SRC_SCREEN_DUE_CONFIRM_H
#define GUANAI_SRC_SCREEN_DUE_CONFIRM_H

#include "guanai/app/excuse.h"
#include "guanai/tui/screen.h"

/* In the state of the screen that asks. */
struct ga_due_confirm {
    struct ga_session *session;
    struct ga_arena arena; /* of what waits; anew with every opening */
    struct ga_excuse *excuses;
    size_t count, own;
};

/* One of them as a line, after a line break where something stands already. */
void ga_due_confirm_add(const struct ga_excuse *excuse, const struct ga_duties *duties, enum ga_lang lang, struct ga_str *out);

void ga_due_confirm_finish(struct ga_due_confirm *confirm);

/* Lists all of a class in the month of a day with who said it, asks once; where nothing waits a message says so. */
void ga_due_confirm_open(struct ga_due_confirm *confirm, struct ga_screen *screen, struct ga_care *care,
                         const struct ga_roster_class *class_of, struct ga_date month, int tag);

/* True: confirmed, and said in the message line; what was read is old. */
bool ga_due_confirm_take(struct ga_due_confirm *confirm, struct ga_screen *screen, const struct ga_tui_result *result);

/*
 * This month; where no reasons wait in it the last one of those `back` before it in which some do. The first page counts
 * those of this month and the one before.
 */
struct ga_date ga_due_confirm_month(struct ga_care *care, struct ga_date today, int back);

#endif
