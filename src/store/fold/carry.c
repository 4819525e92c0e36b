/* Keeps what a group or row held that this computer's form cannot show. */
#include "fold/change.h"
#include "fold/naming.h"
#include "fold/said.h"

#include "guanai/form/type.h"

#include <string.h>

static bool is_in(const struct ga_operation_group *group, const char *id)
{
    for (size_t i = 0; i < group->fields_count; i++)
        if (strcmp(group->fields[i].id, id) == 0)
            return true;
    return false;
}

static bool can_be_shown(const struct ga_form *form, const char *group, const struct ga_operation_field *from)
{
    const struct ga_field *field = ga_said_field(form, group, from->id);
    if (field == NULL || (strchr(group, '/') == NULL && strcmp(ga_field_group(field), group) != 0))
        return false;
    struct ga_value value = ga_value_null();
    if (from->value.kind == GA_OPERATION_INTEGER)
        value = ga_value_int(from->value.integer);
    else if (from->value.text != NULL)
        value = ga_value_text_len(from->value.text, from->value.text_len);
    return ga_field_fits(field, &value);
}

/* Its texts live in the operations' arena. */
static void keep(const struct ga_form *form, const char *group, const struct ga_operation_field *from, struct ga_operation_field *ret_to)
{
    *ret_to = *from;
    ret_to->value.is_naming |= ga_naming_is(form, group, from->id, &from->value);
}

static void carry_from(struct ga_change *change, struct ga_operation_group *to, const struct ga_operation_group *from)
{
    const struct ga_form *form = change->record->after->form;
    struct ga_operation_field *fields =
        ga_arena_array(change->arena, to->fields_count + from->fields_count, sizeof(*fields));
    memcpy(fields, to->fields, to->fields_count * sizeof(*fields));
    to->fields = fields;
    for (size_t i = 0; i < from->fields_count; i++) {
        const struct ga_operation_field *field = &from->fields[i];
        const bool is_ours = strcmp(field->id, "_gone") == 0 || strcmp(field->id, "position") == 0;
        if (!is_ours && !is_in(to, field->id) && !can_be_shown(form, to->id, field))
            keep(form, to->id, field, &fields[to->fields_count++]);
    }
}

static void carry_into(struct ga_change *change, struct ga_operation_group *group, const struct ga_log_op *ops,
                       size_t count)
{
    const struct ga_hash *leaves[GA_CHANGE_HEADS_MAX];
    const size_t leaves_count = ga_heads_find(change->record->heads, group->id, leaves, GA_CHANGE_HEADS_MAX);
    for (size_t i = 0; i < leaves_count; i++)
        for (size_t o = 0; o < count; o++)
            for (size_t g = 0; ga_hash_equal(&ops[o].leaf, leaves[i]) && g < ops[o].op.groups_count; g++)
                if (strcmp(ops[o].op.groups[g].id, group->id) == 0)
                    carry_from(change, group, &ops[o].op.groups[g]);
}

void ga_change_carry(struct ga_change *change, const struct ga_log_op *ops, size_t count)
{
    for (int protect = 0; protect <= GA_PROTECT_RESTRICTED; protect++)
        for (size_t i = 0; i < change->groups[protect].len; i++) {
            struct ga_operation_group *group = GA_VEC_AT(struct ga_operation_group, &change->groups[protect], i);
            if (group->fields_count != 1 || strcmp(group->fields[0].id, group->id) != 0)
                carry_into(change, group, ops, count);
        }
}
