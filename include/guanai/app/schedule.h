/* What stands in the calendar of a week or a month: due dates, trips, appointments, school days. */
#ifndef GUANAI_APP_SCHEDULE_H
#define GUANAI_APP_SCHEDULE_H

#include "guanai/app/trip.h"

enum ga_schedule_kind {
    GA_SCHEDULE_TRIP,        /* planned for the day */
    GA_SCHEDULE_APPOINTMENT, /* a visit said to look again that day, and nobody has been there since */
    GA_SCHEDULE_DUE,         /* to be done by that day at the latest; what is late already stands on today */
};

struct ga_schedule_item {
    enum ga_schedule_kind kind;
    struct ga_date day;
    const struct ga_trip *trip; /* of a trip */
    struct ga_due due;          /* of what is due */
    int64_t child;              /* of an appointment, its number */
    const char *agreed;         /* of an appointment, what was agreed; "" not said */
};

enum { GA_SCHEDULE_DAYS_MAX = 62, GA_SCHEDULE_ITEMS_MAX = 20000 };

struct ga_schedule {
    struct ga_days span;
    struct ga_schedule_item *items; /* by day, kind, then as their lists have them */
    size_t count;
};

/* Of `owner` (NULL: anybody); a longer span is cut. Not on it: what is done, excused, rests. In `arena`. */
enum ga_rc ga_schedule_read(struct ga_session *session, const char *owner, struct ga_days span, struct ga_arena *arena,
                            struct ga_schedule *ret_schedule, struct ga_error *err);

/* Where a day's items begin in the list, and how many they are. */
size_t ga_schedule_day(const struct ga_schedule *schedule, struct ga_date day, size_t *ret_first);

/* What a day is at school: "上课", "周末", the holiday's name; with it what begins or ends that day: a term, a phase. In `arena`. */
const char *ga_schedule_day_text(const struct ga_calendar *calendar, struct ga_date day, enum ga_lang lang,
                                 struct ga_arena *arena);

#endif
