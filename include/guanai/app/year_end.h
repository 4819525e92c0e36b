/* The end of the school year: everybody one grade up, but for those of whom something else is said. */
#ifndef GUANAI_APP_YEAR_END_H
#define GUANAI_APP_YEAR_END_H

#include "guanai/app/session.h"

/*
 *   roster + classes' histories + year_class, year_child (what was said otherwise) ──▶ plan ──▶ run: one transaction
 *                                                                                                │
 *                                    undo: all of it taken back, until the year is sealed ◀──────┘ year_end: what was done
 *
 * Nobody has to sit it out in one go: what is said of a class or a child is a record at once, the plan is worked out
 * from them at every look. A child whose grade was written in the present school year (from 1 August on: a new roster
 * was taken in, somebody put it right) stands where it belongs already, so the plan may be run again for those who come
 * late, and a roster may come before or after it.
 *
 * By itself a class goes up within its stage. Where its site has no next grade but another site has, it moves there (the
 * last grade of a teaching point goes to the central school); where no site of the school has the next stage, it has
 * finished here (毕业). Who repeats needs nothing but that it is said: the class that comes behind takes the child up.
 */
enum ga_year_fate {
    GA_YEAR_UP,       /* one grade up, with its class */
    GA_YEAR_REPEATS,
    GA_YEAR_MOVES,    /* to another site, one grade up */
    GA_YEAR_FINISHES, /* leaves the school: 毕业 */
    GA_YEAR_PLACED,   /* its grade was written this school year already */
    GA_YEAR_UNKNOWN,  /* no grade is known, or one without a next: to be seen to by hand */
    GA_YEAR_FATES,
};

/* Codes of the list `year_fate` for the first four; NULL for the others. */
const char *ga_year_fate_code(enum ga_year_fate fate);

struct ga_year_goal {
    enum ga_year_fate fate;
    const char *site, *grade, *class_no; /* where to; "" not known or none */
};

struct ga_year_class {
    const char *site, *grade, *class_no, *shown; /* as the roster has it now */
    struct ga_year_goal goal;
    bool is_chosen;                              /* somebody said so */
    size_t counts[GA_YEAR_FATES];                /* of its children */
};

struct ga_year_child {
    int64_t no;
    int64_t card_no;          /* 0: none */
    const char *name, *birth; /* name, YYYY-MM-DD or YYYY-MM; "" not known */
    size_t class_at;          /* of the plan's classes */
    struct ga_year_goal goal;
    bool is_chosen;           /* somebody said so of this child */
    bool is_unplaced;         /* in none of the classes that its grade has */
    bool is_away;             /* 暂离 today */
    int years_behind;         /* school years since its grade was written, beyond the usual one: more than one step is due? */
};

struct ga_year_plan {
    int school_year; /* in which the year begins that they go up into: 2026 for 2026—2027 */
    struct ga_year_class *classes;
    size_t classes_count;
    struct ga_year_child *children; /* in roster order */
    size_t children_count;
    size_t counts[GA_YEAR_FATES];
    size_t exceptions;       /* children of whom something else holds than of their class, or nothing is known */
    size_t runs;             /* times it was run this school year and not taken back */
    const char *done_on;     /* of the last one; "" */
    const char *sealed_on, *sealed_by; /* ""; "": it can still be taken back */
    struct ga_uuid last_run; /* its record */
};

/* Why a person has to look at a child; the first that holds. */
enum ga_year_odd {
    GA_YEAR_USUAL,
    GA_YEAR_OF_NO_GRADE, /* no grade is known */
    GA_YEAR_SAID,        /* something else was said of it than of its class */
    GA_YEAR_NOT_COME,    /* most of its class stand in the new grade already by a roster, it does not */
    GA_YEAR_AWAY,
    GA_YEAR_BEHIND,      /* its grade was written more than a year ago */
    GA_YEAR_CLASSLESS,   /* it is in none of the classes that its grade has, or moves to none of those that are there */
    GA_YEAR_ODDS,
};
extern const char *const ga_year_odd_words[GA_YEAR_ODDS]; /* GA_N_; "" of the first */
enum ga_year_odd ga_year_odd_of(const struct ga_year_plan *plan, const struct ga_year_child *child);

static inline bool ga_year_is_exception(const struct ga_year_plan *plan, const struct ga_year_child *child)
{
    return ga_year_odd_of(plan, child) != GA_YEAR_USUAL;
}

/* All of it in `arena`. Reads what the history says of each child's class: linear in children. */
enum ga_rc ga_year_plan_read(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                             struct ga_year_plan *ret_plan, struct ga_error *err);

/*
 * The first page asks from 20 August to the end of October: is somebody to go up, and nobody was yet? A plan costs a
 * reading of all children: once it is done that is kept until it is taken back.
 */
enum ga_rc ga_year_is_waiting(struct ga_session *session, bool *ret_is_waiting, struct ga_error *err);

/*
 * Says what is to become of a child, of a class: a record at once, the last word holds. UP, REPEATS, MOVES, FINISHES;
 * for UP and MOVES with the class it goes to. GA_REFUSED for a sealed year.
 */
enum ga_rc ga_year_say_child(struct ga_session *session, const struct ga_year_plan *plan, const struct ga_year_child *child,
                             const struct ga_year_goal *goal, struct ga_error *err);
enum ga_rc ga_year_say_class(struct ga_session *session, const struct ga_year_plan *plan, const struct ga_year_class *class,
                             const struct ga_year_goal *goal, struct ga_error *err);

/*
 * Carries the plan out in one transaction: grades, moves, departures, and the record of it. GA_REFUSED when nobody is
 * left to go anywhere, when a class moves and nobody said where to.
 */
enum ga_rc ga_year_run(struct ga_session *session, const struct ga_year_plan *plan, struct ga_error *err);

/* Takes the last run back as a whole. GA_REFUSED when it is sealed, when something newer builds on it. */
enum ga_rc ga_year_undo(struct ga_session *session, const struct ga_year_plan *plan, struct ga_error *err);

/* From now on it stands. GA_REFUSED when nothing was run. */
enum ga_rc ga_year_seal(struct ga_session *session, const struct ga_year_plan *plan, struct ga_error *err);

#endif
