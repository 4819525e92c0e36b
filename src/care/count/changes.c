/* Reads changes of status for the functions of definitions. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/store/roll.h"

void ga_changes_read_init(struct ga_changes_read *read)
{
    *read = (struct ga_changes_read){0};
    ga_vec_init(&read->list, sizeof(struct ga_change_seen));
}

void ga_changes_read_finish(struct ga_changes_read *read)
{
    ga_vec_finish(&read->list);
    ga_arena_finish(&read->arena);
}

static void take(void *ctx, const struct ga_change_of_status *change)
{
    struct ga_changes_read *read = ctx;
    struct ga_change_seen *seen = ga_vec_push(&read->list);
    seen->child = change->child;
    seen->kind = ga_arena_strdup(&read->arena, change->kind);
    ga_str_copy(seen->from_on, sizeof(seen->from_on), change->from_on);
    ga_str_copy(seen->until_on, sizeof(seen->until_on), change->until_on == NULL ? "" : change->until_on);
}

static void forget(struct ga_changes_read *read)
{
    ga_vec_clear(&read->list);
    ga_arena_reset(&read->arena);
}

enum ga_rc ga_changes_read_all(struct ga_changes_read *read, struct ga_store *store, struct ga_date day, struct ga_error *err)
{
    forget(read);
    return ga_store_changes(store, day, take, read, err);
}

enum ga_rc ga_changes_read_between(struct ga_changes_read *read, struct ga_store *store, int64_t from, int64_t to,
                                   struct ga_date day, struct ga_error *err)
{
    forget(read);
    return ga_store_changes_between(store, from, to, day, take, read, err);
}
