/* Tells what stood before a removal was settled and taken back, which fields one did not know of. */
#include "peers/conflict_removal.h"

#include "fold/own.h"
#include "fold/said.h"

#include <string.h>

static const char gone[] = "_gone";

static const struct ga_log_op *find_op(const struct ga_log_op *ops, size_t count, const struct ga_hash *leaf)
{
    for (size_t i = 0; i < count; i++)
        if (ga_hash_equal(&ops[i].leaf, leaf))
            return &ops[i];
    return NULL;
}

static bool replaces(const struct ga_log_op *op, const struct ga_operation_group *group, const struct ga_hash *leaf)
{
    for (size_t i = 0; i < group->replaces_count; i++)
        if (ga_hash_equal(&op->op.replaced[group->replaces[i]], leaf))
            return true;
    return false;
}

/* A removal that stands again knows what it knew before, and the settlement; one made anew knows of everything. */
static bool knows_no_more(const struct ga_log_op *op, const struct ga_operation_group *group, const struct ga_log_op *settled,
                          const struct ga_log_op *earlier, const struct ga_operation_group *said)
{
    for (size_t i = 0; i < group->replaces_count; i++) {
        const struct ga_hash *leaf = &op->op.replaced[group->replaces[i]];
        if (!ga_hash_equal(leaf, &settled->leaf) && !replaces(earlier, said, leaf))
            return false;
    }
    return replaces(op, group, &settled->leaf);
}

const struct ga_log_op *ga_removal_before(const struct ga_log_op *ops, size_t count, const struct ga_log_op *op)
{
    const struct ga_operation_group *group = ga_said_group(&op->op, gone);
    for (size_t i = 0; i < count; i++) {
        const struct ga_log_op *settled = &ops[i];
        const struct ga_operation_group *choice = ga_said_group(&settled->op, gone);
        for (size_t k = 0; choice != NULL && k < choice->replaces_count; k++) {
            const struct ga_log_op *earlier = find_op(ops, count, &settled->op.replaced[choice->replaces[k]]);
            const struct ga_operation_group *said = earlier == NULL ? NULL : ga_said_group(&earlier->op, gone);
            if (said != NULL && ga_said_is_same(said, group) && knows_no_more(op, group, settled, earlier, said))
                return earlier;
        }
    }
    return NULL;
}

bool ga_removal_is_one_save(const struct ga_log_op *a, const struct ga_log_op *b)
{
    return a->op.local_day == b->op.local_day && a->op.local_ms == b->op.local_ms && strcmp(a->op.user, b->op.user) == 0;
}

/* Of one head, those that it says anew. */
static void add_labels(const struct ga_removal_words *in, const struct ga_fold_head *head, struct ga_arena *arena, struct ga_str *labels)
{
    struct ga_said_old old;
    ga_said_replaced(in->ops, in->ops_count, &head->op->op, head->value, arena, &old);
    for (size_t i = 0; i < head->value->fields_count; i++) {
        const char *id = head->value->fields[i].id;
        const struct ga_field *field = ga_said_field(in->form, head->group, id);
        if (field != NULL && ga_said_differs(&old, head->value, id))
            ga_str_addf(labels, "%s%s", labels->len > 0 ? in->lang == GA_ZH ? "、" : ", " : "", ga_label_text(&field->label, in->lang));
    }
}

const char *ga_removal_words(const struct ga_removal_words *in, const struct ga_log_op *op, struct ga_arena *arena)
{
    struct ga_message message;
    struct ga_str labels = {0};
    char text[GA_MESSAGE_BYTES];
    for (size_t i = 0; i < in->heads_count; i++)
        if (!ga_fold_is_own(in->heads[i].group) && ga_removal_is_one_save(in->heads[i].op, op))
            add_labels(in, &in->heads[i], arena, &labels);
    ga_message_set(&message, GA_N_("record changed: %1"), ga_str_text(&labels));
    const char *words = labels.len == 0 ? ga_tr(in->lang, "record changed")
                                        : ga_arena_strdup(arena, ga_message_text(&message, in->lang, text, sizeof(text)));
    ga_str_finish(&labels);
    return words;
}
