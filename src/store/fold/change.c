/* Finds what differs between a record as opened and as it is to be saved. */
#include "fold/change.h"

#include "guanai/form/type.h"
#include "guanai/store/operation_order.h"
#include "peers/conflict_heads.h"

#include <string.h>

static struct ga_operation_value value_of(const struct ga_field *field, const struct ga_answer *answer)
{
    switch (answer->state) {
    case GA_UNKNOWN: return (struct ga_operation_value){.kind = GA_OPERATION_UNKNOWN};
    case GA_DECLINED: return (struct ga_operation_value){.kind = GA_OPERATION_REFUSED};
    case GA_NOT_APPLICABLE: return (struct ga_operation_value){.kind = GA_OPERATION_NOT_APPLICABLE};
    default: break;
    }
    const struct ga_value *value = &answer->value;
    if (value->kind == GA_VALUE_INTEGER)
        return (struct ga_operation_value){.kind = GA_OPERATION_INTEGER, .integer = value->integer};
    if (value->kind != GA_VALUE_TEXT || value->len == 0)
        return (struct ga_operation_value){.kind = GA_OPERATION_CLEAR};
    return (struct ga_operation_value){
        .kind = field->type->storage == GA_STORE_REAL ? GA_OPERATION_DECIMAL : GA_OPERATION_TEXT,
        .text = value->text,
        .text_len = value->len};
}

struct ga_operation_value ga_change_value(const struct ga_field *field, const struct ga_answer *answer)
{
    struct ga_operation_value value = value_of(field, answer);
    value.is_naming = ga_field_names_somebody(field);
    return value;
}

/*
 * Adds an empty group of that class which replaces what was its head when the record was opened. What was handed to somebody
 * else to settle is not settled so: of that only the value that was shown.
 */
static struct ga_operation_group *add_group(struct ga_change *change, enum ga_protect protect, const char *id)
{
    const struct ga_hash *leaves[GA_CHANGE_HEADS_MAX];
    const size_t found = ga_heads_find(change->record->heads, id, leaves, GA_CHANGE_HEADS_MAX);
    const size_t count = found > 1 && ga_conflict_is_others(change->store, &change->record->after->id, id) ? 1 : found;
    struct ga_operation_group *group = ga_vec_push(&change->groups[protect]);
    uint32_t *replaces = ga_arena_array(change->arena, count, sizeof(*replaces));
    for (size_t i = 0; i < count; i++) {
        replaces[i] = (uint32_t)change->replaced[protect].len;
        *(struct ga_hash *)ga_vec_push(&change->replaced[protect]) = *leaves[i];
    }
    *group = (struct ga_operation_group){.id = id, .replaces = replaces, .replaces_count = count};
    return group;
}

static struct ga_operation_field *one_field(struct ga_change *change, struct ga_operation_group *group)
{
    struct ga_operation_field *fields = ga_arena_array(change->arena, 1, sizeof(*fields));
    group->fields = fields;
    group->fields_count = 1;
    return fields;
}

static const struct ga_answer *before_of(const struct ga_change *change, const struct ga_field *field)
{
    static const struct ga_answer empty;
    return change->record->before == NULL ? &empty : ga_answers_at(change->record->before, field);
}

static bool is_changed(const struct ga_change *change, const struct ga_field *field)
{
    const struct ga_answer *after = ga_answers_at(change->record->after, field);
    if (change->record->before == NULL)
        return after->state != GA_EMPTY;
    return !ga_answer_equal(before_of(change, field), after);
}

static void add_field(struct ga_change *change, const struct ga_field *field)
{
    const struct ga_form *form = change->record->after->form;
    struct ga_operation_group *group = add_group(change, ga_field_protect(form, field), field->name);
    *one_field(change, group) =
        (struct ga_operation_field){field->name, ga_change_value(field, ga_answers_at(change->record->after, field))};
}

/* A group is one unit: when one of its fields changed, all that have an answer travel together. */
static void add_unit(struct ga_change *change, const struct ga_field *first)
{
    const struct ga_answers *after = change->record->after;
    bool has_changed = false;
    size_t count = 0, unit = 0;
    for (const struct ga_field *field = first; field != NULL; field = field->group_next, unit++)
        has_changed |= is_changed(change, field);
    if (!has_changed)
        return;
    struct ga_operation_group *group = add_group(change, ga_field_protect(after->form, first), first->group);
    struct ga_operation_field *fields = ga_arena_array(change->arena, unit, sizeof(*fields));
    for (const struct ga_field *field = first; field != NULL; field = field->group_next)
        if (ga_answers_at(after, field)->state != GA_EMPTY)
            fields[count++] = (struct ga_operation_field){field->name, ga_change_value(field, ga_answers_at(after, field))};
    if (count == 0)
        fields[count++] = (struct ga_operation_field){
            first->name, {.kind = GA_OPERATION_CLEAR, .is_naming = ga_field_names_somebody(first)}};
    group->fields = fields;
    group->fields_count = count;
}

static const struct ga_row *find_row(const struct ga_rows *rows, const struct ga_uuid *id, size_t *ret_at)
{
    for (size_t i = 0; i < rows->count; i++)
        if (ga_uuid_compare(&rows->rows[i].id, id) == 0) {
            *ret_at = i;
            return &rows->rows[i];
        }
    return NULL;
}

static bool is_same_row(const struct ga_field *repeat, const struct ga_row *a, const struct ga_row *b)
{
    if (a->is_gone != b->is_gone)
        return false;
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (!ga_answer_equal(&a->answers[i], &b->answers[i]))
            return false;
    return true;
}

static void add_row(struct ga_change *change, const struct ga_field *repeat, const struct ga_row *row, size_t position)
{
    char id[GA_UUID_TEXT_SIZE];
    const char *name = ga_arena_printf(change->arena, "%s/%s", repeat->name, ga_uuid_text(&row->id, id));
    struct ga_operation_group *group =
        add_group(change, ga_field_protect(change->record->after->form, repeat), name);
    struct ga_operation_field *fields =
        ga_arena_array(change->arena, repeat->fields.count + 2, sizeof(*fields));
    size_t count = 0;
    if (row->is_gone)
        fields[count++] = (struct ga_operation_field){"_gone", {.kind = GA_OPERATION_INTEGER, .integer = 1}};
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (row->answers[i].state != GA_EMPTY)
            fields[count++] = (struct ga_operation_field){repeat->fields.items[i].name,
                                                          ga_change_value(&repeat->fields.items[i], &row->answers[i])};
    fields[count++] = (struct ga_operation_field){
        "position", {.kind = GA_OPERATION_INTEGER, .integer = (int64_t)position + 1}};
    group->fields = fields;
    group->fields_count = count;
}

static void add_rows(struct ga_change *change, const struct ga_field *repeat)
{
    const struct ga_rows *after = &change->record->after->repeats[repeat->index];
    static const struct ga_rows none;
    const struct ga_rows *before =
        change->record->before == NULL ? &none : &change->record->before->repeats[repeat->index];
    for (size_t i = 0; i < after->count; i++) {
        size_t at = 0;
        const struct ga_row *old = find_row(before, &after->rows[i].id, &at);
        if (old == NULL ? !after->rows[i].is_gone : at != i || !is_same_row(repeat, old, &after->rows[i]))
            add_row(change, repeat, &after->rows[i], i);
    }
}

/* Why a warning was overruled stays with the record, as a field of the program's own. */
static void add_because(struct ga_change *change, const struct ga_field *field)
{
    const char *reason = ga_answers_at(change->record->after, field)->because;
    if (reason == NULL || reason[0] == '\0' || ga_str_equal(reason, before_of(change, field)->because))
        return;
    const char *id = ga_arena_printf(change->arena, "_because_%s", field->name);
    struct ga_operation_group *group =
        add_group(change, ga_field_protect(change->record->after->form, field), id);
    *one_field(change, group) = (struct ga_operation_field){
        id, {.kind = GA_OPERATION_TEXT, .text = reason, .text_len = strlen(reason), .is_naming = true}};
}

static void add_child(struct ga_change *change)
{
    const struct ga_answers *after = change->record->after, *before = change->record->before;
    if (after->form->of.text == NULL || ga_uuid_is_zero(&after->child) ||
        (before != NULL && ga_uuid_compare(&before->child, &after->child) == 0))
        return;
    char buf[GA_UUID_TEXT_SIZE];
    const char *id = ga_arena_strdup(change->arena, ga_uuid_text(&after->child, buf));
    struct ga_operation_group *group = add_group(change, ga_form_protect(after->form), "child");
    *one_field(change, group) =
        (struct ga_operation_field){"child", {.kind = GA_OPERATION_TEXT, .text = id, .text_len = strlen(id)}};
}

void ga_change_init(struct ga_change *change, struct ga_store *store, struct ga_arena *arena, const struct ga_save_record *record)
{
    const struct ga_form *form = record->after->form;
    ga_arena_reset(arena);
    *change = (struct ga_change){.arena = arena, .record = record, .store = store};
    for (int i = 0; i <= GA_PROTECT_RESTRICTED; i++) {
        ga_vec_init(&change->groups[i], sizeof(struct ga_operation_group));
        ga_vec_init(&change->replaced[i], sizeof(struct ga_hash));
    }
    add_child(change);
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->by_name[i]; /* an operation's groups stand in this order */
        if (field->type->storage == GA_STORE_NOTHING)
            continue;
        if (field->type->storage == GA_STORE_ROWS)
            add_rows(change, field);
        else if (field->group == NULL && is_changed(change, field))
            add_field(change, field);
        else if (field->group_first == field)
            add_unit(change, field);
        add_because(change, field);
    }
}

bool ga_change_is_empty(const struct ga_change *change)
{
    for (int i = 0; i <= GA_PROTECT_RESTRICTED; i++)
        if (change->groups[i].len > 0)
            return false;
    return true;
}

void ga_change_finish(struct ga_change *change)
{
    for (int i = 0; i <= GA_PROTECT_RESTRICTED; i++) {
        ga_vec_finish(&change->groups[i]);
        ga_vec_finish(&change->replaced[i]);
    }
}

bool ga_change_operation(struct ga_change *change, enum ga_protect protect, struct ga_operation *ret_operation)
{
    const struct ga_vec *groups = &change->groups[protect], *replaced = &change->replaced[protect];
    if (groups->len == 0)
        return false;
    *ret_operation = (struct ga_operation){
        .groups = groups->items, .groups_count = groups->len, .replaced = replaced->items, .replaced_count = replaced->len};
    ga_operation_order(ret_operation, change->arena);
    return true;
}
