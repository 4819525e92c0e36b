/* Why something was not done: said, taken back, confirmed. */
#ifndef GUANAI_APP_EXCUSE_H
#define GUANAI_APP_EXCUSE_H

#include "guanai/app/session.h"
#include "guanai/care/due.h"

/*
 * What is said is a record of form duty_outcome on the child, naming duty and window; care (care/due.h) reads it. Of a
 * class, a site, the school it is one of form place_outcome, which names the class; such a one is never put off. After
 * a pause one record of form pause_reason stands for many (app/catch_up.h): confirmed once, for all of them.
 *
 *   open ──say_outcome──▶ excused, not confirmed ──confirm (somebody else)──▶ excused
 *    ▲ │                            │
 *    │ └──"postponed", until──▶ comes back on that day
 *    └───────take_back──────────────┘
 */
#define GA_DUTY_OUTCOME_FORM "duty_outcome"
#define GA_PLACE_OUTCOME_FORM "place_outcome"
#define GA_OUTCOME_POSTPONED "postponed" /* needs a day after today */
#define GA_OUTCOME_EXCUSED "excused"     /* needs a reason */

/* Is there anything to say of it, the day being today? */
bool ga_due_takes_outcome(const struct ga_session *session, const struct ga_due *due);

/*
 * Saves what was said by this user today. `outcome` is a code of list duty_outcome; `until` zero but for "postponed";
 * `reason` may be "". GA_REFUSED in a sentence: it is done, its time is over, it is no child's and would be put
 * off, a day or a reason is missing.
 */
enum ga_rc ga_due_say_outcome(struct ga_session *session, const struct ga_due *due, const char *outcome,
                              struct ga_date until, const char *reason, struct ga_error *err);

/* The record that is in force for it; GA_NOT_FOUND: nothing was said. */
enum ga_rc ga_due_outcome_of(struct ga_session *session, const struct ga_due *due, struct ga_uuid *ret_id,
                             struct ga_error *err);

/*
 * Removes that record, so what was said before it is in force again, or nothing; the history keeps it. Of one that
 * stands for many after a pause (app/catch_up.h) the child is taken out, all its duties of that month with it.
 */
enum ga_rc ga_due_take_back(struct ga_session *session, const struct ga_due *due, struct ga_error *err);

/* One that waits to be confirmed. */
struct ga_excuse {
    struct ga_uuid id;       /* of the record */
    struct ga_due due;
    const char *child;       /* name; where no child owes it the class, the site, "" of the school */
    const char *outcome;     /* label, in the language asked for */
    const char *reason;      /* "": none */
    const char *said_by;     /* "": nobody stands there */
    bool is_own;             /* said, or written down, by this user, who confirms nothing of it: domain "nobody signs own work" */
};

/* Those of a class (of `grade` NULL: of the school and its classes) in the month of a day, in the order of ga_due_list; all in `arena`. */
enum ga_rc ga_excuses_waiting(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                              enum ga_lang lang, struct ga_arena *arena, struct ga_excuse **ret_excuses,
                              size_t *ret_count, struct ga_error *err);

/* Today and this user into each that is not own, in one transaction. *ret_count: how many. */
enum ga_rc ga_excuses_confirm(struct ga_session *session, const struct ga_excuse *excuses, size_t count,
                              size_t *ret_count, struct ga_error *err);

#endif
