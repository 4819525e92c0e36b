/* What the groups of an operation say of fields; private to history, moves, own, conflict, undo. */
#ifndef GUANAI_STORE_SAID_H
#define GUANAI_STORE_SAID_H

#include "private.h"

/* NULL: it says nothing of it. */
const struct ga_operation_group *ga_said_group(const struct ga_operation *op, const char *id);
const struct ga_operation_value *ga_said_value(const struct ga_operation_group *group, const char *field); /* group may be NULL */

/* The field of the form that a group's field is shown in, in a repeat its own; NULL: none. */
const struct ga_field *ga_said_field(const struct ga_form *form, const char *group, const char *id);

/* The groups of earlier operations that a group replaced, as far as they are among these; in the arena. */
struct ga_said_old {
    const struct ga_operation_group **groups;
    size_t count;
};
void ga_said_replaced(const struct ga_log_op *ops, size_t count, const struct ga_operation *op,
                      const struct ga_operation_group *group, struct ga_arena *arena, struct ga_said_old *ret_old);

/* A unit that is saved whole says anew only what differs. */
bool ga_said_differs(const struct ga_said_old *old, const struct ga_operation_group *group, const char *field);

/*
 * What was only said again in two parts (store/naming.h) counts as what was said first: it gets that one's number, if it is
 * among these.
 */
void ga_said_number_first(struct ga_log_op *ops, size_t count);

/* Have both groups the same fields with the same values? */
bool ga_said_is_same(const struct ga_operation_group *a, const struct ga_operation_group *b);

/* An answer in the words of its field, raw where that is NULL or does not take it. */
void ga_said_add_text(enum ga_lang lang, const struct ga_field *field, const struct ga_operation_value *value,
                      struct ga_str *out);
/* The same with words for what is no value: "not known"; nothing for NULL and what was cleared. */
void ga_said_add_words(enum ga_lang lang, const struct ga_field *field, const struct ga_operation_value *value,
                       struct ga_str *out);

#endif
