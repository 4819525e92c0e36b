/* Keeps operations: a tail of single ones, older ones in blocks. */
#include "after.h"
#include "peers/withheld.h"
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sql/transaction.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* So many operations of single saves make a block: the tail is read whole, and stays short for it. */
enum { TAIL_BLOCK = 64 };

enum ga_rc ga_log_open(struct ga_store *store, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_LAST_OP, &stmt, err);
    if (rc == GA_OK)
        rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        store->last_op = ga_stmt_column_int(stmt, 0);
        store->last_txn = ga_stmt_column_int(stmt, 1);
        ga_stmt_reset(stmt);
    }
    return rc;
}

static void drop_pending(struct ga_store *store)
{
    for (size_t i = 0; i < store->pending.len; i++)
        free(GA_VEC_AT(struct ga_log_item, &store->pending, i)->bytes);
    ga_vec_clear(&store->pending);
}

void ga_log_finish(struct ga_store *store)
{
    drop_pending(store);
    ga_vec_finish(&store->pending);
    ga_str_finish(&store->tail_bytes);
    ga_vec_finish(&store->tail);
    ga_block_codec_destroy(store->codec);
    store->codec = NULL;
}

void ga_log_forget(struct ga_store *store, int64_t last_op)
{
    drop_pending(store);
    store->has_tail = store->is_after_done = false;
    store->last_op = last_op;
    ga_schools_forget(store);
    store->open_block = 0; /* it may hold what was rolled back */
}

static struct ga_block_codec *codec_of(struct ga_store *store)
{
    if (store->codec == NULL)
        store->codec = ga_block_codec_create();
    return store->codec;
}

/* A block is found by its first number, so it holds numbers without gaps only. */
static size_t count_unbroken(const struct ga_store *store)
{
    const struct ga_log_item *items = store->pending.items;
    size_t count = 1;
    while (count < store->pending.len && count < GA_BLOCK_ITEMS_MAX && items[count].no == items[0].no + (int64_t)count)
        count++;
    return count;
}

static enum ga_rc file_items(struct ga_store *store, size_t count, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        struct ga_stmt *stmt;
        const struct ga_log_item *item = GA_VEC_AT(struct ga_log_item, &store->pending, i);
        rc = ga_store_stmt(store, GA_SQL_PUT_OP, &stmt, err);
        if (rc != GA_OK)
            return rc;
        ga_stmt_bind_int(stmt, 1, item->no);
        ga_stmt_bind_int(stmt, 2, item->record);
        rc = ga_stmt_run(stmt, err);
    }
    return rc;
}

static void hand_out(const struct ga_log_item *item, struct ga_block_item *ret_item)
{
    *ret_item = (struct ga_block_item){.is_erased = item->is_erased, .leaf = item->leaf,
                                       .bytes = (const uint8_t *)item->bytes, .len = item->len};
    memcpy(ret_item->salt, item->salt, sizeof(item->salt));
}

/* Packs the first pending operations, as many as go into one block. */
static enum ga_rc pack_block(struct ga_store *store, size_t most, struct ga_error *err)
{
    struct ga_block_item items[GA_BLOCK_ITEMS_MAX];
    const size_t unbroken = count_unbroken(store), count = unbroken < most ? unbroken : most;
    for (size_t i = 0; i < count; i++) {
        const struct ga_log_item *item = GA_VEC_AT(struct ga_log_item, &store->pending, i);
        hand_out(item, &items[i]);
    }
    struct ga_str packed = {0};
    struct ga_stmt *stmt;
    size_t done = 0;
    store->open_block = 0; /* the codec's buffer is used for packing now */
    enum ga_rc rc = ga_block_pack(codec_of(store), items, count, &packed, &done, err);
    if (rc == GA_OK)
        rc = ga_store_stmt(store, GA_SQL_PUT_BLOCK, &stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_int(stmt, 1, GA_VEC_AT(struct ga_log_item, &store->pending, 0)->no);
        ga_stmt_bind_blob(stmt, 2, packed.data, packed.len);
        rc = ga_stmt_run(stmt, err);
    }
    if (rc == GA_OK)
        rc = file_items(store, done, err);
    for (size_t i = 0; rc == GA_OK && i < done; i++)
        free(GA_VEC_AT(struct ga_log_item, &store->pending, i)->bytes);
    if (rc == GA_OK)
        ga_vec_remove_many(&store->pending, 0, done);
    ga_str_finish(&packed);
    return rc;
}

static enum ga_rc run_over_tail(struct ga_store *store, enum ga_sql sql, int64_t first, int64_t last,
                                struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, first);
    ga_stmt_bind_int(stmt, 2, last);
    return ga_stmt_run(stmt, err);
}

/* A row of the tail without salt holds an erased operation's leaf. */
static bool is_erased_row(struct ga_value salt, struct ga_value bytes)
{
    return salt.len == 0 && bytes.len == sizeof(struct ga_hash);
}

static void take_tail_row(struct ga_log_item *item, struct ga_value salt, struct ga_value bytes)
{
    item->is_erased = is_erased_row(salt, bytes);
    if (item->is_erased) {
        memcpy(item->leaf.bytes, bytes.text, bytes.len);
        return;
    }
    if (salt.len == sizeof(item->salt))
        memcpy(item->salt, salt.text, salt.len);
    item->bytes = ga_strndup(bytes.text, bytes.len);
    item->len = bytes.len;
}

/* Moves up to 64 operations from the tail to pending[at …]. */
static enum ga_rc take_tail(struct ga_store *store, size_t at, size_t *ret_taken, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t first = 0, last = -1;
    *ret_taken = 0;
    store->has_tail = false;
    enum ga_rc rc = ga_after_follow(store, err); /* what waits stands in rows that go now */
    if (rc == GA_OK)
        rc = ga_store_stmt(store, GA_SQL_SOME_TAIL, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value salt = ga_stmt_column(stmt, 1), bytes = ga_stmt_column(stmt, 2);
        struct ga_log_item *item = ga_vec_insert(&store->pending, at + (*ret_taken)++);
        item->no = last = ga_stmt_column_int(stmt, 0);
        if (first == 0)
            first = last;
        take_tail_row(item, salt, bytes);
        item->record = ga_stmt_column_int(stmt, 3);
    }
    if (rc != GA_OK || *ret_taken == 0)
        return rc;
    rc = run_over_tail(store, GA_SQL_MOVE_TXNS, first, last, err);
    if (rc == GA_OK)
        rc = ga_have_move(store, first, last, err);
    return rc == GA_OK ? run_over_tail(store, GA_SQL_DROP_TAIL, first, last, err) : rc;
}

/*
 * Packs what waits in the tail; the last few, too few for a block of their own, stay in front of what
 * is pending. A block's operations follow each other without gaps, so all of the tail has to be gone
 * before anything newer is packed.
 */
static enum ga_rc drain_tail(struct ga_store *store, struct ga_error *err)
{
    size_t waiting = 0; /* of pending, from the tail */
    for (;;) {
        size_t taken;
        enum ga_rc rc = take_tail(store, waiting, &taken, err);
        waiting += taken;
        if (rc != GA_OK || taken == 0)
            return rc;
        while (rc == GA_OK && waiting >= TAIL_BLOCK) {
            const size_t before = store->pending.len;
            rc = pack_block(store, waiting, err);
            waiting -= before - store->pending.len;
        }
        if (rc != GA_OK)
            return rc;
    }
}

/* The last operation stays for the tail: its transaction is to lie beside it. */
static enum ga_rc pack_all_but(struct ga_store *store, size_t most_left, struct ga_error *err)
{
    enum ga_rc rc = drain_tail(store, err);
    while (rc == GA_OK && store->pending.len > most_left)
        rc = pack_block(store, store->pending.len - 1, err);
    return rc;
}

/* Twice a block: what a big save reads again is mostly what it wrote last. */
static enum ga_rc pack_when_many(struct ga_store *store, struct ga_error *err)
{
    return store->pending.len < 2 * GA_BLOCK_ITEMS_MAX ? GA_OK : pack_all_but(store, GA_BLOCK_ITEMS_MAX, err);
}

enum ga_rc ga_log_append(struct ga_store *store, int64_t record, const uint8_t *salt, const void *bytes, size_t len,
                         int64_t *ret_no, struct ga_error *err)
{
    struct ga_log_item *item = ga_vec_push(&store->pending);
    item->no = *ret_no = ++store->last_op;
    item->record = record;
    memcpy(item->salt, salt, sizeof(item->salt));
    item->bytes = ga_strndup(bytes, len);
    item->len = len;
    return pack_when_many(store, err);
}

enum ga_rc ga_log_append_erased(struct ga_store *store, const struct ga_hash *leaf, int64_t *ret_no, struct ga_error *err)
{
    struct ga_log_item *item = ga_vec_push(&store->pending);
    *item = (struct ga_log_item){.no = ++store->last_op, .is_erased = true, .leaf = *leaf};
    *ret_no = item->no;
    return pack_when_many(store, err);
}

enum ga_rc ga_log_pack_pending(struct ga_store *store, struct ga_error *err)
{
    return pack_all_but(store, 1, err);
}

enum ga_rc ga_log_flush(struct ga_store *store, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = store->pending.len < 2 * TAIL_BLOCK ? GA_OK : pack_all_but(store, TAIL_BLOCK, err);
    for (size_t i = 0; rc == GA_OK && i < store->pending.len; i++) {
        const struct ga_log_item *item = GA_VEC_AT(struct ga_log_item, &store->pending, i);
        rc = ga_store_stmt(store, GA_SQL_PUT_TAIL, &stmt, err);
        if (rc != GA_OK)
            break;
        ga_stmt_bind_int(stmt, 1, item->no);
        ga_stmt_bind_blob(stmt, 2, item->salt, item->is_erased ? 0 : sizeof(item->salt));
        ga_stmt_bind_blob(stmt, 3, item->is_erased ? (const void *)item->leaf.bytes : item->bytes,
                          item->is_erased ? sizeof(item->leaf) : item->len);
        ga_stmt_bind_int(stmt, 4, item->record);
        rc = ga_stmt_run(stmt, err);
        if (store->has_tail)
            *(struct ga_log_filed *)ga_vec_push(&store->tail) = (struct ga_log_filed){item->no, item->record};
    }
    if (rc == GA_OK)
        drop_pending(store);
    return rc;
}

enum ga_rc ga_log_pack_tail(struct ga_store *store, struct ga_error *err)
{
    assert(store->pending.len == 0);
    enum ga_rc rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    rc = drain_tail(store, err);
    if (rc == GA_OK)
        rc = ga_log_flush(store, err); /* the last few wait on */
    if (rc == GA_OK)
        return ga_transaction_commit(store->db, err);
    ga_transaction_rollback(store->db);
    ga_log_forget(store, store->last_op);
    return rc;
}

static bool get_pending(const struct ga_store *store, int64_t no, struct ga_block_item *ret_item)
{
    const size_t count = store->pending.len;
    if (count == 0)
        return false;
    const struct ga_log_item *items = store->pending.items;
    if (no < items[0].no || no > items[count - 1].no)
        return false;
    const size_t near = (size_t)(no - items[0].no); /* unless there are gaps */
    for (size_t i = near < count && items[near].no == no ? near : 0; i < count; i++)
        if (items[i].no == no) {
            hand_out(&items[i], ret_item);
            return true;
        }
    return false;
}

static enum ga_rc say_lost(struct ga_store *store, int64_t no, struct ga_error *err)
{
    struct ga_withheld part;
    char buf[GA_NUM_SIZE];
    if (ga_withheld_at(store, no, &part))
        return ga_error_set(err, GA_NOT_FOUND, "this change is withheld from this computer");
    return ga_error_set(err, GA_DAMAGED, "operation %1 is missing from the database", ga_num_text(buf, no));
}

static bool is_in_open_block(const struct ga_store *store, int64_t no)
{
    return store->open_block != 0 && no >= store->open_block && no < store->open_block + (int64_t)store->open_count;
}

static enum ga_rc get_from_block(struct ga_store *store, int64_t no, struct ga_block_item *ret_item,
                                 struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (!is_in_open_block(store, no)) {
        enum ga_rc rc = ga_store_stmt(store, GA_SQL_FIND_BLOCK, &stmt, err);
        if (rc != GA_OK)
            return rc;
        ga_stmt_bind_int(stmt, 1, no);
        rc = ga_stmt_step(stmt, &has_row, err);
        if (rc == GA_OK && !has_row)
            rc = say_lost(store, no, err);
        if (rc != GA_OK)
            return rc;
        const struct ga_value bytes = ga_stmt_column(stmt, 1);
        store->open_block = 0;
        rc = ga_block_open(codec_of(store), bytes.text, bytes.len, &store->open_count, err);
        if (rc == GA_OK)
            store->open_block = ga_stmt_column_int(stmt, 0);
        ga_stmt_reset(stmt);
        if (rc != GA_OK)
            return rc;
    }
    if (no >= store->open_block + (int64_t)store->open_count)
        return say_lost(store, no, err);
    ga_block_item(store->codec, (size_t)(no - store->open_block), ret_item);
    return GA_OK;
}

enum ga_rc ga_log_get(struct ga_store *store, int64_t no, struct ga_block_item *ret_item, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (get_pending(store, no, ret_item))
        return GA_OK;
    if (is_in_open_block(store, no)) /* so it is not in the tail; mostly one is read after the other */
        return get_from_block(store, no, ret_item, err);
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_GET_TAIL, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK)
        return rc;
    if (!has_row)
        return get_from_block(store, no, ret_item, err);
    const struct ga_value salt = ga_stmt_column(stmt, 0), bytes = ga_stmt_column(stmt, 1);
    if (is_erased_row(salt, bytes)) {
        *ret_item = (struct ga_block_item){.is_erased = true};
        memcpy(ret_item->leaf.bytes, bytes.text, bytes.len);
        ga_stmt_reset(stmt);
        return GA_OK;
    }
    if (salt.len != GA_OPERATION_SALT_BYTES)
        return say_lost(store, no, err);
    ga_str_clear(&store->tail_bytes);
    ga_str_add_bytes(&store->tail_bytes, bytes.text, bytes.len);
    *ret_item = (struct ga_block_item){.bytes = (const uint8_t *)store->tail_bytes.data, .len = bytes.len};
    memcpy(ret_item->salt, salt.text, salt.len);
    ga_stmt_reset(stmt);
    return GA_OK;
}

enum ga_rc ga_log_tail(struct ga_store *store, const struct ga_vec **ret_filed, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    *ret_filed = &store->tail;
    if (store->has_tail)
        return GA_OK;
    ga_vec_clear(&store->tail);
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_TAIL_RECORDS, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(struct ga_log_filed *)ga_vec_push(&store->tail) =
            (struct ga_log_filed){ga_stmt_column_int(stmt, 0), ga_stmt_column_int(stmt, 1)};
    store->has_tail = rc == GA_OK;
    return rc;
}
