/* The activities of some days, with the left-behind children who were there. */
#ifndef GUANAI_CARE_ACTIVITY_H
#define GUANAI_CARE_ACTIVITY_H

#include "guanai/care/priorities.h"

/*
 * Who counts as left-behind, and the share, are those of ga_priority_proof: the same on its page, on paper, in a report.
 * Counted without names (the field `counted`) are no part of the share: nobody knows who they are.
 */
#define GA_ACTIVITY_FORM "activity"

struct ga_activity {
    int64_t record;
    struct ga_date on;
    const char *title, *kind, *place, *in_charge; /* kind: code; "" not said */
    int64_t left_behind, others, counted;
    const char *names; /* of the left-behind ones, 、 between them */
};

/* By day; texts in `arena`. None without the form. */
enum ga_rc ga_activities_read(struct ga_care *care, struct ga_days span, enum ga_lang lang, struct ga_arena *arena,
                              struct ga_activity **ret_activities, size_t *ret_count, struct ga_error *err);

#endif
