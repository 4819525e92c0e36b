/* Functions of ours that SQL can call. */
#include "guanai/sql/function.h"

#include "guanai/base/alloc.h"
#include "internal.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

struct ga_sql_call {
    sqlite3_context *context;
    void *ctx;
    int args;
    sqlite3_value **values;
};

/* What SQLite keeps for us a function. */
struct binding {
    const struct ga_sql_function *function;
    void *ctx;
};

static void call_function(sqlite3_context *context, int args, sqlite3_value **values)
{
    const struct binding *binding = sqlite3_user_data(context);
    struct ga_sql_call call = {context, binding->ctx, args, values};
    binding->function->call(&call);
}

static enum ga_rc add_function(struct ga_db *db, const struct ga_sql_function *function, void *ctx,
                               struct ga_error *err)
{
    struct binding *binding = ga_alloc(sizeof(*binding));
    *binding = (struct binding){function, ctx};
    int flags = SQLITE_UTF8;
    if (function->flags & GA_SQL_DETERMINISTIC)
        flags |= SQLITE_DETERMINISTIC;
    if (function->flags & GA_SQL_IN_SCHEMA)
        flags |= SQLITE_INNOCUOUS;
    /* SQLite frees the binding, also when it fails */
    int rc = sqlite3_create_function_v2(db->raw, function->name, function->args, flags, binding,
                                        call_function, NULL, NULL, free);
    if (rc != SQLITE_OK)
        return ga_sql_fail(db, rc, err);
    if (function->flags & GA_SQL_GUARDED)
        ga_map_put(&db->guarded, function->name, (void *)(uintptr_t)function);
    return GA_OK;
}

enum ga_rc ga_sql_functions_add(struct ga_db *db, const struct ga_sql_function *table, size_t count,
                                void *ctx, struct ga_error *err)
{
    for (size_t i = 0; i < count; i++) {
        enum ga_rc rc = add_function(db, &table[i], ctx, err);
        if (rc != GA_OK)
            return rc;
    }
    return GA_OK;
}

void *ga_sql_call_ctx(struct ga_sql_call *call)
{
    return call->ctx;
}

int ga_sql_call_args(const struct ga_sql_call *call)
{
    return call->args;
}

struct ga_value ga_sql_call_arg(struct ga_sql_call *call, int i)
{
    assert(i >= 0 && i < call->args);
    return ga_sql_value_in(call->values[i]);
}

const char *ga_sql_call_bytes(struct ga_sql_call *call, int i, size_t *ret_len)
{
    assert(i >= 0 && i < call->args);
    const int type = sqlite3_value_type(call->values[i]);
    const char *bytes = type == SQLITE_TEXT || type == SQLITE_BLOB ? sqlite3_value_blob(call->values[i]) : NULL;
    *ret_len = bytes == NULL ? 0 : (size_t)sqlite3_value_bytes(call->values[i]);
    return bytes;
}

void ga_sql_call_return(struct ga_sql_call *call, const struct ga_value *value)
{
    const char *bytes = value->text == NULL ? "" : value->text;
    switch (value->kind) {
    case GA_VALUE_NULL:
        sqlite3_result_null(call->context);
        return;
    case GA_VALUE_INTEGER:
        sqlite3_result_int64(call->context, value->integer);
        return;
    case GA_VALUE_REAL:
        sqlite3_result_double(call->context, value->real);
        return;
    case GA_VALUE_TEXT:
        sqlite3_result_text64(call->context, bytes, value->len, SQLITE_TRANSIENT, SQLITE_UTF8);
        return;
    case GA_VALUE_BLOB:
        sqlite3_result_blob64(call->context, bytes, value->len, SQLITE_TRANSIENT);
        return;
    }
}

void ga_sql_call_fail(struct ga_sql_call *call, const char *english)
{
    sqlite3_result_error(call->context, english, -1);
}
