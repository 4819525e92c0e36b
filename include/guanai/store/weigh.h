/*
 * What a changed form would do to the records that are there, told before it is in force.
 *
 *   log ─▶ fold ─┬─▶ answers and rules of the form in force ──┐
 *                └─▶ answers and rules of the changed form  ──┴─▶ what only the second complains about
 *
 * Nothing is written: each record is folded twice from the log, so what a change of column, type, list or rule
 * would do is what it will do. A change that can do no harm (a label, an order, a new optional field) is not weighed.
 */
#ifndef GUANAI_STORE_WEIGH_H
#define GUANAI_STORE_WEIGH_H

#include "guanai/base/uuid.h"
#include "guanai/store/store.h"

enum ga_effect_kind {
    GA_EFFECT_NO_COLUMN,   /* the value fits no field any more: kept in the history, shown nowhere but as misfit */
    GA_EFFECT_HIDDEN,      /* `relevant` is no longer true: the value stays and is not shown */
    GA_EFFECT_NOT_ALLOWED, /* the list no longer holds the code: must be mended at the next edit */
    GA_EFFECT_REFUSED,     /* a constraint says no: must be mended at the next edit */
    GA_EFFECT_MISSING,     /* now required: must be filled in at the next edit */
};

/* One kind of harm to one field. */
struct ga_effect {
    enum ga_effect_kind kind;
    const char *field; /* its id; "repeat.field" inside a repeat */
    size_t records;
    struct ga_uuid example; /* the first of them */
};

struct ga_weighing {
    const struct ga_form *form; /* the changed one */
    const struct ga_form *old;  /* in force */
    struct ga_vec effects;      /* struct ga_effect, worst first */
    struct ga_arena arena;
};

void ga_weighing_finish(struct ga_weighing *weighing);

/* "'hobby' would be hidden where it holds a value (records: 3)"; `name`: what the reader knows the field by. */
void ga_effect_describe(const struct ga_effect *effect, const char *name, struct ga_message *ret_what);

/*
 * Weighs one form of a set that was read and checked. ret_weighing is initialised in any case; it holds no effects
 * when the form is not in force yet, or is changed harmlessly. Costs two folds and two checks a record.
 */
enum ga_rc ga_store_weigh(struct ga_store *store, struct ga_forms *fresh, const struct ga_form *form,
                          struct ga_weighing *ret_weighing, struct ga_error *err);

/*
 * The same for every form of some folders; faults of the files themselves are told as ga_forms_read_folders does. `io`
 * reads them (base/io_over.h: as they would be); NULL: as they are.
 */
typedef void (*ga_weighing_fn)(void *ctx, const struct ga_weighing *weighing);
enum ga_rc ga_store_weigh_folders(struct ga_store *store, const struct ga_io_ops *io, const struct ga_folders *folders,
                                  ga_weighing_fn each, void *ctx, struct ga_problems *problems, struct ga_error *err);

#endif
