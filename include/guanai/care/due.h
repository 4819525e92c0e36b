/* What is owed, to whom, until when: the one place that says so. */
#ifndef GUANAI_CARE_DUE_H
#define GUANAI_CARE_DUE_H

#include "guanai/base/uuid.h"
#include "guanai/care/duty.h"
#include "guanai/care/figures.h"
#include "guanai/store/roster.h"

/*
 *   forms/duties, definitions ─┐
 *   calendar, today ───────────┼─▶ ga_care ──▶ _due, _due_window, _due_tally ──▶ lists, checklists, counts, v_due
 *   log: records since the mark ┘   (follows)
 *
 * The tables are derived: a function of the records, the duties in force, the configuration and the day. They follow
 * the log as search does: a save costs them nothing, the next look brings the children it touched up to date, in a
 * transaction that waits for no disk. Another duty, another configuration, another edition: all of it is made anew.
 * Screens, checklist, command line, counts read them through here and nowhere else: so they cannot disagree.
 *
 * What counts: a record whose own date lies in the window, whenever it was typed. Where windows overlap (grace, opening
 * early) a record closes the oldest that still lacks one, so that one visit never closes two months. Windows reach from
 * the last school year to a month ahead; of those that were over before the archive began,
 * or before the child's file was made, only what was done is shown.
 * What is stored of outcomes are records (form duty_outcome; of a class, a site, the school place_outcome): excused,
 * postponed; one of form pause_reason excuses all that ran out in a pause (app/catch_up.h). On the day it was put off to
 * it may still be done, and is done in time, though its window was over. Away for a while: the duty rests, unless it was
 * done. Who left stays with what was done up to the last day; what was not done rests.
 */
struct ga_care; /* belongs to one session */

struct ga_care_options {
    struct ga_store *store;
    struct ga_figures *figures;  /* who counts; its definitions are in force, its folders are read */
    const struct ga_config *config;
};

enum ga_rc ga_care_create(const struct ga_care_options *options, struct ga_care **ret_care, struct ga_error *err);
void ga_care_destroy(struct ga_care *care); /* NULL is fine */

/* Reads the duties anew, as ga_figures_load() does with definitions: last good ones stay in force. */
enum ga_rc ga_care_load(struct ga_care *care, struct ga_problems *problems, struct ga_error *err);
const struct ga_duties *ga_care_duties(const struct ga_care *care);
const struct ga_calendar *ga_care_calendar(const struct ga_care *care);
struct ga_store *ga_care_store(const struct ga_care *care);

/* Is it owed here at all: the newest duty_choice for the class (NULL: the school) up to that day, else is_starting. */
bool ga_care_is_on(struct ga_care *care, size_t duty, const struct ga_roster_class *class_of, struct ga_date day);

/* All that what is owed hangs on but records and the day (duties, forms, configuration) as one number. */
uint64_t ga_care_fingerprint(const struct ga_care *care);

/* Brings the tables up to the newest saves and the store's day. Everything below does so first. */
enum ga_rc ga_care_follow(struct ga_care *care, struct ga_error *err);

/* Makes them anew and compares; *ret_differences rows differ (0: all is well). For `check`. */
enum ga_rc ga_care_check(struct ga_care *care, int64_t *ret_differences, struct ga_error *err);

enum ga_due_state {
    GA_DUE_DONE,
    GA_DUE_DONE_LATE,  /* after due_on */
    GA_DUE_OPEN,       /* may be done now */
    GA_DUE_LATE,       /* past due_on, may still be done */
    GA_DUE_MISSED,     /* its time is over */
    GA_DUE_COMING,     /* opens later, or was postponed to a later day */
    GA_DUE_EXCUSED,    /* a reason was given; is_confirmed says whether the headteacher has seen it */
    GA_DUE_RESTS,      /* the child left, or is away for a while */
    GA_DUE_STATE_COUNT,
};
extern const char *const ga_due_codes[GA_DUE_STATE_COUNT]; /* "done" … */
extern const char *const ga_due_words[GA_DUE_STATE_COUNT]; /* GA_N_ */

static inline bool ga_due_is_done(enum ga_due_state state)
{
    return state == GA_DUE_DONE || state == GA_DUE_DONE_LATE;
}

/* One duty of one child (or class, site, school) in one window. */
struct ga_due {
    size_t duty; /* in ga_care_duties() */
    struct ga_window window;
    int64_t child;             /* record number; 0: not per child */
    const char *class_key;     /* "site grade class" as ga_due_tally.class_key */
    bool is_then;              /* the class is called as on the last day of its school year, which is over (past.h) */
    const char *owner;         /* name as the archive has it; "": nobody is written down */
    enum ga_due_state state;
    bool is_confirmed;
    int needed, done, tries;
    struct ga_date done_on;    /* of the newest record that counts */
    int64_t record;            /* that record's number, else of the newest try; 0: none */
    int64_t outcome;           /* number of the record in force, by which it is excused or postponed; 0: none */
    int days_late;             /* today − due_on while LATE or MISSED, else 0 */
};

/* Which; NULL and zero: any. */
struct ga_due_ask {
    const char *owner;
    const char *site, *grade, *class_no;
    int64_t child;
    const char *duty;
    struct ga_days span;   /* windows of which a day opens … due_on lies in it; zero: today in opens … ends */
    uint32_t states;       /* bits 1 << enum ga_due_state; 0: OPEN and LATE */
    size_t limit;          /* 0: all */
};

/* Whose it is: a class; of a site grade and number are "", of the school the site is as well. In `arena`; `shown` "". */
void ga_due_class_of(const struct ga_due *due, struct ga_arena *arena, struct ga_roster_class *ret_class);

/* The school year in which a class of now is called so: until it was taken up the one before. 0: there is no such class. */
int ga_care_class_year(struct ga_care *care, const struct ga_roster_class *class_of);

/* By due_on, duty's order, then roster order; lives in `arena`. */
enum ga_rc ga_due_list(struct ga_care *care, const struct ga_due_ask *ask, struct ga_arena *arena,
                       struct ga_due **ret_dues, size_t *ret_count, struct ga_error *err);

/*
 * Counts of one class (or site, school) for one duty in one window. owed = done + open + missed; excused and resting
 * ones are apart. Reached in 家访 11/24: done 11, owed 24. `tried`: not done, but tried. A postponed one is counted in
 * the window it was owed in, whose row stands in the span it was put off into as well. Of EVERY and AFTER, whose days are each child's own, all that lie in the span are one row
 * without a label. `later`: of those owed the undone ones whose last day lies behind the span, as a visit of the term does
 * behind a month; 0 without a span. What a month asks is owed − later.
 */
struct ga_due_tally {
    size_t duty;
    struct ga_window window;
    const char *site, *grade, *class_no;
    int64_t owed, later, done, done_late, tried, excused, unconfirmed, rests;
};

/* A row a class, duty and window of the ask (child, owner, states, limit are not looked at), in roster order. */
enum ga_rc ga_due_tallies(struct ga_care *care, const struct ga_due_ask *ask, struct ga_arena *arena,
                          struct ga_due_tally **ret_tallies, size_t *ret_count, struct ga_error *err);

/* The same handed out one by one, borrowed until the call returns: of a county no list has to be held. */
typedef void (*ga_due_tally_fn)(void *ctx, const struct ga_due_tally *tally);
enum ga_rc ga_due_tallies_each(struct ga_care *care, const struct ga_due_ask *ask, ga_due_tally_fn each, void *ctx,
                               struct ga_error *err);

/*
 * v_due for reports and expressions: a row each of all there is (TEMP table of this connection, filled when saves or the
 * day have changed since it was last). Columns: child_no (0: of a class, site, the school), child_id, child, site, grade,
 * class, duty, period (the window's label), owner, opens, due_on, ends (NULL: open), state (ga_due_codes), days_late,
 * needed, done, tries, done_on, is_confirmed.
 */
enum ga_rc ga_care_view(struct ga_care *care, struct ga_error *err);

/* Why: the rule, the facts that made it owed, what closes it, what was tried – a line each, in `arena`. */
enum ga_rc ga_due_explain(struct ga_care *care, const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena,
                          const char *const **ret_lines, size_t *ret_count, struct ga_error *err);

#endif
