/* Times in which nothing was written at this computer. */
#ifndef GUANAI_STORE_PAUSE_H
#define GUANAI_STORE_PAUSE_H

#include "guanai/store/store.h"

/*
 * The latest stretch of more than `days` days, holidays included, between two of this computer's saves, or between its
 * last save and the store's today: from the day of the one to the day of the other. Saves that came from elsewhere do
 * not count, but where this computer made none yet (its folder was put back from a backup). Days before `since` and
 * after today (of a clock that was wrong) are not looked at. *ret_has false: there is none, ret_pause is left alone.
 * Reads the day of every save: to be asked at a start and on a page of its own.
 */
enum ga_rc ga_store_last_pause(struct ga_store *store, int days, struct ga_date since, bool *ret_has,
                               struct ga_days *ret_pause, struct ga_error *err);

#endif
