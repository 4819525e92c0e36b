/* After the computer stood still for long: what ran out meanwhile with nothing recorded. */
#ifndef GUANAI_APP_CATCH_UP_H
#define GUANAI_APP_CATCH_UP_H

#include "guanai/app/session.h"
#include "guanai/care/due.h"

/*
 * domain.md §4: a machine that was off over 30 days starts with a catch-up page. Holidays count: whoever was away over
 * the summer owes what the holiday duties asked for; where none ran out there is nothing to say.
 *
 *   start: the newest save is older than 30 days ──▶ the pause is noted ──▶ page, line on the first screen
 *   page:  duties whose time ended in the pause with nothing recorded, by duty and class
 *            ├─ one reason for all, a class, a duty ──▶ records of form pause_reason ──▶ excused, waiting to be confirmed
 *            ├─ left open ──▶ they stay missed; the note goes
 *            └─ typed in afterwards, dated then ──▶ done
 *   the headteacher's signature of the class's month confirms, as every reason (app/sign.h)
 *
 * A reason is a record a class and month with its children in it, not one a child and duty: a county's 6,577 children
 * with some 30,000 duties that ran out in two months are some 300 records. All of one answer is one transaction; what
 * is left is found again at every look, so nothing hangs on finishing in one go. What is of a class or the school
 * itself has a record of its own. A reason stands only where nothing was recorded: what is typed in later goes before.
 */
#define GA_PAUSE_REASON_FORM "pause_reason"
enum { GA_PAUSE_DAYS = 30 };

/*
 * At the start of the program: is the newest save older than that? Then it is noted (a setting of this computer, so
 * that it is not forgotten with the first save), *ret_is_new true. The newest of all: where saves of others were taken in
 * somebody sat here. Only after a pause the days of all saves are looked at.
 */
enum ga_rc ga_catch_up_notice(struct ga_session *session, bool *ret_is_new, struct ga_error *err);

/* The pause that was noted; nothing is worked out. false: none, or this user has settled it. */
bool ga_catch_up_noted(struct ga_session *session, struct ga_days *ret_pause);

/* This user is done with the noted one: what is left stays open, as it can still be looked at and given a reason. */
enum ga_rc ga_catch_up_settle(struct ga_session *session, struct ga_error *err);

/* What ran out of a duty in a class (of `class_of.grade` "": at a site, "" as well: at the school). */
struct ga_catch_up_row {
    size_t duty; /* in ga_care_duties() */
    const char *class_key; /* as ga_due.class_key */
    struct ga_roster_class class_of; /* site, grade, class_no, shown */
    int64_t count, children;
};

struct ga_catch_up {
    bool has_pause, is_noted; /* is_noted: ga_catch_up_noted() */
    struct ga_days pause;  /* from the day of the last save before it to the day of the next one, or today */
    bool is_of_school;     /* else of the user's own children and classes alone */
    struct ga_due *dues;   /* each that ran out */
    size_t dues_count;
    struct ga_catch_up_row *rows; /* by duty, then roster order */
    size_t rows_count;
    struct ga_arena *arena;
};

/* Of the pause that was noted (settled or not), else of the latest one within a year. What the first screen shows to the user; all in `arena`. */
enum ga_rc ga_catch_up_read(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                            struct ga_catch_up *ret_catch_up, struct ga_error *err);

enum ga_catch_up_extent {
    GA_CATCH_UP_ALL,
    GA_CATCH_UP_ROW,   /* this duty in this class */
    GA_CATCH_UP_CLASS, /* every duty of its class */
    GA_CATCH_UP_DUTY,  /* its duty in every class */
};

/* How many duties, classes (places) and records that would be; to be said before. `row` NULL with ALL. */
struct ga_catch_up_counts {
    int64_t dues, classes, records;
};
struct ga_catch_up_counts ga_catch_up_count(const struct ga_catch_up *catch_up, enum ga_catch_up_extent extent,
                                            const struct ga_catch_up_row *row);

/* Writes the reason down, today, by this user: one transaction. GA_REFUSED without a reason, where nothing is left. */
enum ga_rc ga_catch_up_say(struct ga_session *session, const struct ga_catch_up *catch_up, enum ga_catch_up_extent extent,
                           const struct ga_catch_up_row *row, const char *reason, struct ga_error *err);

#endif
