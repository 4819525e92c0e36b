/* Finds the field of a form that names several children. */
#include "guanai/form/children.h"

#include "guanai/base/str.h"
#include "guanai/form/type.h"

#include <string.h>

const struct ga_field *ga_field_names_child(const struct ga_field *repeat)
{
    for (size_t i = 0; i < repeat->fields.count; i++) {
        const struct ga_field *field = &repeat->fields.items[i];
        if (!field->is_retired)
            return strcmp(field->type->name, "record") == 0 && ga_str_equal(field->of.text, "child") ? field : NULL;
    }
    return NULL;
}

const struct ga_field *ga_form_children(const struct ga_form *form, const struct ga_field **ret_child)
{
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *child = form->all[i]->is_retired ? NULL : ga_field_names_child(form->all[i]);
        if (child == NULL)
            continue;
        if (ret_child != NULL)
            *ret_child = child;
        return form->all[i];
    }
    return NULL;
}
