/* A county's figures, school by school. */
#ifndef GUANAI_APP_COUNTY_COUNT_H
#define GUANAI_APP_COUNTY_COUNT_H

#include "guanai/app/county.h"
#include "guanai/care/figures.h"

struct ga_county_count {
    const char *school; /* "": children of none, the county's own */
    size_t children;
    size_t tally[GA_DEFINITIONS_MAX][GA_COUNTED_COUNT]; /* by the definitions of the headcount */
};

/*
 * Appends struct ga_county_count by the schools' names, then what is of none if there is any: together they are the
 * headcount. Schools whose data never came have a line without children. Texts in `arena`. Costs a row a child.
 */
enum ga_rc ga_county_counts(struct ga_session *session, const struct ga_headcount *headcount, struct ga_arena *arena,
                            struct ga_vec *ret_counts, struct ga_error *err);

#endif
