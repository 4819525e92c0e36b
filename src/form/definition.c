/* Looking things up in a form's definition. */
#include "guanai/form/definition.h"

#include "guanai/form/type.h"

#include "guanai/base/str.h"

#include <string.h>

enum ga_protect ga_form_protect(const struct ga_form *form)
{
    return form->protect == GA_PROTECT_UNSAID ? GA_PROTECT_SENSITIVE : form->protect;
}

/* A field's own class, not looking at its group. */
static enum ga_protect own_protect(const struct ga_form *form, const struct ga_field *field)
{
    enum ga_protect least = ga_form_protect(form);
    if (field->parent != NULL)
        least = own_protect(form, field->parent);
    return field->protect > least ? field->protect : least;
}

enum ga_protect ga_field_protect(const struct ga_form *form, const struct ga_field *field)
{
    if (field->parent != NULL) /* a row travels whole: its strictest field decides */
        return ga_field_protect(form, field->parent);
    enum ga_protect strictest = own_protect(form, field);
    for (size_t i = 0; i < field->fields.count; i++)
        if (field->fields.items[i].protect > strictest)
            strictest = field->fields.items[i].protect;
    for (const struct ga_field *other = field->group_first; other != NULL; other = other->group_next)
        if (own_protect(form, other) > strictest)
            strictest = own_protect(form, other);
    return strictest;
}

bool ga_field_names_somebody(const struct ga_field *field)
{
    return field->names == GA_NAMES_UNSAID ? field->type->names_somebody : field->names == GA_NAMES_SOMEBODY;
}

const char *ga_field_group(const struct ga_field *field)
{
    return field->group != NULL ? field->group : field->name;
}

static const struct ga_field *find_in_repeat(const struct ga_field *repeat, const char *name)
{
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].name, name) == 0)
            return &repeat->fields.items[i];
    return NULL;
}

static int compare_name(const char *name, size_t len, const char *field)
{
    const int order = strncmp(name, field, len);
    return order != 0 ? order : -(field[len] != '\0');
}

const struct ga_field *ga_form_field(const struct ga_form *form, const char *name)
{
    const char *dot = strchr(name, '.');
    const size_t len = dot == NULL ? strlen(name) : (size_t)(dot - name);
    for (size_t low = 0, high = form->all_count; low < high;) {
        const size_t middle = (low + high) / 2;
        const int order = compare_name(name, len, form->by_name[middle]->name);
        if (order == 0)
            return dot == NULL ? form->by_name[middle] : find_in_repeat(form->by_name[middle], dot + 1);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct ga_choice *ga_list_choice(const struct ga_list *list, const char *code)
{
    for (size_t i = 0; i < list->choices.count; i++)
        if (strcmp(list->choices.items[i].code, code) == 0)
            return &list->choices.items[i];
    return NULL;
}
