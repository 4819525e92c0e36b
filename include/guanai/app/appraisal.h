/* How a class or a teacher did over a term, counted; the rating is a person's. */
#ifndef GUANAI_APP_APPRAISAL_H
#define GUANAI_APP_APPRAISAL_H

#include "guanai/app/session.h"
#include "guanai/care/due.h"

/*
 * What counts: every duty whose last day on time lies in the term, up to the day it is looked at. Due is what was to be
 * done by then: done (on time or late), late, missed; what may still be done on time, rests or comes later is no part.
 *   due  = done + not done          done = on time + done late
 * Typed late: done, and entered more than GA_APPRAISAL_TYPED_DAYS after the day it was done on. Tries: records that
 * closed nothing (nobody at home …).
 *
 * A record of form appraisal keeps the figures as they stood on the day it was made (figures_on): they are filled in by
 * the program, the rating is empty until a person chooses one.
 */
#define GA_APPRAISAL_FORM "appraisal"
enum { GA_APPRAISAL_TYPED_DAYS = 7 };

enum ga_appraisal_by { GA_APPRAISAL_CLASS, GA_APPRAISAL_TEACHER };

struct ga_appraisal {
    const char *about;               /* "三年级(2)班", always in Chinese: what the record says; a teacher's name; "": classes without one */
    const char *shown;               /* the same in the language asked for */
    const char *site;                /* of a class; "" of a teacher */
    int64_t due, done, done_late, typed_late, excused, unconfirmed, tries;
    struct ga_uuid record;           /* of the newest appraisal of this term; zero: none */
    const char *rating;              /* its label; "": none chosen */
    bool is_own;                     /* something of it was to be done by who is at the keys */
};

/* "2026-1", "this", "last" (by the session's day) as the calendar's name and days; GA_REFUSED: no such term. */
enum ga_rc ga_appraisal_term(struct ga_session *session, const char *typed, char ret_name[16], struct ga_days *ret_days,
                             struct ga_error *err);

/* Of every class in roster order, or of every teacher who owes anything by name, then what classes without one owe; all in `arena`. */
enum ga_rc ga_appraisals_read(struct ga_session *session, const char *term, enum ga_appraisal_by by, enum ga_lang lang,
                              struct ga_arena *arena, struct ga_appraisal **ret_rows, size_t *ret_count, struct ga_error *err);

/*
 * The record of that row: made with the figures of today where there is none, else its figures brought up to today.
 * GA_DENIED: own work, or typing for somebody else – nobody rates that, as nobody signs it.
 */
enum ga_rc ga_appraisal_keep(struct ga_session *session, const char *term, const struct ga_appraisal *row,
                             struct ga_uuid *ret_record, struct ga_error *err);

/*
 * Every save passes here: a rating or remarks of one's own work, or typed for somebody else, are GA_DENIED, whether the
 * form was opened from the page of the appraisal, as any other form, or by the command line; a row of a file is refused. Other forms: GA_OK.
 */
struct ga_entry;
enum ga_rc ga_appraisal_guard(const struct ga_entry *entry, struct ga_error *err);

/* The same of a row of an import; as `guard` of struct ga_import_tools, whose ctx is the session. */
enum ga_rc ga_appraisal_guard_row(void *session, const struct ga_answers *now, const struct ga_answers *before, struct ga_error *err);

/* What it says: GA_DENIED in words, or GA_OK; `shown` is whom the appraisal is of. */
enum ga_rc ga_appraisal_refuse(struct ga_session *session, const char *shown, bool is_own, struct ga_error *err);

/* Who chose a rating, and when, where nobody stands there yet; without a rating nothing happens. */
enum ga_rc ga_appraisal_note_rater(struct ga_session *session, const struct ga_uuid *record, struct ga_error *err);

#endif
