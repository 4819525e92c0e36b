/* Tells what taking a transaction back would do to one of its records. */
#include "fold/said.h"
#include "record/undo_inner.h"

#include "guanai/store/operation_order.h"

#include <string.h>

static bool is_in(const struct ga_reach *reach, int64_t no)
{
    return no >= reach->first_op && no - reach->first_op < reach->count;
}

/* Was it written to take something back? Then nobody typed it. */
static bool is_undoing(const struct ga_undo *undo, int64_t no)
{
    for (size_t i = 0; i < undo->options.undone_count; i++)
        if (is_in(&undo->undone[i], no))
            return true;
    return false;
}

/* Those of the transaction, or those that were there before it came; in the arena. */
static size_t choose(const struct ga_undo_look *look, bool of_it, struct ga_log_op *chosen)
{
    const struct ga_reach *reach = &look->undo->options.reach;
    size_t count = 0;
    for (size_t i = 0; i < look->count; i++)
        if (of_it ? is_in(reach, look->ops[i].no) : look->ops[i].no < reach->first_op)
            chosen[count++] = look->ops[i];
    return count;
}

static void fold_part(struct ga_undo_look *look, bool of_it, struct ga_fold_head **ret_heads, size_t *ret_count)
{
    struct ga_log_op *chosen = ga_arena_array(look->arena, look->count, sizeof(*chosen));
    const size_t count = choose(look, of_it, chosen);
    ga_fold(chosen, count, look->arena, ret_heads, ret_count);
}

/* Does a value that stands now still say what the transaction brought? */
static bool is_as_brought(const struct ga_undo_look *look, const struct ga_fold_head *head)
{
    if (is_in(&look->undo->options.reach, head->op->no))
        return true;
    for (size_t i = 0; is_undoing(look->undo, head->op->no) && i < look->brought_count; i++)
        if (strcmp(look->brought[i].group, head->group) == 0 && ga_said_is_same(look->brought[i].value, head->value))
            return true;
    return false;
}

static bool is_brought(const struct ga_undo_look *look, const char *group)
{
    for (size_t i = 0; i < look->brought_count; i++)
        if (strcmp(look->brought[i].group, group) == 0)
            return true;
    return false;
}

static bool was_made(const struct ga_undo_look *look)
{
    for (size_t i = 0; i < look->count; i++)
        if (look->ops[i].no < look->undo->options.reach.first_op)
            return false;
    return true;
}

/* What was only given back when something else was undone is still whose it was before. */
static const struct ga_fold_head *written_first(const struct ga_undo_look *look, const struct ga_fold_head *head)
{
    for (size_t i = look->count; is_undoing(look->undo, head->op->no) && i > 0; i--) {
        const struct ga_log_op *op = &look->ops[i - 1];
        for (size_t k = 0; !is_undoing(look->undo, op->no) && k < op->op.groups_count; k++) {
            const struct ga_operation_group *group = &op->op.groups[k];
            if (strcmp(group->id, head->group) != 0 || !ga_said_is_same(group, head->value))
                continue;
            struct ga_fold_head *first = ga_arena_alloc(look->arena, sizeof(*first));
            *first = *head;
            first->op = op;
            first->value = group;
            return first;
        }
    }
    return head;
}

/* One save may have written ten groups: it bars once. */
static void add_newer(struct ga_undo_look *look, const struct ga_fold_head *head)
{
    head = written_first(look, head);
    for (size_t i = 0; i < look->newer_count; i++)
        if (look->newer[i]->op->no == head->op->no)
            return;
    look->newer[look->newer_count++] = head;
}

/* Taken out by what is to be taken back: then it is there to be given back. */
static bool is_gone_by_it(const struct ga_undo_look *look)
{
    for (size_t i = 0; i < look->heads_count; i++)
        if (strcmp(look->heads[i].group, "_gone") == 0 && is_in(&look->undo->options.reach, look->heads[i].op->no))
            return true;
    return false;
}

static void judge(struct ga_undo_look *look)
{
    const bool is_made = look->is_made = was_made(look);
    look->fate = look->brought_count == 0 ? GA_UNDO_NOTHING : is_made ? GA_UNDO_REMOVES : GA_UNDO_GIVES_BACK;
    if (look->fate == GA_UNDO_NOTHING || (ga_fold_is_gone(look->heads, look->heads_count) && !is_gone_by_it(look))) {
        look->fate = GA_UNDO_NOTHING;
        return;
    }
    look->newer = ga_arena_array(look->arena, look->heads_count, sizeof(struct ga_fold_head *));
    for (size_t i = 0; i < look->heads_count; i++) {
        const struct ga_fold_head *head = &look->heads[i];
        const bool is_fine = is_brought(look, head->group) ? is_as_brought(look, head)
                                                           : !is_made || is_undoing(look->undo, head->op->no);
        if (!is_fine)
            add_newer(look, head);
    }
    if (look->newer_count > 0)
        look->fate = GA_UNDO_BARRED;
}

void ga_undo_look_at(const struct ga_undo *undo, const struct ga_log_op *ops, size_t count, struct ga_arena *arena,
                     struct ga_undo_look *ret_look)
{
    struct ga_log_op *said = ga_arena_array(arena, count, sizeof(*said));
    memcpy(said, ops, count * sizeof(*said));
    ga_said_number_first(said, count);
    *ret_look = (struct ga_undo_look){.undo = undo, .arena = arena, .ops = said, .count = count};
    ga_fold(said, count, arena, &ret_look->heads, &ret_look->heads_count);
    fold_part(ret_look, true, &ret_look->brought, &ret_look->brought_count);
    fold_part(ret_look, false, &ret_look->before, &ret_look->before_count);
    judge(ret_look);
}

static bool is_first(const struct ga_fold_head *heads, size_t i)
{
    return i == 0 || strcmp(heads[i].group, heads[i - 1].group) != 0;
}

static bool has_field(const struct ga_operation_group *group, const struct ga_operation_field *field)
{
    for (size_t i = 0; group != NULL && i < group->fields_count; i++)
        if (strcmp(group->fields[i].id, field->id) == 0)
            return ga_operation_value_equal(&group->fields[i].value, &field->value);
    return field->value.kind == GA_OPERATION_CLEAR;
}

const char *ga_undo_look_changed(const struct ga_undo_look *look, const struct ga_fold_head *newer)
{
    const struct ga_operation_group *brought = NULL;
    for (size_t i = 0; i < look->brought_count && brought == NULL; i++)
        if (strcmp(look->brought[i].group, newer->group) == 0)
            brought = look->brought[i].value;
    for (size_t i = 0; i < newer->value->fields_count; i++)
        if (!has_field(brought, &newer->value->fields[i]))
            return newer->value->fields[i].id;
    return newer->group;
}

size_t ga_undo_look_groups(const struct ga_undo_look *look)
{
    size_t groups = 0;
    for (size_t i = 0; i < look->brought_count; i++)
        groups += is_first(look->brought, i);
    return groups;
}

/* The nth value a group had before; NULL: it had fewer. */
static const struct ga_fold_head *nth_before(const struct ga_undo_look *look, const char *group, size_t nth)
{
    for (size_t i = 0; i < look->before_count; i++)
        if (strcmp(look->before[i].group, group) == 0 && nth-- == 0)
            return &look->before[i];
    return NULL;
}

/* It had nothing: a row of a repeat goes, every other field is cleared. */
static void clear_group(const struct ga_undo_look *look, const struct ga_fold_head *brought,
                        struct ga_operation_group *group)
{
    const size_t count = brought->value->fields_count;
    struct ga_operation_field *fields = ga_arena_array(look->arena, count, sizeof(*fields));
    const bool is_row = strchr(brought->group, '/') != NULL;
    for (size_t i = 0; i < count; i++)
        fields[i] = (struct ga_operation_field){brought->value->fields[i].id, {.kind = GA_OPERATION_CLEAR}};
    if (is_row)
        fields[0] = (struct ga_operation_field){"_gone", {.kind = GA_OPERATION_INTEGER, .integer = 1}};
    group->fields = fields;
    group->fields_count = is_row ? 1 : count;
}

/* Operations of one protection class that give back the nth value of each group. */
struct giving {
    struct ga_vec groups, replaced;
};

static void add_replaced(struct giving *giving, struct ga_operation_group *group, uint32_t *replaces, const struct ga_hash *leaf)
{
    replaces[group->replaces_count++] = (uint32_t)giving->replaced.len;
    *(struct ga_hash *)ga_vec_push(&giving->replaced) = *leaf;
}

/* A removal that stands again knows what it knew: what it did not is asked about again, and nothing else. */
static void add_known(struct giving *giving, struct ga_operation_group *group, uint32_t *replaces, const struct ga_fold_head *removal)
{
    for (size_t i = 0; i < removal->value->replaces_count; i++)
        add_replaced(giving, group, replaces, &removal->op->op.replaced[removal->value->replaces[i]]);
}

static void add_group(const struct ga_undo_look *look, struct giving *giving, const struct ga_fold_head *brought,
                      const struct ga_fold_head *before)
{
    struct ga_operation_group *group = ga_vec_push(&giving->groups);
    const bool is_removal = before != NULL && strcmp(before->group, "_gone") == 0;
    *group = (struct ga_operation_group){.id = brought->group};
    uint32_t *replaces = ga_arena_array(look->arena, look->heads_count + (is_removal ? before->value->replaces_count : 0), sizeof(*replaces));
    for (size_t i = 0; i < look->heads_count; i++)
        if (strcmp(look->heads[i].group, brought->group) == 0)
            add_replaced(giving, group, replaces, &look->heads[i].op->leaf);
    if (is_removal)
        add_known(giving, group, replaces, before);
    group->replaces = replaces;
    if (before == NULL) {
        clear_group(look, brought, group);
    } else {
        group->fields = before->value->fields;
        group->fields_count = before->value->fields_count;
    }
}

static void gather(const struct ga_undo_look *look, enum ga_operation_protection protection, size_t nth,
                   struct giving *giving)
{
    for (size_t i = 0; i < look->brought_count; i++) {
        const struct ga_fold_head *brought = &look->brought[i];
        if (!is_first(look->brought, i))
            continue;
        const struct ga_fold_head *before = nth_before(look, brought->group, nth);
        const struct ga_fold_head *model = before != NULL ? before : brought;
        if ((before != NULL || nth == 0) && model->op->op.protection == protection)
            add_group(look, giving, brought, before);
    }
}

/* Fields that were open between two computers are open again: as many operations as there were values. */
enum ga_rc ga_undo_look_write(const struct ga_undo_look *look, struct ga_save *save, int64_t no, const struct ga_uuid *id,
                              const struct ga_form *form, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    bool has_more = true;
    for (size_t nth = 0; rc == GA_OK && has_more; nth++) {
        has_more = false;
        for (int protection = GA_OPERATION_PUBLIC; rc == GA_OK && protection <= GA_OPERATION_RESTRICTED; protection++) {
            struct giving giving;
            ga_vec_init(&giving.groups, sizeof(struct ga_operation_group));
            ga_vec_init(&giving.replaced, sizeof(struct ga_hash));
            gather(look, (enum ga_operation_protection)protection, nth, &giving);
            struct ga_operation op = {.protection = (enum ga_operation_protection)protection,
                                      .groups = giving.groups.items, .groups_count = giving.groups.len,
                                      .replaced = giving.replaced.items, .replaced_count = giving.replaced.len};
            if (giving.groups.len > 0) {
                has_more = true;
                ga_operation_order(&op, look->arena);
                rc = ga_save_write(save, no, id, form, &op, err);
            }
            ga_vec_finish(&giving.groups);
            ga_vec_finish(&giving.replaced);
        }
    }
    return rc;
}
