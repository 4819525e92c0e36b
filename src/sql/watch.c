/* Watches over guarded statements while SQLite prepares or steps them. */
#include "guanai/base/alloc.h"
#include "guanai/base/clock.h"
#include "guanai/text/translate.h"
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

/* VM steps between two looks at the clock: one step over 64 KiB texts can take tens of milliseconds. */
enum { PERIOD_STEPS = 200 };

/* The first ones hold while a statement runs, all of them while it is prepared: a row of a long answer costs less so. */
enum { RUNNING_LIMITS = 2 };
static const struct {
    int limit;
    int value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 65536},          {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256},
    {SQLITE_LIMIT_SQL_LENGTH, 262144},     {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_COMPOUND_SELECT, 4},     {SQLITE_LIMIT_VDBE_OP, 25000},
    {SQLITE_LIMIT_ATTACHED, 0},            {SQLITE_LIMIT_FUNCTION_ARG, 32},
};
_Static_assert(GA_COUNT(limits) == GA_COUNT(((struct ga_sql_watch *)NULL)->saved_limits), "one place each");

/*
 * Sorted. Left out on purpose: whatever draws lots, names the library or the file, allocates or
 * prints by a number given to it, reaches the system, has effects. date() and its family are in, the
 * word 'now' is not (guard.c).
 */
static const char *const builtins[] = {
    "->", "->>", "abs", "avg", "ceil", "ceiling", "char", "coalesce", "concat", "concat_ws", "count",
    "cume_dist", "date", "datetime", "dense_rank", "exp", "first_value", "floor", "glob", "group_concat",
    "hex", "ifnull", "iif", "instr", "json", "json_array", "json_array_length", "json_extract",
    "json_group_array", "json_group_object", "json_object", "json_quote", "json_type", "json_valid", "julianday",
    "lag", "last_value", "lead", "length", "like", "likely", "ln", "log", "log10", "log2", "lower", "ltrim",
    "max", "min", "mod", "nth_value", "ntile", "nullif", "octet_length", "percent_rank", "pi", "pow", "power",
    "quote", "rank", "replace", "round", "row_number", "rtrim", "sign", "sqrt", "strftime", "string_agg",
    "substr", "substring", "sum", "time", "total", "trim", "trunc", "typeof", "unicode", "unixepoch",
    "unlikely", "upper",
};

static int compare_names(const void *key, const void *row)
{
    return strcmp(key, *(const char *const *)row);
}

bool ga_sql_guard_knows_builtin(const char *name)
{
    return bsearch(name, builtins, GA_COUNT(builtins), sizeof(builtins[0]), compare_names) != NULL;
}

static bool is_listed(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (sqlite3_stricmp(names[i], name) == 0)
            return true;
    return false;
}

static bool is_named(const struct ga_guard_scope *scope, const char *table)
{
    if (scope->kind == GA_GUARD_RULE && sqlite3_stricmp(table, "json_each") == 0)
        return true;
    return is_listed(scope->views, scope->views_count, table);
}

/* `through` is the view that SQLite is expanding: what our own views read is our own doing. */
static bool is_through_ours(const struct ga_guard_scope *scope, const char *through)
{
    return through != NULL && (is_listed(scope->views, scope->views_count, through) ||
                               is_listed(scope->inner_views, scope->inner_views_count, through));
}

static int deny(struct ga_sql_watch *watch, const char *what, bool is_call)
{
    if (watch->denied[0] == '\0') {
        snprintf(watch->denied, sizeof(watch->denied), "%s", what);
        watch->denied_call = is_call;
    }
    return SQLITE_DENY;
}

/*
 * SQLite asks with an empty column for a table nothing is read from, and after it has merged a view
 * into the query around it the view is forgotten: `count(*)` over a view asks for the bare table. Such
 * tables are noted; guard.c refuses them where the author's own words name them.
 */
static int judge_read(struct ga_sql_watch *watch, const char *table, const char *column, const char *through)
{
    if (is_through_ours(watch->scope, through) || (through == NULL && is_named(watch->scope, table)))
        return SQLITE_OK;
    if (through != NULL || column[0] != '\0')
        return deny(watch, table, false);
    if (watch->unread != NULL)
        *(char **)ga_vec_push(watch->unread) = ga_strdup(table);
    return SQLITE_OK;
}

static int authorize(void *ctx, int action, const char *a, const char *b, const char *database,
                     const char *through)
{
    (void)database;
    struct ga_db *db = ctx;
    struct ga_sql_watch *watch = db->watch;
    if (watch == NULL || action == SQLITE_SELECT)
        return SQLITE_OK;
    if (action == SQLITE_READ)
        return judge_read(watch, a, b, through);
    if (action != SQLITE_FUNCTION)
        return deny(watch, a == NULL ? "" : a, false);
    bool is_fine = is_through_ours(watch->scope, through) || ga_sql_guard_knows_builtin(b) ||
                   ga_map_get(&db->guarded, b) != NULL;
    return is_fine ? SQLITE_OK : deny(watch, b, true);
}

int ga_sql_guard_install(struct ga_db *db)
{
    return sqlite3_set_authorizer(db->raw, authorize, db);
}

static int look(void *ctx)
{
    struct ga_sql_watch *watch = ((struct ga_db *)ctx)->watch;
    if (watch == NULL)
        return 0;
    watch->steps += PERIOD_STEPS;
    if (watch->steps > watch->max_steps || ga_clock_steady_ms() > watch->deadline_ms)
        watch->stopped = GA_N_("this expression takes too long to compute");
    else if (sqlite3_memory_used() > watch->max_memory_bytes)
        watch->stopped = GA_N_("this expression needs too much memory");
    return watch->stopped != NULL;
}

static size_t limits_of(const struct ga_sql_watch *watch)
{
    return watch->is_running ? RUNNING_LIMITS : GA_COUNT(limits);
}

void ga_sql_watch_start(struct ga_db *db, struct ga_sql_watch *watch)
{
    watch->outer = db->watch;
    db->watch = watch;
    for (size_t i = 0; i < limits_of(watch); i++)
        watch->saved_limits[i] = sqlite3_limit(db->raw, limits[i].limit, limits[i].value);
    sqlite3_progress_handler(db->raw, PERIOD_STEPS, look, db);
}

void ga_sql_watch_end(struct ga_db *db, struct ga_sql_watch *watch)
{
    for (size_t i = 0; i < limits_of(watch); i++)
        sqlite3_limit(db->raw, limits[i].limit, watch->saved_limits[i]);
    db->watch = watch->outer;
    if (watch->outer == NULL)
        sqlite3_progress_handler(db->raw, 0, NULL, NULL);
}
