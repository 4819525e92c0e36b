/* Groups of the program's own: notes and second typings of fields, beside the answers; private to this room. */
#ifndef GUANAI_STORE_OWN_PRIVATE_H
#define GUANAI_STORE_OWN_PRIVATE_H

#include "private.h"

/*
 * _note/UUID      {field, row, text}: a note on a field; never replaced, hence never erased. `row` is the UUID of a
 *                 repeat's row, left out at top level, `field` is then "siblings.age".
 * _settled/UUID   {settled: 1 | 0}: the note of that UUID is done, or open again. Concurrent ones: open when one says so.
 * _verified/UUID  {field, leaf, outcome, typed, reason}: somebody typed the field a second time. `leaf` (64 hex digits)
 *                 names the operation that held the value then; outcome is agreed | first | second | open; `typed`
 *                 what the second person typed where that is not the value; `reason` why it was left open.
 * _handed/UUID    {group, leaves, to}: where computers answered differently in that group is for one person to settle, as
 *                 long as one of these leaves holds it. The UUID is made of the group's name (conflict_hand.c).
 * A group is as restricted as its field. Who and when are the operation's.
 *
 * _note      a row a note                                                           (derived)
 * _verified  a row a field whose value is still the one that was typed a second time (derived)
 * Folders of before these tables get them, empty, at the next start (reindex.c): nobody had written any.
 */
struct ga_own {
    const struct ga_log_op *ops; /* all of the record's */
    size_t ops_count;
    const struct ga_fold_head *heads;
    size_t heads_count;
};

extern const char ga_store_own_schema[];

/* Both tables of one record anew; costs nothing for a record without such groups. */
enum ga_rc ga_own_put(struct ga_store *store, int64_t no, const struct ga_form *form, const struct ga_own *own,
                      struct ga_error *err);

enum ga_rc ga_own_drop(struct ga_store *store, int64_t no, struct ga_error *err); /* the record is gone */

/* The group's field of that name; NULL: none. And its text: "" when there is none. */
const struct ga_operation_value *ga_own_value(const struct ga_operation_group *group, const char *id);
const char *ga_own_text(const struct ga_operation_group *group, const char *id);

/* The one head that holds an answer of this field; NULL when there is none, or more than one. */
const struct ga_fold_head *ga_own_holder(const struct ga_own *own, const struct ga_field *field);

/*
 * The operation that brought the value in: a unit is saved whole, so what holds a field's value now may have
 * taken it over from what it replaced. `leaf` (nullable): *ret_passed says whether that operation held the same value
 * without a break since.
 */
const struct ga_log_op *ga_own_origin(const struct ga_own *own, const struct ga_fold_head *holder, const char *field,
                                      const struct ga_hash *leaf, bool *ret_passed);

/* One group to write about a record that is there. */
struct ga_own_group {
    const char *id;
    enum ga_protect protect;
    const struct ga_operation_field *fields; /* rising by id */
    size_t fields_count;
};

/*
 * own_save.c: writes groups in one operation a protection class; each replaces what stands under its id now.
 * The answers stay as they are. A record that was taken out comes back by it: somebody still has to do with it.
 */
enum ga_rc ga_save_put_own(struct ga_save *save, const struct ga_uuid *record, const struct ga_own_group *groups,
                           size_t count, struct ga_error *err);

#endif
