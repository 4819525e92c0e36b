/*
 * Files that are one child's.
 *
 *   same_child records (ordinary operations) ──▶ _pair ──▶ components ──▶ _same (file → the one that leads)
 *
 * A record of the form `same_child` is a verdict on one pair of files: `same`, `same_other` (the other one
 * leads) or `not_same`. Linked files count as one child, the leading one's; what hangs on any of them is
 * shown together; nothing is copied from one to the other. Taking a verdict back (by editing the record)
 * parts them again. The record's id is derived from the pair, so that two computers that judge one pair
 * apart from each other meet in one record: if they disagree, the files stay two until somebody settles it.
 *
 * Which file leads: one that no `same` verdict puts behind another, if that is only one; else the one made
 * first (smallest UUIDv7) of these. It has to be here: a file that has not arrived yet leads nobody.
 * Both tables are functions of the set of operations, whatever the order of arrival.
 */
#ifndef GUANAI_STORE_SAME_H
#define GUANAI_STORE_SAME_H

#include "guanai/base/arena.h"
#include "guanai/base/uuid.h"
#include "guanai/store/store.h"

#define GA_SAME_FORM "same_child"

enum ga_same_verdict {
    GA_SAME_OPEN,     /* nobody has said anything about the pair */
    GA_SAME_DISPUTED, /* two computers say different things */
    GA_SAME_LINKED,
    GA_SAME_DIFFERENT,
};

/* The leading file of the child: the same id when it stands alone or leads. GA_NOT_FOUND without such a file. */
enum ga_rc ga_same_main(struct ga_store *store, const struct ga_uuid *child, struct ga_uuid *ret_main,
                        struct ga_error *err);

/* All files of a child, the leading one first; one when it stands alone. Lives in `arena`. */
enum ga_rc ga_same_files(struct ga_store *store, const struct ga_uuid *child, struct ga_arena *arena,
                         struct ga_uuid **ret_files, size_t *ret_count, struct ga_error *err);

/* What was said of these two; LINKED also when the link goes by a third file. */
enum ga_rc ga_same_verdict(struct ga_store *store, const struct ga_uuid *a, const struct ga_uuid *b,
                           enum ga_same_verdict *ret_verdict, struct ga_error *err);

/*
 * Says it, in one transaction: a new record, or an edit of those there are. LINKED: `a` is to lead;
 * GA_REFUSED when they are linked already. DIFFERENT: parts them where they are linked; GA_REFUSED when a
 * third file would still hold them together. GA_NOT_FOUND when the form `same_child` is not installed.
 * `because` may be NULL.
 */
enum ga_rc ga_same_say(struct ga_store *store, const struct ga_uuid *a, const struct ga_uuid *b,
                       enum ga_same_verdict verdict, const char *because, struct ga_error *err);

/* The id of the record that holds the verdict on a pair, in either order. */
void ga_same_record_id(const struct ga_uuid *a, const struct ga_uuid *b, struct ga_uuid *ret_id);

#endif
