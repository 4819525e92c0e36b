/* The week and the month: what is due when, trips, appointments, school days. */
#ifndef GUANAI_SCREEN_SCHEDULE_H
#define GUANAI_SCREEN_SCHEDULE_H

#include "guanai/text/date.h"
#include "guanai/tui/screen.h"

/* This week, of the user where anything is owed by that name, else of the whole school. No argument. */
extern const struct ga_screen_ops ga_screen_schedule;

/* What stands on one day. */
struct ga_screen_schedule_day_arg {
    const char *owner; /* NULL: anybody's; copied */
    struct ga_date day;
};
extern const struct ga_screen_ops ga_screen_schedule_day;

#endif
