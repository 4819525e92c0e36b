/*
 * Taking back what one transaction brought: by operations, nothing is erased.
 *
 *   a transaction ──▶ its records ──▶ made by it: removed          (fold.h says when a record is gone)
 *                                 ──▶ changed by it: each field group gets back what it had before
 *                                 ──▶ barred: something newer builds on it
 */
#ifndef GUANAI_STORE_UNDO_H
#define GUANAI_STORE_UNDO_H

#include "guanai/base/arena.h"
#include "guanai/base/uuid.h"
#include "guanai/store/check.h"
#include "guanai/store/save.h"

/* A record of this form lies in the transaction of every import: which file it was. */
#define GA_IMPORT_FILE_FORM "import_file"

/*
 * Takes a record out of every table, list and count. Its operations stay, the history tells them. It is back
 * when `ga_save_restore` says so, or when a write turns up that its removal did not know. Nothing happens to
 * a record that is gone already.
 */
enum ga_rc ga_save_remove(struct ga_save *save, const struct ga_uuid *id, struct ga_error *err);
enum ga_rc ga_save_restore(struct ga_save *save, const struct ga_uuid *id, struct ga_error *err);

/* The operations of one transaction, by the order in which they came to this computer. */
struct ga_reach {
    int64_t first_op, count;
};

/* Of the transaction that made a record, of the one that changed it last (saying it again in two parts, store/naming.h, is no
 * change). GA_NOT_FOUND without operations. */
enum ga_rc ga_store_reach_made(struct ga_store *store, const struct ga_uuid *id, struct ga_reach *ret_reach,
                               struct ga_error *err);
enum ga_rc ga_store_reach_last(struct ga_store *store, const struct ga_uuid *id, struct ga_reach *ret_reach,
                               struct ga_error *err);

/* Why a transaction cannot be taken back. */
enum ga_undo_bar {
    GA_UNDO_CHANGED,   /* a field it wrote was written again; in a record it made, any field */
    GA_UNDO_NOTED,     /* somebody put a note on a field of a record it made */
    GA_UNDO_VERIFIED,  /* somebody typed a field of it a second time */
    GA_UNDO_HANGS,     /* another record belongs to, or names, one that it made */
    GA_UNDO_DRAFT,     /* somebody's unfinished form is about one that it made */
};

struct ga_undo_finding {
    enum ga_undo_bar bar;
    struct ga_uuid record;      /* that was made or changed by the transaction */
    const struct ga_form *form; /* of `record` */
    const char *group;          /* GA_UNDO_CHANGED: the field, of a group the first that changed, a repeat's name; GA_UNDO_NOTED,
                                   VERIFIED: the field; "" unknown */
    const char *other;          /* GA_UNDO_HANGS, GA_UNDO_DRAFT: name of the other one's form */
    const char *user, *day;     /* of what is newer */
    int64_t op;                 /* its operation by order of arrival; 0 for a draft */
};

struct ga_undo;

struct ga_undo_options {
    struct ga_reach reach;
    const struct ga_reach *undone; /* transactions that took something back themselves; they bar nothing */
    size_t undone_count;
    const struct ga_uuid *except;  /* a record of the transaction that is left alone; nullable */
    const struct ga_check_progress *progress; /* nullable */
};

/* Looks at every record of the transaction; writes nothing. */
enum ga_rc ga_undo_plan(struct ga_store *store, const struct ga_undo_options *options, struct ga_undo **ret_undo,
                        struct ga_error *err);
void ga_undo_destroy(struct ga_undo *undo);

size_t ga_undo_removes(const struct ga_undo *undo);   /* records it would take out */
size_t ga_undo_gives_back(const struct ga_undo *undo); /* records in which values would be as they were */
size_t ga_undo_values(const struct ga_undo *undo);    /* field groups in these */
const struct ga_undo_finding *ga_undo_findings(const struct ga_undo *undo, size_t *ret_count);

/* Writes it all into a save. GA_REFUSED, with how many findings, when anything bars it. */
enum ga_rc ga_undo_put(struct ga_undo *undo, struct ga_save *save, struct ga_error *err);

#endif
