/* Which values of an operation tell who somebody is (store/naming.h); private to this room. */
#ifndef GUANAI_STORE_NAMING_PRIVATE_H
#define GUANAI_STORE_NAMING_PRIVATE_H

#include "guanai/form/definition.h"
#include "guanai/store/naming.h"

/*
 * What the form says of the field, of a repeat's the same. Where the form lacks it: yes. Of the program's own groups
 * (fold/fold.h) the texts do: notes, reasons, what was typed twice; not the school's own files (store/shared.h).
 */
bool ga_naming_is(const struct ga_form *form, const char *group, const char *field, const struct ga_operation_value *value);

/* Marks those that do, besides what is marked already, in copies of the arrays. */
void ga_naming_mark(struct ga_operation *op, const struct ga_form *form, struct ga_arena *arena);

/* Is there one that does, and is not marked? Then the operation cannot be parted as the form has it now. */
bool ga_naming_is_bare(const struct ga_operation *op, const struct ga_form *form);

#endif
