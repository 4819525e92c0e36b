/* The inside of the page of all classes, for the files that make it up. */
#ifndef GUANAI_SRC_SCREEN_CHECKLISTS_STATE_H
#define GUANAI_SRC_SCREEN_CHECKLISTS_STATE_H

#include "care/due_confirm.h"
#include "care/sign_ask.h"
#include "guanai/base/vec.h"
#include "guanai/care/due.h"
#include "guanai/screen/session.h"
#include "guanai/tui/widget/list.h"

#define OVERVIEW_UNKNOWN ((size_t)-1)

/* Over the windows of the month. */
struct overview_share {
    int64_t owed, done, unconfirmed;
};

struct overview_line {
    const struct ga_roster_class *class;
    size_t order;         /* in the roster */
    struct overview_share *shares; /* of all that was to be done by the end of the month or is done, then of each of `duties` */
    int64_t open;         /* of what was to be done by the end of the month */
    const struct ga_signature *signature; /* NULL: nobody signed */
};

struct overview {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena; /* anew whenever things are counted */
    struct ga_date month;
    struct ga_roster_class *classes; /* in roster order */
    size_t classes_count;
    struct overview_line *lines; /* the least complete first */
    struct ga_vec changes; /* size_t: of each class in roster order, OVERVIEW_UNKNOWN till looked at */
    int64_t changes_op;    /* when they were looked at: another operation, another month makes them unknown */
    struct ga_date changes_month;
    size_t duties[GA_DUTIES_MAX]; /* the columns behind the class and its sum */
    size_t duties_count;
    size_t first_duty; /* in sight: there may be more than the page has room for */
    struct overview_share *shares; /* of each class in roster order */
    bool has_begun;       /* with the own class, or: */
    bool at_reasons;      /* with the first of which some wait */
    struct ga_sign_ask sign;
    struct ga_due_confirm confirm; /* of what the school itself owes */
};

/* checklists_count.c: how far they are. */
enum ga_rc overview_count(struct ga_screen *screen, struct ga_error *err); /* the month's classes, anew */
size_t overview_changes(const struct overview *o, const struct overview_line *line); /* since it was signed, as far as that is known */
bool overview_look_at_next(struct ga_screen *screen); /* one more class, while no key waits; false: that was the last */

#endif
