/* What becomes of records when a form changes: the cheap answer, from the definitions alone. */
#ifndef GUANAI_FORM_CHANGE_H
#define GUANAI_FORM_CHANGE_H

#include "guanai/form/definition.h"

/*
 * True when no record of the old form can lose a column, be hidden, refused or found wanting by the new one: every
 * field stays with its type, bounds, choices, rules; new fields ask for nothing. False means only: look at the records.
 */
bool ga_form_change_is_harmless(const struct ga_form *old, const struct ga_form *changed);

/* Every code of the old list is still there and means the same: no stored value loses its meaning. */
bool ga_list_keeps_choices(const struct ga_list *old, const struct ga_list *changed);

#endif
