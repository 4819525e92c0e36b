/* Settles where computers answered differently. */
#include "guanai/store/conflict.h"

#include "fold/change.h"
#include "fold/own.h"
#include "fold/said.h"
#include "guanai/store/operation_order.h"
#include "guanai/store/undo.h"
#include "log/saving.h"

#include <string.h>

struct settling {
    const struct ga_conflict *conflict;
    size_t pick;
    const struct ga_conflict_typed *typed;
    size_t typed_count;
    struct ga_arena arena;
};

static bool is_listed(const struct ga_conflict *conflict, const struct ga_hash *leaf)
{
    for (size_t i = 0; i < conflict->values_count; i++)
        if (ga_hash_equal(&conflict->values[i].leaf, leaf))
            return true;
    return false;
}

static const struct ga_operation_group *picked_group(const struct settling *s, const struct ga_log_op *ops, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ga_hash_equal(&ops[i].leaf, &s->conflict->values[s->pick].leaf))
            return ga_said_group(&ops[i].op, s->conflict->group);
    return NULL;
}

static struct ga_operation_value *value_at(struct ga_operation_field *fields, size_t *count, const char *id)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(fields[i].id, id) == 0)
            return &fields[i].value;
    fields[*count] = (struct ga_operation_field){.id = id};
    return &fields[(*count)++].value;
}

/* Where a field of the group is defined; NULL: it has no such field. */
static const struct ga_field *field_named(const struct ga_conflict *conflict, const char *id)
{
    for (size_t i = 0; i < conflict->fields_count; i++)
        if (strcmp(conflict->fields[i].id, id) == 0)
            return conflict->fields[i].field;
    return NULL;
}

/* The value that was picked, with what was typed in its place. */
static enum ga_rc fill_group(struct settling *s, const struct ga_operation_group *picked, struct ga_operation_group *group,
                             struct ga_error *err)
{
    struct ga_operation_field *fields = ga_arena_array(&s->arena, picked->fields_count + s->typed_count, sizeof(*fields));
    size_t count = picked->fields_count;
    memcpy(fields, picked->fields, count * sizeof(*fields));
    for (size_t i = 0; i < s->typed_count; i++) {
        const struct ga_field *field = field_named(s->conflict, s->typed[i].field);
        if (field == NULL)
            return ga_error_set(err, GA_REFUSED, "'%1' is none of the fields that differ", s->typed[i].field);
        *value_at(fields, &count, field->name) = ga_change_value(field, &s->typed[i].answer);
    }
    group->fields = fields;
    group->fields_count = count;
    return GA_OK;
}

/* Those listed that still stand. */
static size_t fill_replaced(struct settling *s, const struct ga_log_op *ops, size_t count, struct ga_operation *op,
                            struct ga_operation_group *group)
{
    struct ga_fold_head *heads;
    size_t heads_count, standing = 0;
    ga_fold(ops, count, &s->arena, &heads, &heads_count);
    struct ga_hash *replaced = ga_arena_array(&s->arena, heads_count, sizeof(*replaced));
    uint32_t *replaces = ga_arena_array(&s->arena, heads_count, sizeof(*replaces));
    for (size_t i = 0; i < heads_count; i++) {
        if (strcmp(heads[i].group, s->conflict->group) != 0 || !is_listed(s->conflict, &heads[i].op->leaf))
            continue;
        replaces[standing] = (uint32_t)standing;
        replaced[standing++] = heads[i].op->leaf;
        if (heads[i].op->op.protection > op->protection)
            op->protection = heads[i].op->op.protection;
    }
    op->replaced = replaced;
    op->replaced_count = group->replaces_count = standing;
    group->replaces = replaces;
    return standing;
}

static enum ga_rc write_choice(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops, size_t count,
                               struct ga_error *err)
{
    struct settling *s = ctx;
    struct ga_operation_group group = {.id = s->conflict->group};
    struct ga_operation op = {.groups = &group, .groups_count = 1};
    const struct ga_operation_group *picked = picked_group(s, ops, count);
    if (picked == NULL || fill_replaced(s, ops, count, &op, &group) == 0)
        return ga_error_set(err, GA_REFUSED, "this was settled meanwhile");
    enum ga_rc rc = fill_group(s, picked, &group, err);
    if (rc != GA_OK)
        return rc;
    ga_operation_order(&op, &s->arena);
    return ga_save_write(save, no, &s->conflict->record, s->conflict->form, &op, err);
}

/* Taken out again, by one who knows what had been changed; or kept, and nobody asks any more. */
static enum ga_rc settle_removal(struct ga_save *save, const struct ga_conflict *conflict, size_t pick, struct ga_error *err)
{
    static const struct ga_operation_field kept = {"_gone", {.kind = GA_OPERATION_INTEGER, .integer = 0}};
    const struct ga_own_group group = {.id = "_gone", .protect = GA_PROTECT_PUBLIC, .fields = &kept, .fields_count = 1};
    return conflict->values[pick].is_removal ? ga_save_remove(save, &conflict->record, err)
                     : ga_save_put_own(save, &conflict->record, &group, 1, err);
}

enum ga_rc ga_conflict_check_handed(struct ga_store *store, const struct ga_conflict *conflict, struct ga_error *err)
{
    const char *to = conflict->handed_to;
    return to[0] == '\0' || strcmp(to, ga_store_typist(store)) == 0
               ? GA_OK
               : ga_error_set(err, GA_DENIED, "this was handed to %1, who settles it", to);
}

enum ga_rc ga_conflict_put(struct ga_save *save, const struct ga_conflict *conflict, size_t pick,
                           const struct ga_conflict_typed *typed, size_t typed_count, struct ga_error *err)
{
    struct settling s = {.conflict = conflict, .pick = pick, .typed = typed, .typed_count = typed_count};
    int64_t no;
    if (pick >= conflict->values_count)
        return ga_error_set(err, GA_REFUSED, "there is no such value to pick");
    enum ga_rc rc = ga_conflict_check_handed(ga_save_store(save), conflict, err);
    if (rc != GA_OK)
        return rc;
    if (conflict->kind == GA_CONFLICT_REMOVAL)
        return settle_removal(save, conflict, pick, err);
    rc = ga_record_no(ga_save_store(save), &conflict->record, &no, err);
    if (rc == GA_OK)
        rc = ga_save_into(save, no, conflict->form, write_choice, &s, err);
    ga_arena_finish(&s.arena);
    return rc;
}

enum ga_rc ga_conflict_settle(struct ga_store *store, const struct ga_conflict *conflict, size_t pick,
                              const struct ga_conflict_typed *typed, size_t typed_count, struct ga_error *err)
{
    struct ga_save *save;
    enum ga_rc rc = ga_save_begin(store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_conflict_put(save, conflict, pick, typed, typed_count, err);
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}
