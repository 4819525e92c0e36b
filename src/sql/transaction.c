/* All or nothing. */
#include "guanai/sql/transaction.h"

#include "internal.h"

#include <assert.h>

/* Savepoints may share a name: each word then means the innermost one. */
enum { BEGIN, COMMIT, ROLLBACK, SAVE, RELEASE, ROLLBACK_TO };
static const char *const sentences[] = {
    [BEGIN] = "BEGIN IMMEDIATE",    [COMMIT] = "COMMIT",           [ROLLBACK] = "ROLLBACK",
    [SAVE] = "SAVEPOINT guanai",    [RELEASE] = "RELEASE guanai", [ROLLBACK_TO] = "ROLLBACK TO guanai",
};

static enum ga_rc run(struct ga_db *db, size_t i, struct ga_error *err)
{
    if (db->transaction.list == NULL)
        ga_stmts_init(&db->transaction, db, sentences, sizeof(sentences) / sizeof(sentences[0]));
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_stmts_get(&db->transaction, i, &stmt, err);
    return rc != GA_OK ? rc : ga_stmt_run(stmt, err);
}

/* SQLite rolls everything back by itself after some failures (disk full, I/O). */
static bool was_given_up(const struct ga_db *db)
{
    return db->depth > 0 && sqlite3_get_autocommit(db->raw) != 0;
}

static enum ga_rc fail_given_up(struct ga_error *err)
{
    return ga_error_set(err, GA_IO,
                        "an earlier failure undid everything since the beginning; nothing was written");
}

enum ga_rc ga_transaction_begin(struct ga_db *db, struct ga_error *err)
{
    if (was_given_up(db))
        return fail_given_up(err);
    enum ga_rc rc = run(db, db->depth == 0 ? BEGIN : SAVE, err);
    if (rc == GA_OK)
        db->depth++;
    return rc;
}

enum ga_rc ga_transaction_commit(struct ga_db *db, struct ga_error *err)
{
    assert(db->depth > 0);
    enum ga_rc rc = was_given_up(db) ? fail_given_up(err) : run(db, db->depth == 1 ? COMMIT : RELEASE, err);
    if (rc != GA_OK)
        ga_transaction_rollback(db);
    else
        db->depth--;
    return rc;
}

void ga_transaction_rollback(struct ga_db *db)
{
    assert(db->depth > 0);
    if (!was_given_up(db)) {
        /* a failure here means SQLite has rolled back already, or will when the file is next opened */
        if (db->depth == 1)
            run(db, ROLLBACK, NULL);
        else if (run(db, ROLLBACK_TO, NULL) == GA_OK)
            run(db, RELEASE, NULL);
    }
    db->depth--;
}

static enum ga_rc work_through(struct ga_db *db, enum ga_rc (*work)(void *ctx, struct ga_error *err), void *ctx,
                               struct ga_error *err)
{
    const enum ga_rc rc = work(ctx, err);
    if (rc == GA_OK)
        return ga_transaction_commit(db, err);
    ga_transaction_rollback(db);
    return rc;
}

enum ga_rc ga_transaction_aside(struct ga_db *db, enum ga_rc (*work)(void *ctx, struct ga_error *err), void *ctx,
                                struct ga_error *err)
{
    assert(db->depth == 0);
    const enum ga_rc rc = run(db, SAVE, err);
    if (rc != GA_OK)
        return rc;
    db->depth = 1; /* the outermost savepoint is a transaction that is begun by what it touches */
    return work_through(db, work, ctx, err);
}

enum ga_rc ga_transaction_apart(struct ga_db *db, enum ga_rc (*work)(void *ctx, struct ga_error *err), void *ctx,
                                struct ga_error *err)
{
    assert(db->depth == 0);
    enum ga_rc rc = ga_db_sync_mode(db, GA_SYNC_NORMAL, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_transaction_begin(db, err);
    if (rc == GA_OK)
        rc = work_through(db, work, ctx, err);
    const enum ga_rc back = ga_db_sync_mode(db, GA_SYNC_FULL, err);
    return rc == GA_OK ? back : rc;
}

int ga_transaction_depth(const struct ga_db *db)
{
    return db->depth;
}
