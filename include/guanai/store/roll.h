/* Who was here on a day. */
#ifndef GUANAI_STORE_ROLL_H
#define GUANAI_STORE_ROLL_H

#include "guanai/base/vec.h"
#include "guanai/store/store.h"

/*
 * Record numbers (int64_t, as ga_roster_row.no) of the children who were here on that day, in roster
 * order, appended to `nos`. What decides is the newest change of status up to the day, a later one of
 * the same day before an earlier one; before the first change a child is taken to have been what that
 * change ended: here before leaving, not here before coming back.
 */
enum ga_rc ga_store_roll(struct ga_store *store, struct ga_date day, struct ga_vec *nos, struct ga_error *err);

#endif
