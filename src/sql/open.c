/* Opens the database with settings that keep every acknowledged commit. */
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "internal.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { RESERVED_BYTES = 40, DEFAULT_CACHE_KIB = 8192 };

/* Read in this order: the exclusive lock before the first look at a WAL, so that no shared memory is used. */
struct setting {
    const char *pragma;
    const char *answer; /* NULL: it answers nothing, the next row asks */
};

static const struct setting before_wal[] = {
    {"PRAGMA locking_mode=EXCLUSIVE", "exclusive"},
    {"PRAGMA page_size=4096", NULL},
};

static const struct setting after_wal[] = {
    {"PRAGMA journal_mode=WAL", "wal"},
    {"PRAGMA page_size", "4096"},
    {"PRAGMA synchronous=FULL", NULL},
    {"PRAGMA synchronous", "2"},
};

/* Nobody else has a plain file yet; when its one transaction breaks off, the file goes with it. */
static const struct setting plain[] = {
    {"PRAGMA locking_mode=EXCLUSIVE", "exclusive"},
    {"PRAGMA page_size=4096", NULL},
    {"PRAGMA journal_mode=MEMORY", "memory"},
    {"PRAGMA synchronous=FULL", NULL},
    {"PRAGMA synchronous", "2"},
};

static const struct setting everywhere[] = {
    {"PRAGMA temp_store=MEMORY", NULL},
    {"PRAGMA temp_store", "2"},
    {"PRAGMA secure_delete=ON", "1"},
    {"PRAGMA cell_size_check=ON", NULL},
    {"PRAGMA cell_size_check", "1"},
};

/* These answer at once what they are now. */
static const struct {
    int option;
    int value;
} switches[] = {
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},   {SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},       {SQLITE_DBCONFIG_DQS_DDL, 0},   {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};

static enum ga_rc fail_setting(const char *what, const char *answer, struct ga_error *err)
{
    return ga_error_set(err, GA_DAMAGED, "the database does not take the setting %1 (it answers %2)", what,
                        answer);
}

static enum ga_rc apply_setting(struct ga_db *db, const struct setting *setting, struct ga_error *err)
{
    sqlite3_stmt *raw = NULL;
    int rc = sqlite3_prepare_v2(db->raw, setting->pragma, -1, &raw, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(raw);
    enum ga_rc answer = GA_OK;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        answer = ga_sql_fail(db, rc, err);
    } else if (setting->answer != NULL) {
        const char *said = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(raw, 0) : "";
        if (said == NULL || strcmp(said, setting->answer) != 0)
            answer = fail_setting(setting->pragma, said == NULL ? "" : said, err);
    }
    sqlite3_finalize(raw);
    return answer;
}

static enum ga_rc apply_settings(struct ga_db *db, const struct setting *settings, size_t count,
                                 struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < count && rc == GA_OK; i++)
        rc = apply_setting(db, &settings[i], err);
    return rc;
}

static enum ga_rc apply_switches(struct ga_db *db, struct ga_error *err)
{
    for (size_t i = 0; i < GA_COUNT(switches); i++) {
        int now = -1;
        int rc = sqlite3_db_config(db->raw, switches[i].option, switches[i].value, &now);
        if (rc != SQLITE_OK || now != switches[i].value)
            return fail_setting("dbconfig", sqlite3_errstr(rc), err);
    }
    return GA_OK;
}

/*
 * A new file is given them; an old one is asked, after its first page was read and without setting
 * anything, because SQLite answers the larger of what was set and what the file has.
 */
static enum ga_rc reserve_bytes(struct ga_db *db, struct ga_error *err)
{
    int64_t pages = 0;
    enum ga_rc answer = ga_db_query_int(db, "PRAGMA page_count", &pages, err);
    if (answer != GA_OK)
        return answer;
    int bytes = pages == 0 ? RESERVED_BYTES : -1;
    int rc = sqlite3_file_control(db->raw, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
    if (rc != SQLITE_OK)
        return ga_sql_fail(db, rc, err);
    if (pages > 0 && bytes != RESERVED_BYTES)
        return fail_setting("reserved bytes", GA_NUM(bytes), err);
    return GA_OK;
}

static enum ga_rc apply_cache(struct ga_db *db, int cache_kib, struct ga_error *err)
{
    char set[48], answer[16];
    snprintf(set, sizeof(set), "PRAGMA cache_size=-%d", cache_kib > 0 ? cache_kib : DEFAULT_CACHE_KIB);
    snprintf(answer, sizeof(answer), "-%d", cache_kib > 0 ? cache_kib : DEFAULT_CACHE_KIB);
    const struct setting settings[] = {{set, NULL}, {"PRAGMA cache_size", answer}};
    return apply_settings(db, settings, GA_COUNT(settings), err);
}

/* Closing would move what a power cut left in the -wal into the file. One that is empty may go. */
static void leave_as_it_is(struct ga_db *db)
{
    sqlite3_file *log = NULL;
    sqlite3_int64 bytes = 0;
    if (sqlite3_file_control(db->raw, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log != NULL &&
        log->pMethods != NULL)
        log->pMethods->xFileSize(log, &bytes);
    if (bytes > 0)
        sqlite3_db_config(db->raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

static enum ga_rc look(struct ga_db *db, const struct ga_db_options *options, struct ga_error *err)
{
    enum ga_rc rc = options->look == NULL ? GA_OK : options->look(options->ctx, db, err);
    if (rc != GA_OK)
        leave_as_it_is(db);
    return rc;
}

static enum ga_rc apply_to_file(struct ga_db *db, const struct ga_db_options *options, struct ga_error *err)
{
    if (options->is_plain)
        return apply_settings(db, plain, GA_COUNT(plain), err);
    enum ga_rc rc = apply_settings(db, before_wal, GA_COUNT(before_wal), err);
    if (rc == GA_OK)
        rc = look(db, options, err);
    if (rc == GA_OK)
        rc = reserve_bytes(db, err);
    return rc != GA_OK ? rc : apply_settings(db, after_wal, GA_COUNT(after_wal), err);
}

/* Setting a hook of ours also ends automatic checkpoints: SQLite runs them from this very hook. */
static int note_wal(void *ctx, sqlite3 *raw, const char *name, int pages)
{
    (void)raw, (void)name;
    ((struct ga_db *)ctx)->wal_pages = pages;
    return SQLITE_OK;
}

static enum ga_rc configure(struct ga_db *db, const struct ga_db_options *options, struct ga_error *err)
{
    enum ga_rc rc = apply_switches(db, err);
    if (rc == GA_OK && db->is_file)
        rc = apply_to_file(db, options, err);
    if (rc == GA_OK)
        rc = apply_settings(db, everywhere, GA_COUNT(everywhere), err);
    if (rc == GA_OK)
        rc = apply_cache(db, options->cache_kib, err);
    if (rc != GA_OK)
        return rc;
    sqlite3_wal_hook(db->raw, note_wal, db);
    int raw_rc = ga_sql_trim_install(db->raw);
    if (raw_rc == SQLITE_OK)
        raw_rc = ga_sql_guard_install(db);
    return raw_rc == SQLITE_OK ? GA_OK : ga_sql_fail(db, raw_rc, err);
}

static enum ga_rc fail_open(struct ga_db *db, int rc, const char *path, struct ga_error *err)
{
    bool is_missing = (rc & 0xFF) == SQLITE_CANTOPEN && db->raw != NULL &&
                      sqlite3_system_errno(db->raw) == ENOENT;
    if (is_missing)
        return ga_error_set(err, GA_NOT_FOUND, "there is no database at %1", path);
    return ga_sql_fail(db, rc, err);
}

enum ga_rc ga_db_open(const struct ga_db_options *options, struct ga_db **ret_db, struct ga_error *err)
{
    /* error offsets came with 3.38, STRICT tables with 3.37; the library is the system's, not ours */
    if (sqlite3_libversion_number() < 3038000)
        return ga_error_set(err, GA_IO, "SQLite %1 is too old; 3.38 is needed", sqlite3_libversion());
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD); /* takes effect at the first opening: no locks between threads */
    struct ga_db *db = ga_alloc(sizeof(*db));
    db->is_file = strcmp(options->path, ":memory:") != 0;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (options->create)
        flags |= SQLITE_OPEN_CREATE;
    int raw_rc = sqlite3_open_v2(options->path, &db->raw, flags, options->vfs);
    enum ga_rc rc = raw_rc != SQLITE_OK ? fail_open(db, raw_rc, options->path, err)
                                        : configure(db, options, err);
    if (rc != GA_OK) {
        ga_error_where(err, "%s", options->path);
        ga_db_close(db);
        return rc;
    }
    *ret_db = db;
    return GA_OK;
}

void ga_db_close(struct ga_db *db)
{
    if (db == NULL)
        return;
    ga_stmts_finish(&db->transaction);
    int rc = sqlite3_close(db->raw);
    assert(rc == SQLITE_OK); /* a statement was not destroyed */
    (void)rc;
    ga_map_finish(&db->guarded);
    free(db);
}
