/* Folds what records came to hold by a receive. */
#include "peers/receive_project.h"

#include "guanai/base/order.h"
#include "guanai/store/conflict.h"
#include "peers/renaming.h"

#include <string.h>

/* Those that were not here before, in front of those that came with new numbers: what is left is what the tables show. */
static size_t put_known_first(const struct ga_arrivals *arrivals, struct ga_log_op *ops, size_t count)
{
    const struct ga_vec *filled = arrivals->filled;
    size_t known = 0;
    for (size_t i = 0; i < count && ops[i].no <= arrivals->before; i++) {
        const struct ga_log_op op = ops[i];
        if (ga_order_has(filled, op.no))
            continue;
        memmove(&ops[known + 1], &ops[known], (i - known) * sizeof(*ops));
        ops[known++] = op;
    }
    return known;
}

/* As they stood here when the tables were made. */
static const struct ga_log_op *as_they_were(const struct ga_arrivals *arrivals, const struct ga_log_op *ops, size_t count, struct ga_arena *arena)
{
    if (arrivals->named->len == 0 || count == 0)
        return ops;
    struct ga_log_op *were = ga_arena_array(arena, count, sizeof(*were));
    for (size_t i = 0; i < count; i++) {
        were[i] = ops[i];
        if (ga_order_has(arrivals->named, ops[i].no))
            ga_renaming_hide(arena, &were[i]);
    }
    return were;
}

/* A form this computer does not have: kept, passed on, shown when it comes. */
static enum ga_rc project_one(const struct ga_arrivals *arrivals, int64_t no, struct ga_error *err)
{
    struct ga_store *store = arrivals->store;
    struct ga_arena arena = {0};
    struct ga_answers old;
    struct ga_log_op *ops;
    size_t count, known;
    enum ga_rc rc = ga_log_to_fold(store, no, &arena, &ops, &count, err);
    const struct ga_form *form = rc == GA_OK && ga_fold_has_answers(ops, count)
                                     ? ga_forms_get(&store->forms, ga_fold_origin(ops, count)->op.form, NULL)
                                     : NULL;
    if (form != NULL) {
        known = put_known_first(arrivals, ops, count);
        const bool was_there = ga_fold_shown(as_they_were(arrivals, ops, known, &arena), known, form, &arena, &old);
        rc = ga_project_folded(store, no, form, ops, count, was_there ? &old : NULL, err);
        if (was_there)
            ga_answers_finish(&old);
    }
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_arrivals_project(const struct ga_arrivals *arrivals, struct ga_received *told, struct ga_error *err)
{
    const struct ga_check_progress *progress = arrivals->progress;
    int64_t before = 0, now = 0;
    ga_order_sort_once(arrivals->touched);
    ga_order_sort_once(arrivals->filled);
    ga_order_sort_once(arrivals->named);
    enum ga_rc rc = ga_conflict_count(arrivals->store, &before, err);
    for (size_t i = 0; rc == GA_OK && i < arrivals->touched->len; i++) {
        rc = project_one(arrivals, *GA_VEC_AT(int64_t, arrivals->touched, i), err);
        if (rc == GA_OK && progress != NULL &&
            !progress->step(progress->ctx, (int64_t)i + 1, (int64_t)arrivals->touched->len))
            rc = ga_error_set(err, GA_CANCELLED, "stopped");
    }
    if (rc == GA_OK)
        rc = ga_conflict_count(arrivals->store, &now, err);
    told->records = arrivals->touched->len;
    told->conflicts = now > before ? (uint64_t)(now - before) : 0;
    return rc;
}
