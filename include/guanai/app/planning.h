/* A teacher's visits spread over free days: proposed, written down as trips, taken back. */
#ifndef GUANAI_APP_PLANNING_H
#define GUANAI_APP_PLANNING_H

#include "guanai/app/trip.h"

/*
 *   what is owed ──▶ ga_planning_make ──▶ trips on paper only ──▶ ga_planning_take ──▶ records of the form trip, one save
 *   trips written down ─┘ (left out)                              ga_planning_take_back ◀── ga_planning_last
 *
 * Whom a trip that is written down already leads to in the time of the visit, or led to within a week without being typed
 * in yet, is not planned again, a day with a trip of the
 * same person is not free: so taking a plan over twice adds nothing.
 */
struct ga_planning {
    const char *owner;
    struct ga_trip_list list;       /* visits that wait for a day */
    bool *is_placed;                /* of the list */
    size_t left;                    /* of them that found none */
    struct ga_trip_planned *trips;  /* at most one a day, rows into the list */
    size_t trips_count;
    size_t free_days;               /* holidays not counted */
};

/* In `arena`. What lies before today in the span is no day for a visit. */
enum ga_rc ga_planning_make(struct ga_session *session, const char *owner, struct ga_days span, enum ga_lang lang,
                            struct ga_arena *arena, struct ga_planning *ret_planning, struct ga_error *err);

/* How many children the trips lead to. */
size_t ga_planning_visits(const struct ga_planning *planning);

/* Names of those who found no day, with ", " between; in `arena`. */
const char *ga_planning_left_names(const struct ga_planning *planning, enum ga_lang lang, struct ga_arena *arena);

/* Writes all trips down, in one save. GA_REFUSED: there is none. */
enum ga_rc ga_planning_take(struct ga_session *session, const struct ga_planning *planning, struct ga_error *err);

/*
 * The trips of that person that were written down last, all those of one save, as far as they are yet to come and nothing
 * of them is typed in; 0: there is nothing to take back. In `arena`.
 */
enum ga_rc ga_planning_last(struct ga_session *session, const char *owner, struct ga_arena *arena, struct ga_trip **ret_trips,
                            size_t *ret_count, struct ga_error *err);

/* Takes them back in one save: they are in no list any more, the history has them. */
enum ga_rc ga_planning_take_back(struct ga_session *session, const struct ga_trip *trips, size_t count, struct ga_error *err);

#endif
