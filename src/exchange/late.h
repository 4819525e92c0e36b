/* Fields of an imported row that wait for what the archive says after the rows before. */
#ifndef GUANAI_EXCHANGE_LATE_H
#define GUANAI_EXCHANGE_LATE_H

#include "guanai/base/arena.h"
#include "guanai/form/answers.h"

/* Fields whose `import:` rule asks the archive, itself or through another of them. */
struct late_fields {
    const struct ga_field **fields;
    bool *is_given; /* by the row noted last, not by the rule */
    size_t count;
};

void ga_late_find(struct late_fields *late, const struct ga_form *form, struct ga_arena *arena);
void ga_late_note(struct late_fields *late, const struct ga_answers *row);
void ga_late_empty(const struct late_fields *late, struct ga_answers *row); /* what the row noted did not give */

#endif
