/*
 * What an import cannot cost less than: the rows of a finished archive put into an empty database by
 * plain prepared INSERTs in one transaction, with the same settings.
 *
 *   floor_import FINISHED.db EMPTY.db child     the child table with its record numbers
 *   floor_import FINISHED.db EMPTY.db search    the same and the rows that find, sort and count children
 *
 * A plain program keeps a row a search key: the archive's pages of them (src/store/index/index_page.h) are unpacked first.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TABLES_MAX = 8, COLUMNS_MAX = 100 };

struct table {
    const char *name;
    const char *sql; /* CREATE statements, indexes too */
    const char *insert;
    int columns;
    sqlite3_value **values; /* columns × rows */
    size_t rows, cap;
};

static void must(int rc, sqlite3 *db)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
        return;
    fprintf(stderr, "floor_import: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static char *text_of(sqlite3 *db, const char *sql, const char *name)
{
    sqlite3_stmt *stmt;
    must(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), db);
    sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
    must(sqlite3_step(stmt), db);
    char *text = strdup((const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return text;
}

static void add_row(struct table *table)
{
    if (table->rows == table->cap) {
        table->cap = table->cap == 0 ? 1024 : table->cap * 2;
        table->values = realloc(table->values, table->cap * (size_t)table->columns * sizeof(*table->values));
    }
    table->rows++;
}

static void keep_row(struct table *table, sqlite3_stmt *stmt)
{
    add_row(table);
    for (int i = 0; i < table->columns; i++)
        table->values[(table->rows - 1) * (size_t)table->columns + (size_t)i] =
            sqlite3_value_dup(sqlite3_column_value(stmt, i));
}

static sqlite3_value *make_value(sqlite3 *db, const void *bytes, int len, sqlite3_int64 number)
{
    sqlite3_stmt *stmt;
    must(sqlite3_prepare_v2(db, "SELECT ?1", -1, &stmt, NULL), db);
    if (bytes != NULL)
        sqlite3_bind_blob(stmt, 1, bytes, len, SQLITE_STATIC);
    else
        sqlite3_bind_int64(stmt, 1, number);
    must(sqlite3_step(stmt), db);
    sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(stmt, 0));
    sqlite3_finalize(stmt);
    return value;
}

static void unpack_page(sqlite3 *db, struct table *table, const unsigned char *at, int len)
{
    unsigned char key[64];
    size_t key_len = 0;
    sqlite3_int64 number = 0;
    for (const unsigned char *end = at + len; at < end;) {
        const unsigned char head = *at++;
        const size_t shared = head == 0xFF ? *at++ : head >> 4, rest = head == 0xFF ? *at++ : head & 15;
        if (head != 0) {
            memcpy(key + shared, at, rest);
            key_len = shared + rest;
            at += rest;
            number = 0;
        }
        for (int shift = 0, more = 1; more; shift += 7) {
            number += (sqlite3_int64)(*at & 0x7F) << shift;
            more = *at++ >> 7;
        }
        add_row(table);
        table->values[table->rows * 2 - 2] = make_value(db, key, (int)key_len, 0);
        table->values[table->rows * 2 - 1] = make_value(db, NULL, 0, number);
    }
}

static void load_keys(sqlite3 *db, struct table *table)
{
    sqlite3_stmt *stmt;
    table->sql = "CREATE TABLE _search (key BLOB NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (key, no)) STRICT, WITHOUT ROWID";
    table->insert = "INSERT INTO _search VALUES (?,?)";
    table->columns = 2;
    must(sqlite3_prepare_v2(db, "SELECT page FROM _search ORDER BY key, no", -1, &stmt, NULL), db);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        unpack_page(db, table, sqlite3_column_blob(stmt, 0), sqlite3_column_bytes(stmt, 0));
    sqlite3_finalize(stmt);
}

static void load(sqlite3 *db, struct table *table)
{
    char sql[200];
    sqlite3_stmt *stmt;
    table->sql = text_of(db, "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL",
                         table->name);
    snprintf(sql, sizeof(sql), "SELECT * FROM \"%s\" ORDER BY 1", table->name);
    must(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), db);
    table->columns = sqlite3_column_count(stmt);
    char *insert = malloc(100 + 2 * COLUMNS_MAX);
    sprintf(insert, "INSERT INTO \"%s\" VALUES(?", table->name);
    for (int i = 1; i < table->columns; i++)
        strcat(insert, ",?");
    strcat(insert, ")");
    table->insert = insert;
    while (sqlite3_step(stmt) == SQLITE_ROW)
        keep_row(table, stmt);
    sqlite3_finalize(stmt);
}

/* Row by row over all tables, as children come one after the other. */
void insert_all(sqlite3 *db, struct table *tables, size_t count); /* by name for callgrind */
void insert_all(sqlite3 *db, struct table *tables, size_t count)
{
    sqlite3_stmt *stmts[TABLES_MAX];
    size_t next[TABLES_MAX] = {0};
    for (size_t t = 0; t < count; t++)
        must(sqlite3_prepare_v3(db, tables[t].insert, -1, SQLITE_PREPARE_PERSISTENT, &stmts[t], NULL), db);
    must(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), db);
    for (size_t row = 0; row < tables[0].rows; row++)
        for (size_t t = 0; t < count; t++) {
            const size_t until = tables[t].rows * (row + 1) / tables[0].rows;
            for (; next[t] < until; next[t]++) {
                for (int i = 0; i < tables[t].columns; i++)
                    sqlite3_bind_value(stmts[t], i + 1,
                                       tables[t].values[next[t] * (size_t)tables[t].columns + (size_t)i]);
                must(sqlite3_step(stmts[t]), db);
                sqlite3_reset(stmts[t]);
            }
        }
    must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), db);
    for (size_t t = 0; t < count; t++)
        sqlite3_finalize(stmts[t]);
}

static double ms_between(struct timespec begin, struct timespec end)
{
    return (double)(end.tv_sec - begin.tv_sec) * 1e3 + (double)(end.tv_nsec - begin.tv_nsec) / 1e6;
}

int main(int argc, char **argv)
{
    static struct table tables[] = {{.name = "child"}, {.name = "record"}, {.name = "_roster"}, {.name = "_search"}, {.name = "_tally"}};
    sqlite3 *from, *into;
    struct timespec begin, end, used_before, used;
    if (argc != 4)
        return 2;
    const size_t count = strcmp(argv[3], "child") == 0 ? 2 : 5;
    must(sqlite3_open_v2(argv[1], &from, SQLITE_OPEN_READONLY, NULL), from);
    for (size_t t = 0; t < count; t++)
        if (strcmp(tables[t].name, "_search") == 0)
            load_keys(from, &tables[t]);
        else
            load(from, &tables[t]);
    remove(argv[2]);
    must(sqlite3_open(argv[2], &into), into);
    must(sqlite3_exec(into,
                      "PRAGMA page_size=4096; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                      "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON; PRAGMA cache_size=-2048; PRAGMA wal_autocheckpoint=0;",
                      NULL, NULL, NULL), into);
    for (size_t t = 0; t < count; t++)
        must(sqlite3_exec(into, tables[t].sql, NULL, NULL, NULL), into);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used_before);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    insert_all(into, tables, count);
    clock_gettime(CLOCK_MONOTONIC, &end);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    printf("%zu rows, %.1f ms, %.1f ms of the processor\n", tables[0].rows, ms_between(begin, end), ms_between(used_before, used));
    sqlite3_close(into);
    sqlite3_close(from);
    return 0;
}
