/* Counting that gives way: a county's day takes a minute, a key pressed meanwhile should not wait for it. */
#ifndef GUANAI_CARE_GIVE_WAY_H
#define GUANAI_CARE_GIVE_WAY_H

#include "guanai/care/due.h"

/*
 * From now on `is_wanted` is asked after every few hundred children while all of a day is counted: true, and what was
 * counted so far is given up, nothing of it is kept, whatever asked for it gets GA_CANCELLED; the next who asks begins anew.
 * So the tables are whole or of before. NULL: nothing is given up. What follows a few saves is never given up.
 */
void ga_care_give_way(struct ga_care *care, bool (*is_wanted)(void *ctx), void *ctx);

/* It was given up and nobody counted since. */
bool ga_care_is_put_off(const struct ga_care *care);

#endif
