/* What was answered differently and anybody would settle the same way: which, and why. */
#ifndef GUANAI_STORE_CONFLICT_OBVIOUS_H
#define GUANAI_STORE_CONFLICT_OBVIOUS_H

#include "guanai/store/conflict.h"

/*
 * One value is better than another where nothing that anybody said is lost by taking it. A conflict is obvious when one of
 * its values is, in every field in which they differ, equal to or better than each of the others. Never obvious: a removal,
 * what is sensitive or more, what was handed to somebody. Everything obvious is shown before it is settled, all of it is one
 * save, and that save can be taken back.
 */
enum ga_obvious {
    GA_OBVIOUS_NOT,
    GA_OBVIOUS_SPELLING, /* free text, equal but for blanks, width, case: the one that is shown stays */
    GA_OBVIOUS_LONGER,   /* of free text: the same beginning (two characters at least), and more behind it. More before it is
                            not obvious: 在家 and 不在家 */
    GA_OBVIOUS_KNOWN,    /* one says "not known", the other knows. Emptied is not "not known": somebody struck it out */
    GA_OBVIOUS_LATER,    /* the same person wrote both on different days, no clock in doubt: the later one is the correction,
                            the other computer just had not heard of it */
    GA_OBVIOUS_REASONS,
};

/* ret_pick is set unless the answer is GA_OBVIOUS_NOT. With several reasons the first that is needed. */
enum ga_obvious ga_conflict_obvious(const struct ga_conflict *conflict, size_t *ret_pick);

const char *ga_obvious_code(enum ga_obvious reason); /* for scripts; "" for GA_OBVIOUS_NOT */
const char *ga_obvious_text(enum ga_obvious reason); /* for people: English, GA_N_ */

#endif
