/* The files of a class pass to the next class teacher. */
#ifndef GUANAI_APP_HANDOVER_H
#define GUANAI_APP_HANDOVER_H

#include "guanai/app/class_teachers.h"
#include "guanai/store/roster.h"

/*
 * A handover is a record of form handover. What it says is offered from what is known: who has the class and who is to
 * have it (app/class_teachers.h), how many files there are, what is open – as text, for once it is signed it stands as it
 * was on that day, whatever comes later. Everything can be changed before it is saved. Both sign on paper: the sheet is printed.
 */
#define GA_HANDOVER_FORM "handover"

struct ga_handover { /* a record */
    struct ga_uuid id;
    struct ga_date on;
    const char *site, *class_text, *giver, *taker, *matters; /* matters: a line each */
    int64_t files;
    bool giver_signed, taker_signed;
};

struct ga_handover_class { /* a class of the roster */
    struct ga_roster_class class_of;
    struct ga_class_then then;
    const char *teacher;             /* of today; "" */
    const struct ga_handover *last;  /* of this school year, or of the months since June; NULL: none */
    bool is_behind; /* who took the files over is not its class teacher yet; of a class that still goes up the turn of the year says so */
};

/* From the day of the handover on who took the class over is its class teacher: what it owes is theirs. */
enum ga_rc ga_handover_follow(struct ga_session *session, const struct ga_handover_class *class_of, struct ga_error *err);

/*
 * Open care plans of a class's children that name who gave it away as the helper: what they ask for (weekly contact,
 * looking again) is asked of that helper. Passed on they name who takes it, in one save; each plan's history keeps both
 * names. None where one of the two is nobody, or they are one. The plans' child is borrowed from `arena`.
 */
struct ga_plan_pass {
    struct ga_roster_class class_of; /* as the roster has it now */
    const char *giver, *taker;
};
struct ga_handover_plan {
    struct ga_uuid id;
    const char *child; /* name */
};
enum ga_rc ga_handover_plans_read(struct ga_session *session, const struct ga_plan_pass *pass, struct ga_arena *arena,
                                  struct ga_handover_plan **ret_plans, size_t *ret_count, struct ga_error *err);
enum ga_rc ga_handover_plans_pass(struct ga_session *session, const struct ga_plan_pass *pass, size_t *ret_count,
                                  struct ga_error *err);

/* Classes in roster order with the handover that belongs to this turn of the year; all in `arena`. */
enum ga_rc ga_handovers_read(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                             struct ga_handover_class **ret_classes, size_t *ret_count, struct ga_error *err);

/*
 * What a new one of that class is filled in with, in the session's language. The giver has the class today, the taker
 * is to have it; where it changed hands within 60 days, the giver had it before and the taker has it now.
 */
struct ga_handover_offer {
    const char *site, *class_text, *giver, *taker, *matters;
    int64_t files;
};
enum ga_rc ga_handover_offer(struct ga_session *session, const struct ga_handover_class *class_of, struct ga_arena *arena,
                             struct ga_handover_offer *ret_offer, struct ga_error *err);

/*
 * What has changed since it was written and before both have signed: of what they signed nothing has. Lines that somebody
 * wrote by hand stay; of the program's own `gone` are not so any more, `added` are new. Told in the language of the text.
 */
struct ga_handover_changes {
    const char *const *added, *const *gone;
    size_t added_count, gone_count;
    const char *matters; /* brought up to date */
    int64_t files;
};
enum ga_rc ga_handover_changes_read(struct ga_session *session, const struct ga_handover_class *class_of, struct ga_arena *arena,
                                    struct ga_handover_changes *ret_changes, struct ga_error *err);

/* Writes what is open now, how many files there are, into the record. */
enum ga_rc ga_handover_renew(struct ga_session *session, const struct ga_handover_class *class_of, struct ga_error *err);

/* The record as a sheet with room for the signatures, what has changed since it was written, then the list of the files: .xlsx, else text (app/print.h). */
enum ga_rc ga_handover_print(struct ga_session *session, const struct ga_handover_class *class_of, const char *path,
                             struct ga_error *err);

#endif
