/* When children were born, by the day of the year. */
#ifndef GUANAI_STORE_BIRTH_H
#define GUANAI_STORE_BIRTH_H

#include "guanai/store/store.h"

/* What a child's file says; texts borrowed until the call returns, NULL: not known. */
struct ga_birth {
    int64_t no;        /* the record's number */
    const char *birth; /* YYYY-MM-DD, YYYY-MM */
    const char *lunar; /* as typed: text/lunar.h reads it */
};

struct ga_birth_ask {
    const char *from, *to;  /* days of the year, "09-28" – "10-04"; from > to: over the new year */
    bool only_left_behind;
};

/*
 * In roster order: of each child here a row without `lunar` when it was born on such a day of the civil year, a row with
 * it when a lunar birthday is written down, whenever that is. Both are looked up, not
 * passed by: what it costs grows with the birthdays found and with the lunar ones known, not with the school.
 */
enum ga_rc ga_store_births(struct ga_store *store, const struct ga_birth_ask *ask,
                           void (*each)(void *ctx, const struct ga_birth *birth), void *ctx, struct ga_error *err);

#endif
