/* Keeps drafts that were thrown away for a while. */
#include "after.h"
#include "private.h"
#include "record/draft_pack.h"

#include "guanai/sql/transaction.h"
#include "guanai/store/draft.h"

#include <string.h>

#define ASIDE "substr(user, 1, 1) = char(1)"

/* One statement with a number or a text (or neither); ret_value (nullable): its first column, 0 without a row. */
static enum ga_rc ask(struct ga_store *store, const char *sql, const int64_t *no, const char *user, int64_t *ret_value,
                      struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    if (no != NULL)
        ga_stmt_bind_int(stmt, 1, *no);
    if (user != NULL)
        ga_stmt_bind_text(stmt, 1, user);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && ret_value != NULL)
        *ret_value = has_row ? ga_stmt_column_int(stmt, 0) : 0;
    ga_stmt_destroy(stmt);
    return rc;
}

/* What was thrown away last has the highest number: no clock decides which is the newest. */
static enum ga_rc move_aside(struct ga_store *store, int64_t no, struct ga_error *err)
{
    enum ga_rc rc = ask(store,
                        "UPDATE OR REPLACE draft SET user = char(1) || user, no = (SELECT max(no) + 1 FROM draft)"
                        " WHERE no = ?1 AND NOT " ASIDE,
                        &no, NULL, NULL, err);
    const int64_t kept = GA_DRAFTS_ASIDE_MAX;
    if (rc == GA_OK)
        rc = ask(store,
                 "DELETE FROM draft WHERE " ASIDE " AND no NOT IN"
                 " (SELECT no FROM draft WHERE " ASIDE " ORDER BY no DESC LIMIT ?1)",
                 &kept, NULL, NULL, err);
    return rc;
}

enum ga_rc ga_draft_set_aside(struct ga_store *store, int64_t no, struct ga_error *err)
{
    enum ga_rc rc = ga_after_follow(store, err);
    if (rc == GA_OK)
        rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    rc = move_aside(store, no, err);
    if (rc == GA_OK)
        return ga_transaction_commit(store->db, err);
    ga_transaction_rollback(store->db);
    return rc;
}

static bool is_aside_of(const char *user, const char *stamp, const char *person)
{
    return *user == 1 && (strcmp(user + 1, person) == 0 || ga_str_equal(ga_draft_stamp_typist(stamp), person));
}

/* Asked at each start: drafts are few, an expression costs more to prepare than all of them to look at. */
enum ga_rc ga_draft_find_aside(struct ga_store *store, const char *person, int64_t *ret_no, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t found = 0;
    enum ga_rc rc = ga_stmt_prepare(store->db, "SELECT no, user, saved FROM draft ORDER BY no DESC", &stmt, err);
    if (rc != GA_OK)
        return rc;
    while (found == 0 && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        if (is_aside_of(ga_stmt_column_text(stmt, 1), ga_stmt_column_text(stmt, 2), person))
            found = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    if (rc == GA_OK)
        *ret_no = found;
    return rc;
}

enum ga_rc ga_draft_put_back(struct ga_store *store, int64_t no, struct ga_error *err)
{
    int64_t is_begun = 0;
    enum ga_rc rc = ga_after_follow(store, err); /* what was begun again may be saved by now */
    if (rc == GA_OK)
        rc = ask(store,
                        "SELECT count(*) FROM draft AS old JOIN draft AS new ON new.form = old.form AND"
                        " new.record = old.record AND new.child = old.child AND new.user = substr(old.user, 2)"
                        " WHERE old.no = ?1",
                        &no, NULL, &is_begun, err);
    if (rc == GA_OK && is_begun > 0)
        return ga_error_set(err, GA_REFUSED, "the same form has been begun again: finish that one first");
    return rc == GA_OK ? ask(store, "UPDATE draft SET user = substr(user, 2) WHERE no = ?1 AND " ASIDE, &no, NULL, NULL, err)
                       : rc;
}
