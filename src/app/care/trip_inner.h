/* What a trip's two sheets, text or workbook, say alike; private to them. */
#ifndef GUANAI_SRC_APP_TRIP_INNER_H
#define GUANAI_SRC_APP_TRIP_INNER_H

#include "guanai/app/trip.h"

struct trip_sheet {
    struct ga_session *session;
    const struct ga_trip *trip;
    enum ga_lang lang;
    struct ga_arena arena; /* of all texts below */
    struct ga_str out;     /* the text */
};

/* trip_print.c */
const char *ga_trip_say(struct trip_sheet *s, const char *english, const char *first, const char *second);
const char *ga_trip_place(struct trip_sheet *s, const struct ga_trip_child *child);    /* village and group */
const char *ga_trip_guardian(struct trip_sheet *s, const struct ga_trip_child *child); /* with the relation */
const char *ga_trip_last(struct trip_sheet *s, const struct ga_trip_child *child, const char *between); /* last visit, agreed, look again */

/* "[ ]2家中无人": the i-th answer of a list with the digit that types it; NULL: there are no more. */
const char *ga_trip_tick(struct trip_sheet *s, const char *list_name, size_t i);

enum ga_rc ga_trip_write_workbook(struct trip_sheet *s, struct ga_care *care, const char *path, struct ga_error *err);

#endif
