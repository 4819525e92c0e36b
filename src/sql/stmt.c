/* Prepared statements. */
#include "guanai/sql/stmt.h"

#include "guanai/base/alloc.h"
#include "internal.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum ga_rc ga_stmt_prepare(struct ga_db *db, const char *sql, struct ga_stmt **ret_stmt,
                           struct ga_error *err)
{
    struct ga_sql_watch *outer = db->watch;
    sqlite3_stmt *raw = NULL;
    const char *tail = NULL;
    db->watch = NULL; /* our own statement, perhaps inside a function that a guarded one calls */
    int rc = sqlite3_prepare_v3(db->raw, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, &tail);
    db->watch = outer;
    if (rc != SQLITE_OK)
        return ga_sql_fail(db, rc, err);
    if (raw == NULL || tail[strspn(tail, " \t\n\r;")] != '\0') {
        sqlite3_finalize(raw);
        return ga_error_set(err, GA_REFUSED, "the database refuses this: %1", "not exactly one statement");
    }
    struct ga_stmt *stmt = ga_alloc(sizeof(*stmt));
    stmt->raw = raw;
    stmt->db = db;
    *ret_stmt = stmt;
    return GA_OK;
}

void ga_stmt_destroy(struct ga_stmt *stmt)
{
    if (stmt == NULL)
        return;
    sqlite3_finalize(stmt->raw);
    free(stmt);
}

static void note_bind(struct ga_stmt *stmt, int rc)
{
    assert(rc != SQLITE_RANGE && rc != SQLITE_MISUSE); /* a bug: no such parameter, or not reset */
    if (rc != SQLITE_OK && stmt->bind_rc == SQLITE_OK)
        stmt->bind_rc = rc;
}

static void bind_bytes(struct ga_stmt *stmt, int param, const struct ga_value *value,
                       sqlite3_destructor_type life)
{
    const char *bytes = value->text == NULL ? "" : value->text; /* NULL would bind NULL */
    if (value->kind == GA_VALUE_TEXT)
        note_bind(stmt, sqlite3_bind_text64(stmt->raw, param, bytes, value->len, life, SQLITE_UTF8));
    else
        note_bind(stmt, sqlite3_bind_blob64(stmt->raw, param, bytes, value->len, life));
}

static void bind_value(struct ga_stmt *stmt, int param, const struct ga_value *value,
                       sqlite3_destructor_type life)
{
    switch (value->kind) {
    case GA_VALUE_NULL:
        note_bind(stmt, sqlite3_bind_null(stmt->raw, param));
        return;
    case GA_VALUE_INTEGER:
        note_bind(stmt, sqlite3_bind_int64(stmt->raw, param, value->integer));
        return;
    case GA_VALUE_REAL:
        note_bind(stmt, sqlite3_bind_double(stmt->raw, param, value->real));
        return;
    default:
        bind_bytes(stmt, param, value, life);
    }
}

void ga_stmt_bind(struct ga_stmt *stmt, int param, const struct ga_value *value)
{
    bind_value(stmt, param, value, SQLITE_TRANSIENT);
}

void ga_stmt_bind_borrowed(struct ga_stmt *stmt, int param, const struct ga_value *value)
{
    bind_value(stmt, param, value, SQLITE_STATIC);
}

void ga_stmt_bind_null(struct ga_stmt *stmt, int param)
{
    note_bind(stmt, sqlite3_bind_null(stmt->raw, param));
}

void ga_stmt_bind_int(struct ga_stmt *stmt, int param, int64_t value)
{
    note_bind(stmt, sqlite3_bind_int64(stmt->raw, param, value));
}

void ga_stmt_bind_text(struct ga_stmt *stmt, int param, const char *text)
{
    struct ga_value value = ga_value_text(text);
    ga_stmt_bind(stmt, param, &value);
}

void ga_stmt_bind_blob(struct ga_stmt *stmt, int param, const void *bytes, size_t len)
{
    struct ga_value value = ga_value_blob(bytes, len);
    ga_stmt_bind(stmt, param, &value);
}

static enum ga_rc fail_bound(struct ga_stmt *stmt, struct ga_error *err)
{
    int rc = stmt->bind_rc;
    ga_stmt_reset(stmt);
    if (rc == SQLITE_TOOBIG)
        return ga_error_set(err, GA_TOO_BIG, "a value is too long for the database");
    return ga_sql_fail(stmt->db, rc, err);
}

enum ga_rc ga_stmt_step(struct ga_stmt *stmt, bool *ret_row, struct ga_error *err)
{
    if (stmt->bind_rc != SQLITE_OK)
        return fail_bound(stmt, err);
    if (stmt->scope != NULL)
        return ga_sql_guarded_step(stmt, ret_row, err);
    struct ga_sql_watch *outer = stmt->db->watch;
    stmt->db->watch = NULL; /* a changed schema prepares it anew in here */
    int rc = sqlite3_step(stmt->raw);
    stmt->db->watch = outer;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        enum ga_rc answer = ga_sql_fail(stmt->db, rc, err);
        sqlite3_reset(stmt->raw);
        return answer;
    }
    if (rc == SQLITE_DONE)
        sqlite3_reset(stmt->raw);
    *ret_row = rc == SQLITE_ROW;
    return GA_OK;
}

enum ga_rc ga_stmt_run(struct ga_stmt *stmt, struct ga_error *err)
{
    bool is_row = true;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && is_row)
        rc = ga_stmt_step(stmt, &is_row, err);
    ga_stmt_reset(stmt);
    return rc;
}

void ga_stmt_reset(struct ga_stmt *stmt)
{
    sqlite3_reset(stmt->raw);
    sqlite3_clear_bindings(stmt->raw);
    stmt->bind_rc = SQLITE_OK;
}

int ga_stmt_columns(const struct ga_stmt *stmt)
{
    return sqlite3_column_count(stmt->raw);
}

struct ga_value ga_stmt_column(struct ga_stmt *stmt, int column)
{
    switch (sqlite3_column_type(stmt->raw, column)) {
    case SQLITE_INTEGER:
        return ga_value_int(sqlite3_column_int64(stmt->raw, column));
    case SQLITE_FLOAT:
        return ga_value_real(sqlite3_column_double(stmt->raw, column));
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(stmt->raw, column);
        return ga_value_text_len(text, (size_t)sqlite3_column_bytes(stmt->raw, column));
    }
    case SQLITE_BLOB: {
        const void *bytes = sqlite3_column_blob(stmt->raw, column);
        return ga_value_blob(bytes, (size_t)sqlite3_column_bytes(stmt->raw, column));
    }
    default:
        return ga_value_null();
    }
}

bool ga_stmt_column_is_null(struct ga_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt->raw, column) == SQLITE_NULL;
}

int64_t ga_stmt_column_int(struct ga_stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt->raw, column);
}

double ga_stmt_column_real(struct ga_stmt *stmt, int column)
{
    return sqlite3_column_double(stmt->raw, column);
}

const char *ga_stmt_column_text(struct ga_stmt *stmt, int column)
{
    return (const char *)sqlite3_column_text(stmt->raw, column);
}

/* Turns any two different words, and any two different numbers so far, into different ones. */
static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static uint64_t mix_bytes(uint64_t hash, const char *bytes, size_t len)
{
    uint64_t word = 0;
    for (; len >= sizeof(word); bytes += sizeof(word), len -= sizeof(word)) {
        memcpy(&word, bytes, sizeof(word));
        hash = mix(hash, word);
    }
    word = 0;
    if (len > 0)
        memcpy(&word, bytes, len);
    return mix(hash, word);
}

uint64_t ga_stmt_hash(struct ga_stmt *stmt, int from, int until)
{
    uint64_t hash = 0x9E3779B97F4A7C15u, word = 0; /* from 0 a NULL would lead to 0 again */
    for (int i = from; i < until; i++) {
        const struct ga_value value = ga_stmt_column(stmt, i);
        hash = mix(hash, (uint64_t)value.kind | (uint64_t)value.len << 8);
        if (value.kind == GA_VALUE_TEXT || value.kind == GA_VALUE_BLOB) {
            hash = mix_bytes(hash, value.text, value.len);
        } else if (value.kind == GA_VALUE_INTEGER) {
            hash = mix(hash, (uint64_t)value.integer);
        } else if (value.kind == GA_VALUE_REAL) {
            memcpy(&word, &value.real, sizeof(word));
            hash = mix(hash, word);
        }
    }
    return hash;
}

void ga_stmts_init(struct ga_stmts *stmts, struct ga_db *db, const char *const *sql, size_t count)
{
    *stmts = (struct ga_stmts){.db = db, .sql = sql, .count = count};
    stmts->list = ga_alloc_array(count, sizeof(struct ga_stmt *));
}

void ga_stmts_finish(struct ga_stmts *stmts)
{
    for (size_t i = 0; stmts->list != NULL && i < stmts->count; i++)
        ga_stmt_destroy(stmts->list[i]);
    free(stmts->list);
    *stmts = (struct ga_stmts){0};
}

enum ga_rc ga_stmts_get(struct ga_stmts *stmts, size_t i, struct ga_stmt **ret_stmt, struct ga_error *err)
{
    assert(i < stmts->count && stmts->sql[i] != NULL);
    if (stmts->list[i] == NULL) {
        enum ga_rc rc = ga_stmt_prepare(stmts->db, stmts->sql[i], &stmts->list[i], err);
        if (rc != GA_OK)
            return rc;
    } else {
        ga_stmt_reset(stmts->list[i]);
    }
    *ret_stmt = stmts->list[i];
    return GA_OK;
}
