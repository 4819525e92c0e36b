/* Fills a new record like the one before it. */
#ifndef GUANAI_APP_REPEAT_H
#define GUANAI_APP_REPEAT_H

#include "guanai/app/entry.h"

/*
 * Copies what is the same for the next child: choices, persons, places, words everybody may read. Not the day,
 * not numbers and marks (results are one child's), not what is protected, not a number on paper; of repeats
 * the rows' persons and records (design, rule 4). Only where nobody has typed; it is marked like a prefill.
 * `ret_taken` (nullable, one per form->all): set where something was copied. GA_NOT_FOUND: nothing to copy.
 */
enum ga_rc ga_entry_repeat(struct ga_entry *entry, const struct ga_answers *from, bool *ret_taken,
                           struct ga_error *err);

/* Like this user's last saved record of the form, of this sitting or an earlier one. */
enum ga_rc ga_entry_repeat_last(struct ga_entry *entry, bool *ret_taken, struct ga_error *err);

#endif
