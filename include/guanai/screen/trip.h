/* Trips: choosing villages and children, printing the sheet, typing it in by row number. */
#ifndef GUANAI_SCREEN_TRIP_H
#define GUANAI_SCREEN_TRIP_H

#include "guanai/tui/screen.h"

/* The villages in which a visit is owed by the user (by anybody where that is none); they lead to the list. No argument. */
extern const struct ga_screen_ops ga_screen_trip;

/* Whom to visit in villages that were chosen. Names are borrowed while the page opens. */
struct ga_screen_trip_arg {
    const char *owner; /* NULL: anybody's children */
    const char *const *villages;
    size_t villages_count;
};
extern const struct ga_screen_ops ga_screen_trip_list;

/* Trips of the last weeks with their rows: which are typed in, the way to the form of each. No argument. */
extern const struct ga_screen_ops ga_screen_trips;

#endif
