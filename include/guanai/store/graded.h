/* Whether the grade a child's file says was written since a day. */
#ifndef GUANAI_STORE_GRADED_H
#define GUANAI_STORE_GRADED_H

#include "guanai/base/vec.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/store.h"

/*
 * Asked of the first day of a school year (1 August) it tells who stands in the new year's grade already: a new roster
 * was taken in, the turn of the year was run, somebody put it right. A class number put right says nothing of the
 * grade, a grade put back as it was before says that it was written.
 */
struct ga_graded {
    struct ga_store *store;
    char from_on[GA_DATE_SIZE], end[GA_DATE_SIZE];
    int64_t first_op;       /* the first that came since that day */
    struct ga_vec movers;   /* int64_t: of whom records of moves speak, too */
    struct ga_stmt *stmt;
};

enum ga_rc ga_graded_init(struct ga_graded *graded, struct ga_store *store, struct ga_date from, struct ga_error *err);
void ga_graded_finish(struct ga_graded *graded); /* one that failed to begin is fine */

/* Of the leading file of that number. Its history is read only where the day it was made on and its newest save leave it open. */
enum ga_rc ga_graded_is(struct ga_graded *graded, int64_t no, bool *ret_is, struct ga_error *err);

/* Does a class stand in the new grade of which so many pupils do, so many do not? Most of them tell. */
static inline bool ga_graded_is_class(size_t graded, size_t others)
{
    return graded >= others;
}

#endif
