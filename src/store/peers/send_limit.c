/* Cuts transactions down to what a limited receiver may have. */
#include "peers/send_limit.h"

#include "fold/naming.h"
#include "guanai/store/limited.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"

#include <stdlib.h>

struct ga_limiting {
    struct ga_store *store;
    struct ga_send_limit limit;
    int64_t first_op;
    struct ga_vec parts; /* struct ga_merkle_part: of the transaction at hand */
    struct ga_vec shows; /* bool: its operations; none: nothing of it is shown */
    size_t next;
    struct ga_arena arena;
};

struct ga_limiting *ga_limiting_create(struct ga_store *store, const struct ga_send_limit *limit)
{
    struct ga_limiting *limiting = ga_alloc(sizeof(*limiting));
    limiting->store = store;
    limiting->limit = *limit;
    ga_vec_init(&limiting->parts, sizeof(struct ga_merkle_part));
    ga_vec_init(&limiting->shows, sizeof(bool));
    return limiting;
}

void ga_limiting_destroy(struct ga_limiting *limiting)
{
    if (limiting == NULL)
        return;
    ga_vec_finish(&limiting->parts);
    ga_vec_finish(&limiting->shows);
    ga_arena_finish(&limiting->arena);
    free(limiting);
}

/* Where an operation lies; a transaction's are asked for one after the other. */
static enum ga_rc find_txn(struct ga_limiting *limiting, int64_t op, int64_t *ret_txn, int64_t *ret_last, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(limiting->store, GA_SQL_TXN_OF_OP, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, op);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && !has_row)
        rc = ga_error_set(err, GA_DAMAGED, "a saved change is damaged; run guanai check");
    if (rc != GA_OK)
        return rc;
    *ret_last = ga_stmt_column_int(stmt, 2);
    *ret_txn = ga_stmt_column_int(stmt, 3);
    ga_stmt_reset(stmt);
    return GA_OK;
}

enum ga_rc ga_limiting_add_again(struct ga_limiting *limiting, struct ga_vec *numbers, struct ga_error *err)
{
    const struct ga_send_limit *limit = &limiting->limit;
    int64_t last = 0, txn = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < limit->again_count; i++) {
        if (limit->again[i] <= last)
            continue;
        rc = find_txn(limiting, limit->again[i], &txn, &last, err);
        if (rc == GA_OK)
            *(int64_t *)ga_vec_push(numbers) = txn;
    }
    ga_order_sort_once(numbers);
    return rc;
}

static bool is_shown(const struct ga_limiting *limiting, int64_t op)
{
    const size_t at = ga_order_place(limiting->limit.shown, limiting->limit.shown_count, op);
    return at < limiting->limit.shown_count && limiting->limit.shown[at] == op;
}

/* What cannot be read says nothing of whom it names. */
static bool can_go_nameless(struct ga_limiting *limiting, const struct ga_block_item *item)
{
    struct ga_operation op;
    ga_arena_reset(&limiting->arena);
    if (item->is_erased || ga_operation_decode(item->bytes, item->len, &limiting->arena, &op, NULL) != GA_OK || op.is_opaque ||
        (int)op.protection > (int)GA_LIMITED_PROTECTION_MAX)
        return false;
    const struct ga_form *form = ga_forms_get(&limiting->store->forms, op.form, NULL);
    return form != NULL && !ga_naming_is_bare(&op, form);
}

static enum ga_rc withhold_all(struct ga_limiting *limiting, const struct ga_parcel *parcel, struct ga_error *err)
{
    struct ga_transaction txn;
    const enum ga_rc rc = ga_transaction_decode(parcel->bytes, parcel->len, &txn, err);
    if (rc == GA_OK)
        *(struct ga_merkle_part *)ga_vec_push(&limiting->parts) = (struct ga_merkle_part){0, parcel->count, txn.root};
    return rc;
}

static enum ga_rc prune(struct ga_limiting *limiting, uint32_t count, struct ga_error *err)
{
    struct ga_hash *leaves = ga_alloc_array(count, sizeof(*leaves));
    enum ga_rc rc = GA_OK;
    for (uint32_t i = 0; rc == GA_OK && i < count; i++) {
        struct ga_block_item item;
        rc = ga_log_get(limiting->store, limiting->first_op + i, &item, err);
        if (rc == GA_OK && !item.is_erased)
            ga_operation_leaf(item.salt, item.bytes, item.len, &item.leaf);
        if (rc == GA_OK)
            leaves[i] = item.leaf;
        *(bool *)ga_vec_push(&limiting->shows) =
            rc == GA_OK && (limiting->limit.is_nameless ? can_go_nameless(limiting, &item) : is_shown(limiting, limiting->first_op + i));
    }
    if (rc == GA_OK)
        ga_merkle_prune(leaves, limiting->shows.items, count, &limiting->parts);
    free(leaves);
    return rc;
}

enum ga_rc ga_limiting_cut(struct ga_limiting *limiting, const struct ga_parcel *parcel, int64_t first_op, struct ga_error *err)
{
    const struct ga_send_limit *limit = &limiting->limit;
    const size_t at = ga_order_place(limit->shown, limit->shown_count, first_op);
    ga_vec_clear(&limiting->parts);
    ga_vec_clear(&limiting->shows);
    limiting->first_op = first_op;
    limiting->next = 0;
    if (limit->is_nameless)
        return prune(limiting, parcel->count, err);
    if (at == limit->shown_count || limit->shown[at] >= first_op + parcel->count)
        return withhold_all(limiting, parcel, err);
    return prune(limiting, parcel->count, err);
}

bool ga_limiting_shows(struct ga_limiting *limiting, struct ga_parcel_op *ret_op)
{
    const struct ga_merkle_part *part = GA_VEC_AT(const struct ga_merkle_part, &limiting->parts, limiting->next++);
    if (part->leaves == 1 && part->first < limiting->shows.len && *GA_VEC_AT(const bool, &limiting->shows, part->first))
        return true;
    *ret_op = (struct ga_parcel_op){.leaf = part->hash, .leaves = part->leaves};
    return false;
}
