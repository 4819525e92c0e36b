/* The field groups that differ between a record as opened and as it is to be saved; private to this room. */
#ifndef GUANAI_STORE_CHANGE_PRIVATE_H
#define GUANAI_STORE_CHANGE_PRIVATE_H

#include "private.h"

enum { GA_CHANGE_HEADS_MAX = 64 }; /* concurrent values of one group that a save replaces at once */

struct ga_change {
    struct ga_arena *arena; /* the save's, reset for each record */
    const struct ga_save_record *record;
    struct ga_store *store;
    struct ga_vec groups[GA_PROTECT_RESTRICTED + 1];   /* struct ga_operation_group */
    struct ga_vec replaced[GA_PROTECT_RESTRICTED + 1]; /* struct ga_hash */
};

/* What an operation says for an answer; texts are borrowed. */
struct ga_operation_value ga_change_value(const struct ga_field *field, const struct ga_answer *answer);

void ga_change_init(struct ga_change *change, struct ga_store *store, struct ga_arena *arena, const struct ga_save_record *record);
bool ga_change_is_empty(const struct ga_change *change);

/*
 * A group or row is saved whole. What this computer's form cannot show of it (fields it lacks, values
 * that do not fit) is taken over from the operations that held it when the record was opened.
 */
void ga_change_carry(struct ga_change *change, const struct ga_log_op *ops, size_t count);

void ga_change_finish(struct ga_change *change);

/* Fills groups and replaced of one protection class, in order; false when nothing of it changed. */
bool ga_change_operation(struct ga_change *change, enum ga_protect protect, struct ga_operation *ret_operation);

#endif
