/* Who is to be visited: children with an owed visit or an open alarm, with what one wants to know at their door. */
#ifndef GUANAI_CARE_TRIP_CHILDREN_H
#define GUANAI_CARE_TRIP_CHILDREN_H

#include "guanai/care/due.h"
#include "guanai/care/trip.h"

/* A visit is owed by a duty that only the form home_visit closes. */
#define GA_TRIP_VISIT_FORM "home_visit"

struct ga_trip_child {
    struct ga_roster_row child;
    const char *hamlet;             /* "" when not known, as all texts here */
    const char *guardian, *relation; /* relation: code of the list `relation` */
    const char *phone, *other_phone; /* the guardian's, else a parent's; a parent's that is another number */
    struct ga_due due;               /* the visit that is owed first; not looked at when !is_owed */
    bool is_owed, has_alarm;
    struct ga_label alarm;           /* the most urgent one that stands; zh NULL: none */
    struct ga_date last_on;          /* of the last visit at which somebody was met; year 0: none */
    const char *agreed;              /* what was agreed then */
    struct ga_date follow_up_on;     /* when to look again, said then; year 0: not said */
};

struct ga_trip_list {
    struct ga_trip_child *children; /* in roster order */
    struct ga_trip_stop *stops;     /* of each of them */
    size_t count;
};

struct ga_trip_ask {
    const char *owner;   /* NULL: anybody's */
    struct ga_days span; /* zero: what may be done today, and alarms; else that, and what opens and is due in the span: a child
                            has one stop for each time it is to be visited (one visit may serve several duties); who has
                            an alarm that cannot wait (urgency now, soon) and no visit to be made now one more, unless it
                            was visited since */
    enum ga_lang lang;
};

/* At most GA_TRIP_STOPS_MAX of them, the most urgent; in `arena`. */
enum ga_rc ga_trip_children(struct ga_care *care, const struct ga_trip_ask *ask, struct ga_arena *arena,
                            struct ga_trip_list *ret_list, struct ga_error *err);

/* One child by its number, owed or not: for who is added by hand. Of `ret_child` and its stop all is filled. */
enum ga_rc ga_trip_child_of(struct ga_care *care, int64_t no, enum ga_lang lang, struct ga_arena *arena,
                            struct ga_trip_child *ret_child, struct ga_trip_stop *ret_stop, struct ga_error *err);

/*
 * Days on which there is time for visits: the weekdays of the configuration (visit_days; without it Saturday and Sunday),
 * a weekend of lessons (调休) and holidays left out: these only for visits meant for them. In `arena`, in order.
 */
size_t ga_trip_days(const struct ga_calendar *calendar, struct ga_days span, struct ga_arena *arena,
                    struct ga_trip_day **ret_days);

/* The first of them from `today` on that is no holiday; within 60 days, else today. */
struct ga_date ga_trip_next_day(const struct ga_calendar *calendar, struct ga_date today);

#endif
