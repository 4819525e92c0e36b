/* Tells which values of an operation tell who somebody is. */
#include "fold/naming.h"

#include "fold/fold.h"
#include "fold/said.h"
#include "guanai/base/alloc.h"

#include <string.h>

/* What stands in groups of the program's own, and is nobody's words. */
static const char *const own_plain[] = {"field", "row", "leaf", "outcome", "group"};

static bool is_own_naming(const char *group, const char *field, const struct ga_operation_value *value)
{
    if (value->kind != GA_OPERATION_TEXT || strcmp(group, "_file") == 0)
        return false;
    for (size_t i = 0; i < GA_COUNT(own_plain); i++)
        if (strcmp(own_plain[i], field) == 0)
            return false;
    return true;
}

bool ga_naming_is(const struct ga_form *form, const char *group, const char *field, const struct ga_operation_value *value)
{
    const bool is_row = strchr(group, '/') != NULL;
    if (field[0] == '_' || ga_fold_is_own(group)) /* of a row: _gone */
        return is_own_naming(group, field, value);
    if (is_row ? strcmp(field, "position") == 0 : form->of.text != NULL && strcmp(field, "child") == 0)
        return false;
    const struct ga_field *found = ga_said_field(form, group, field);
    return found == NULL || ga_field_names_somebody(found);
}

static bool has_unmarked(const struct ga_operation_group *group, const struct ga_form *form)
{
    for (size_t i = 0; i < group->fields_count; i++) {
        const struct ga_operation_field *field = &group->fields[i];
        if (!field->value.is_naming && ga_naming_is(form, group->id, field->id, &field->value))
            return true;
    }
    return false;
}

static void mark_group(struct ga_operation_group *group, const struct ga_form *form, struct ga_arena *arena)
{
    struct ga_operation_field *fields = ga_arena_array(arena, group->fields_count, sizeof(*fields));
    memcpy(fields, group->fields, group->fields_count * sizeof(*fields));
    for (size_t i = 0; i < group->fields_count; i++)
        fields[i].value.is_naming |= ga_naming_is(form, group->id, fields[i].id, &fields[i].value);
    group->fields = fields;
}

void ga_naming_mark(struct ga_operation *op, const struct ga_form *form, struct ga_arena *arena)
{
    struct ga_operation_group *groups = ga_arena_array(arena, op->groups_count, sizeof(*groups));
    memcpy(groups, op->groups, op->groups_count * sizeof(*groups));
    for (size_t i = 0; i < op->groups_count; i++)
        if (has_unmarked(&groups[i], form))
            mark_group(&groups[i], form, arena);
    op->groups = groups;
}

bool ga_naming_is_bare(const struct ga_operation *op, const struct ga_form *form)
{
    for (size_t i = 0; i < op->groups_count; i++)
        if (has_unmarked(&op->groups[i], form))
            return true;
    return false;
}
