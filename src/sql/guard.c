/* Prepares expressions that somebody else wrote. */
#include "guanai/sql/guard.h"

#include "guanai/base/alloc.h"
#include "guanai/base/clock.h"
#include "guanai/base/str.h"
#include "guanai/text/translate.h"
#include "internal.h"
#include "names.h"

#include <assert.h>
#include <stdlib.h>

enum { RULE_MS = 2000, VIEW_MS = 20000, PREPARE_MS = 2000 };
enum { RULE_MEMORY_BYTES = 32 << 20, VIEW_MEMORY_BYTES = 128 << 20 };

/* A piece of an author's text as it stands in the statement. */
struct piece {
    size_t out, out_len; /* in the statement */
    size_t expr, at;     /* where it was written */
    bool is_literal;     /* copied as it was; else a parameter for a name */
};

struct draft {
    const struct ga_guard_shape *shape;
    struct ga_str sql;
    struct ga_vec pieces;
    size_t expr;   /* the one being written */
    size_t copied; /* bytes of it */
    struct ga_guard_place place;
};

static const char *or_else(const char *text, const char *otherwise)
{
    return text == NULL ? otherwise : text;
}

static void add_piece(struct draft *draft, const char *text, size_t len, size_t at, bool is_literal)
{
    struct piece *piece = ga_vec_push(&draft->pieces);
    *piece = (struct piece){draft->sql.len, len, draft->expr, at, is_literal};
    ga_str_add_bytes(&draft->sql, text, len);
}

static void copy_until(struct draft *draft, size_t end)
{
    const char *expr = draft->shape->exprs[draft->expr];
    add_piece(draft, expr + draft->copied, end - draft->copied, draft->copied, true);
    draft->copied = end;
}

static void replace_name(void *ctx, const struct ga_guard_name *name)
{
    struct draft *draft = ctx;
    const struct ga_guard_shape *shape = draft->shape;
    int param = shape->param == NULL || name->is_call ? 0 : shape->param(shape->param_ctx, name);
    if (param == 0)
        return;
    copy_until(draft, name->offset);
    struct ga_str number = {0};
    ga_str_addf(&number, "?%d", param);
    add_piece(draft, number.data, number.len, name->offset, false);
    ga_str_finish(&number);
    draft->copied = name->offset + name->len;
}

static void set_place(struct draft *draft, size_t expr, size_t at)
{
    draft->place = (struct ga_guard_place){expr, ga_sql_characters(draft->shape->exprs[expr], at)};
}

static enum ga_rc write_expr(struct draft *draft, size_t i, struct ga_error *err)
{
    size_t at = 0;
    draft->expr = i;
    draft->copied = 0;
    enum ga_rc rc = ga_sql_names_walk(draft->shape->exprs[i], replace_name, draft, &at, err);
    if (rc != GA_OK) {
        set_place(draft, i, at);
        return rc;
    }
    copy_until(draft, strlen(draft->shape->exprs[i]));
    return GA_OK;
}

static enum ga_rc write_draft(struct draft *draft, struct ga_error *err)
{
    const struct ga_guard_shape *shape = draft->shape;
    ga_str_add(&draft->sql, or_else(shape->prefix, "SELECT ("));
    for (size_t i = 0; i < shape->exprs_count; i++) {
        if (i > 0)
            ga_str_add(&draft->sql, shape->separators != NULL ? shape->separators[i - 1]
                                                               : or_else(shape->separator, "), ("));
        enum ga_rc rc = write_expr(draft, i, err);
        if (rc != GA_OK)
            return rc;
    }
    ga_str_add(&draft->sql, or_else(shape->suffix, ")"));
    return GA_OK;
}

/* SQLite's byte offset into the statement as a place in an author's text. */
static void place_offset(struct draft *draft, int offset)
{
    for (size_t i = 0; offset >= 0 && i < draft->pieces.len; i++) {
        const struct piece *piece = GA_VEC_AT(struct piece, &draft->pieces, i);
        size_t at = (size_t)offset;
        if (at < piece->out || at > piece->out + piece->out_len)
            continue;
        set_place(draft, piece->expr, piece->at + (piece->is_literal ? at - piece->out : 0));
        return;
    }
}

/* Looks for a table or function among the authors' names. */
struct hunt {
    const char *name;
    bool is_found;
    size_t at;
};

static void compare_name(void *ctx, const struct ga_guard_name *name)
{
    struct hunt *hunt = ctx;
    size_t len = strlen(hunt->name);
    const char *last = name->text + name->len; /* of schema.table, just the table */
    while (last > name->text && last[-1] != '.' && last[-1] != ' ' && last[-1] != '\n' && last[-1] != '\t' &&
           last[-1] != '\r' && last[-1] != '\f')
        last--;
    size_t last_len = (size_t)(name->text + name->len - last);
    if (!hunt->is_found && last_len == len && sqlite3_strnicmp(last, hunt->name, (int)len) == 0) {
        hunt->is_found = true;
        hunt->at = name->offset;
    }
}

static bool find_name(struct draft *draft, const char *name)
{
    struct hunt hunt = {.name = name};
    for (size_t i = 0; i < draft->shape->exprs_count && !hunt.is_found; i++) {
        size_t unused;
        ga_sql_names_walk(draft->shape->exprs[i], compare_name, &hunt, &unused, NULL);
        if (hunt.is_found)
            set_place(draft, i, hunt.at);
    }
    return hunt.is_found;
}

/* SQLite's sentences by their beginnings; what follows is the name. */
static const struct {
    const char *begins;
    const char *sentence;
} wordings[] = {
    {"no such column: ", GA_N_("there is no field called %1 here")},
    {"no such function: ", GA_N_("there is no function called %1")},
    {"no such table: ", GA_N_("there is no list called %1 here")},
    {"wrong number of arguments to function ", GA_N_("%1 is given too few or too many values")},
    {"ambiguous column name: ", GA_N_("%1 could mean several fields here")},
    {"near ", GA_N_("this expression cannot be read near %1")},
    {"incomplete input", GA_N_("this expression is not complete")},
    {"misuse of aggregate", GA_N_("a count or sum needs a list to work on")},
    {"string or blob too big", GA_N_("a text became longer than 64 KiB")},
    {"out of memory", GA_N_("this expression is too long")},
};

/* `near "+": syntax error` gives "+" and no English. */
static enum ga_rc say_wording(const char *sentence, const char *rest, struct ga_error *err)
{
    const char *english = strstr(rest, ": ");
    struct ga_str name = {0};
    ga_str_add_bytes(&name, rest, english == NULL ? strlen(rest) : (size_t)(english - rest));
    enum ga_rc rc = ga_error_set(err, GA_REFUSED, sentence, ga_str_text(&name));
    ga_str_finish(&name);
    return rc;
}

static enum ga_rc fail_wording(const char *said, struct ga_error *err)
{
    for (size_t i = 0; i < GA_COUNT(wordings); i++)
        if (ga_str_starts(said, wordings[i].begins))
            return say_wording(wordings[i].sentence, said + strlen(wordings[i].begins), err);
    return ga_error_set(err, GA_REFUSED, "this expression cannot be computed: %1", said);
}

static enum ga_rc fail_guarded(struct ga_db *db, int rc, const struct ga_sql_watch *watch,
                               struct ga_error *err)
{
    /* a denied function comes as SQLITE_ERROR, a denied table as SQLITE_AUTH */
    if (watch->denied[0] != '\0' && watch->denied_call)
        return ga_error_set(err, GA_REFUSED, "the function %1 may not be used here", watch->denied);
    if (watch->denied[0] != '\0')
        return ga_error_set(err, GA_REFUSED, "%1 may not be read here", watch->denied);
    switch (rc & 0xFF) {
    case SQLITE_INTERRUPT:
        return ga_error_set(err, GA_REFUSED,
                            or_else(watch->stopped, "this expression takes too long to compute"));
    case SQLITE_AUTH:
    case SQLITE_ERROR:
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
    case SQLITE_MISMATCH:
        return fail_wording(sqlite3_errmsg(db->raw), err);
    default:
        return ga_sql_fail(db, rc, err);
    }
}

/* SQLite found fault with what stands behind the author's text: something is missing at its end. */
static bool is_at_end(const struct draft *draft)
{
    const char *expr = draft->shape->exprs[draft->place.expr];
    return draft->place.character >= 0 && draft->place.character == ga_sql_characters(expr, strlen(expr));
}

static void init_watch(struct ga_sql_watch *watch, const struct ga_guard_scope *scope, int64_t ms)
{
    bool is_rule = scope->kind == GA_GUARD_RULE;
    *watch = (struct ga_sql_watch){.scope = scope};
    watch->max_steps = scope->max_steps > 0 ? scope->max_steps
                       : is_rule            ? GA_GUARD_RULE_STEPS : GA_GUARD_VIEW_STEPS;
    watch->deadline_ms = ga_clock_steady_ms() + ms;
    watch->max_memory_bytes = sqlite3_memory_used() + (is_rule ? RULE_MEMORY_BYTES : VIEW_MEMORY_BYTES);
}

/* The first use of json_each declares its table, which the authorizer would deny. */
static enum ga_rc ready_json(struct ga_db *db, struct ga_error *err)
{
    if (db->json_ready)
        return GA_OK;
    enum ga_rc rc = ga_db_exec(db, "SELECT 1 FROM json_each('[]')", err);
    db->json_ready = rc == GA_OK;
    return rc;
}

static enum ga_rc judge_statement(const struct draft *draft, sqlite3_stmt *raw, const char *tail,
                                  struct ga_error *err)
{
    const struct ga_guard_shape *shape = draft->shape;
    int columns = shape->columns > 0 ? shape->columns : (int)shape->exprs_count;
    if (raw == NULL || tail[0] != '\0' || sqlite3_stmt_readonly(raw) == 0 || sqlite3_stmt_isexplain(raw) != 0)
        return ga_error_set(err, GA_REFUSED, "this is not a single expression");
    if (sqlite3_column_count(raw) != columns)
        return ga_error_set(err, GA_REFUSED, "this expression gives more than one value");
    return GA_OK;
}

static enum ga_rc judge_unread(struct draft *draft, struct ga_vec *unread, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < unread->len; i++) {
        char *table = *GA_VEC_AT(char *, unread, i);
        if (rc == GA_OK && find_name(draft, table))
            rc = ga_error_set(err, GA_REFUSED, "%1 may not be read here", table);
        free(table);
    }
    ga_vec_finish(unread);
    return rc;
}

static enum ga_rc prepare_draft(struct ga_db *db, const struct ga_guard_scope *scope, struct draft *draft,
                                sqlite3_stmt **ret_raw, struct ga_error *err)
{
    struct ga_vec unread;
    ga_vec_init(&unread, sizeof(char *));
    struct ga_sql_watch watch;
    init_watch(&watch, scope, PREPARE_MS);
    watch.unread = &unread;
    const char *tail = "";
    ga_sql_watch_start(db, &watch);
    int raw_rc = sqlite3_prepare_v3(db->raw, ga_str_text(&draft->sql), -1, SQLITE_PREPARE_PERSISTENT,
                                    ret_raw, &tail);
    ga_sql_watch_end(db, &watch);
    enum ga_rc rc;
    if (raw_rc != SQLITE_OK) {
        place_offset(draft, sqlite3_error_offset(db->raw));
        rc = watch.denied[0] == '\0' && (raw_rc & 0xFF) == SQLITE_ERROR && is_at_end(draft)
                 ? ga_error_set(err, GA_REFUSED, "this expression is not complete")
                 : fail_guarded(db, raw_rc, &watch, err);
        if (watch.denied[0] != '\0')
            find_name(draft, watch.denied);
    } else {
        rc = judge_statement(draft, *ret_raw, tail, err);
    }
    enum ga_rc unread_rc = judge_unread(draft, &unread, rc == GA_OK ? err : NULL);
    return rc != GA_OK ? rc : unread_rc;
}

enum ga_rc ga_guard_prepare(struct ga_db *db, const struct ga_guard_scope *scope,
                            const struct ga_guard_shape *shape, struct ga_stmt **ret_stmt,
                            struct ga_guard_place *ret_place, struct ga_error *err)
{
    struct draft draft = {.shape = shape, .place = {0, -1}};
    ga_vec_init(&draft.pieces, sizeof(struct piece));
    sqlite3_stmt *raw = NULL;
    enum ga_rc rc = ready_json(db, err);
    if (rc == GA_OK)
        rc = write_draft(&draft, err);
    if (rc == GA_OK)
        rc = prepare_draft(db, scope, &draft, &raw, err);
    if (rc == GA_OK) {
        struct ga_stmt *stmt = ga_alloc(sizeof(*stmt));
        *stmt = (struct ga_stmt){.raw = raw, .db = db, .scope = scope};
        *ret_stmt = stmt;
    } else {
        sqlite3_finalize(raw);
        if (ret_place != NULL)
            *ret_place = draft.place;
    }
    ga_str_finish(&draft.sql);
    ga_vec_finish(&draft.pieces);
    return rc;
}

enum ga_rc ga_guard_prepare_one(struct ga_db *db, const struct ga_guard_scope *scope, const char *expr,
                                ga_guard_param_fn param, void *param_ctx, struct ga_stmt **ret_stmt,
                                struct ga_guard_place *ret_place, struct ga_error *err)
{
    const struct ga_guard_shape shape = {
        .exprs = &expr, .exprs_count = 1, .param = param, .param_ctx = param_ctx};
    return ga_guard_prepare(db, scope, &shape, ret_stmt, ret_place, err);
}

/* The bounds hold from reset to reset, over all rows that are stepped in between. */
enum ga_rc ga_sql_guarded_step(struct ga_stmt *stmt, bool *ret_row, struct ga_error *err)
{
    if (sqlite3_stmt_busy(stmt->raw) == 0) {
        stmt->used_steps = stmt->used_ms = 0;
        sqlite3_stmt_status(stmt->raw, SQLITE_STMTSTATUS_VM_STEP, 1);
    }
    int64_t max_ms = stmt->scope->max_ms > 0 ? stmt->scope->max_ms
                                             : stmt->scope->kind == GA_GUARD_RULE ? RULE_MS : VIEW_MS;
    struct ga_sql_watch watch;
    init_watch(&watch, stmt->scope, max_ms - stmt->used_ms);
    watch.steps = stmt->used_steps;
    watch.is_running = true;
    int64_t before_ms = watch.deadline_ms - max_ms + stmt->used_ms;
    ga_sql_watch_start(stmt->db, &watch);
    int rc = sqlite3_step(stmt->raw);
    ga_sql_watch_end(stmt->db, &watch);
    stmt->used_steps = watch.steps;
    stmt->used_ms += ga_clock_steady_ms() - before_ms;
    enum ga_rc answer = GA_OK;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        answer = fail_guarded(stmt->db, rc, &watch, err);
    else
        *ret_row = rc == SQLITE_ROW;
    if (rc != SQLITE_ROW)
        sqlite3_reset(stmt->raw);
    return answer;
}

int64_t ga_guard_steps(const struct ga_stmt *stmt)
{
    return sqlite3_stmt_status(stmt->raw, SQLITE_STMTSTATUS_VM_STEP, 0);
}
