/* Drawing and writing single records of a year_school; private to year_*.c that write. */
#ifndef GUANAI_TESTS_YEAR_WRITE_H
#define GUANAI_TESTS_YEAR_WRITE_H

#include "year_school.h"

uint32_t year_draw(struct year_school *year, uint32_t below);
bool year_happens(struct year_school *year, uint32_t per_cent);
const char *year_pick(struct year_school *year, const char *const *words); /* up to NULL */
#define PICK(...) year_pick(year, (const char *const[]){__VA_ARGS__, NULL})
const struct ga_uuid *year_any_child(struct year_school *year);
const char *year_in_days(struct year_school *year, int32_t days); /* lives until four others were asked for */
const char *year_recent(struct year_school *year);                /* mostly of these days, some of weeks ago */

/* A new record of "a=b|c=d"; of a list `rows` children in rows of `repeat`, some with `row_pair`. false: the form forbids it. */
bool year_put_list(struct year_school *year, const char *form, const struct ga_uuid *child, const char *repeat, size_t rows,
                   const char *row_pair, const char *pairs, struct ga_uuid *ret_id);
bool year_put(struct year_school *year, const char *form, const struct ga_uuid *child, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool year_change(struct year_school *year, const struct ga_uuid *record, const char *pairs);

/* Somebody saved something else into a record, or removed it. */
void year_touch(struct year_school *year, const struct ga_uuid *record);

/* What is done seldom (year_seldom.c). */
void year_send_back(struct year_school *year);
void year_stand_in(struct year_school *year);     /* over some days ahead, for a class, a site, the school */
void year_come_back(struct year_school *year);    /* on the first day after the pause */
void year_say_of_pause(struct year_school *year); /* a reason for some of what ran out in it */

#endif
