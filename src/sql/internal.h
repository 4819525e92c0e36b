/* What the files of this room share. */
#ifndef GUANAI_SQL_INTERNAL_H
#define GUANAI_SQL_INTERNAL_H

#include "guanai/base/map.h"
#include "guanai/base/str.h"
#include "guanai/base/vec.h"
#include "guanai/sql/db.h"
#include "guanai/sql/guard.h"
#include "guanai/sql/stmt.h"

#include <sqlite3.h>

/* One guarded preparing or stepping in progress; the authorizer and the progress handler read it. */
struct ga_sql_watch {
    const struct ga_guard_scope *scope;
    int64_t steps;
    int64_t max_steps;
    int64_t deadline_ms; /* on the steady clock */
    int64_t max_memory_bytes;
    const char *stopped; /* the sentence when a bound was exceeded; NULL: none was */
    char denied[80];     /* the table, or the function, that was asked for in vain */
    bool denied_call;
    bool is_running;     /* the statement is stepped, not prepared */
    struct ga_vec *unread; /* char *: tables read without a column; NULL while stepping */
    int saved_limits[8];
    struct ga_sql_watch *outer;
};

struct ga_db {
    sqlite3 *raw;
    bool is_file;
    bool json_ready; /* json_each's table has been made, which the guard would deny */
    int depth;       /* of transactions */
    int64_t wal_pages;
    struct ga_stmts transaction;
    struct ga_map guarded;      /* name → function that guarded statements may call */
    struct ga_sql_watch *watch; /* NULL: unguarded */
};

struct ga_stmt {
    sqlite3_stmt *raw;
    struct ga_db *db;
    int bind_rc; /* the first binding that failed, told by the next step */
    const struct ga_guard_scope *scope; /* NULL: unguarded */
    int64_t used_steps;
    int64_t used_ms;
};

/* SQLite's answer as ours, with a sentence; call before anything else touches the connection. */
enum ga_rc ga_sql_fail(struct ga_db *db, int sqlite_rc, struct ga_error *err);

struct ga_value ga_sql_value_in(sqlite3_value *value);

/* The guard: one authorizer for the connection's life, harmless while no watch is on. */
int ga_sql_guard_install(struct ga_db *db);
void ga_sql_watch_start(struct ga_db *db, struct ga_sql_watch *watch);
void ga_sql_watch_end(struct ga_db *db, struct ga_sql_watch *watch);
bool ga_sql_guard_knows_builtin(const char *name);

/* A guarded sqlite3_step; on failure fills err itself. */
enum ga_rc ga_sql_guarded_step(struct ga_stmt *stmt, bool *ret_row, struct ga_error *err);

int ga_sql_trim_install(sqlite3 *raw);

#endif
