/* An invented school that writes its records day by day, by dice. */
#ifndef GUANAI_TESTS_YEAR_SCHOOL_H
#define GUANAI_TESTS_YEAR_SCHOOL_H

#include "dice.h"
#include "school_session.h"

#include "guanai/app/care.h"

/*
 * Three sites (one of a single teacher), eight classes, sixty-six children, nine teachers, a cadre who stands in over
 * holidays. What happens to them in a year, the same for the same seed:
 *
 *   records   visits, talks, calls, letters, lessons, care, activities, meetings, health checks … most of today, some typed
 *             weeks late, some mended or removed later, some typed by the clerk for others, some of several children at once
 *   children  leave, come back, are away for a while, turn 16, become key children, lose their guardian, change class or
 *             site, have two files that are linked and parted again; new ones come
 *   people    class teachers change, proxy parents begin and end; over holidays others stand in; duties are switched on and
 *             off, one is on for one class alone
 *   answers   reasons, put-offs, confirmations, signatures, records sent back, mended, accepted; trips planned and made
 *   a pause   of five weeks in spring: nobody saves; then reasons are given for what ran out meanwhile
 *   31 August everybody goes up a grade, the year is sealed
 */
enum { YEAR_CHILDREN = 66, YEAR_CHILDREN_MAX = 86, YEAR_RECORDS = 120, YEAR_TEACHERS = 9, YEAR_OWNERS, YEAR_CLASSES = 8, YEAR_SENT = 200 };

/* As they are called until the turn of the year. */
struct year_class {
    const char *site, *grade, *class_no, *shown;
    int children, teacher, born; /* born: the year */
};
extern const struct year_class year_classes[YEAR_CLASSES];

/* Switched on for this class and no other, for good. */
#define YEAR_ONE_CLASS_DUTY "start_check"
enum { YEAR_ONE_CLASS = 1 };


struct year_record {
    struct ga_uuid id;
    const char *form;
};

/* A record that was sent back, what the school knows of it. */
struct year_sent {
    struct ga_uuid record;
    int touched; /* saves that changed or removed it since */
};

/* What is rare was there to be looked at: how often, on all days together. */
struct year_seen {
    int64_t of_pause, stood_in, of_one_class, central_signs, mended, to_mend;
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
    struct year_sent sent[YEAR_SENT]; /* the newest of a record last */
    size_t sent_count;
    bool troubled;                            /* what follows is there */
    struct ga_uuid incident, troubled_child;  /* the newest report, whose it is */
    struct year_seen seen;
    int64_t saved, refused; /* acts that were written; that a rule of the forms, of the app forbade */
};

extern const char *const year_teachers[YEAR_OWNERS]; /* the first is the headteacher; those from YEAR_TEACHERS on type nothing */

#define YEAR_FIRST ((struct ga_date){2026, 9, 1})
#define YEAR_LAST ((struct ga_date){2027, 9, 5}) /* some days into the next school year, whose promotion is of 31 August */

/* The day of the last save before the pause, the day on which somebody sits here again. */
#define YEAR_PAUSE ((struct ga_days){{2027, 4, 6}, {2027, 5, 12}})

void year_school_start(struct year_school *year, uint64_t seed);
void year_school_stop(struct year_school *year);

/* Writes a day; days come one after the other from YEAR_FIRST on. The headteacher is at the keys afterwards. */
void year_school_live(struct year_school *year, struct ga_date day);

/* As after closing the program for the night: another process may open the folder between the two. */
void year_school_close(struct year_school *year);
void year_school_open(struct year_school *year);

#endif
