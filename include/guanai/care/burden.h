/* What duties cost: how many records a month, for whom, and where they are on. */
#ifndef GUANAI_CARE_BURDEN_H
#define GUANAI_CARE_BURDEN_H

#include "guanai/care/due.h"

/* Of one duty, whether it is on or not: what the headteacher is told before it is switched. */
struct ga_burden {
    bool is_told;                /* false: it follows events, nobody knows how often (ga_duty_load) */
    int64_t records;             /* a month of lessons, about; the whole school's, or that of the class asked for */
    int64_t class_average;       /* of the classes that have children who owe it; 0 of what is a site's, the school's */
    int64_t class_most;          /* of the class that has most */
    int64_t teacher_average;     /* of the class teachers; 0 where others owe it. A class without one counts as one */
    int64_t records_now;         /* of where it is on today */
    const int64_t *of_classes;   /* … of each of all classes, in one order for all duties; NULL: it is a site's, the school's */
    size_t all_classes;
    size_t classes, classes_on;  /* with children here; on today for how many of them */
    bool is_on;                  /* today: for all of them, or, where nothing is a class's, at all */
};

/*
 * One a duty of ga_care_duties(), in `arena`: the children who fit today, by one pass over them. `class_of` (site,
 * grade, class_no are looked at) NULL: the school.
 */
enum ga_rc ga_burdens_read(struct ga_care *care, const struct ga_roster_class *class_of, struct ga_arena *arena,
                           struct ga_burden **ret_burdens, struct ga_error *err);

#endif
