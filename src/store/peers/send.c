/* Hands out the transactions that another site lacks. */
#include "guanai/store/send.h"

#include "guanai/base/alloc.h"
#include "guanai/store/naming.h"
#include "peers/send_lacks.h"
#include "peers/send_limit.h"
#include "peers/withheld.h"
#include "private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct named_op {
    struct ga_hash leaf;
    int64_t no;
};

struct ga_send {
    struct ga_store *store;
    struct ga_lacks lacks;
    size_t next; /* of lacks.numbers */
    int64_t txn; /* handed out last */
    struct ga_str bytes; /* of it */
    int64_t next_op, end_op;
    struct ga_str op_bytes;
    uint8_t salt[GA_OPERATION_SALT_BYTES];
    struct ga_uuid record; /* looked up last */
    struct ga_vec named;   /* struct named_op: its operations */
    struct ga_limiting *limit; /* NULL: everything is handed out */
    bool is_nameless;
};

enum ga_rc ga_send_begin(struct ga_store *store, const struct ga_have *theirs, size_t count, struct ga_send **ret_send,
                         struct ga_error *err)
{
    struct ga_send *send = ga_alloc(sizeof(*send));
    send->store = store;
    ga_vec_init(&send->named, sizeof(struct named_op));
    const enum ga_rc rc = ga_lacks_find(store, theirs, count, &send->lacks, err);
    if (rc == GA_OK)
        *ret_send = send;
    else
        ga_send_end(send);
    return rc;
}

enum ga_rc ga_send_begin_limited(struct ga_store *store, const struct ga_have *theirs, size_t count,
                                 const struct ga_send_limit *limit, struct ga_send **ret_send, struct ga_error *err)
{
    struct ga_send *send = NULL;
    enum ga_rc rc = ga_send_begin(store, theirs, count, &send, err);
    if (rc == GA_OK) {
        send->limit = ga_limiting_create(store, limit);
        send->is_nameless = limit->is_nameless;
        rc = ga_limiting_add_again(send->limit, &send->lacks.numbers, err);
    }
    if (rc == GA_OK)
        *ret_send = send;
    else
        ga_send_end(send);
    return rc;
}

uint64_t ga_send_transactions(const struct ga_send *send)
{
    return send->lacks.numbers.len;
}

void ga_send_end(struct ga_send *send)
{
    if (send == NULL)
        return;
    ga_lacks_finish(&send->lacks);
    ga_str_finish(&send->bytes);
    ga_str_finish(&send->op_bytes);
    ga_vec_finish(&send->named);
    ga_limiting_destroy(send->limit);
    free(send);
}

static enum ga_rc read_parcel(struct ga_send *send, struct ga_stmt *stmt, struct ga_parcel *ret_parcel, struct ga_error *err)
{
    const struct ga_value site = ga_stmt_column(stmt, 0), bytes = ga_stmt_column(stmt, 2), hash = ga_stmt_column(stmt, 3);
    const struct ga_value signature = ga_stmt_column(stmt, 4);
    struct ga_parcel parcel = {.seq = (uint64_t)ga_stmt_column_int(stmt, 1), .count = (uint32_t)ga_stmt_column_int(stmt, 6)};
    if (site.len != sizeof(parcel.site) || hash.len != sizeof(parcel.hash) || signature.len != sizeof(parcel.signature))
        return ga_error_set(err, GA_DAMAGED, "a saved change is damaged; run guanai check");
    memcpy(parcel.site.bytes, site.text, site.len);
    memcpy(parcel.hash.bytes, hash.text, hash.len);
    memcpy(parcel.signature.bytes, signature.text, signature.len);
    ga_str_clear(&send->bytes);
    ga_str_add_bytes(&send->bytes, bytes.text, bytes.len);
    parcel.bytes = (const uint8_t *)send->bytes.data;
    parcel.len = bytes.len;
    send->next_op = ga_stmt_column_int(stmt, 5);
    send->end_op = send->next_op + parcel.count;
    *ret_parcel = parcel;
    return GA_OK;
}

/* Most lie in chain, found by their number; the tail is short, but has to be walked. */
static enum ga_rc find_txn(struct ga_store *store, int64_t no, struct ga_stmt **ret_stmt, struct ga_error *err)
{
    static const enum ga_sql places[] = {GA_SQL_CHAIN_TXN, GA_SQL_TAIL_TXN};
    bool has_row = false;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && !has_row && i < GA_COUNT(places); i++) {
        rc = ga_store_stmt(store, places[i], ret_stmt, err);
        if (rc != GA_OK)
            return rc;
        ga_stmt_bind_int(*ret_stmt, 1, no);
        rc = ga_stmt_step(*ret_stmt, &has_row, err);
    }
    return rc != GA_OK || has_row ? rc : ga_error_set(err, GA_DAMAGED, "a saved change is damaged; run guanai check");
}

enum ga_rc ga_send_next(struct ga_send *send, struct ga_parcel *ret_parcel, bool *ret_has, struct ga_error *err)
{
    struct ga_stmt *stmt;
    *ret_has = send->next < send->lacks.numbers.len;
    if (!*ret_has)
        return GA_OK;
    send->txn = *GA_VEC_AT(int64_t, &send->lacks.numbers, send->next++);
    enum ga_rc rc = find_txn(send->store, send->txn, &stmt, err);
    if (rc == GA_OK) {
        rc = read_parcel(send, stmt, ret_parcel, err);
        ga_stmt_reset(stmt);
    }
    return rc == GA_OK && send->limit != NULL ? ga_limiting_cut(send->limit, ret_parcel, send->next_op, err) : rc;
}

enum ga_rc ga_send_op(struct ga_send *send, struct ga_parcel_op *ret_op, struct ga_error *err)
{
    struct ga_block_item item;
    assert(send->next_op < send->end_op);
    if (send->limit != NULL && !ga_limiting_shows(send->limit, ret_op)) {
        send->next_op += ga_parcel_op_leaves(ret_op);
        return GA_OK;
    }
    struct ga_withheld part;
    enum ga_rc rc = ga_log_get(send->store, send->next_op, &item, err);
    if (rc == GA_NOT_FOUND && ga_withheld_at(send->store, send->next_op, &part) && part.first_op == send->next_op) {
        *ret_op = (struct ga_parcel_op){.leaf = part.hash, .leaves = part.leaves};
        send->next_op += ga_parcel_op_leaves(ret_op);
        return GA_OK;
    }
    if (rc != GA_OK)
        return rc;
    send->next_op++;
    *ret_op = (struct ga_parcel_op){.leaf = item.leaf};
    if (item.is_erased)
        return GA_OK;
    ga_str_clear(&send->op_bytes);
    if (send->is_nameless && ga_naming_is_parted(item.bytes, item.len)) {
        ga_naming_withhold(item.salt, item.bytes, item.len, send->salt, &send->op_bytes);
    } else {
        ga_str_add_bytes(&send->op_bytes, item.bytes, item.len);
        memcpy(send->salt, item.salt, sizeof(send->salt));
    }
    ret_op->bytes = (const uint8_t *)send->op_bytes.data;
    ret_op->len = send->op_bytes.len;
    ret_op->salt = send->salt;
    return GA_OK;
}

/* The same record is asked for again and again: its operations follow each other. */
static enum ga_rc name_ops(struct ga_send *send, const struct ga_uuid *record, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops = NULL;
    size_t count = 0;
    int64_t no;
    if (ga_uuid_compare(&send->record, record) == 0)
        return GA_OK;
    ga_vec_clear(&send->named);
    enum ga_rc rc = ga_record_no(send->store, record, &no, err);
    if (rc == GA_OK)
        rc = ga_log_of_record(send->store, no, &arena, &ops, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        *(struct named_op *)ga_vec_push(&send->named) = (struct named_op){ops[i].leaf, ops[i].no};
    ga_arena_finish(&arena);
    if (rc == GA_OK)
        send->record = *record;
    return rc;
}

/* 0: no operation of the record has that leaf. */
static int64_t op_named(const struct ga_send *send, const struct ga_hash *leaf)
{
    for (size_t i = 0; i < send->named.len; i++)
        if (ga_hash_equal(&GA_VEC_AT(struct named_op, &send->named, i)->leaf, leaf))
            return GA_VEC_AT(struct named_op, &send->named, i)->no;
    return 0;
}

enum ga_rc ga_send_find(struct ga_send *send, const struct ga_uuid *record, const struct ga_hash *leaf,
                        struct ga_place *ret_place, bool *ret_is_there, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    *ret_is_there = false;
    if (send->limit != NULL)
        return GA_OK;
    enum ga_rc rc = name_ops(send, record, err);
    const int64_t op = rc == GA_OK ? op_named(send, leaf) : 0;
    if (rc != GA_OK || op == 0)
        return rc;
    rc = ga_store_stmt(send->store, GA_SQL_TXN_OF_OP, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, op);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK || !has_row)
        return rc;
    const struct ga_value site = ga_stmt_column(stmt, 0);
    const int64_t txn = ga_stmt_column_int(stmt, 3);
    *ret_place = (struct ga_place){.seq = (uint64_t)ga_stmt_column_int(stmt, 4),
                                   .index = (uint32_t)(op - ga_stmt_column_int(stmt, 1))};
    if (site.len == sizeof(ret_place->site))
        memcpy(ret_place->site.bytes, site.text, site.len);
    ga_stmt_reset(stmt);
    *ret_is_there = !ga_lacks_is_doubtful(&send->lacks, &ret_place->site) &&
                    (txn < send->txn || !ga_lacks_has(&send->lacks, txn));
    return GA_OK;
}

static enum ga_rc op_at(struct ga_store *store, enum ga_sql sql, const struct ga_place *place, int64_t *ret_op,
                        struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    size_t rows = 0;
    enum ga_rc rc = ga_store_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, place->site.bytes, sizeof(place->site.bytes));
    ga_stmt_bind_int(stmt, 2, place->seq > INT64_MAX ? 0 : (int64_t)place->seq);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const bool is_within = (int64_t)place->index < ga_stmt_column_int(stmt, 1);
        *ret_op = rows++ == 0 && is_within ? ga_stmt_column_int(stmt, 0) + place->index : 0;
    }
    return rc;
}

enum ga_rc ga_store_at(struct ga_store *store, const struct ga_place *place, struct ga_parcel_op *ret_op,
                       struct ga_error *err)
{
    struct ga_block_item item;
    int64_t op = -1; /* 0: there is a transaction, but nothing sure in it */
    enum ga_rc rc = op_at(store, GA_SQL_CHAIN_AT, place, &op, err);
    if (rc == GA_OK && op < 0)
        rc = op_at(store, GA_SQL_TAIL_AT, place, &op, err);
    if (rc == GA_OK && op <= 0)
        rc = ga_error_set(err, GA_NOT_FOUND, "an earlier change that this one builds on is not here yet");
    if (rc == GA_OK)
        rc = ga_log_get(store, op, &item, err);
    if (rc != GA_OK)
        return rc;
    *ret_op = (struct ga_parcel_op){.leaf = item.leaf};
    if (item.is_erased)
        return GA_OK;
    memcpy(store->salt_at, item.salt, sizeof(store->salt_at));
    ret_op->salt = store->salt_at;
    ret_op->bytes = item.bytes;
    ret_op->len = item.len;
    ga_operation_leaf(item.salt, item.bytes, item.len, &ret_op->leaf);
    return GA_OK;
}
