/* Takes a record out of all that is shown, or shows it again. */
#include "guanai/store/undo.h"

#include "log/saving.h"

#include "guanai/store/operation_order.h"
#include "guanai/store/record.h"

#include <string.h>

struct marking {
    const struct ga_uuid *id;
    const struct ga_form *form;
    bool is_removal;
};

static bool is_replaced_by(const struct marking *marking, const struct ga_fold_head *head)
{
    return marking->is_removal || strcmp(head->group, "_gone") == 0;
}

static enum ga_rc write_mark(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops, size_t count,
                             struct ga_error *err)
{
    const struct marking *marking = ctx;
    struct ga_arena arena = {0};
    struct ga_fold_head *heads;
    size_t heads_count, known = 0;
    ga_fold(ops, count, &arena, &heads, &heads_count);
    struct ga_hash *replaced = ga_arena_array(&arena, heads_count, sizeof(*replaced));
    uint32_t *replaces = ga_arena_array(&arena, heads_count, sizeof(*replaces));
    for (size_t i = 0; i < heads_count; i++)
        if (is_replaced_by(marking, &heads[i])) {
            replaces[known] = (uint32_t)known;
            replaced[known++] = heads[i].op->leaf;
        }
    const struct ga_operation_field field = {"_gone", {.kind = GA_OPERATION_INTEGER, .integer = marking->is_removal}};
    const struct ga_operation_group group = {
        .id = "_gone", .fields = &field, .fields_count = 1, .replaces = replaces, .replaces_count = known};
    struct ga_operation op = {.groups = &group, .groups_count = 1, .replaced = replaced, .replaced_count = known,
                              .protection = GA_OPERATION_PUBLIC};
    ga_operation_order(&op, &arena);
    const bool is_gone = ga_fold_is_gone(heads, heads_count);
    enum ga_rc rc = is_gone == marking->is_removal ? GA_OK : ga_save_write(save, no, marking->id, marking->form, &op, err);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc mark(struct ga_save *save, const struct ga_uuid *id, bool is_removal, struct ga_error *err)
{
    struct marking marking = {.id = id, .is_removal = is_removal};
    struct ga_store *store = ga_save_store(save);
    int64_t no;
    enum ga_rc rc = ga_record_no(store, id, &no, err);
    if (rc == GA_OK)
        rc = ga_store_form_of(store, id, &marking.form, err);
    return rc == GA_OK ? ga_save_into(save, no, marking.form, write_mark, &marking, err) : rc;
}

enum ga_rc ga_save_remove(struct ga_save *save, const struct ga_uuid *id, struct ga_error *err)
{
    return mark(save, id, true, err);
}

enum ga_rc ga_save_restore(struct ga_save *save, const struct ga_uuid *id, struct ga_error *err)
{
    return mark(save, id, false, err);
}
