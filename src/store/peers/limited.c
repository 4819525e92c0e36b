/* Tells which operations a guest may have, which of them it lacks. */
#include "peers/limited.h"

#include "guanai/base/order.h"
#include "guanai/sql/transaction.h"

#include <string.h>

/*
 * In `handed` record 0 stands for what the guest said: the bundle it took in last. Record -n stands for bundle n, with the
 * last operation that was here when it was made: whoever took it in has all of what it was given whole up to there.
 */
enum sql { HANDED, TAKEN, REACHED, PUT, KEEP, DROP, FORGET, OPS, SQL_COUNT };
static const char *const statements[SQL_COUNT] = {
    [HANDED] = "SELECT record, bundle FROM handed WHERE guest = ?1 AND record > 0 ORDER BY record",
    [TAKEN] = "SELECT bundle FROM handed WHERE guest = ?1 AND record = 0",
    [REACHED] = "SELECT bundle FROM handed WHERE guest = ?1 AND record BETWEEN -?2 AND -1 ORDER BY record LIMIT 1",
    [PUT] = "INSERT OR REPLACE INTO handed VALUES(?1, ?2, ?3)",
    [KEEP] = "INSERT OR IGNORE INTO handed VALUES(?1, ?2, ?3)",
    [DROP] = "DELETE FROM handed WHERE guest = ?1 AND record = ?2",
    [FORGET] = ("DELETE FROM handed WHERE guest = ?1 AND record < 0 AND record > (SELECT min(record) FROM handed"
                " WHERE guest = ?1 AND record BETWEEN -(SELECT bundle FROM handed WHERE guest = ?1 AND record = 0) AND -1)"),
    [OPS] = "SELECT no FROM op WHERE record = ?1 ORDER BY no",
};

struct handed {
    int64_t record, bundle;
};

void ga_limited_init(struct ga_limited *limited)
{
    ga_vec_init(&limited->shown, sizeof(int64_t));
    ga_vec_init(&limited->again, sizeof(int64_t));
    ga_vec_init(&limited->records, sizeof(int64_t));
    ga_vec_init(&limited->fresh, sizeof(int64_t));
}

void ga_limited_finish(struct ga_limited *limited)
{
    ga_vec_finish(&limited->shown);
    ga_vec_finish(&limited->again);
    ga_vec_finish(&limited->records);
    ga_vec_finish(&limited->fresh);
}

static enum ga_rc prepare(struct ga_store *store, enum sql sql, const struct ga_uuid *guest, struct ga_stmt **ret_stmt,
                          struct ga_error *err)
{
    const enum ga_rc rc = ga_stmt_prepare(store->db, statements[sql], ret_stmt, err);
    if (rc == GA_OK && guest != NULL)
        ga_stmt_bind_blob(*ret_stmt, 1, guest->bytes, sizeof(guest->bytes));
    return rc;
}

/* Appends struct handed, by record. */
static enum ga_rc read_handed(struct ga_store *store, const struct ga_uuid *guest, struct ga_vec *ret_handed, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = prepare(store, HANDED, guest, &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(struct handed *)ga_vec_push(ret_handed) = (struct handed){ga_stmt_column_int(stmt, 0), ga_stmt_column_int(stmt, 1)};
    ga_stmt_destroy(stmt);
    return rc;
}

/* 0: there is none. `bundle` is asked for by REACHED alone. */
static enum ga_rc read_one(struct ga_store *store, enum sql sql, const struct ga_uuid *guest, int64_t bundle, int64_t *ret_number,
                           struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    *ret_number = 0;
    enum ga_rc rc = prepare(store, sql, guest, &stmt, err);
    if (rc != GA_OK)
        return rc;
    if (sql == REACHED)
        ga_stmt_bind_int(stmt, 2, bundle);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row)
        *ret_number = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

/* What it was given and was removed since is in no table, hence in no scope. */
static enum ga_rc add_removed(struct ga_store *store, const struct ga_vec *handed, struct ga_limited *limited, struct ga_error *err)
{
    const size_t count = limited->records.len;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < handed->len; i++) {
        const int64_t record = GA_VEC_AT(const struct handed, handed, i)->record;
        bool is_shown = true;
        rc = ga_scope_is_shown(store, record, &is_shown, err);
        if (rc == GA_OK && !is_shown)
            *(int64_t *)ga_vec_push(&limited->records) = record;
    }
    if (limited->records.len > count)
        ga_order_sort_once(&limited->records);
    return rc;
}

/*
 * What came here since the guest was given the record may have come to it from another computer of the school, to which the
 * record was nobody's of the guest, as a hash: that it has the transaction says nothing.
 */
static enum ga_rc add_ops(struct ga_stmt *ops, int64_t record, int64_t reached, struct ga_limited *limited, struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    ga_stmt_bind_int(ops, 1, record);
    while ((rc = ga_stmt_step(ops, &has_row, err)) == GA_OK && has_row) {
        const int64_t op = ga_stmt_column_int(ops, 0);
        *(int64_t *)ga_vec_push(&limited->shown) = op;
        if (op > reached)
            *(int64_t *)ga_vec_push(&limited->again) = op;
    }
    ga_stmt_reset(ops);
    return rc;
}

/* In the order of their numbers: a block is unpacked once. What cannot be read says nothing of who may have it. */
static enum ga_rc may_have(struct ga_store *store, int64_t op, struct ga_arena *arena, bool *ret_may, struct ga_error *err)
{
    struct ga_block_item item;
    struct ga_operation decoded;
    *ret_may = false;
    ga_arena_reset(arena);
    const enum ga_rc rc = ga_log_get(store, op, &item, err);
    if (rc == GA_OK && !item.is_erased && ga_operation_decode(item.bytes, item.len, arena, &decoded, NULL) == GA_OK)
        *ret_may = !decoded.is_opaque && (int)decoded.protection <= (int)GA_LIMITED_PROTECTION_MAX;
    return rc;
}

static void keep_known(struct ga_vec *numbers, const struct ga_vec *known)
{
    int64_t *list = numbers->items;
    size_t kept = 0;
    for (size_t i = 0; i < numbers->len; i++)
        if (ga_order_has(known, list[i]))
            list[kept++] = list[i];
    numbers->len = kept;
}

static enum ga_rc drop_restricted(struct ga_store *store, struct ga_limited *limited, struct ga_error *err)
{
    struct ga_arena arena = {0};
    int64_t *list = limited->shown.items;
    size_t kept = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < limited->shown.len; i++) {
        bool may;
        rc = may_have(store, list[i], &arena, &may, err);
        if (rc == GA_OK && may)
            list[kept++] = list[i];
    }
    limited->shown.len = kept;
    keep_known(&limited->again, &limited->shown);
    ga_arena_finish(&arena);
    return rc;
}

/* Both lists rise. */
static enum ga_rc add_all_ops(struct ga_store *store, const struct ga_uuid *guest, const struct ga_vec *handed, int64_t taken,
                              struct ga_limited *limited, struct ga_error *err)
{
    struct ga_stmt *ops;
    int64_t reached = 0;
    enum ga_rc rc = read_one(store, REACHED, guest, taken, &reached, err);
    if (rc == GA_OK)
        rc = prepare(store, OPS, NULL, &ops, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0, k = 0; rc == GA_OK && i < limited->records.len; i++) {
        const int64_t record = *GA_VEC_AT(const int64_t, &limited->records, i);
        while (k < handed->len && GA_VEC_AT(const struct handed, handed, k)->record < record)
            k++;
        const struct handed *was = k < handed->len ? GA_VEC_AT(const struct handed, handed, k) : NULL;
        const bool is_fresh = was == NULL || was->record != record || was->bundle > taken;
        if (is_fresh)
            *(int64_t *)ga_vec_push(&limited->fresh) = record;
        rc = add_ops(ops, record, is_fresh ? 0 : reached, limited, err);
    }
    ga_stmt_destroy(ops);
    ga_order_sort_once(&limited->shown);
    ga_order_sort_once(&limited->again);
    return rc == GA_OK ? drop_restricted(store, limited, err) : rc;
}

enum ga_rc ga_limited_gather(struct ga_store *store, const struct ga_limited_ask *ask, struct ga_limited *limited,
                             struct ga_error *err)
{
    struct ga_vec handed;
    int64_t taken = 0;
    ga_vec_init(&handed, sizeof(struct handed));
    enum ga_rc rc = ga_index_follow(store, err); /* what waits comes into the tables first */
    if (rc == GA_OK)
        rc = ga_scope_records(store, ask, &limited->records, err);
    ga_order_sort_once(&limited->records);
    if (rc == GA_OK)
        rc = read_handed(store, &ask->guest, &handed, err);
    if (rc == GA_OK && !ask->is_complete)
        rc = read_one(store, TAKEN, &ask->guest, 0, &taken, err);
    if (rc == GA_OK && ask->scope.kind != GA_SCOPE_NOTHING)
        rc = add_removed(store, &handed, limited, err);
    if (rc == GA_OK)
        rc = add_all_ops(store, &ask->guest, &handed, taken, limited, err);
    limited->last_op = store->last_op;
    ga_vec_finish(&handed);
    return rc;
}

static enum ga_rc put(struct ga_store *store, enum sql sql, const struct ga_uuid *guest, int64_t record, uint64_t number,
                      struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = prepare(store, sql, guest, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 2, record);
    if (sql != DROP)
        ga_stmt_bind_int(stmt, 3, (int64_t)number);
    rc = ga_stmt_run(stmt, err);
    ga_stmt_destroy(stmt);
    return rc;
}

/* What lies before what it took in is never asked for again: a guest that was put back further is given all of it. */
static enum ga_rc note_reached(struct ga_store *store, const struct ga_uuid *guest, int64_t last_op, uint64_t bundle,
                               struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = put(store, PUT, guest, -(int64_t)bundle, (uint64_t)last_op, err);
    if (rc == GA_OK)
        rc = prepare(store, FORGET, guest, &stmt, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_stmt_run(stmt, err);
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc note_all(struct ga_store *store, const struct ga_uuid *guest, const struct ga_limited *limited, uint64_t bundle,
                           struct ga_error *err)
{
    struct ga_vec handed;
    ga_vec_init(&handed, sizeof(struct handed));
    enum ga_rc rc = read_handed(store, guest, &handed, err);
    for (size_t i = 0; rc == GA_OK && i < handed.len; i++) {
        const int64_t record = GA_VEC_AT(const struct handed, &handed, i)->record;
        if (!ga_order_has(&limited->records, record))
            rc = put(store, DROP, guest, record, 0, err);
    }
    for (size_t i = 0; rc == GA_OK && i < limited->fresh.len; i++)
        rc = put(store, KEEP, guest, *GA_VEC_AT(const int64_t, &limited->fresh, i), bundle, err);
    ga_vec_finish(&handed);
    return rc;
}

enum ga_rc ga_limited_handed(struct ga_store *store, const struct ga_uuid *guest, const struct ga_limited *limited,
                             uint64_t bundle, struct ga_error *err)
{
    enum ga_rc rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    rc = note_all(store, guest, limited, bundle, err);
    if (rc == GA_OK)
        rc = note_reached(store, guest, limited->last_op, bundle, err);
    if (rc == GA_OK)
        return ga_transaction_commit(store->db, err);
    ga_transaction_rollback(store->db);
    return rc;
}

enum ga_rc ga_limited_taken(struct ga_store *store, const struct ga_uuid *guest, uint64_t bundle, struct ga_error *err)
{
    return put(store, PUT, guest, 0, bundle > INT64_MAX ? INT64_MAX : bundle, err);
}
