/* The one database connection. */
#ifndef GUANAI_SQL_DB_H
#define GUANAI_SQL_DB_H

#include "guanai/base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct ga_db; /* belongs to one thread */

struct ga_db_options {
    const char *path; /* a file, or ":memory:" for rules and tests */
    const char *vfs;  /* a registered VFS by name; NULL: the system's */
    bool create;      /* make the file when it is not there; else GA_NOT_FOUND */
    bool is_plain;    /* a file for other programs: one file, rollback journal in memory, no reserved bytes */
    int cache_kib;    /* page cache; 0: 8192 */
    /* Looks at the file before anything is set in it. When this refuses, the file with its -wal stays as
     * it is, byte for byte, and opening answers what it answered. NULL: any database will do. */
    enum ga_rc (*look)(void *ctx, struct ga_db *db, struct ga_error *err);
    void *ctx;
};

/*
 * Opens with the settings that lost no acknowledged commit over replayed crash states: one connection,
 * locking_mode=EXCLUSIVE, WAL, synchronous=FULL, 4096-byte pages with 40 reserved bytes, deleted
 * content overwritten, foreign keys on, double-quoted strings off, untrusted schema; what each
 * setting answered is read back. Never open a second connection to the same file, never open the file
 * or its -wal by any other means while it is open (that drops SQLite's locks).
 * GA_BUSY: another program has it; GA_DAMAGED: not a database, or not laid out as ours; GA_NOT_FOUND;
 * GA_IO. The caller closes.
 */
enum ga_rc ga_db_open(const struct ga_db_options *options, struct ga_db **ret_db, struct ga_error *err);

/* Checkpoints and closes; destroy every statement first (assert). NULL is fine. */
void ga_db_close(struct ga_db *db);

/* Every statement of a script in turn; stops at the first that fails. No rows come back. */
enum ga_rc ga_db_exec(struct ga_db *db, const char *script, struct ga_error *err);

/* The first column of the first row; GA_NOT_FOUND when there is no row. For PRAGMAs and counts. */
enum ga_rc ga_db_query_int(struct ga_db *db, const char *sql, int64_t *ret_value, struct ga_error *err);

/* The four bytes that tell our files from any other's, and the version of our schema. 0 when new. */
enum ga_rc ga_db_application_id(struct ga_db *db, int32_t *ret_id, struct ga_error *err);
enum ga_rc ga_db_set_application_id(struct ga_db *db, int32_t id, struct ga_error *err);
enum ga_rc ga_db_user_version(struct ga_db *db, int32_t *ret_version, struct ga_error *err);
enum ga_rc ga_db_set_user_version(struct ga_db *db, int32_t version, struct ga_error *err);

/* Room for pages from now on, also within a transaction: who writes many rows needs more of it. */
enum ga_rc ga_db_set_cache(struct ga_db *db, int cache_kib, struct ga_error *err);

int64_t ga_db_changes(const struct ga_db *db);     /* rows touched by the last INSERT, UPDATE, DELETE */
int64_t ga_db_all_changes(const struct ga_db *db); /* by all of them since it was opened: the same number, nothing was written */
int64_t ga_db_last_rowid(const struct ga_db *db);

/*
 * NORMAL: a commit is atomic but waits for no disk; for entries nobody waits for (who read what).
 * Refused inside a transaction. Whatever is committed later with FULL makes the earlier ones durable.
 */
enum ga_sync { GA_SYNC_FULL, GA_SYNC_NORMAL };
enum ga_rc ga_db_sync_mode(struct ga_db *db, enum ga_sync sync, struct ga_error *err);

/* Makes everything committed so far durable, before an export, print or reveal shows. */
enum ga_rc ga_db_sync(struct ga_db *db, struct ga_error *err);

/*
 * Checkpoints never run by themselves: call when the program is idle, at exit, and when
 * ga_db_wal_pages() has grown (pages of 4 KiB in the -wal at the last commit).
 * PASSIVE copies the pages into the file; TRUNCATE also empties the -wal.
 */
enum ga_checkpoint { GA_CHECKPOINT_PASSIVE, GA_CHECKPOINT_TRUNCATE };
enum ga_rc ga_db_checkpoint(struct ga_db *db, enum ga_checkpoint mode, struct ga_error *err);
int64_t ga_db_wal_pages(const struct ga_db *db);

/*
 * A complete copy as one file (journal_mode=DELETE, nothing beside it) at `path`, which must not exist
 * yet; taken in one transaction by SQLite's backup interface, synced. Same vfs as the database.
 */
enum ga_rc ga_db_copy(struct ga_db *db, const char *path, struct ga_error *err);

#endif
