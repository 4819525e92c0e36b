/* One day of a year_school, looked at from everywhere. */
#ifndef GUANAI_TESTS_YEAR_LOOK_H
#define GUANAI_TESTS_YEAR_LOOK_H

#include "year_school.h"

#include "guanai/app/care.h"
#include "guanai/store/roster.h"

/*
 * What must hold on every day, whoever asks. `all`: every due there is, in every state.
 *
 *   lists      open and late now are those of `all` in these states; a list of an owner, a class, a site, a grade, a child,
 *              a duty, a month, a page is that part of `all`, in its order, row by row the same; who owes what is in one
 *              owner's list alone
 *   states     fit their days: open until the last day on time, late until the end, missed after it, coming before the
 *              first; done has its record: of that child (or one of its linked files), of a form that closes the duty, of
 *              that day, not removed, inside the window; excused and put off have the record that says so
 *   people     what is sent back is what its records say, mended where they were changed since, of everybody the counts of
 *              their first page; a holiday's duties are theirs who stand in; the duty of one class is of no other, over
 *              the turn of the year, too; nobody may sign what is theirs, of a site's only teacher the central school does
 *   counts     of a class, duty, window are those of `all`; of today's windows they are the first page's
 *   checklist  of a class and month has each due of `all` in its cell, no child twice; a cell's figures and its sum, the
 *              one it shows, its words; what is open in the list is open there; printed class sheets end with its sums
 *   month      to be signed: done and open are those of `all` that are due in it; reasons that wait are the unconfirmed
 *   calendar   a day's dues are what is open, late (today), coming then; of all owners together the school's; trips and
 *              appointments are those that records say
 *   board      turns are the records of the month, counted by plain SQL; who stands on it are those who count that day;
 *              classes are sums of rows; days are school days since the last turn; who got nothing are those rows
 *   sheet      of a class tells the month's records of each child, counted by plain SQL
 *   first page lines are the lists by duty, alarms the list of alarms, of each who looks
 *   commands   print just that: due, checklist, priorities, alarms
 *   anew       all tables counted anew are those that were followed
 */
struct year_look {
    struct year_school *year;
    struct ga_session *session;
    struct ga_care *care;
    struct ga_date today;
    struct ga_arena arena;
    struct ga_due *all;
    struct ga_roster_class *of; /* whose each of them is */
    size_t all_count;
    struct ga_roster_class *classes; /* that have children */
    size_t classes_count;
};

void year_look_start(struct year_look *look, struct year_school *year);
void year_look_finish(struct year_look *look);

/* Says which day it was, and ends the test. */
#define YEAR_FAIL(look, ...)                                                                                           \
    do {                                                                                                               \
        year_tell_day(look);                                                                                           \
        fail_msg(__VA_ARGS__);                                                                                         \
    } while (0)
void year_tell_day(const struct year_look *look);
void year_hold(const struct year_look *look, enum ga_rc rc, const struct ga_error *err);
#define YEAR_HOLD(look, call)                                                                                          \
    do {                                                                                                               \
        struct ga_error err = {0};                                                                                     \
        year_hold(look, (call), &err);                                                                                 \
    } while (0)

static inline bool year_is_open(const struct ga_due *due)
{
    return due->state == GA_DUE_OPEN || due->state == GA_DUE_LATE;
}

/* Is one of `all` of that class? NULL: any. */
bool year_is_of_class(const struct year_look *look, size_t due, const char *site, const char *grade, const char *class_no);

/* Does a list of the days have it: its time to be done, or of one put off the time it was owed in at first. */
bool year_is_in(const struct year_look *look, const struct ga_due *due, struct ga_days span);

/* The first number of the first row of a question; 0: none. `a`, `b` NULL: not bound. */
int64_t year_ask(const struct year_look *look, const char *sql, int64_t no, const char *a, const char *b);
void year_need_view(const struct year_look *look, const char *form, const char *repeat);

void year_lists_agree(const struct year_look *look);     /* lists, states, counts */
void year_checklists_agree(const struct year_look *look, struct ga_date month);
void year_calendars_agree(const struct year_look *look, struct ga_days span);
void year_first_pages_agree(const struct year_look *look);
void year_boards_agree(const struct year_look *look, struct ga_date month);
void year_sheets_agree(const struct year_look *look);
void year_people_agree(const struct year_look *look);
void year_anew_agrees(const struct year_look *look);
void year_commands_agree(struct year_school *year, const char *program); /* closes the session meanwhile */

#endif
