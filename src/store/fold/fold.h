/* The operations of a record become heads, heads become answers; private to this room. */
#ifndef GUANAI_STORE_FOLD_PRIVATE_H
#define GUANAI_STORE_FOLD_PRIVATE_H

#include "guanai/store/save.h"
#include "log/log.h"

/* fold.c: a pure function of a set of operations. A head is a group of an operation that none replaces. */
struct ga_fold_head {
    const char *group;
    const struct ga_log_op *op;
    const struct ga_operation_group *value;
};

/* Sorted by group, then by leaf; lives in the arena. The first of a group is the one that is shown. */
void ga_fold(const struct ga_log_op *ops, size_t count, struct ga_arena *arena, struct ga_fold_head **ret_heads,
             size_t *ret_count);

/*
 * Is the group the program's own, about the record or a field of it, no answer of a form? Such groups
 * (_gone, _note/UUID …) are no answers, misfits or conflicts; _because_FIELD alone is read with the answers.
 */
bool ga_fold_is_own(const char *group);

/*
 * A removal is an operation with the group `_gone`, 1; that group replaces every head its writer knew, of
 * whatever group, so the answers stay heads. The record is gone while one removal knows every head there is:
 * what was written elsewhere, or later, beats it, because nothing typed is lost. A head `_gone` 0 beats all.
 */
bool ga_fold_is_gone(const struct ga_fold_head *heads, size_t count);

/* Of the heads of `_gone`: does one say so; the first that does (NULL: none); a head it did not know (NULL: it knows all). */
bool ga_fold_says_gone(const struct ga_fold_head *gone, size_t count);
const struct ga_fold_head *ga_fold_removal(const struct ga_fold_head *gone, size_t count);
const struct ga_fold_head *ga_fold_unknown_to(const struct ga_fold_head *removal, const struct ga_fold_head *heads,
                                              size_t count);

/* Does anything here answer a field? Notes may arrive before what they are about: that is no record yet. */
bool ga_fold_has_answers(const struct ga_log_op *ops, size_t count);

/* The operation that says who entered the record, when, and of which form it is; count > 0. Borrowed.
 * One that answers something goes before one that only notes something about it. */
const struct ga_log_op *ga_fold_origin(const struct ga_log_op *ops, size_t count);

/* heads → answers of a form; what fits no field is handed to `misfit` (nullable). At a county a record without a place has its school's. */
typedef void (*ga_misfit_fn)(void *ctx, const char *field, const struct ga_operation_value *value);
void ga_fold_answers(const struct ga_fold_head *heads, size_t count, struct ga_answers *answers, ga_misfit_fn misfit,
                     void *ctx);

/* What tables show of these operations; false: nothing, and `ret_answers` is as it was. */
bool ga_fold_shown(const struct ga_log_op *ops, size_t count, const struct ga_form *form, struct ga_arena *arena,
                   struct ga_answers *ret_answers);

/* The field in which a record says where it belongs, for which at a county its school stands in; NULL: it has none. */
const struct ga_field *ga_fold_place(const struct ga_form *form);

struct ga_heads *ga_heads_of(const struct ga_fold_head *heads, size_t count);
size_t ga_heads_find(const struct ga_heads *heads, const char *group, const struct ga_hash **ret_leaves, size_t max);

#endif
