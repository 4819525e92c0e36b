/* Prepared statements. */
#ifndef GUANAI_SQL_STMT_H
#define GUANAI_SQL_STMT_H

#include "guanai/base/error.h"
#include "guanai/sql/db.h"
#include "guanai/sql/value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ga_stmt;

/* Exactly one statement (a tail is refused), kept for many uses. The caller destroys. */
enum ga_rc ga_stmt_prepare(struct ga_db *db, const char *sql, struct ga_stmt **ret_stmt,
                           struct ga_error *err);
void ga_stmt_destroy(struct ga_stmt *stmt); /* NULL is fine */

/*
 * Parameters count from 1. Text and blobs are copied, except by ga_stmt_bind_borrowed, whose bytes
 * must stay until the next reset. A NULL text binds NULL. A value over SQLite's bound is reported by
 * the next step as GA_TOO_BIG; a parameter that does not exist is a bug (assert).
 */
void ga_stmt_bind_null(struct ga_stmt *stmt, int param);
void ga_stmt_bind_int(struct ga_stmt *stmt, int param, int64_t value);
void ga_stmt_bind_text(struct ga_stmt *stmt, int param, const char *text);
void ga_stmt_bind_blob(struct ga_stmt *stmt, int param, const void *bytes, size_t len);
void ga_stmt_bind(struct ga_stmt *stmt, int param, const struct ga_value *value);
void ga_stmt_bind_borrowed(struct ga_stmt *stmt, int param, const struct ga_value *value);

/* *ret_row: there is a row. At the end and on failure the statement is reset by itself. */
enum ga_rc ga_stmt_step(struct ga_stmt *stmt, bool *ret_row, struct ga_error *err);

/* Steps to the end, ignoring rows, then resets with bindings cleared. For INSERT, UPDATE, DELETE. */
enum ga_rc ga_stmt_run(struct ga_stmt *stmt, struct ga_error *err);

/* Ends the run; clears all bindings. */
void ga_stmt_reset(struct ga_stmt *stmt);

/* Columns count from 0; texts and blobs are borrowed until the next step, reset or destroy. */
int ga_stmt_columns(const struct ga_stmt *stmt);
struct ga_value ga_stmt_column(struct ga_stmt *stmt, int column);
bool ga_stmt_column_is_null(struct ga_stmt *stmt, int column);
int64_t ga_stmt_column_int(struct ga_stmt *stmt, int column);      /* NULL: 0 */
double ga_stmt_column_real(struct ga_stmt *stmt, int column);      /* NULL: 0.0 */
const char *ga_stmt_column_text(struct ga_stmt *stmt, int column); /* NULL: NULL */

/* Columns from … until - 1 of the row as one number, by kind, length and bytes: to compare rows, never stored. */
uint64_t ga_stmt_hash(struct ga_stmt *stmt, int from, int until);

/*
 * A room's statements as one table: `static const char *const SQL[] = {[PUT_RECORD] = "INSERT …", …}`.
 * Each is prepared at its first use; all end together. Finish before closing the database.
 */
struct ga_stmts {
    struct ga_db *db;
    const char *const *sql; /* borrowed */
    struct ga_stmt **list;
    size_t count;
};

void ga_stmts_init(struct ga_stmts *stmts, struct ga_db *db, const char *const *sql, size_t count);
void ga_stmts_finish(struct ga_stmts *stmts);

/* Reset with its bindings cleared; borrowed until finish. Never one that is still stepping elsewhere. */
enum ga_rc ga_stmts_get(struct ga_stmts *stmts, size_t i, struct ga_stmt **ret_stmt, struct ga_error *err);

#endif
