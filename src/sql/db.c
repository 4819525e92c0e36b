/* What can be asked of the open database as a whole. */
#include "guanai/sql/db.h"

#include "guanai/base/num.h"
#include "internal.h"

#include <stdio.h>
#include <unistd.h>

enum ga_rc ga_db_exec(struct ga_db *db, const char *script, struct ga_error *err)
{
    struct ga_sql_watch *outer = db->watch;
    db->watch = NULL;
    int rc = sqlite3_exec(db->raw, script, NULL, NULL, NULL);
    db->watch = outer;
    return rc == SQLITE_OK ? GA_OK : ga_sql_fail(db, rc, err);
}

enum ga_rc ga_db_query_int(struct ga_db *db, const char *sql, int64_t *ret_value, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_stmt_prepare(db, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    bool is_row = false;
    rc = ga_stmt_step(stmt, &is_row, err);
    if (rc == GA_OK && !is_row)
        rc = ga_error_set(err, GA_NOT_FOUND, "the database has no such entry");
    else if (rc == GA_OK)
        *ret_value = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc get_number(struct ga_db *db, const char *pragma, int32_t *ret_number, struct ga_error *err)
{
    int64_t number;
    enum ga_rc rc = ga_db_query_int(db, pragma, &number, err);
    if (rc == GA_OK)
        *ret_number = (int32_t)number;
    return rc;
}

static enum ga_rc set_number(struct ga_db *db, const char *pragma, int32_t number, struct ga_error *err)
{
    char sql[64];
    snprintf(sql, sizeof(sql), "%s=%s", pragma, GA_NUM(number));
    enum ga_rc rc = ga_db_exec(db, sql, err);
    int32_t now = 0;
    if (rc == GA_OK)
        rc = get_number(db, pragma, &now, err);
    if (rc == GA_OK && now != number)
        rc = ga_error_set(err, GA_DAMAGED, "the database does not take the setting %1 (it answers %2)", sql,
                          GA_NUM(now));
    return rc;
}

enum ga_rc ga_db_application_id(struct ga_db *db, int32_t *ret_id, struct ga_error *err)
{
    return get_number(db, "PRAGMA application_id", ret_id, err);
}

enum ga_rc ga_db_set_application_id(struct ga_db *db, int32_t id, struct ga_error *err)
{
    return set_number(db, "PRAGMA application_id", id, err);
}

enum ga_rc ga_db_user_version(struct ga_db *db, int32_t *ret_version, struct ga_error *err)
{
    return get_number(db, "PRAGMA user_version", ret_version, err);
}

enum ga_rc ga_db_set_user_version(struct ga_db *db, int32_t version, struct ga_error *err)
{
    return set_number(db, "PRAGMA user_version", version, err);
}

int64_t ga_db_changes(const struct ga_db *db)
{
    return sqlite3_changes64(db->raw);
}

int64_t ga_db_all_changes(const struct ga_db *db)
{
    return sqlite3_total_changes64(db->raw);
}

int64_t ga_db_last_rowid(const struct ga_db *db)
{
    return sqlite3_last_insert_rowid(db->raw);
}

enum ga_rc ga_db_sync_mode(struct ga_db *db, enum ga_sync sync, struct ga_error *err)
{
    return set_number(db, "PRAGMA synchronous", sync == GA_SYNC_FULL ? 2 : 1, err);
}

enum ga_rc ga_db_set_cache(struct ga_db *db, int cache_kib, struct ga_error *err)
{
    return set_number(db, "PRAGMA cache_size", -cache_kib, err);
}

/* The -wal holds every commit since the last checkpoint, which has synced the file itself. */
enum ga_rc ga_db_sync(struct ga_db *db, struct ga_error *err)
{
    sqlite3_file *file = NULL;
    int rc = sqlite3_file_control(db->raw, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    if (rc == SQLITE_OK && db->is_file && file != NULL && file->pMethods != NULL)
        rc = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
    if (rc != SQLITE_OK)
        return ga_error_set(err, GA_IO, "the disk with the database does not answer as it should: %1",
                            sqlite3_errstr(rc));
    return GA_OK;
}

enum ga_rc ga_db_checkpoint(struct ga_db *db, enum ga_checkpoint mode, struct ga_error *err)
{
    int pages = 0, copied = 0;
    int raw_mode = mode == GA_CHECKPOINT_TRUNCATE ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    int rc = sqlite3_wal_checkpoint_v2(db->raw, "main", raw_mode, &pages, &copied);
    if (rc != SQLITE_OK)
        return ga_sql_fail(db, rc, err);
    if (pages == copied)
        db->wal_pages = 0; /* the next commit begins the -wal anew */
    return GA_OK;
}

int64_t ga_db_wal_pages(const struct ga_db *db)
{
    return db->wal_pages;
}

static int copy_pages(struct ga_db *db, sqlite3 *copy)
{
    /* exclusive: the copy is a WAL database for a moment, which then needs no shared memory; each page is written once */
    int rc = sqlite3_exec(copy, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL; PRAGMA cache_size=-256", NULL, NULL, NULL);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", db->raw, "main");
    if (backup == NULL)
        return sqlite3_errcode(copy);
    rc = sqlite3_backup_step(backup, -1);
    int end_rc = sqlite3_backup_finish(backup);
    if (rc != SQLITE_DONE)
        return rc;
    return end_rc != SQLITE_OK ? end_rc : sqlite3_exec(copy, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
}

enum ga_rc ga_db_copy(struct ga_db *db, const char *path, struct ga_error *err)
{
    if (access(path, F_OK) == 0)
        return ga_error_set(err, GA_REFUSED, "there is a file already at %1", path);
    char *vfs = NULL; /* answered as a copy of its name */
    sqlite3_file_control(db->raw, "main", SQLITE_FCNTL_VFSNAME, &vfs);
    struct ga_db copy = {0};
    int rc = sqlite3_open_v2(path, &copy.raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs);
    sqlite3_free(vfs);
    if (rc == SQLITE_OK)
        rc = copy_pages(db, copy.raw);
    enum ga_rc answer = rc == SQLITE_OK ? GA_OK : ga_sql_fail(&copy, rc, err);
    sqlite3_close(copy.raw);
    return answer;
}
