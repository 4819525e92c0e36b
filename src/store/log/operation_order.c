/* Puts the parts of an operation into the order its encoding asks for. */
#include "guanai/store/operation_order.h"

#include <stdlib.h>
#include <string.h>

static int compare_hashes(const void *a, const void *b)
{
    return ga_hash_compare(a, b);
}

static int compare_indexes(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static int compare_groups(const void *a, const void *b)
{
    return strcmp(((const struct ga_operation_group *)a)->id, ((const struct ga_operation_group *)b)->id);
}

static int compare_fields(const void *a, const void *b)
{
    return strcmp(((const struct ga_operation_field *)a)->id, ((const struct ga_operation_field *)b)->id);
}

/* As those of most saves (change.c goes through the fields by name). */
static bool are_in_order(const struct ga_operation_group *groups, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(groups[i - 1].id, groups[i].id) > 0)
            return false;
    return true;
}

/* Those that some group names, rising, each once. */
static size_t collect_replaced(const struct ga_operation *op, struct ga_hash *ret_hashes)
{
    size_t all = 0, kept = 0;
    for (size_t g = 0; g < op->groups_count; g++)
        for (size_t i = 0; i < op->groups[g].replaces_count; i++)
            ret_hashes[all++] = op->replaced[op->groups[g].replaces[i]];
    if (all > 0)
        qsort(ret_hashes, all, sizeof(*ret_hashes), compare_hashes);
    for (size_t i = 0; i < all; i++)
        if (i == 0 || !ga_hash_equal(&ret_hashes[kept - 1], &ret_hashes[i]))
            ret_hashes[kept++] = ret_hashes[i];
    return kept;
}

static size_t count_replaces(const struct ga_operation *op)
{
    size_t count = 0;
    for (size_t g = 0; g < op->groups_count; g++)
        count += op->groups[g].replaces_count;
    return count;
}

static void order_replaces(struct ga_operation_group *group, const struct ga_hash *old,
                           const struct ga_hash *hashes, size_t hashes_count, struct ga_arena *arena)
{
    if (group->replaces_count == 0)
        return;
    uint32_t *indexes = ga_arena_array(arena, group->replaces_count, sizeof(*indexes));
    size_t kept = 0;
    for (size_t i = 0; i < group->replaces_count; i++) {
        const struct ga_hash *found =
            bsearch(&old[group->replaces[i]], hashes, hashes_count, sizeof(*hashes), compare_hashes);
        indexes[i] = (uint32_t)(found - hashes);
    }
    qsort(indexes, group->replaces_count, sizeof(*indexes), compare_indexes);
    for (size_t i = 0; i < group->replaces_count; i++)
        if (i == 0 || indexes[i] != indexes[kept - 1])
            indexes[kept++] = indexes[i];
    group->replaces = indexes;
    group->replaces_count = kept;
}

static void order_fields(struct ga_operation_group *group, struct ga_arena *arena)
{
    if (group->fields_count < 2) /* most groups are one field */
        return;
    struct ga_operation_field *fields = ga_arena_array(arena, group->fields_count, sizeof(*fields));
    memcpy(fields, group->fields, group->fields_count * sizeof(*fields));
    qsort(fields, group->fields_count, sizeof(*fields), compare_fields);
    group->fields = fields;
}

void ga_operation_order(struct ga_operation *operation, struct ga_arena *arena)
{
    const struct ga_hash *old = operation->replaced;
    struct ga_hash *hashes = ga_arena_array(arena, count_replaces(operation), sizeof(*hashes));
    size_t hashes_count = collect_replaced(operation, hashes);
    struct ga_operation_group *groups = ga_arena_array(arena, operation->groups_count, sizeof(*groups));
    for (size_t i = 0; i < operation->groups_count; i++) {
        groups[i] = operation->groups[i];
        order_replaces(&groups[i], old, hashes, hashes_count, arena);
        order_fields(&groups[i], arena);
    }
    if (!are_in_order(groups, operation->groups_count))
        qsort(groups, operation->groups_count, sizeof(*groups), compare_groups);
    operation->groups = groups;
    operation->replaced = hashes;
    operation->replaced_count = hashes_count;
}

bool ga_operation_value_equal(const struct ga_operation_value *a, const struct ga_operation_value *b)
{
    const enum ga_operation_value_kind x = a == NULL ? GA_OPERATION_CLEAR : a->kind;
    const enum ga_operation_value_kind y = b == NULL ? GA_OPERATION_CLEAR : b->kind;
    if (x != y || x <= GA_OPERATION_NOT_APPLICABLE || x == GA_OPERATION_WITHHELD)
        return x == y;
    if (x == GA_OPERATION_INTEGER)
        return a->integer == b->integer;
    return a->text_len == b->text_len && memcmp(a->text, b->text, a->text_len) == 0;
}
