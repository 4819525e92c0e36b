/* Builds every derived table anew, compares it with what stood there. */
#include "fold/own.h"
#include "guanai/base/num.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/check.h"
#include "guanai/store/shelf.h"
#include "index/index_delta.h"
#include "index/index_page.h"

#include <string.h>

/* A table as it was before: its SQL, a fingerprint a row, in the order of its primary key. */
struct dump {
    const char *name, *sql;
    size_t first, count; /* its rows among those of all */
};

struct dumps {
    struct ga_vec tables; /* struct dump, by name */
    struct ga_shelf rows; /* uint64_t: a fingerprint each */
};

struct rebuilding {
    struct ga_store *store;
    struct ga_problems *problems;
    struct ga_arena arena;
    struct dumps before, after;
};

/* Everything but what is never derived (sql.c, draft.c), and what care keeps by the side (it checks that itself). */
static const char derived_tables[] =
    "SELECT name, sql || coalesce((SELECT group_concat(i.sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE type = 'index'"
    " AND tbl_name = t.name ORDER BY name) AS i), '') FROM sqlite_schema AS t WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND name NOT LIKE '\\_due%' ESCAPE '\\' AND name NOT IN"
    " ('_alarm', '_prio_mark', '_prio_child', 'setting', 'form', 'list', 'site', 'record', '_run', 'chain', 'filed', 'tail', 'block', 'withheld', 'handed', 'draft') ORDER BY name";

static void start_dumps(const struct ga_store *store, struct dumps *dumps)
{
    ga_vec_init(&dumps->tables, sizeof(struct dump));
    ga_shelf_init(&dumps->rows, sizeof(uint64_t), store->options.io, store->options.folder);
}

static void finish_dumps(struct dumps *dumps)
{
    ga_vec_finish(&dumps->tables);
    ga_shelf_finish(&dumps->rows);
}

/* Which keys share a page is a matter of what came when: what the pages say is compared. */
static enum ga_rc dump_keys(struct rebuilding *r, struct ga_shelf *rows, struct ga_error *err)
{
    struct ga_index_cursor cursor;
    const struct ga_index_entry *entry = &cursor.page.entry;
    bool has = true;
    enum ga_rc rc = ga_index_cursor_seek(&cursor, r->store, (const uint8_t *)"", 0, err);
    while (rc == GA_OK && (rc = ga_index_cursor_next(&cursor, &has, err)) == GA_OK && has)
        *(uint64_t *)ga_shelf_push(rows) =
            ga_map_hash((const char *)entry->key.bytes, entry->key.len) ^ (uint64_t)entry->no * 0x9E3779B97F4A7C15u;
    if (rc != GA_DAMAGED)
        return rc;
    *(uint64_t *)ga_shelf_push(rows) = 0; /* a page that cannot be read differs from any */
    return GA_OK;
}

static enum ga_rc order_of(struct rebuilding *r, const char *table, struct ga_str *sql, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    size_t count = 0;
    enum ga_rc rc = ga_stmt_prepare(r->store->db, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, table);
    ga_str_addf(sql, "SELECT * FROM \"%s\"", table);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        ga_str_addf(sql, "%s\"%s\"", count++ == 0 ? " ORDER BY " : ", ", ga_stmt_column_text(stmt, 0));
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc dump_table(struct rebuilding *r, const char *table, struct ga_shelf *rows, struct ga_error *err)
{
    struct ga_str sql = {0};
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    if (strcmp(table, "_search") == 0)
        return dump_keys(r, rows, err);
    enum ga_rc rc = order_of(r, table, &sql, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(r->store->db, ga_str_text(&sql), &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(uint64_t *)ga_shelf_push(rows) = ga_stmt_hash(stmt, 0, ga_stmt_columns(stmt));
    ga_stmt_destroy(stmt);
    ga_str_finish(&sql);
    return rc;
}

static enum ga_rc dump_all(struct rebuilding *r, struct dumps *dumps, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(r->store->db, derived_tables, &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct dump *dump = ga_vec_push(&dumps->tables);
        dump->name = ga_arena_strdup(&r->arena, ga_stmt_column_text(stmt, 0));
        dump->sql = ga_arena_strdup(&r->arena, ga_stmt_column_text(stmt, 1));
    }
    ga_stmt_destroy(stmt);
    for (size_t i = 0; rc == GA_OK && i < dumps->tables.len; i++) {
        struct dump *dump = ga_vec_at(&dumps->tables, i);
        dump->first = dumps->rows.len;
        rc = dump_table(r, dump->name, &dumps->rows, err);
        dump->count = dumps->rows.len - dump->first;
    }
    return rc == GA_OK ? ga_shelf_check(&dumps->rows, err) : rc;
}

static enum ga_rc drop_all(struct rebuilding *r, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    ga_tables_finish(r->store);
    ga_index_finish(r->store);
    for (size_t i = 0; rc == GA_OK && i < r->before.tables.len; i++) {
        struct ga_str sql = {0};
        ga_str_addf(&sql, "DROP TABLE \"%s\"", GA_VEC_AT(struct dump, &r->before.tables, i)->name);
        rc = ga_db_exec(r->store->db, ga_str_text(&sql), err);
        ga_str_finish(&sql);
    }
    return rc;
}

static enum ga_rc make_form_tables(struct rebuilding *r, struct ga_error *err)
{
    struct ga_vec names;
    struct ga_stmt *stmt;
    bool has_row = false;
    ga_vec_init(&names, sizeof(const char *));
    enum ga_rc rc = ga_stmt_prepare(r->store->db, ga_store_sql[GA_SQL_FORM_NAMES], &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(const char **)ga_vec_push(&names) = ga_arena_strdup(&r->arena, ga_stmt_column_text(stmt, 0));
    ga_stmt_destroy(stmt);
    for (size_t i = 0; rc == GA_OK && i < names.len; i++) {
        const struct ga_form *form = ga_forms_get(&r->store->forms, *GA_VEC_AT(const char *, &names, i), err);
        rc = form == NULL ? GA_DAMAGED : ga_tables_make(r->store, form, err);
    }
    ga_vec_finish(&names);
    return rc;
}

static enum ga_rc make_all(struct rebuilding *r, struct ga_error *err)
{
    enum ga_rc rc = ga_db_exec(r->store->db, ga_store_derived_schema, err);
    if (rc == GA_OK)
        rc = ga_db_exec(r->store->db, ga_store_index_schema, err);
    if (rc == GA_OK)
        rc = ga_db_exec(r->store->db, ga_store_same_schema, err);
    if (rc == GA_OK)
        rc = ga_db_exec(r->store->db, ga_store_own_schema, err);
    return rc == GA_OK ? make_form_tables(r, err) : rc;
}

static enum ga_rc project_all(struct rebuilding *r, const struct ga_check_progress *progress, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t total = 0, done = 0;
    enum ga_rc rc = ga_db_query_int(r->store->db, "SELECT count(*) FROM record", &total, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(r->store->db, ga_store_sql[GA_SQL_ALL_RECORDS], &stmt, err);
    if (rc != GA_OK)
        return rc;
    for (int64_t no = 0; rc == GA_OK; done++) {
        ga_stmt_reset(stmt);
        ga_stmt_bind_int(stmt, 1, no);
        rc = ga_stmt_step(stmt, &has_row, err);
        if (rc != GA_OK || !has_row)
            break;
        no = ga_stmt_column_int(stmt, 0);
        ga_stmt_reset(stmt);
        rc = ga_project_from_log(r->store, no, err);
        if (rc == GA_OK && progress != NULL && !progress->step(progress->ctx, done, total))
            rc = ga_error_set(err, GA_CANCELLED, "stopped");
    }
    ga_stmt_destroy(stmt);
    return rc;
}

static const struct dump *find_dump(const struct dumps *dumps, const char *name)
{
    for (size_t i = 0; i < dumps->tables.len; i++)
        if (strcmp(GA_VEC_AT(const struct dump, &dumps->tables, i)->name, name) == 0)
            return GA_VEC_AT(const struct dump, &dumps->tables, i);
    return NULL;
}

static void compare(struct rebuilding *r, const struct dump *before, const struct dump *after)
{
    size_t row = 0;
    if (after == NULL || strcmp(before->sql, after->sql) != 0) {
        ga_message_set(&ga_problems_add(r->problems, GA_FAULT, NULL, 0, 0)->what, "table %1 was not as its form has it",
                       before->name);
        return;
    }
    while (row < before->count && row < after->count &&
           *GA_SHELF_AT(uint64_t, &r->before.rows, before->first + row) == *GA_SHELF_AT(uint64_t, &r->after.rows, after->first + row))
        row++;
    if (row < before->count || row < after->count)
        ga_message_set(&ga_problems_add(r->problems, GA_FAULT, NULL, 0, 0)->what,
                       "table %1 differed from the log from row %2 on (%3 rows before, %4 now)", before->name,
                       GA_NUM((int64_t)row + 1), GA_NUM((int64_t)before->count), GA_NUM((int64_t)after->count));
}

static enum ga_rc rebuild(struct rebuilding *r, const struct ga_check_progress *progress, struct ga_error *err)
{
    enum ga_rc rc = ga_delta_merge(r->store, err); /* which keys wait for their places is a matter of what came when */
    if (rc == GA_OK || rc == GA_DAMAGED) /* pages nobody can read are made anew as well */
        rc = dump_all(r, &r->before, err);
    if (rc == GA_OK)
        rc = drop_all(r, err);
    if (rc == GA_OK)
        rc = make_all(r, err);
    ga_index_shows_all(r->store);
    r->store->is_made_anew = true;
    if (rc == GA_OK)
        rc = project_all(r, progress, err);
    r->store->is_made_anew = false;
    if (rc == GA_OK)
        rc = ga_index_flush(r->store, err);
    if (rc == GA_OK)
        rc = ga_delta_merge(r->store, err);
    if (rc == GA_OK)
        rc = dump_all(r, &r->after, err);
    for (size_t i = 0; rc == GA_OK && i < r->before.tables.len; i++) {
        const struct dump *before = GA_VEC_AT(struct dump, &r->before.tables, i);
        compare(r, before, find_dump(&r->after, before->name));
    }
    for (size_t i = 0; rc == GA_OK && i < r->after.tables.len; i++) {
        const struct dump *after = GA_VEC_AT(struct dump, &r->after.tables, i);
        if (find_dump(&r->before, after->name) == NULL)
            ga_message_set(&ga_problems_add(r->problems, GA_FAULT, NULL, 0, 0)->what,
                           "table %1 was not as its form has it", after->name);
    }
    if (rc == GA_OK)
        rc = ga_shelf_check(&r->before.rows, err);
    return rc == GA_OK ? ga_shelf_check(&r->after.rows, err) : rc;
}

enum ga_rc ga_store_rebuild(struct ga_store *store, const struct ga_check_progress *progress,
                            struct ga_problems *problems, struct ga_error *err)
{
    struct rebuilding r = {.store = store, .problems = problems};
    start_dumps(store, &r.before);
    start_dumps(store, &r.after);
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = ga_transaction_begin(store->db, err);
    if (rc == GA_OK) {
        rc = rebuild(&r, progress, err);
        ga_tables_finish(store);
        if (rc == GA_OK)
            rc = ga_transaction_commit(store->db, err);
        else
            ga_transaction_rollback(store->db);
        ga_index_finish(store); /* nothing gathered may outlive a rollback */
    }
    finish_dumps(&r.before);
    finish_dumps(&r.after);
    ga_arena_finish(&r.arena);
    return rc;
}
