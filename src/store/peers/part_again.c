/* Writes again in two parts what was written in one before operations were parted. */
#include "fold/fold.h"
#include "fold/naming.h"
#include "guanai/store/limited.h"
#include "log/saving.h"

#include <string.h>

struct parting {
    struct ga_arena arena; /* of the record at hand */
    uint64_t count;        /* operations written */
};

static bool is_head(const struct ga_fold_head *heads, size_t count, const struct ga_log_op *op, const struct ga_operation_group *group)
{
    for (size_t i = 0; i < count; i++)
        if (heads[i].op == op && heads[i].value == group)
            return true;
    return false;
}

/* What still stands of it, replacing it: by whom and when stays as it was said. false: nothing does. */
static bool say_again(struct parting *p, const struct ga_log_op *old, const struct ga_fold_head *heads, size_t heads_count,
                      struct ga_operation *ret_op)
{
    static const uint32_t first[] = {0};
    struct ga_operation_group *groups = ga_arena_array(&p->arena, old->op.groups_count, sizeof(*groups));
    *ret_op = old->op;
    ret_op->groups = groups;
    ret_op->groups_count = 0;
    ret_op->replaced = &old->leaf;
    ret_op->replaced_count = 1;
    for (size_t i = 0; i < old->op.groups_count; i++) {
        if (!is_head(heads, heads_count, old, &old->op.groups[i]))
            continue;
        struct ga_operation_group *group = &groups[ret_op->groups_count++];
        *group = old->op.groups[i];
        group->replaces = first;
        group->replaces_count = 1;
    }
    return ret_op->groups_count > 0;
}

static bool is_in_one_piece(const struct ga_log_op *op, const struct ga_form *form)
{
    return (int)op->op.protection <= (int)GA_LIMITED_PROTECTION_MAX && ga_naming_is_bare(&op->op, form);
}

static enum ga_rc write_parted(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops, size_t count,
                               struct ga_error *err)
{
    struct parting *p = ctx;
    struct ga_fold_head *heads;
    size_t heads_count;
    enum ga_rc rc = GA_OK;
    ga_fold(ops, count, &p->arena, &heads, &heads_count);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        const struct ga_form *form = ga_forms_get(&ga_save_store(save)->forms, ops[i].op.form, NULL);
        struct ga_operation op;
        if (form == NULL || !is_in_one_piece(&ops[i], form) || !say_again(p, &ops[i], heads, heads_count, &op))
            continue;
        rc = ga_save_write_as(save, no, form, &op, err);
        p->count++;
    }
    return rc;
}

/* Most records have nothing of that kind, and none of them has when it is done a second time. */
static bool has_one_piece(const struct ga_log_op *ops, size_t count, const struct ga_fold_head *heads, size_t heads_count,
                          const struct ga_form *form)
{
    for (size_t i = 0; i < count; i++)
        for (size_t g = 0; is_in_one_piece(&ops[i], form) && g < ops[i].op.groups_count; g++)
            if (is_head(heads, heads_count, &ops[i], &ops[i].op.groups[g]))
                return true;
    return false;
}

/* What is removed is told of nobody; what no form here knows stays withheld. */
static enum ga_rc part_record(struct parting *p, struct ga_save *save, int64_t no, struct ga_error *err)
{
    struct ga_store *store = ga_save_store(save);
    struct ga_log_op *ops = NULL;
    struct ga_fold_head *heads;
    size_t count = 0, heads_count;
    ga_arena_reset(&p->arena);
    const enum ga_rc rc = ga_log_of_record(store, no, &p->arena, &ops, &count, err);
    if (rc != GA_OK || !ga_fold_has_answers(ops, count))
        return rc;
    const struct ga_form *form = ga_forms_get(&store->forms, ga_fold_origin(ops, count)->op.form, NULL);
    ga_fold(ops, count, &p->arena, &heads, &heads_count);
    if (form == NULL || ga_fold_is_gone(heads, heads_count) || !has_one_piece(ops, count, heads, heads_count, form))
        return GA_OK;
    return ga_save_into(save, no, form, write_parted, p, err);
}

static enum ga_rc list_records(struct ga_store *store, struct ga_vec *numbers, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, "SELECT no FROM record WHERE form <> '' ORDER BY no", &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(numbers) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_naming_part_again(struct ga_store *store, uint64_t *ret_count, struct ga_error *err)
{
    struct parting p = {.count = 0};
    struct ga_save *save = NULL;
    struct ga_vec numbers;
    ga_vec_init(&numbers, sizeof(int64_t));
    enum ga_rc rc = list_records(store, &numbers, err);
    if (rc == GA_OK)
        rc = ga_save_begin(store, &save, err);
    for (size_t i = 0; rc == GA_OK && i < numbers.len; i++)
        rc = part_record(&p, save, *GA_VEC_AT(const int64_t, &numbers, i), err);
    if (rc == GA_OK)
        rc = ga_save_commit(save, err);
    else
        ga_save_abandon(save);
    if (rc == GA_OK && ret_count != NULL)
        *ret_count = p.count;
    ga_arena_finish(&p.arena);
    ga_vec_finish(&numbers);
    return rc;
}
