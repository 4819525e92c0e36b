/* Trips: which children are visited together, in which order. */
#ifndef GUANAI_CARE_TRIP_H
#define GUANAI_CARE_TRIP_H

#include "guanai/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The rule (domain.md §4: by village, group, hamlet, the neediest and latest first, at most five children a trip), as
 * arithmetic over rows: no clock, no database.
 *
 *   first    of those that are left, the neediest; of equal need whose day comes first (late ones before all), then who
 *            was visited longest ago, then roster order
 *   with it  those of its village, again by need, then day, then how many groups away they live, then last visit, then
 *            roster order; then, where villages may be mixed, the first of those that are left and with it its village
 *   walked   village by village, that of the first child first, then the village of the next neediest …; in a village by
 *            group (1组 before 2组 before 10组, none last), then hamlet, then as above
 */
enum {
    GA_TRIP_ROWS = 5,        /* children a trip */
    GA_TRIP_STOPS_MAX = 2000, /* that are looked at together; more is no teacher's work */
    GA_TRIP_GROUP_NONE = 1000,
};

/*
 * Added up, of its alarms the most urgent one's: a child that may be in danger before all, a key child before one with
 * nothing but an alarm that can wait (urgency of alarm_rule.h: now, soon, watch).
 */
enum ga_trip_need {
    GA_TRIP_NEED_NONE,
    GA_TRIP_NEED_WATCH = 1,
    GA_TRIP_NEED_KEY = 2,
    GA_TRIP_NEED_SOON = 4,
    GA_TRIP_NEED_NOW = 8,
};

/* A child that may be visited; days are counted from 1970 (ga_date_to_days). */
struct ga_trip_stop {
    int need;           /* sum of enum ga_trip_need */
    int32_t opens, due_on, ends; /* of the visit that is owed; due_on GA_TRIP_NO_DAY: none is owed, it is gone to for an alarm */
    int32_t last_on;    /* of the newest visit; GA_TRIP_NEVER: none */
    bool is_in_holidays; /* the visit is meant for holidays too */
    const char *village, *hamlet; /* as written, never NULL */
    int group;          /* GA_TRIP_GROUP_NONE: not said; set by ga_trip_read_place() */
    const char *named;  /* hamlet without its group, into `hamlet` or ""; set by ga_trip_read_place() */
    size_t named_len;
};

#define GA_TRIP_NO_DAY INT32_MAX
#define GA_TRIP_NEVER INT32_MIN

/*
 * group and named of what is written as hamlet: "5组", "第五组", "5组岩脚寨", "岩脚寨5组", "岩脚寨". Numbers to 999, ASCII,
 * full-width, Chinese; 村民组, 小组, 社, 队 count as 组.
 */
void ga_trip_read_place(struct ga_trip_stop *stop);

struct ga_trip_pick {
    const bool *is_out; /* count of them: not to be looked at; NULL: none */
    bool may_mix;       /* children of several villages in one trip */
    size_t rows;        /* at most so many, 1 … GA_TRIP_ROWS */
    int32_t day, next;  /* the trip's day: only who may be visited then. next: the next possible day, who is due before it and
                           not late goes first, behind who may be in danger; both 0: any day */
    bool is_holiday;
};

/* The next trip as places in `stops`, in walking order; 0: nobody is left. */
size_t ga_trip_pick_next(const struct ga_trip_stop *stops, size_t count, const struct ga_trip_pick *pick,
                         size_t ret_rows[GA_TRIP_ROWS]);

/* Puts rows (places in `stops`), any number, into walking order. */
void ga_trip_walk(const struct ga_trip_stop *stops, size_t *rows, size_t count);

/* Puts rows into the order of need alone: what is offered first. */
void ga_trip_by_need(const struct ga_trip_stop *stops, size_t *rows, size_t count);

struct ga_trip_day { /* on which there is time for a trip */
    int32_t day;
    bool is_holiday;
};

struct ga_trip_planned {
    int32_t day;
    size_t rows[GA_TRIP_ROWS];
    size_t count;
};

/*
 * A trip a day from the first day on, until nobody is left who may be visited on one of them. Villages are mixed only where
 * trips of one village each would be more than there are days. `days` in order; trips in `arena`, at most one a day.
 * ret_is_placed (count of them, the caller's): who found a place.
 */
size_t ga_trip_plan(const struct ga_trip_stop *stops, size_t count, const struct ga_trip_day *days, size_t days_count,
                    struct ga_arena *arena, struct ga_trip_planned **ret_trips, bool *ret_is_placed);

#endif
