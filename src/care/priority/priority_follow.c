/* Keeps the board of priorities up to the newest saves. */
#include "priority/priority_inner.h"

#include "due/due_follow.h"
#include "guanai/base/alloc.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/touched.h"
#include "guanai/store/view.h"

#include <string.h>

/* So many records are followed one by one; more, and all is made anew: about as dear. */
enum { RECORDS_MAX = 60, CHILDREN_MAX = 90 };

#define TABLES(where) \
    "CREATE " where "TABLE IF NOT EXISTS _prio_mark (no INTEGER PRIMARY KEY, op INTEGER NOT NULL, day TEXT NOT NULL," \
    " fingerprint INTEGER NOT NULL) STRICT;" \
    "CREATE " where "TABLE IF NOT EXISTS _prio_child (no INTEGER PRIMARY KEY, first INTEGER, quiet INTEGER, reached INTEGER, rows BLOB NOT NULL) STRICT;" \
    "CREATE INDEX IF NOT EXISTS _prio_child_first ON _prio_child (first) WHERE first IS NOT NULL;" \
    "CREATE INDEX IF NOT EXISTS _prio_child_quiet ON _prio_child (quiet) WHERE quiet IS NOT NULL;" \
    "CREATE INDEX IF NOT EXISTS _prio_child_reached ON _prio_child (reached) WHERE reached IS NOT NULL;"

struct following {
    struct ga_prio *prio;
    struct ga_due_following touched; /* which children */
    struct ga_stmt *put;
    bool is_all;
};

static struct ga_db *db_of(const struct ga_prio *prio)
{
    return ga_store_db(prio->care->options.store);
}

/* Choices about duties and teachers of classes move nothing here. */
static enum ga_rc take_touched(void *ctx, const struct ga_touched *touched, struct ga_error *err)
{
    struct following *f = ctx;
    if (strcmp(touched->form->name, "duty_choice") == 0 || strcmp(touched->form->name, "class_teacher") == 0)
        return GA_OK;
    const enum ga_rc rc = ga_due_take_touched(&f->touched, touched, err);
    f->is_all |= f->touched.children.len > CHILDREN_MAX;
    return rc;
}

static enum ga_rc put_child(void *ctx, int64_t child, int32_t first, const struct ga_str *rows, struct ga_error *err)
{
    struct following *f = ctx;
    const struct ga_value packed = ga_value_blob(rows->data, rows->len);
    ga_stmt_bind_int(f->put, 1, child);
    if (first != 0)
        ga_stmt_bind_int(f->put, 2, first);
    struct ga_prio_rows unpacked;
    if (ga_prio_unpack(ga_str_text(rows), rows->len, &unpacked)) {
        const struct ga_prio_waits waits = ga_prio_waits(f->prio, &unpacked);
        if (waits.counts) {
            ga_stmt_bind_int(f->put, 3, waits.quiet);
            ga_stmt_bind_int(f->put, 4, waits.reached);
        }
    }
    ga_stmt_bind_borrowed(f->put, 5, &packed);
    return ga_stmt_run(f->put, err);
}

static enum ga_rc put_again(struct following *f, int64_t child, struct ga_error *err)
{
    struct ga_stmt *drop;
    enum ga_rc rc = ga_stmt_prepare(db_of(f->prio), "DELETE FROM _prio_child WHERE no = ?1", &drop, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(drop, 1, child);
    rc = ga_stmt_run(drop, err);
    ga_stmt_destroy(drop);
    return rc == GA_OK ? ga_prio_count(f->prio, child, put_child, f, err) : rc;
}

static enum ga_rc put_mark(const struct ga_prio *prio, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_stmt_prepare(db_of(prio), "INSERT OR REPLACE INTO _prio_mark VALUES (1, ?1, ?2, ?3)", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, ga_store_last_op(prio->care->options.store));
    ga_stmt_bind_text(stmt, 2, GA_DATE_ISO(prio->day));
    ga_stmt_bind_int(stmt, 3, (int64_t)prio->fingerprint);
    rc = ga_stmt_run(stmt, err);
    ga_stmt_destroy(stmt);
    return rc;
}

/* The first edition's table did not say who waits. */
static enum ga_rc drop_old(const struct ga_prio *prio, struct ga_error *err)
{
    int64_t count = 0;
    const enum ga_rc rc = ga_db_query_int(
        db_of(prio), "SELECT count(*) FROM sqlite_schema WHERE name = '_prio_child' AND sql NOT LIKE '%reached INTEGER%'", &count, err);
    return rc == GA_OK && count > 0 ? ga_db_exec(db_of(prio), "DROP TABLE _prio_child", err) : rc;
}

static enum ga_rc write(void *ctx, struct ga_error *err)
{
    struct following *f = ctx;
    struct ga_db *db = db_of(f->prio);
    enum ga_rc rc = f->prio->is_aside ? GA_OK : drop_old(f->prio, err);
    if (rc == GA_OK)
        rc = ga_db_exec(db, f->prio->is_aside ? TABLES("TEMP ") : TABLES(""), err);
    if (rc == GA_OK && f->is_all)
        rc = ga_db_exec(db, "DELETE FROM _prio_child", err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(db, "INSERT OR REPLACE INTO _prio_child VALUES (?1, ?2, ?3, ?4, ?5)", &f->put, err);
    if (rc == GA_OK && f->is_all)
        rc = ga_prio_count(f->prio, 0, put_child, f, err);
    for (size_t i = 0; rc == GA_OK && !f->is_all && i < f->touched.children.len; i++)
        rc = put_again(f, *GA_VEC_AT(const int64_t, &f->touched.children, i), err);
    if (rc == GA_OK)
        rc = put_mark(f->prio, err);
    ga_stmt_destroy(f->put);
    f->put = NULL;
    return rc;
}

/* Views that were made in a transaction went with it: what was prepared on them is prepared anew. */
static enum ga_rc forget_views(struct ga_prio *prio, struct ga_error *err)
{
    ga_prio_sources_finish(prio);
    ga_prio_sources_list(prio);
    ga_owes_close(prio->owes);
    prio->owes = NULL;
    return ga_owes_open(prio->care->options.figures, &prio->asked, &prio->owes, err);
}

/* A disk that takes nothing more: all of it in memory, as with what is owed. */
static enum ga_rc write_where_it_can(struct following *f, struct ga_error *err)
{
    struct ga_error why = {0};
    if (!f->prio->is_aside) {
        enum ga_rc rc = ga_transaction_apart(db_of(f->prio), write, f, &why);
        if (rc != GA_OK && rc != GA_IO && err != NULL)
            *err = why;
        if (rc != GA_IO)
            return rc;
        f->is_all = f->prio->is_aside = true;
        rc = forget_views(f->prio, err);
        if (rc != GA_OK)
            return rc;
    }
    return ga_transaction_aside(db_of(f->prio), write, f, err);
}

static enum ga_rc read_mark(struct ga_prio *prio, bool *ret_fits, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t count = 0;
    *ret_fits = false;
    prio->shown_op = 0;
    enum ga_rc rc = ga_db_query_int(db_of(prio), "SELECT count(*) FROM sqlite_schema WHERE name = '_prio_mark'", &count, err);
    if (rc != GA_OK || count == 0)
        return rc;
    rc = ga_stmt_prepare(db_of(prio), "SELECT op, day, fingerprint FROM _prio_mark", &stmt, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        *ret_fits = (uint64_t)ga_stmt_column_int(stmt, 2) == prio->fingerprint &&
                    strcmp(ga_stmt_column_text(stmt, 1), GA_DATE_ISO(prio->day)) == 0;
        prio->shown_op = ga_stmt_column_int(stmt, 0);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc look(struct following *f, struct ga_error *err)
{
    struct ga_prio *prio = f->prio;
    struct ga_store *store = prio->care->options.store;
    bool fits = true, has_all = true;
    enum ga_rc rc = prio->shown_op < 0 ? read_mark(prio, &fits, err) : GA_OK;
    f->is_all = !fits || prio->shown_op > ga_store_last_op(store);
    if (rc == GA_OK && !f->is_all && prio->shown_op < ga_store_last_op(store))
        rc = ga_store_touched(store, prio->shown_op, RECORDS_MAX, take_touched, f, &has_all, err);
    f->is_all |= !has_all || f->touched.is_all;
    return rc;
}

static enum ga_rc follow(struct ga_prio *prio, struct ga_error *err)
{
    struct ga_store *store = prio->care->options.store;
    struct following f = {.prio = prio, .touched = {.care = prio->care}};
    ga_vec_init(&f.touched.children, sizeof(int64_t));
    enum ga_rc rc = look(&f, err);
    if (rc == GA_OK)
        rc = ga_store_roster_view(store, err);
    if (rc == GA_OK && (f.is_all || prio->shown_op < ga_store_last_op(store)))
        rc = write_where_it_can(&f, err);
    prio->shown_op = rc == GA_OK ? ga_store_last_op(store) : -1;
    ga_vec_finish(&f.touched.children);
    ga_arena_finish(&f.touched.arena);
    return rc;
}

/* Inside somebody's save nothing is followed: it may yet be taken back. */
enum ga_rc ga_prio_follow(struct ga_prio *prio, struct ga_error *err)
{
    struct ga_store *store = prio->care->options.store;
    enum ga_rc rc = GA_OK;
    if (ga_transaction_depth(db_of(prio)) > 0)
        return GA_OK;
    if (ga_date_compare(prio->day, ga_store_today(store)) != 0)
        rc = ga_prio_day_begin(prio, err);
    return rc == GA_OK && prio->shown_op != ga_store_last_op(store) ? follow(prio, err) : rc;
}
