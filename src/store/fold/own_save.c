/* Writes groups of the program's own about a record that is there. */
#include "fold/own.h"
#include "log/saving.h"

#include "guanai/store/operation_order.h"
#include "guanai/store/record.h"

#include <string.h>

struct writing {
    const struct ga_uuid *record;
    const struct ga_form *form;
    const struct ga_own_group *groups;
    size_t count;
    struct ga_arena arena;
    struct ga_fold_head *heads; /* as they stand now */
    size_t heads_count;
};

/* With what stands under its id now as replaced. */
static struct ga_operation_group fill_group(struct writing *w, const struct ga_own_group *from, struct ga_vec *replaced)
{
    uint32_t *replaces = ga_arena_array(&w->arena, w->heads_count, sizeof(*replaces));
    struct ga_operation_group group = {
        .id = from->id, .replaces = replaces, .fields = from->fields, .fields_count = from->fields_count};
    for (size_t i = 0; i < w->heads_count; i++) {
        if (strcmp(w->heads[i].group, from->id) != 0)
            continue;
        replaces[group.replaces_count++] = (uint32_t)replaced->len;
        *(struct ga_hash *)ga_vec_push(replaced) = w->heads[i].op->leaf;
    }
    return group;
}

/* The groups of one protection class as one operation. */
static enum ga_rc write_class(struct writing *w, struct ga_save *save, int64_t no, enum ga_protect protect,
                              struct ga_error *err)
{
    struct ga_operation_group *groups = ga_arena_array(&w->arena, w->count, sizeof(*groups));
    struct ga_operation op = {.groups = groups, .protection = (enum ga_operation_protection)protect};
    struct ga_vec replaced;
    ga_vec_init(&replaced, sizeof(struct ga_hash));
    for (size_t i = 0; i < w->count; i++)
        if (w->groups[i].protect == protect)
            groups[op.groups_count++] = fill_group(w, &w->groups[i], &replaced);
    op.replaced = replaced.items;
    op.replaced_count = replaced.len;
    enum ga_rc rc = GA_OK;
    if (op.groups_count > 0) {
        ga_operation_order(&op, &w->arena);
        rc = ga_save_write(save, no, w->record, w->form, &op, err);
    }
    ga_vec_finish(&replaced);
    return rc;
}

static enum ga_rc write_groups(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops, size_t count,
                               struct ga_error *err)
{
    struct writing *w = ctx;
    enum ga_rc rc = GA_OK;
    ga_fold(ops, count, &w->arena, &w->heads, &w->heads_count);
    for (int protect = GA_PROTECT_PUBLIC; rc == GA_OK && protect <= GA_PROTECT_RESTRICTED; protect++)
        rc = write_class(w, save, no, (enum ga_protect)protect, err);
    ga_arena_finish(&w->arena);
    return rc;
}

enum ga_rc ga_save_put_own(struct ga_save *save, const struct ga_uuid *record, const struct ga_own_group *groups,
                           size_t count, struct ga_error *err)
{
    struct writing w = {.record = record, .groups = groups, .count = count};
    struct ga_store *store = ga_save_store(save);
    int64_t no;
    enum ga_rc rc = ga_record_no(store, record, &no, err);
    if (rc == GA_OK)
        rc = ga_store_form_of(store, record, &w.form, err);
    return rc == GA_OK ? ga_save_into(save, no, w.form, write_groups, &w, err) : rc;
}
