/* Functions of ours that SQL can call. */
#ifndef GUANAI_SQL_FUNCTION_H
#define GUANAI_SQL_FUNCTION_H

#include "guanai/sql/db.h"
#include "guanai/sql/value.h"

struct ga_sql_call; /* one call in progress */

enum {
    GA_SQL_DETERMINISTIC = 1, /* same arguments, same answer within one statement */
    GA_SQL_GUARDED = 2,       /* guarded statements (sql/guard.h) may call it */
    GA_SQL_IN_SCHEMA = 4,     /* harmless: views, indexes, generated columns of the file may call it */
};

struct ga_sql_function {
    const char *name; /* lower case */
    int args;         /* -1: any number */
    unsigned flags;
    void (*call)(struct ga_sql_call *call); /* answers NULL unless it sets a result or fails */
};

/* The table must outlive the connection (static const); `ctx` is given to every call. */
enum ga_rc ga_sql_functions_add(struct ga_db *db, const struct ga_sql_function *table, size_t count,
                                void *ctx, struct ga_error *err);

void *ga_sql_call_ctx(struct ga_sql_call *call);
int ga_sql_call_args(const struct ga_sql_call *call);

/* Argument i from 0; borrowed until the call returns. */
struct ga_value ga_sql_call_arg(struct ga_sql_call *call, int i);

/* The same of a text or blob as bytes without a NUL behind them, for which SQLite need not copy; else NULL. */
const char *ga_sql_call_bytes(struct ga_sql_call *call, int i, size_t *ret_len);

void ga_sql_call_return(struct ga_sql_call *call, const struct ga_value *value); /* copied */
void ga_sql_call_fail(struct ga_sql_call *call, const char *english); /* the statement ends, GA_REFUSED */

#endif
