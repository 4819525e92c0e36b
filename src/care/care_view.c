/* Keeps the tables that expressions and reports read by name up to the newest save. */
#include "due/due_inner.h"

#include "guanai/sql/transaction.h"

static enum ga_rc fill(struct ga_care *care, const struct ga_care_table *table, struct ga_error *err)
{
    struct ga_db *db = ga_store_db(care->options.store);
    struct ga_stmt *stmt = NULL;
    enum ga_rc rc = ga_db_exec(db, table->make, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(db, table->put, &stmt, err);
    if (rc == GA_OK)
        rc = table->put_all(care, stmt, err);
    ga_stmt_destroy(stmt);
    return rc;
}

/* In one transaction: a row each would be one otherwise. */
enum ga_rc ga_care_show(struct ga_care *care, const struct ga_care_table *table, struct ga_care_shown *shown,
                        struct ga_error *err)
{
    struct ga_db *db = ga_store_db(care->options.store);
    enum ga_rc rc = ga_care_follow(care, err);
    if (rc != GA_OK || (shown->op == care->shown_op && ga_date_compare(shown->on, care->day) == 0))
        return rc;
    rc = ga_transaction_begin(db, err);
    if (rc != GA_OK)
        return rc;
    rc = fill(care, table, err);
    if (rc == GA_OK)
        rc = ga_transaction_commit(db, err);
    else
        ga_transaction_rollback(db);
    if (rc == GA_OK)
        *shown = (struct ga_care_shown){care->shown_op, care->day};
    return rc;
}
