/* An invented school that writes its records day by day, by dice. */
#ifndef GUANAI_TESTS_YEAR_SCHOOL_H
#define GUANAI_TESTS_YEAR_SCHOOL_H

#include "dice.h"
#include "school_session.h"

#include "guanai/app/care.h"

/*
 * Two sites, eight classes, sixty children, eight teachers. What happens to them in a year, the same for the same seed:
 *
 *   records   visits, talks, calls, letters, lessons, care, activities, meetings, health checks … most of today, some typed
 *             weeks late, some mended or removed later, some typed by the clerk for others
 *   children  leave, come back, are away for a while, turn 16, become key children, lose their guardian, change class or
 *             site, have two files that are linked and parted again; new ones come
 *   people    class teachers change, proxy parents begin and end; duties are switched on and off
 *   answers   reasons, put-offs, confirmations, signatures, records sent back, mended, accepted; trips planned and made
 *   31 August everybody goes up a grade, the year is sealed
 */
enum { YEAR_CHILDREN = 60, YEAR_CHILDREN_MAX = 80, YEAR_RECORDS = 120, YEAR_TEACHERS = 8 };

struct year_record {
    struct ga_uuid id;
    const char *form;
};

struct year_school {
    struct school_session school;
    uint64_t dice;
    struct ga_date today;
    char day_texts[4][GA_DATE_SIZE];
    size_t day_texts_at;
    struct ga_uuid children[YEAR_CHILDREN_MAX];
    size_t children_count;
    struct year_record records[YEAR_RECORDS]; /* some of the last ones */
    size_t records_count;
    bool troubled;                            /* what follows is there */
    struct ga_uuid incident, troubled_child;  /* the newest report, whose it is */
    int64_t saved, refused; /* acts that were written; that a rule of the forms, of the app forbade */
};

extern const char *const year_teachers[YEAR_TEACHERS]; /* the first is the headteacher */

#define YEAR_FIRST ((struct ga_date){2026, 9, 1})
#define YEAR_LAST ((struct ga_date){2027, 9, 5}) /* some days into the next school year, whose promotion is of 31 August */

void year_school_start(struct year_school *year, uint64_t seed);
void year_school_stop(struct year_school *year);

/* Writes a day; days come one after the other from YEAR_FIRST on. The headteacher is at the keys afterwards. */
void year_school_live(struct year_school *year, struct ga_date day);

/* As after closing the program for the night: another process may open the folder between the two. */
void year_school_close(struct year_school *year);
void year_school_open(struct year_school *year);

#endif
