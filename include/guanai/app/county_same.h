/* Two computers that met a county: of one school or of two? What people said of that can be said otherwise later. */
#ifndef GUANAI_APP_COUNTY_SAME_H
#define GUANAI_APP_COUNTY_SAME_H

#include "guanai/app/session.h"

struct ga_county_computer {
    struct ga_uuid site, other; /* the school it was taken for; else an earlier one of the same name; zero: there is none */
    const char *label;          /* the name of its school as it said it */
    int32_t heard_day;          /* 0: never */
    bool is_joined;             /* it goes as part of `other` */
};

/* Appends struct ga_county_computer of all that met this county, in that order; none where this is no county. */
enum ga_rc ga_county_computers(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_met, struct ga_error *err);

/*
 * A joined one is a school of its own again; two schools are one from now on. Tables are made anew, at the county's other
 * computers with the next stick. Computers that signed for each other become one school with their next stick, whatever people
 * say. GA_REFUSED: nothing is to be done.
 */
enum ga_rc ga_county_part(struct ga_session *session, const struct ga_uuid *site, struct ga_error *err);
enum ga_rc ga_county_join(struct ga_session *session, const struct ga_uuid *site, const struct ga_uuid *with, struct ga_error *err);

#endif
