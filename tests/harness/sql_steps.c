/* Counts what SQLite's machine does. */
#include "sql_steps.h"

#include "internal.h"

#include <string.h>

static int64_t steps, runs;
static const char *counted;

static int add(unsigned kind, void *ctx, void *stmt, void *ns)
{
    (void)kind, (void)ctx, (void)ns;
    steps += sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_VM_STEP, 1);
    return 0;
}

void sql_steps_begin(struct ga_db *db)
{
    for (sqlite3_stmt *stmt = NULL; (stmt = sqlite3_next_stmt(db->raw, stmt)) != NULL;)
        sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_VM_STEP, 1); /* what was before does not count */
    steps = 0;
    sqlite3_trace_v2(db->raw, SQLITE_TRACE_PROFILE, add, NULL);
}

int64_t sql_steps_end(struct ga_db *db)
{
    sqlite3_trace_v2(db->raw, 0, NULL, NULL);
    return steps;
}

static int add_run(unsigned kind, void *ctx, void *stmt, void *ns)
{
    (void)kind, (void)ctx, (void)ns;
    runs += strstr(sqlite3_sql(stmt), counted) != NULL;
    return 0;
}

void sql_runs_begin(struct ga_db *db, const char *part)
{
    runs = 0;
    counted = part;
    sqlite3_trace_v2(db->raw, SQLITE_TRACE_PROFILE, add_run, NULL);
}

int64_t sql_runs_end(struct ga_db *db)
{
    sqlite3_trace_v2(db->raw, 0, NULL, NULL);
    return runs;
}
