/* Reading records back. */
#ifndef GUANAI_STORE_RECORD_H
#define GUANAI_STORE_RECORD_H

#include "guanai/store/save.h"

/*
 * The record as folded now, in the installed form's fields; answers are initialised by this.
 * `ret_heads` (nullable) is the caller's to destroy: keep it for saving. GA_NOT_FOUND also for one that was
 * removed (store/undo.h).
 */
enum ga_rc ga_store_read(struct ga_store *store, const struct ga_form *form, const struct ga_uuid *id,
                         struct ga_answers *ret_answers, struct ga_heads **ret_heads, struct ga_error *err);

/* Who made a record; in the arena given. */
struct ga_made {
    const char *user;   /* answers for it: the doer */
    const char *typist; /* NULL: the user */
};

/* ga_store_read, with who made it. */
enum ga_rc ga_store_read_made(struct ga_store *store, const struct ga_form *form, const struct ga_uuid *id,
                              struct ga_answers *ret_answers, struct ga_arena *arena, struct ga_made *ret_made,
                              struct ga_error *err);

/* Which form a record is of; GA_NOT_FOUND for an unknown id. Borrowed from the forms. */
enum ga_rc ga_store_form_of(struct ga_store *store, const struct ga_uuid *id, const struct ga_form **ret_form,
                            struct ga_error *err);

/*
 * A record by what a person types: its UUID, a unique start of it (≥ 6 characters), for children also
 * card number or ID number. GA_REFUSED when several fit.
 */
enum ga_rc ga_store_resolve(struct ga_store *store, const struct ga_form *form, const char *typed,
                            struct ga_uuid *ret_id, struct ga_error *err);

/* Values that fit no column: of fields this computer's form does not have, or a merged one that cannot be. */
struct ga_misfit {
    const char *field;
    const char *text;
};

enum ga_rc ga_store_misfits(struct ga_store *store, const struct ga_uuid *id, struct ga_arena *arena,
                            struct ga_misfit **ret_misfits, size_t *ret_count, struct ga_error *err);

/* Groups with more than one current value: all are kept until a person picks by saving the field. */
enum ga_rc ga_store_conflicts(struct ga_store *store, const struct ga_uuid *id, struct ga_arena *arena,
                              const char ***ret_groups, size_t *ret_count, struct ga_error *err);

/* A record in a child's timeline. */
struct ga_timeline_entry {
    struct ga_uuid id;
    const struct ga_form *form;
    char day[11];       /* of the form's first date field, else of entry */
    const char *doer;   /* who saved it first */
    bool has_conflict;
};

/* Newest first; `of: child` records and repeat rows that name the child (rule 4). Bounded by limit. */
enum ga_rc ga_store_timeline(struct ga_store *store, const struct ga_uuid *child, size_t offset, size_t limit,
                             struct ga_arena *arena, struct ga_timeline_entry **ret_entries, size_t *ret_count,
                             struct ga_error *err);

/* The ids of a form's records, the newest first, from the first-th on; at most `limit`, the room in ret_ids. */
enum ga_rc ga_store_newest(struct ga_store *store, const char *form, size_t first, size_t limit,
                           struct ga_uuid *ret_ids, size_t *ret_count, struct ga_error *err);

/* How many records of a form there are (a count the database keeps, not a scan). */
enum ga_rc ga_store_count(struct ga_store *store, const char *form, int64_t *ret_count, struct ga_error *err);

#endif
