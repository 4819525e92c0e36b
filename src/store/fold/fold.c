/* The state of a record as a pure function of its set of operations. */
#include "private.h"

#include "guanai/form/type.h"
#include "guanai/store/naming.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A (group, leaf) pair that some operation replaces. */
struct replaced {
    const char *group;
    const struct ga_hash *leaf;
};

static int compare_replaced(const void *a, const void *b)
{
    const struct replaced *left = a, *right = b;
    int groups = strcmp(left->group, right->group);
    return groups != 0 ? groups : ga_hash_compare(left->leaf, right->leaf);
}

static int compare_heads(const void *a, const void *b)
{
    const struct ga_fold_head *left = a, *right = b;
    int groups = strcmp(left->group, right->group);
    return groups != 0 ? groups : ga_hash_compare(&left->op->leaf, &right->op->leaf);
}

static size_t collect_replaced(const struct ga_log_op *ops, size_t count, struct replaced *list)
{
    size_t len = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t g = 0; g < ops[i].op.groups_count; g++) {
            const struct ga_operation_group *group = &ops[i].op.groups[g];
            for (size_t r = 0; r < group->replaces_count; r++) {
                if (list != NULL)
                    list[len] = (struct replaced){group->id, &ops[i].op.replaced[group->replaces[r]]};
                len++;
            }
        }
    if (list != NULL)
        qsort(list, len, sizeof(*list), compare_replaced);
    return len;
}

/* An operation's groups are in order, and most records are one operation or two: two rows of heads to be merged. */
static void sort_heads(struct ga_fold_head *heads, size_t count, struct ga_arena *arena)
{
    size_t first = 1, end;
    while (first < count && compare_heads(&heads[first - 1], &heads[first]) <= 0)
        first++;
    for (end = first + 1; end < count && compare_heads(&heads[end - 1], &heads[end]) <= 0;)
        end++;
    if (first >= count)
        return;
    if (end < count) {
        qsort(heads, count, sizeof(*heads), compare_heads);
        return;
    }
    struct ga_fold_head *merged = ga_arena_array(arena, count, sizeof(*merged));
    for (size_t i = 0, a = 0, b = first; i < count; i++)
        merged[i] = b == count || (a < first && compare_heads(&heads[a], &heads[b]) <= 0) ? heads[a++] : heads[b++];
    memcpy(heads, merged, count * sizeof(*heads));
}

void ga_fold(const struct ga_log_op *ops, size_t count, struct ga_arena *arena, struct ga_fold_head **ret_heads,
             size_t *ret_count)
{
    size_t groups = 0, heads_count = 0;
    for (size_t i = 0; i < count; i++)
        groups += ops[i].op.groups_count;
    const size_t replaced_count = collect_replaced(ops, count, NULL);
    struct replaced *replaced = ga_arena_array(arena, replaced_count, sizeof(*replaced));
    collect_replaced(ops, count, replaced);
    struct ga_fold_head *heads = ga_arena_array(arena, groups, sizeof(*heads));
    for (size_t i = 0; i < count; i++)
        for (size_t g = 0; g < ops[i].op.groups_count; g++) {
            const struct replaced key = {ops[i].op.groups[g].id, &ops[i].leaf};
            if (replaced_count > 0 &&
                bsearch(&key, replaced, replaced_count, sizeof(key), compare_replaced) != NULL)
                continue;
            heads[heads_count++] = (struct ga_fold_head){key.group, &ops[i], &ops[i].op.groups[g]};
        }
    sort_heads(heads, heads_count, arena);
    /* The same operation twice in the set (it came by two ways) is one. */
    size_t kept = 0;
    for (size_t i = 0; i < heads_count; i++)
        if (kept == 0 || compare_heads(&heads[kept - 1], &heads[i]) != 0)
            heads[kept++] = heads[i];
    *ret_heads = heads;
    *ret_count = kept;
}

bool ga_fold_is_own(const char *group)
{
    return group[0] == '_';
}

static bool is_removal(const struct ga_fold_head *head)
{
    return strcmp(head->group, "_gone") == 0;
}

static bool says_gone(const struct ga_fold_head *removal)
{
    for (size_t i = 0; i < removal->value->fields_count; i++) {
        const struct ga_operation_field *field = &removal->value->fields[i];
        if (strcmp(field->id, "_gone") == 0)
            return field->value.kind == GA_OPERATION_INTEGER && field->value.integer == 1;
    }
    return false;
}

static bool knows(const struct ga_fold_head *removal, const struct ga_fold_head *head)
{
    if (is_removal(head) || head->op == removal->op)
        return true;
    for (size_t i = 0; i < removal->value->replaces_count; i++)
        if (ga_hash_equal(&removal->op->op.replaced[removal->value->replaces[i]], &head->op->leaf))
            return true;
    return false;
}

const struct ga_fold_head *ga_fold_unknown_to(const struct ga_fold_head *removal, const struct ga_fold_head *heads,
                                              size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!knows(removal, &heads[i]))
            return &heads[i];
    return NULL;
}

const struct ga_fold_head *ga_fold_removal(const struct ga_fold_head *gone, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (says_gone(&gone[i]))
            return &gone[i];
    return NULL;
}

bool ga_fold_says_gone(const struct ga_fold_head *gone, size_t count)
{
    return ga_fold_removal(gone, count) != NULL;
}

bool ga_fold_is_gone(const struct ga_fold_head *heads, size_t count)
{
    bool is_gone = false;
    for (size_t i = 0; i < count && ga_fold_is_own(heads[i].group); i++) { /* own groups sort before all others */
        if (!is_removal(&heads[i]))
            continue;
        if (!says_gone(&heads[i]))
            return false;
        is_gone = is_gone || ga_fold_unknown_to(&heads[i], heads, count) == NULL;
    }
    return is_gone;
}

static enum ga_answer_state state_of(enum ga_operation_value_kind kind)
{
    switch (kind) {
    case GA_OPERATION_UNKNOWN: return GA_UNKNOWN;
    case GA_OPERATION_REFUSED: return GA_DECLINED;
    case GA_OPERATION_NOT_APPLICABLE: return GA_NOT_APPLICABLE;
    default: return GA_EMPTY;
    }
}

static bool has_value(const struct ga_operation_value *value)
{
    return value->kind == GA_OPERATION_INTEGER || value->kind == GA_OPERATION_TEXT ||
           value->kind == GA_OPERATION_DECIMAL;
}

static struct ga_value value_of(const struct ga_operation_value *value)
{
    return value->kind == GA_OPERATION_INTEGER ? ga_value_int(value->integer)
                                               : ga_value_text_len(value->text, value->text_len);
}

static bool is_about_only(const struct ga_log_op *op)
{
    for (size_t i = 0; i < op->op.groups_count; i++)
        if (!ga_fold_is_own(op->op.groups[i].id))
            return false;
    return true;
}

bool ga_fold_has_answers(const struct ga_log_op *ops, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_about_only(&ops[i]))
            return true;
    return false;
}

/* What replaces something came later, whatever the clocks said; among the rest any fixed order does. */
static int compare_origin(const struct ga_log_op *a, const struct ga_log_op *b)
{
    const bool is_about[2] = {is_about_only(a), is_about_only(b)};
    const bool left = a->op.replaced_count > 0, right = b->op.replaced_count > 0;
    if (is_about[0] != is_about[1])
        return is_about[0] ? 1 : -1;
    if (left != right)
        return left ? 1 : -1;
    if (a->op.local_day != b->op.local_day)
        return a->op.local_day < b->op.local_day ? -1 : 1;
    if (a->op.local_ms != b->op.local_ms)
        return a->op.local_ms < b->op.local_ms ? -1 : 1;
    return ga_hash_compare(&a->leaf, &b->leaf);
}

const struct ga_log_op *ga_fold_origin(const struct ga_log_op *ops, size_t count)
{
    const struct ga_log_op *first = &ops[0];
    for (size_t i = 1; i < count; i++)
        if (compare_origin(&ops[i], first) < 0)
            first = &ops[i];
    return first;
}

struct folding {
    const struct ga_fold_head *heads;
    size_t count;
    struct ga_answers *answers;
    bool is_nameless; /* the child's name is there, and withheld from this computer */
    ga_misfit_fn misfit;
    void *ctx;
};

static void keep_misfit(struct folding *f, const char *name, const struct ga_operation_value *value)
{
    if (f->misfit != NULL && value->kind != GA_OPERATION_CLEAR && value->kind != GA_OPERATION_WITHHELD)
        f->misfit(f->ctx, name, value);
}

/* Why a warning was overruled (change.c). */
static void take_because(struct folding *f, const struct ga_operation_field *from)
{
    const struct ga_field *field = ga_form_field(f->answers->form, from->id + strlen("_because_"));
    if (field != NULL && field->parent == NULL && from->value.kind == GA_OPERATION_TEXT)
        ga_answers_at(f->answers, field)->because = ga_arena_strdup(&f->answers->arena, from->value.text);
}

/*
 * The form may have put the field into a group, or taken it out of one, since this was saved. What was
 * saved since then in the field's own group counts; what is not shown for that is listed, never lost.
 */
static bool is_outvoted(const struct folding *f, const char *group, const struct ga_field *field)
{
    const char *own = ga_field_group(field);
    if (strcmp(own, group) == 0)
        return false;
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->heads[i].group, own) == 0)
            return true;
    return false;
}

static void take_field(struct folding *f, const char *group, const struct ga_operation_field *from)
{
    if (ga_str_starts(from->id, "_because_")) {
        take_because(f, from);
        return;
    }
    const struct ga_field *field = ga_form_field(f->answers->form, from->id);
    if (from->value.kind == GA_OPERATION_WITHHELD) {
        f->is_nameless |= strcmp(from->id, "name") == 0 && strcmp(f->answers->form->name, "child") == 0;
        return;
    }
    if (strcmp(from->id, "child") == 0 && f->answers->form->of.text != NULL && has_value(&from->value)) {
        if (from->value.kind != GA_OPERATION_TEXT || !ga_uuid_parse(from->value.text, &f->answers->child))
            keep_misfit(f, from->id, &from->value);
        return;
    }
    if (field == NULL || field->parent != NULL || is_outvoted(f, group, field)) {
        keep_misfit(f, from->id, &from->value);
    } else if (has_value(&from->value)) {
        const struct ga_value value = value_of(&from->value);
        if (ga_field_fits(field, &value))
            ga_answers_set(f->answers, field, &value);
        else
            keep_misfit(f, from->id, &from->value);
    } else if (from->value.kind != GA_OPERATION_CLEAR) {
        ga_answers_set_state(f->answers, field, state_of(from->value.kind));
    }
}

/* Two rows may have a misfit of the same field: the row's id tells them apart. */
static void keep_row_misfit(struct folding *f, const char *group, const struct ga_operation_field *from)
{
    char name[2 * GA_OPERATION_ID_MAX + GA_UUID_TEXT_SIZE + 2];
    snprintf(name, sizeof(name), "%s.%s", group, from->id);
    keep_misfit(f, name, &from->value);
}

static void take_row_field(struct folding *f, const char *group, const struct ga_field *repeat, struct ga_row *row,
                           const struct ga_operation_field *from)
{
    if (strcmp(from->id, "_gone") == 0) {
        row->is_gone = from->value.kind == GA_OPERATION_INTEGER && from->value.integer != 0;
        return;
    }
    if (strcmp(from->id, "position") == 0 || from->id[0] == '_')
        return;
    for (size_t i = 0; i < repeat->fields.count; i++) {
        const struct ga_field *field = &repeat->fields.items[i];
        if (strcmp(field->name, from->id) != 0)
            continue;
        const struct ga_value value = has_value(&from->value) ? value_of(&from->value) : ga_value_null();
        if (!ga_field_fits(field, &value))
            break;
        ga_answers_set_in_row(f->answers, row, field, &value);
        if (!has_value(&from->value))
            row->answers[i].state = state_of(from->value.kind);
        return;
    }
    keep_row_misfit(f, group, from);
}

static int64_t position_of(const struct ga_operation_group *group)
{
    for (size_t i = 0; i < group->fields_count; i++)
        if (strcmp(group->fields[i].id, "position") == 0 && group->fields[i].value.kind == GA_OPERATION_INTEGER)
            return group->fields[i].value.integer;
    return 0;
}

/* Rows in the order of their positions, equals by id, so that every computer shows the same. */
static void sort_rows(struct ga_rows *rows, int64_t *positions)
{
    for (size_t i = 1; i < rows->count; i++) {
        const struct ga_row row = rows->rows[i];
        const int64_t position = positions[i];
        size_t k = i;
        for (; k > 0 && (positions[k - 1] > position ||
                         (positions[k - 1] == position && ga_uuid_compare(&rows->rows[k - 1].id, &row.id) > 0));
             k--) {
            rows->rows[k] = rows->rows[k - 1];
            positions[k] = positions[k - 1];
        }
        rows->rows[k] = row;
        positions[k] = position;
    }
}

static void take_row(struct folding *f, const struct ga_fold_head *head, int64_t **positions)
{
    const char *slash = strchr(head->group, '/');
    char name[64];
    struct ga_uuid id;
    ga_str_copy(name, (size_t)(slash - head->group) + 1 < sizeof(name) ? (size_t)(slash - head->group) + 1 : sizeof(name),
                head->group);
    const struct ga_field *repeat = ga_form_field(f->answers->form, name);
    if (repeat == NULL || repeat->type->storage != GA_STORE_ROWS || !ga_uuid_parse(slash + 1, &id)) {
        for (size_t i = 0; i < head->value->fields_count; i++)
            keep_row_misfit(f, head->group, &head->value->fields[i]);
        return;
    }
    struct ga_rows *rows = &f->answers->repeats[repeat->index];
    struct ga_row *row = ga_answers_add_row(f->answers, repeat, id);
    int64_t *grown = ga_arena_array(&f->answers->arena, rows->count, sizeof(*grown));
    if (rows->count > 1)
        memcpy(grown, positions[repeat->index], (rows->count - 1) * sizeof(*grown));
    grown[rows->count - 1] = position_of(head->value);
    positions[repeat->index] = grown;
    for (size_t i = 0; i < head->value->fields_count; i++)
        take_row_field(f, head->group, repeat, row, &head->value->fields[i]);
}

/* The head that says it, if only by having emptied it, goes before the others. */
static const char *school_of(const struct folding *f, const char *group)
{
    const char *school = NULL;
    for (size_t i = 0; i < f->count; i++) {
        if (strcmp(f->heads[i].group, group) == 0 && f->heads[i].op->school != NULL)
            return f->heads[i].op->school;
        if (school == NULL && !ga_fold_is_own(f->heads[i].group))
            school = f->heads[i].op->school;
    }
    return school;
}

const struct ga_field *ga_fold_place(const struct ga_form *form)
{
    const struct ga_field *field = ga_form_field(form, "site");
    return field != NULL && field->parent == NULL && ga_str_equal(field->list_name.text, "site") ? field : NULL;
}

/* At a county what names no place is of the school that wrote it (store/school.h). */
static void stand_in_for_place(struct folding *f)
{
    const struct ga_field *field = ga_fold_place(f->answers->form);
    if (field == NULL || ga_answers_at(f->answers, field)->state == GA_ANSWERED)
        return;
    const char *school = school_of(f, ga_field_group(field));
    if (school != NULL)
        ga_answers_set(f->answers, field, &(struct ga_value){.kind = GA_VALUE_TEXT, .text = school, .len = strlen(school)});
}

/* Every list, count, page has to call the child something: by its card number, else by the end of its id. */
static void name_by_number(struct folding *f)
{
    const struct ga_form *form = f->answers->form;
    const struct ga_field *name = ga_form_field(form, "name"), *card_no = ga_form_field(form, "card_no");
    const struct ga_answer *number = card_no == NULL ? NULL : ga_answers_at(f->answers, card_no);
    char shown[64];
    if (name == NULL || ga_answers_at(f->answers, name)->state != GA_EMPTY)
        return;
    if (number != NULL && number->state == GA_ANSWERED && number->value.kind == GA_VALUE_INTEGER) {
        snprintf(shown, sizeof(shown), GA_NAMELESS_MARK "%lld", (long long)number->value.integer);
    } else {
        const uint8_t *id = f->heads[0].op->op.record.bytes;
        snprintf(shown, sizeof(shown), GA_NAMELESS_MARK "%02x%02x%02x", id[13], id[14], id[15]);
    }
    const struct ga_value value = ga_value_text(shown);
    ga_answers_set(f->answers, name, &value);
}

void ga_fold_answers(const struct ga_fold_head *heads, size_t count, struct ga_answers *answers, ga_misfit_fn misfit,
                     void *ctx)
{
    struct folding f = {.heads = heads, .count = count, .answers = answers, .misfit = misfit, .ctx = ctx};
    int64_t **positions = ga_arena_array(&answers->arena, answers->form->all_count, sizeof(*positions));
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(heads[i].group, heads[i - 1].group) == 0)
            continue; /* concurrent: the first is shown, all are kept (conflict) */
        if (ga_fold_is_own(heads[i].group) && !ga_str_starts(heads[i].group, "_because_"))
            continue;
        if (strchr(heads[i].group, '/') != NULL)
            take_row(&f, &heads[i], positions);
        else
            for (size_t k = 0; k < heads[i].value->fields_count; k++)
                take_field(&f, heads[i].group, &heads[i].value->fields[k]);
    }
    stand_in_for_place(&f);
    if (f.is_nameless)
        name_by_number(&f);
    for (size_t i = 0; i < answers->form->all_count; i++)
        if (answers->repeats[i].count > 1)
            sort_rows(&answers->repeats[i], positions[i]);
}

bool ga_fold_shown(const struct ga_log_op *ops, size_t count, const struct ga_form *form, struct ga_arena *arena,
                   struct ga_answers *ret_answers)
{
    struct ga_fold_head *heads;
    size_t heads_count;
    if (!ga_fold_has_answers(ops, count))
        return false;
    ga_fold(ops, count, arena, &heads, &heads_count);
    if (ga_fold_is_gone(heads, heads_count))
        return false;
    ga_answers_init(ret_answers, form);
    ga_fold_answers(heads, heads_count, ret_answers, NULL, NULL);
    return true;
}
