/* All rules of a form's top level asked in few statements; private to this room. */
#ifndef GUANAI_FORM_BATCH_PRIVATE_H
#define GUANAI_FORM_BATCH_PRIVATE_H

#include "rule.h"

/* The batch of a form, made at its first use; lives as long as rules. Never NULL. */
struct ga_batch *ga_batch_get(struct ga_rules *rules, const struct ga_rule_place *place);
void ga_batches_destroy(struct ga_batch *first);

/*
 * Asks every `relevant` of the record in as many statements as they wait for one another, every
 * constraint and warning in one more. Inside a pass. What a failing statement leaves open is asked one by one later.
 */
void ga_batch_ask(struct ga_rules *rules, struct ga_batch *batch, const struct ga_rule_place *place);

/* 1 true, 0 false, -1 NULL; -2: not known, ask the rule itself. Of the last ga_batch_ask. */
int ga_batch_truth(const struct ga_batch *batch, enum ga_rule_kind kind, const struct ga_field *field);

/* `X IS NOT NULL` about the field itself, without a message: please fill in, asks no reason (rule 10). */
bool ga_rule_is_please(const struct ga_field *field);

#endif
