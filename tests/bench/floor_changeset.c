/*
 * The same rows carried by SQLite's own changesets (its session extension) from one database to another.
 *
 *   floor_changeset FILLED.db FOLDER
 *
 * FILLED.db is what floor_import leaves: plain rows. They are put into a database with a session attached, which is not
 * counted: a program would do that while people save. Export: the changeset streamed to a file, the file synced. Import:
 * streamed from the file into an empty database with the same settings, in one transaction. A changeset is neither signed
 * nor closed nor compressed, and knows no history.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TABLES_MAX = 8 };

static const char settings[] =
    "PRAGMA page_size=4096; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON; PRAGMA cache_size=-2048; PRAGMA wal_autocheckpoint=0;";

struct moment {
    struct timespec wall, used;
};

static void must(int rc, sqlite3 *db, const char *what)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
        return;
    fprintf(stderr, "floor_changeset: %s: %s\n", what, db == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(db));
    exit(1);
}

static void run(sqlite3 *db, const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL), db, sql);
}

static struct moment now(void)
{
    struct moment at;
    clock_gettime(CLOCK_MONOTONIC, &at.wall);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at.used);
    return at;
}

static double ms(struct timespec begin, struct timespec end)
{
    return (double)(end.tv_sec - begin.tv_sec) * 1e3 + (double)(end.tv_nsec - begin.tv_nsec) / 1e6;
}

/* Its tables and indexes, empty. */
static sqlite3 *make_empty(const char *folder, const char *name, const char *schema)
{
    char path[500];
    sqlite3 *db;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    remove(path);
    must(sqlite3_open(path, &db), NULL, path);
    run(db, settings);
    run(db, schema);
    return db;
}

static char *schema_of(const char *filled)
{
    sqlite3 *db;
    sqlite3_stmt *stmt;
    must(sqlite3_open_v2(filled, &db, SQLITE_OPEN_READWRITE, NULL), NULL, filled);
    must(sqlite3_prepare_v2(db, "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE sql IS NOT NULL", -1, &stmt, NULL), db, "schema");
    must(sqlite3_step(stmt), db, "schema");
    char *schema = strdup((const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return schema;
}

/* All rows, table by table, with a session that watches. */
static sqlite3_session *fill(sqlite3 *db, const char *filled)
{
    sqlite3_session *session;
    sqlite3_stmt *stmt;
    char sql[600], copies[TABLES_MAX * 200] = "";
    snprintf(sql, sizeof(sql), "ATTACH '%s' AS filled", filled);
    run(db, sql);
    must(sqlite3_prepare_v2(db, "SELECT name FROM main.sqlite_schema WHERE type = 'table'", -1, &stmt, NULL), db, "tables");
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        const size_t len = strlen(copies);
        snprintf(copies + len, sizeof(copies) - len, "INSERT INTO main.\"%s\" SELECT * FROM filled.\"%s\";", name, name);
    }
    sqlite3_finalize(stmt);
    must(sqlite3session_create(db, "main", &session), db, "session");
    must(sqlite3session_attach(session, NULL), db, "session");
    run(db, "BEGIN");
    run(db, copies);
    run(db, "COMMIT; DETACH filled");
    return session;
}

static int write_piece(void *ctx, const void *bytes, int len)
{
    return fwrite(bytes, 1, (size_t)len, ctx) == (size_t)len ? SQLITE_OK : SQLITE_IOERR;
}

static int read_piece(void *ctx, void *bytes, int *len)
{
    *len = (int)fread(bytes, 1, (size_t)*len, ctx);
    return SQLITE_OK;
}

static int on_conflict(void *ctx, int what, sqlite3_changeset_iter *at)
{
    (void)ctx;
    (void)what;
    (void)at;
    return SQLITE_CHANGESET_ABORT;
}

void export_all(sqlite3_session *session, const char *path); /* by name for callgrind */
void export_all(sqlite3_session *session, const char *path)
{
    FILE *file = fopen(path, "wb");
    must(file == NULL ? SQLITE_CANTOPEN : sqlite3session_changeset_strm(session, write_piece, file), NULL, "changeset");
    if (fflush(file) != 0 || fsync(fileno(file)) != 0)
        exit(1);
    fclose(file);
}

void import_all(sqlite3 *db, const char *path);
void import_all(sqlite3 *db, const char *path)
{
    FILE *file = fopen(path, "rb");
    run(db, "BEGIN");
    must(file == NULL ? SQLITE_CANTOPEN : sqlite3changeset_apply_strm(db, read_piece, file, NULL, on_conflict, NULL), db, "apply");
    run(db, "COMMIT");
    fclose(file);
}

int main(int argc, char **argv)
{
    char path[500];
    if (argc != 3)
        return 2;
    char *schema = schema_of(argv[1]);
    sqlite3 *from = make_empty(argv[2], "from.db", schema), *into = make_empty(argv[2], "into.db", schema);
    sqlite3_session *session = fill(from, argv[1]);
    snprintf(path, sizeof(path), "%s/changeset", argv[2]);
    const struct moment begin = now();
    export_all(session, path);
    const struct moment between = now();
    import_all(into, path);
    const struct moment end = now();
    FILE *file = fopen(path, "rb");
    fseek(file, 0, SEEK_END);
    printf("%ld bytes; export %.1f ms, %.1f ms of the processor; import %.1f ms, %.1f ms of the processor\n", ftell(file),
           ms(begin.wall, between.wall), ms(begin.used, between.used), ms(between.wall, end.wall), ms(between.used, end.used));
    fclose(file);
    sqlite3session_delete(session);
    sqlite3_close(from);
    sqlite3_close(into);
    free(schema);
    return 0;
}
