/* What stands between the fields of a form and what they name; private to this room. */
#ifndef GUANAI_FORM_LINK_PRIVATE_H
#define GUANAI_FORM_LINK_PRIVATE_H

#include "guanai/form/forms.h"

/*
 * Sets the members that are not in the file. `form` must have passed the schema and each field a known
 * type (problems NULL: an unknown one is taken for text). Lists are asked for by name through `forms`;
 * missing ones stay NULL. Faults found go to problems (nullable).
 */
void ga_form_link(struct ga_forms *forms, struct ga_form *form, struct ga_problems *problems);

#endif
