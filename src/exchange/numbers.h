/* Numbers that the file gives and numbers that the program gives; private to this room. */
#ifndef GUANAI_EXCHANGE_NUMBERS_H
#define GUANAI_EXCHANGE_NUMBERS_H

#include "guanai/exchange/import.h"
#include "guanai/form/answers.h"

/* The field that `import: next_number()` fills; NULL: none. */
const struct ga_field *ga_numbered_field(const struct ga_form *form);

/* Remembers the number a row gives, so that no other row is given it. */
void ga_numbers_note(struct ga_import *import, const struct ga_answers *row);

/* `import:` rules; a number they give lies above all that stand in the file. */
void ga_apply_imports(struct ga_import *import, struct ga_answers *record, const struct ga_answers *child);
/* Of the fields that waited alone (late.h): the plan has filled the others. */
void ga_apply_late_imports(struct ga_import *import, struct ga_answers *record, const struct ga_answers *child);

#endif
