/* What was reported and referred, up to its answer. */
#ifndef GUANAI_CARE_REPORT_H
#define GUANAI_CARE_REPORT_H

#include "guanai/base/arena.h"
#include "guanai/base/rc.h"
#include "guanai/store/store.h"
#include "guanai/text/date.h"

/*
 *   incident ── must be reported ──▶ not passed on ──▶ passed on, no answer ──▶ answered ──▶ closed: no longer listed
 *                                       │                 ▲        ▲                 ▲
 *                                       └── told_whom ────┘        │                 │
 *   referral (of that incident; without one of the child, not sent before it happened) ── answered_on
 *
 * Told by the records each time, in a few lines of SQL anybody can write: incident.must_report, .passed_on, .closed_on,
 * referral.incident, .answered_on, .closed_on. An incident saved before there was `must_report` counts as one. A
 * referral that is of no report (aid is asked for) stands in the list by itself until it is answered.
 */
enum ga_report_state { GA_REPORT_OPEN, GA_REPORT_WAITING, GA_REPORT_ANSWERED, GA_REPORT_STATES };
extern const char *const ga_report_words[GA_REPORT_STATES]; /* GA_N_: 未上报, 待回音, 已答复 */

struct ga_report {
    enum ga_report_state state;
    int64_t child;              /* record number */
    int64_t incident, referral; /* record numbers; 0: none. Of several referrals the newest that is not answered */
    const char *kind, *what, *measures, *place, *found_by; /* of the incident: code, words; "" */
    struct ga_date happened_on;
    struct ga_date since;       /* written down, or sent; {0}: nobody knows */
    int minute;                 /* of that day; -1: nobody knows */
    const char *told_whom, *told_person; /* codes, words: of the incident, then of the referral; "" */
    struct ga_date told_on;
    const char *asked_for, *answer; /* of the referral */
    struct ga_date answered_on;
};

/* All that are not closed: by state, then the oldest first. Texts in `arena`. */
enum ga_rc ga_reports_list(struct ga_store *store, struct ga_arena *arena, struct ga_report **ret_reports, size_t *ret_count,
                           struct ga_error *err);

/* "163 hours" where the time of day is known and it is less than ten days, else "22 days"; "" since nobody knows when. */
void ga_report_long_text(const struct ga_report *report, struct ga_date today, int minute_now, enum ga_lang lang,
                         struct ga_str *out);

#endif
