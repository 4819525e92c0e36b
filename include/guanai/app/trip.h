/* Trips that were planned: written down, read with what became of them, printed. */
#ifndef GUANAI_APP_TRIP_H
#define GUANAI_APP_TRIP_H

#include "guanai/app/care.h"
#include "guanai/care/trip_children.h"
#include "guanai/store/save.h"

/*
 * A trip is a record of the form `trip` (forms/trip.yaml): day, who goes, numbered children. Of its rows nothing else is
 * stored: a row is typed in when its child has a visit (form home_visit) dated from the day the trip was written down (or
 * planned for, if that is earlier) to a week after the planned day; of one
 * written down more than a week ahead from three days before that day. So a visit typed without the sheet closes its row as well.
 */
#define GA_TRIP_FORM "trip"

enum {
    GA_TRIP_LOOK_BACK_DAYS = 30, /* trips planned longer ago are not listed: what lies in the drawer is typed in by child */
    GA_TRIP_TYPED_DAYS = 7,      /* after the planned day a visit still counts as that trip's */
    GA_TRIP_EARLY_DAYS = 3,      /* before it, of a trip written down more than those days ahead: its child may be on an earlier one */
    GA_TRIPS_MAX = 60,           /* listed at once */
    GA_TRIP_NUMBERS_MAX = 9,
};

struct ga_trip_row {
    int number; /* as printed */
    struct ga_uuid child;
    int64_t child_no;      /* 0: its file is not here */
    bool is_typed;
    struct ga_uuid visit;  /* the first such visit; set when is_typed */
    struct ga_date visited_on;
    const char *outcome;   /* code of the list visit_outcome; "" not said */
};

struct ga_trip {
    struct ga_uuid id;
    struct ga_date planned_on, written_on;
    const char *doer, *villages; /* "" when not said */
    struct ga_trip_row *rows;    /* by number */
    size_t rows_count, typed;
};

struct ga_trip_new { /* to be written down; children as numbered, from 1 */
    struct ga_date planned_on;
    const char *doer, *villages;
    const struct ga_uuid *children;
    size_t count;
};

/* Within that save; NULL: a save of its own. ret_id (nullable). */
enum ga_rc ga_trip_put(struct ga_session *session, struct ga_save *save, const struct ga_trip_new *new, struct ga_uuid *ret_id,
                       struct ga_error *err);

/* Writes one down of who is at the keys; children as numbered, from 1. ret_id (nullable). */
enum ga_rc ga_trip_save(struct ga_session *session, struct ga_date planned_on, const struct ga_uuid *children, size_t count,
                        const char *villages, struct ga_uuid *ret_id, struct ga_error *err);

/* Those planned for the last GA_TRIP_LOOK_BACK_DAYS or later, the latest first; span zero, else planned in it. In `arena`. */
enum ga_rc ga_trips_read(struct ga_session *session, struct ga_days span, struct ga_arena *arena, struct ga_trip **ret_trips,
                         size_t *ret_count, struct ga_error *err);
enum ga_rc ga_trip_read(struct ga_session *session, const struct ga_uuid *id, struct ga_arena *arena, struct ga_trip *ret_trip,
                        struct ga_error *err);

/* Is there a trip that would be listed? One lookup, for the first screen. */
bool ga_trips_are_there(struct ga_session *session);

/* The day to be filled in for the next row: that of the visit typed in last by number, else the planned one. */
struct ga_date ga_trip_day(const struct ga_trip *trip);

/*
 * One A4 to print: a workbook where the path ends in .xlsx (GA_NOT_FOUND without guanai-paper), else UTF-8 text of 80
 * columns and 66 lines. Each row with its number, guardian, phones, last visit, what was agreed, blanks to write, the
 * answers to tick with the digits they have on the screen. Neither ID numbers nor what is sensitive stand on it. Written
 * whole or not at all.
 */
enum ga_rc ga_trip_write_sheet(struct ga_session *session, const struct ga_trip *trip, const char *path, struct ga_error *err);

#endif
