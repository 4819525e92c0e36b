/* Puts operations into the places where they were withheld. */
#include "peers/receive_fill.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/naming.h"
#include "guanai/store/school.h"
#include "peers/renaming.h"
#include "peers/withheld.h"

#include <stdlib.h>
#include <string.h>

struct ga_fill_part {
    struct ga_withheld is;
    bool has_come; /* something of it */
};

/* It takes a number, which no operation bears then: whoever follows the log by its last one sees that something came. */
enum ga_rc ga_store_note_filled(struct ga_store *store, struct ga_error *err)
{
    store->last_op++;
    return ga_store_set_setting(store, GA_FILLED_SETTING, GA_NUM(store->last_op), err);
}

int64_t ga_fill_first(struct ga_store *store, const struct ga_incoming *in)
{
    struct ga_stmt *stmt;
    struct ga_vec parts;
    bool has_row = false;
    if (ga_store_stmt(store, GA_SQL_TXN_NAMED, &stmt, NULL) != GA_OK)
        return 0;
    ga_stmt_bind_blob(stmt, 1, in->txn.site.bytes, sizeof(in->txn.site.bytes));
    ga_stmt_bind_int(stmt, 2, (int64_t)in->txn.seq);
    ga_stmt_bind_blob(stmt, 3, in->hash.bytes, sizeof(in->hash.bytes));
    if (ga_stmt_step(stmt, &has_row, NULL) != GA_OK || !has_row)
        return 0;
    const int64_t first = ga_stmt_column_int(stmt, 0), count = ga_stmt_column_int(stmt, 1);
    ga_stmt_reset(stmt);
    ga_vec_init(&parts, sizeof(struct ga_withheld));
    const bool has_parts = ga_withheld_between(store, first, first + count - 1, &parts, NULL) == GA_OK && parts.len > 0;
    ga_vec_finish(&parts);
    return has_parts || (ga_store_is_county(store) && ga_renaming_first(store, first, first + count - 1) > 0) ? first : 0;
}

static struct ga_fill_part *part_with(const struct ga_fill *fill, int64_t no)
{
    size_t low = 0, high = fill->old.len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        struct ga_fill_part *part = GA_VEC_AT(struct ga_fill_part, &fill->old, middle);
        if (no < part->is.first_op)
            high = middle;
        else if (no >= part->is.first_op + part->is.leaves)
            low = middle + 1;
        else
            return part;
    }
    return NULL;
}

static void add_item(struct ga_vec *items, int64_t no, int64_t record, const struct ga_incoming_op *op, const char *bytes)
{
    struct ga_log_item *item = ga_vec_push(items);
    *item = (struct ga_log_item){.no = no, .record = record, .bytes = ga_strndup(bytes, op->len), .len = op->len};
    memcpy(item->salt, op->salt, sizeof(item->salt));
}

/* It is here: with names it takes the place of what stands there without. */
static enum ga_rc take_names(struct ga_fill *fill, const struct ga_incoming_op *op, const char *bytes, struct ga_error *err)
{
    int64_t record = 0;
    if (op->is_opaque || !ga_naming_is_parted(bytes, op->len) || !ga_renaming_wants(fill->store, fill->next))
        return GA_OK;
    const enum ga_rc rc = ga_record_no(fill->store, &op->record, &record, err);
    if (rc != GA_OK)
        return rc;
    add_item(fill->renaming, fill->next, record, op, bytes);
    *(int64_t *)ga_vec_push(fill->named) = fill->next;
    *(int64_t *)ga_vec_push(fill->touched) = record;
    return GA_OK;
}

/* One of a later format belongs to no record yet, as in receive.c. */
static enum ga_rc take_op(struct ga_fill *fill, const struct ga_incoming_op *op, const char *bytes, struct ga_error *err)
{
    struct ga_fill_part *part = part_with(fill, fill->next);
    int64_t record = 0;
    if (part == NULL)
        return take_names(fill, op, bytes, err);
    const enum ga_rc rc = op->is_opaque ? GA_OK : ga_record_make(fill->store, &op->record, op->form, &record, NULL, err);
    if (rc != GA_OK)
        return rc;
    part->has_come = true;
    add_item(&fill->items, fill->next, record, op, bytes);
    *(int64_t *)ga_vec_push(fill->filled) = fill->next;
    if (record > 0)
        *(int64_t *)ga_vec_push(fill->touched) = record;
    return GA_OK;
}

static enum ga_rc take_each(void *ctx, const struct ga_incoming_op *op, const char *bytes, struct ga_error *err)
{
    struct ga_fill *fill = ctx;
    enum ga_rc rc = GA_OK;
    if (op->len == 0)
        *(struct ga_withheld *)ga_vec_push(&fill->hidden) = (struct ga_withheld){fill->next, op->leaves, op->leaf};
    else
        rc = take_op(fill, op, bytes, err);
    fill->next += op->leaves;
    return rc;
}

static enum ga_rc read_old(struct ga_fill *fill, struct ga_error *err)
{
    struct ga_vec parts;
    ga_vec_init(&parts, sizeof(struct ga_withheld));
    const enum ga_rc rc = ga_withheld_between(fill->store, fill->first_op, fill->first_op + fill->in->txn.count - 1, &parts, err);
    for (size_t i = 0; i < parts.len; i++)
        *(struct ga_fill_part *)ga_vec_push(&fill->old) =
            (struct ga_fill_part){.is = *GA_VEC_AT(const struct ga_withheld, &parts, i)};
    ga_vec_finish(&parts);
    return rc;
}

static enum ga_rc replace_parts(struct ga_fill *fill, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < fill->old.len; i++) {
        const struct ga_fill_part *part = GA_VEC_AT(const struct ga_fill_part, &fill->old, i);
        if (part->has_come)
            rc = ga_withheld_drop(fill->store, part->is.first_op, err);
    }
    for (size_t i = 0; rc == GA_OK && i < fill->hidden.len; i++) {
        const struct ga_withheld *hidden = GA_VEC_AT(const struct ga_withheld, &fill->hidden, i);
        const struct ga_fill_part *part = part_with(fill, hidden->first_op);
        if (part != NULL && part->has_come)
            rc = ga_withheld_put(fill->store, hidden, err);
    }
    return rc;
}

static enum ga_rc file_block(struct ga_store *store, const struct ga_log_item *items, size_t count, const struct ga_str *packed,
                             struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_BLOCK, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, items[0].no);
    ga_stmt_bind_blob(stmt, 2, packed->data, packed->len);
    rc = ga_stmt_run(stmt, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        rc = ga_store_stmt(store, GA_SQL_PUT_OP, &stmt, err);
        if (rc != GA_OK)
            return rc;
        ga_stmt_bind_int(stmt, 1, items[i].no);
        ga_stmt_bind_int(stmt, 2, items[i].record);
        rc = ga_stmt_run(stmt, err);
    }
    return rc;
}

/* As many as go into one block, and follow each other: a block is found by its first number. */
static enum ga_rc pack_some(struct ga_store *store, const struct ga_log_item *items, size_t count, size_t *ret_done,
                            struct ga_error *err)
{
    struct ga_block_item run[GA_BLOCK_ITEMS_MAX];
    struct ga_str packed = {0};
    size_t len = 0;
    for (; len < count && len < GA_BLOCK_ITEMS_MAX && items[len].no == items[0].no + (int64_t)len; len++) {
        run[len] = (struct ga_block_item){.bytes = (const uint8_t *)items[len].bytes, .len = items[len].len};
        memcpy(run[len].salt, items[len].salt, sizeof(run[len].salt));
    }
    store->open_block = 0; /* the codec's buffer is used for packing now */
    if (store->codec == NULL)
        store->codec = ga_block_codec_create();
    enum ga_rc rc = ga_block_pack(store->codec, run, len, &packed, ret_done, err);
    if (rc == GA_OK)
        rc = file_block(store, items, *ret_done, &packed, err);
    ga_str_finish(&packed);
    return rc;
}

static enum ga_rc pack_items(struct ga_fill *fill, struct ga_error *err)
{
    const struct ga_log_item *items = fill->items.items;
    enum ga_rc rc = GA_OK;
    for (size_t done = 0, more = 0; rc == GA_OK && done < fill->items.len; done += more)
        rc = pack_some(fill->store, items + done, fill->items.len - done, &more, err);
    return rc;
}

enum ga_rc ga_fill_take(struct ga_fill *fill, struct ga_error *err)
{
    fill->next = fill->first_op;
    ga_vec_init(&fill->old, sizeof(struct ga_fill_part));
    ga_vec_init(&fill->hidden, sizeof(struct ga_withheld));
    ga_vec_init(&fill->items, sizeof(struct ga_log_item));
    enum ga_rc rc = read_old(fill, err);
    if (rc == GA_OK)
        rc = ga_incoming_walk(fill->in, take_each, fill, err);
    if (rc == GA_OK)
        rc = replace_parts(fill, err);
    if (rc == GA_OK)
        rc = pack_items(fill, err);
    for (size_t i = 0; i < fill->items.len; i++)
        free(GA_VEC_AT(struct ga_log_item, &fill->items, i)->bytes);
    ga_vec_finish(&fill->old);
    ga_vec_finish(&fill->hidden);
    ga_vec_finish(&fill->items);
    return rc;
}
