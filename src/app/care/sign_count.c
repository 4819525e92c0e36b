/* Counts what changed in a month since it was signed. */
#include "care/sign_inner.h"

#include "guanai/app/care.h"
#include "guanai/crypt/hash.h"
#include "guanai/sql/stmt.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/touched.h"
#include "private.h"

#include <string.h>

/*
 * A row a signature: how much had changed, when just that was owed and nothing later than that operation was saved of the
 * records behind it. Derived; a row that is missing or not right is counted anew. Of other rules nothing is believed.
 */
#define MAKE                                                                                                           \
    "CREATE TABLE IF NOT EXISTS _due_signed (signature INTEGER PRIMARY KEY, op INTEGER NOT NULL, rules INTEGER NOT NULL," \
    " dues BLOB NOT NULL, changes INTEGER NOT NULL) STRICT"
#define GET "SELECT op, rules, dues, changes FROM _due_signed WHERE signature = ?1"
#define PUT "INSERT OR REPLACE INTO _due_signed VALUES (?1, ?2, ?3, ?4, ?5)"
enum { OP, RULES, DUES, CHANGES };

struct counting {
    struct ga_session *session;
    const struct ga_signature *signature;
    const struct ga_due *dues;
    size_t count;
    int64_t rules;
    struct ga_hash print; /* of what is owed and what stands behind it */
    int64_t op;           /* up to which `changes` is right */
    size_t changes;
    struct ga_arena arena;
};

/* All of a due that a cell's mark hangs on (sign_cells.c) but what its records say; which window it is, the first day tells. */
struct printed {
    int64_t child, record, outcome;
    int32_t opens, done, tries, duty;
};

static void print_dues(struct counting *c)
{
    struct printed *rows = ga_arena_array(&c->arena, c->count + 1, sizeof(*rows));
    for (size_t i = 0; i < c->count; i++) {
        const struct ga_due *due = &c->dues[i];
        rows[i] = (struct printed){due->child, due->record, due->outcome, ga_date_to_days(due->window.opens), due->done, due->tries,
                                   (int32_t)due->duty};
    }
    ga_hash_bytes("guanai.dues", rows, c->count * sizeof(*rows), &c->print);
}

/* false: nothing was kept, or of something else. */
static bool read_row(struct counting *c)
{
    struct ga_stmt **stmt = &c->session->memory->signed_changes;
    bool has_row = false, fits = false;
    if (*stmt == NULL && ga_stmt_prepare(ga_store_db(c->session->store), GET, stmt, NULL) != GA_OK)
        return false; /* the first who counts makes the table */
    ga_stmt_bind_int(*stmt, 1, c->signature->no);
    if (ga_stmt_step(*stmt, &has_row, NULL) == GA_OK && has_row) {
        const struct ga_value dues = ga_stmt_column(*stmt, DUES);
        fits = ga_stmt_column_int(*stmt, RULES) == c->rules && dues.len == sizeof(c->print.bytes) &&
               memcmp(dues.text, c->print.bytes, dues.len) == 0;
        c->op = ga_stmt_column_int(*stmt, OP);
        c->changes = (size_t)ga_stmt_column_int(*stmt, CHANGES);
    }
    ga_stmt_reset(*stmt);
    return fits;
}

static enum ga_rc put_row(void *ctx, struct ga_error *err)
{
    const struct counting *c = ctx;
    struct ga_db *db = ga_store_db(c->session->store);
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_db_exec(db, MAKE, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(db, PUT, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, c->signature->no);
    ga_stmt_bind_int(stmt, 2, ga_store_last_op(c->session->store));
    ga_stmt_bind_int(stmt, 3, c->rules);
    ga_stmt_bind_blob(stmt, 4, c->print.bytes, sizeof(c->print.bytes));
    ga_stmt_bind_int(stmt, 5, (int64_t)c->changes);
    rc = ga_stmt_run(stmt, err);
    ga_stmt_destroy(stmt);
    return rc;
}

/* Where that can be done: nothing is lost when it cannot. */
static void keep_row(struct counting *c)
{
    struct ga_db *db = ga_store_db(c->session->store);
    if (ga_transaction_depth(db) == 0)
        ga_transaction_apart(db, put_row, c, NULL);
}

void ga_signed_drop(struct ga_session *session, int64_t signature)
{
    struct ga_stmt *stmt;
    if (ga_stmt_prepare(ga_store_db(session->store), "DELETE FROM _due_signed WHERE signature = ?1", &stmt, NULL) != GA_OK)
        return; /* nothing was ever kept */
    ga_stmt_bind_int(stmt, 1, signature);
    ga_stmt_run(stmt, NULL);
    ga_stmt_destroy(stmt);
}

/* Was nothing saved of the signature, of the records behind the month, since that was counted? */
static enum ga_rc is_still_right(struct counting *c, bool *ret_is, bool *ret_is_far, struct ga_error *err)
{
    int64_t *nos = ga_arena_array(&c->arena, 2 * c->count + 1, sizeof(*nos));
    size_t count = 0;
    bool is_touched = true;
    nos[count++] = c->signature->no;
    for (size_t i = 0; i < c->count; i++) {
        if (c->dues[i].record != 0)
            nos[count++] = c->dues[i].record;
        if (c->dues[i].outcome != 0)
            nos[count++] = c->dues[i].outcome;
    }
    const enum ga_rc rc = ga_store_any_touched(c->session->store, c->op, nos, count, &is_touched, ret_is_far, err);
    *ret_is = !is_touched;
    return rc;
}

/* Record by record. */
static enum ga_rc count_anew(struct counting *c, struct ga_error *err)
{
    struct ga_due *dues = ga_arena_array(&c->arena, c->count + 1, sizeof(*dues));
    struct ga_month month = {.dues = dues, .dues_count = c->count, .signature = c->signature, .arena = &c->arena};
    const char *const *lines;
    if (c->count > 0)
        memcpy(dues, c->dues, c->count * sizeof(*dues));
    return ga_month_changes(c->session, &month, GA_ZH, &lines, &c->changes, err);
}

static enum ga_rc count(struct counting *c, struct ga_error *err)
{
    bool is_right = false, is_far = false;
    enum ga_rc rc = GA_OK;
    print_dues(c);
    if (read_row(c))
        rc = is_still_right(c, &is_right, &is_far, err);
    if (rc == GA_OK && !is_right)
        rc = count_anew(c, err);
    if (rc == GA_OK && (!is_right || is_far))
        keep_row(c);
    return rc;
}

enum ga_rc ga_signature_count_changes(struct ga_session *session, const struct ga_signature *signature, const struct ga_due *dues,
                                      size_t count_dues, size_t *ret_changes, struct ga_error *err)
{
    struct counting c = {.session = session, .signature = signature, .dues = dues, .count = count_dues};
    struct ga_care *care;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc != GA_OK)
        return rc;
    c.rules = (int64_t)ga_care_fingerprint(care);
    rc = count(&c, err);
    ga_arena_finish(&c.arena);
    if (rc == GA_OK)
        *ret_changes = c.changes;
    return rc;
}

enum ga_rc ga_month_count_changes(struct ga_session *session, const struct ga_roster_class *class_of, struct ga_date month,
                                  const struct ga_signature *signature, size_t *ret_changes, struct ga_error *err)
{
    const struct ga_due_ask ask = {.site = class_of->site, .grade = class_of->grade, .class_no = class_of->class_no,
                                   .span = ga_days_of_month(month), .states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_arena arena = {0};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count_dues = 0;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_due_list(care, &ask, &arena, &dues, &count_dues, err);
    if (rc == GA_OK)
        rc = ga_signature_count_changes(session, signature, dues, count_dues, ret_changes, err);
    ga_arena_finish(&arena);
    return rc;
}
