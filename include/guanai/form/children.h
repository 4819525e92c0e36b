/* Which records name several children. */
#ifndef GUANAI_FORM_CHILDREN_H
#define GUANAI_FORM_CHILDREN_H

#include "guanai/form/definition.h"

/* A repeat whose rows each name a child: its first field in use, `record of: child`. NULL: it is none. */
const struct ga_field *ga_field_names_child(const struct ga_field *repeat);
/* The first such repeat of a form; NULL: none. ret_child (nullable): the field that names the child. */
const struct ga_field *ga_form_children(const struct ga_form *form, const struct ga_field **ret_child);

#endif
