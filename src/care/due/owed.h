/*
 * Who owes what on a day; private to this room.
 *
 * Duties and definitions must stay as they are until it is closed: after either was loaded anew, make another one.
 * Nothing is written to the store, nothing else counted (ga_figures_count), while a read runs.
 */
#ifndef GUANAI_SRC_CARE_OWED_H
#define GUANAI_SRC_CARE_OWED_H

#include "guanai/care/duty.h"
#include "guanai/care/figures.h"

struct ga_owes; /* belongs to one store */

/* What a child owes on a day, a bit a duty of the set. */
struct ga_owed {
    int64_t no;                   /* the child's record number; of linked files the leading one's */
    uint64_t mask, untold;        /* `when` is true; cannot be told. Else it is not owed */
    const struct ga_date *events; /* a duty each: of those AFTER an expression the day it tells; year 0: none. Of a
                                     month or year alone its last day. Borrowed until the call returns */
};

enum ga_rc ga_owes_open(struct ga_figures *figures, const struct ga_duties *duties, struct ga_owes **ret_owes,
                        struct ga_error *err);
void ga_owes_close(struct ga_owes *owes); /* NULL is fine */

/*
 * For each of the days, in the order given, every child present on it (ga_store_roll; not yet enrolled ones are not),
 * by number; `child` 0: all, else that one alone, which costs a look by number. `day` is the place in `days`.
 */
typedef void (*ga_owed_fn)(void *ctx, size_t day, const struct ga_owed *owed);
enum ga_rc ga_owes_read(struct ga_owes *owes, int64_t child, const struct ga_date *days, size_t days_count,
                        ga_owed_fn each, void *ctx, struct ga_error *err);

/*
 * The same of these children, by rising number, of whom the caller knows who is here: a school is read in spans, and who
 * of it is here is not asked anew for each.
 */
struct ga_owes_crowd {
    const int64_t *nos;
    size_t count;
    bool (*is_here)(void *ctx, size_t i, int32_t day); /* from 1970 */
    void *ctx;
};
enum ga_rc ga_owes_read_crowd(struct ga_owes *owes, const struct ga_owes_crowd *crowd, const struct ga_date *days,
                              size_t days_count, ga_owed_fn each, void *ctx, struct ga_error *err);

#endif
