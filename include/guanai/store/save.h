/* Saving: what changed becomes operations, one per record and protection class, in one signed transaction. */
#ifndef GUANAI_STORE_SAVE_H
#define GUANAI_STORE_SAVE_H

#include "guanai/form/answers.h"
#include "guanai/store/store.h"

/*
 * The operations that hold each field group of a record, as they stood when a form or draft was opened.
 * A save *replaces* these and nothing else: what arrived meanwhile is concurrent and kept.
 * Opaque; packs to bytes for drafts.
 */
struct ga_heads;

struct ga_heads *ga_heads_copy(const struct ga_heads *heads);
void ga_heads_destroy(struct ga_heads *heads);
void ga_heads_pack(const struct ga_heads *heads, struct ga_str *out);
enum ga_rc ga_heads_unpack(const void *bytes, size_t len, struct ga_heads **ret_heads, struct ga_error *err);

/* One record of a save. */
struct ga_save_record {
    struct ga_answers *after;        /* id zero: a new record; its id is filled in */
    const struct ga_answers *before; /* as opened; NULL for a new record */
    const struct ga_heads *heads;    /* as opened; NULL for a new record */
};

/* Room for many saves in one transaction of the database and of the log; an import is one. */
struct ga_save;

enum ga_rc ga_save_begin(struct ga_store *store, struct ga_save **ret_save, struct ga_error *err);

/*
 * Adds the operations of one record: compares before and after group by group, writes nothing when they
 * are equal (ret_changed false). Folds and projects at once, so later reads in the same save see it.
 */
enum ga_rc ga_save_put(struct ga_save *save, const struct ga_save_record *record, bool *ret_changed,
                       struct ga_error *err);

/*
 * A draft that is done with, a setting: written by and by, without a sync; what is read is as if it was written with the
 * save. The transaction itself says it, so that no power cut parts the two. The setting is read after ga_save_settle().
 */
void ga_save_end_draft(struct ga_save *save, int64_t no);
void ga_save_set_after(struct ga_save *save, const char *name, const char *value);
enum ga_rc ga_save_settle(struct ga_store *store, struct ga_error *err);

/* Signs, commits with one sync. The save is freed either way; on failure nothing of it is there. */
enum ga_rc ga_save_commit(struct ga_save *save, struct ga_error *err);
void ga_save_abandon(struct ga_save *save); /* rolls back; NULL is fine */

/* begin, put, commit of one record; also ends the draft it came from when `draft` is not 0. */
enum ga_rc ga_store_save(struct ga_store *store, const struct ga_save_record *record, int64_t draft,
                         bool *ret_changed, struct ga_error *err);

#endif
