/* When children were born, by the day of the year. */
#ifndef GUANAI_STORE_BIRTH_H
#define GUANAI_STORE_BIRTH_H

#include "guanai/sql/value.h"
#include "guanai/store/store.h"

/* What the file of a child that is here says; borrowed until the call returns. */
struct ga_birth {
    int64_t no;            /* the record's number */
    struct ga_value order; /* its place in the roster */
    const char *birth;     /* YYYY-MM-DD, YYYY-MM; NULL: not known */
    const char *lunar;     /* as typed: text/lunar.h reads it; NULL where a day of the civil year was asked for */
};

typedef void (*ga_birth_fn)(void *ctx, const struct ga_birth *birth);

/*
 * Born on a day of the civil year, "09-28", in no order; and those of whom a lunar birthday is written down, whenever that
 * is. Both are looked up, not passed by, and handed on one by one: what it costs grows with those found, not with the school.
 */
enum ga_rc ga_store_births(struct ga_store *store, const char *day, bool only_left_behind, ga_birth_fn each, void *ctx,
                           struct ga_error *err);
enum ga_rc ga_store_lunar_births(struct ga_store *store, bool only_left_behind, ga_birth_fn each, void *ctx, struct ga_error *err);

#endif
