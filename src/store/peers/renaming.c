/* Puts the names into operations that are here without them. */
#include "peers/renaming.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"
#include "guanai/store/naming.h"
#include "peers/withheld.h"

#include <stdlib.h>
#include <string.h>

bool ga_renaming_wants(struct ga_store *store, int64_t no)
{
    struct ga_block_item item;
    return ga_log_get(store, no, &item, NULL) == GA_OK && !item.is_erased && item.len > 0 && item.bytes[0] == GA_NAMELESS_FORMAT;
}

int64_t ga_renaming_first(struct ga_store *store, int64_t first, int64_t last)
{
    struct ga_withheld part;
    for (int64_t no = first; no <= last; no++) {
        if (ga_withheld_at(store, no, &part))
            no = part.first_op + part.leaves - 1;
        else if (ga_renaming_wants(store, no))
            return no;
    }
    return 0;
}

void ga_renaming_drop(struct ga_vec *items)
{
    for (size_t i = 0; i < items->len; i++)
        free(GA_VEC_AT(struct ga_log_item, items, i)->bytes);
    ga_vec_clear(items);
}

/* ---- in the tail ---- */

static enum ga_rc put_in_tail(struct ga_store *store, const struct ga_log_item *item, bool *ret_is_there, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_GET_TAIL, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, item->no);
    rc = ga_stmt_step(stmt, ret_is_there, err);
    ga_stmt_reset(stmt);
    if (rc == GA_OK && *ret_is_there)
        rc = ga_store_stmt(store, GA_SQL_RENAME_TAIL, &stmt, err);
    if (rc != GA_OK || !*ret_is_there)
        return rc;
    ga_stmt_bind_int(stmt, 1, item->no);
    ga_stmt_bind_blob(stmt, 2, item->salt, sizeof(item->salt));
    ga_stmt_bind_blob(stmt, 3, item->bytes, item->len);
    return ga_stmt_run(stmt, err);
}

/* ---- in a block ---- */

/* A block that is packed anew: the packer needs the buffer in which it lies open. */
struct opened {
    int64_t first;
    size_t count;
    struct ga_block_item items[GA_BLOCK_ITEMS_MAX];
    struct ga_arena arena;
};

static enum ga_rc open_block(struct ga_store *store, int64_t no, struct opened *o, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_FIND_BLOCK, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK || !has_row)
        return rc == GA_OK ? ga_error_set(err, GA_DAMAGED, "a saved change is damaged; run guanai check") : rc;
    const struct ga_value bytes = ga_stmt_column(stmt, 1);
    o->first = ga_stmt_column_int(stmt, 0);
    store->open_block = 0;
    if (store->codec == NULL)
        store->codec = ga_block_codec_create();
    rc = ga_block_open(store->codec, bytes.text, bytes.len, &o->count, err);
    for (size_t i = 0; rc == GA_OK && i < o->count; i++) {
        ga_block_item(store->codec, i, &o->items[i]);
        if (!o->items[i].is_erased)
            o->items[i].bytes = (const uint8_t *)ga_arena_strndup(&o->arena, (const char *)o->items[i].bytes, o->items[i].len);
    }
    ga_stmt_reset(stmt);
    return rc;
}

static enum ga_rc file_block(struct ga_store *store, int64_t first, const struct ga_str *packed, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_BLOCK, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, first);
    ga_stmt_bind_blob(stmt, 2, packed->data, packed->len);
    return ga_stmt_run(stmt, err);
}

/* With names it may have become too long for one. */
static enum ga_rc close_block(struct ga_store *store, const struct opened *o, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_DROP_BLOCK, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, o->first);
    rc = ga_stmt_run(stmt, err);
    for (size_t done = 0, more = 0; rc == GA_OK && done < o->count; done += more) {
        struct ga_str packed = {0};
        rc = ga_block_pack(store->codec, o->items + done, o->count - done, &packed, &more, err);
        if (rc == GA_OK)
            rc = file_block(store, o->first + (int64_t)done, &packed, err);
        ga_str_finish(&packed);
    }
    return rc;
}

/* All that lie in the block of the first of them. */
static enum ga_rc put_in_block(struct ga_store *store, const struct ga_log_item *items, size_t count, size_t *ret_done,
                               struct ga_error *err)
{
    struct opened o = {.count = 0};
    enum ga_rc rc = open_block(store, items[0].no, &o, err);
    size_t done = 0;
    for (; rc == GA_OK && done < count && items[done].no < o.first + (int64_t)o.count; done++) {
        struct ga_block_item *item = &o.items[items[done].no - o.first];
        item->bytes = (const uint8_t *)items[done].bytes;
        item->len = items[done].len;
        memcpy(item->salt, items[done].salt, sizeof(item->salt));
    }
    if (rc == GA_OK && done == 0)
        rc = ga_error_set(err, GA_DAMAGED, "a saved change is damaged; run guanai check");
    if (rc == GA_OK)
        rc = close_block(store, &o, err);
    ga_arena_finish(&o.arena);
    *ret_done = done;
    return rc;
}

static int compare_items(const void *a, const void *b)
{
    const struct ga_log_item *first = a, *second = b;
    return (first->no > second->no) - (first->no < second->no);
}

enum ga_rc ga_renaming_put(struct ga_store *store, struct ga_vec *items, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    if (items->len > 1)
        qsort(items->items, items->len, items->item_bytes, compare_items);
    for (size_t done = 0, more = 1; rc == GA_OK && done < items->len; done += more) {
        bool is_in_tail = false;
        more = 1;
        rc = put_in_tail(store, ga_vec_at(items, done), &is_in_tail, err);
        if (rc == GA_OK && !is_in_tail)
            rc = put_in_block(store, ga_vec_at(items, done), items->len - done, &more, err);
    }
    ga_renaming_drop(items);
    return rc;
}

/* ---- what stood there ---- */

void ga_renaming_hide(struct ga_arena *arena, struct ga_log_op *op)
{
    struct ga_operation_group *groups = ga_arena_array(arena, op->op.groups_count, sizeof(*groups));
    for (size_t g = 0; g < op->op.groups_count; g++) {
        groups[g] = op->op.groups[g];
        struct ga_operation_field *fields = ga_arena_array(arena, groups[g].fields_count, sizeof(*fields));
        for (size_t i = 0; i < groups[g].fields_count; i++) {
            fields[i] = op->op.groups[g].fields[i];
            if (fields[i].value.is_naming)
                fields[i].value = (struct ga_operation_value){.kind = GA_OPERATION_WITHHELD, .is_naming = true};
        }
        groups[g].fields = fields;
    }
    op->op.groups = groups;
    op->op.is_nameless = true;
}

/* ---- whether any are missing ---- */

struct span {
    int64_t first, last;
};

/* Of what that site wrote: whatever came from others lies in chain. The first one may begin before `from`. */
static enum ga_rc list_spans(struct ga_store *store, const struct ga_uuid *site, int64_t from, struct ga_vec *ret_spans,
                             struct ga_error *err)
{
    static const char sql[] = "SELECT first_op, first_op + count - 1 FROM chain WHERE +site = ?1 AND first_op >= coalesce((SELECT"
                              " first_op FROM chain WHERE first_op <= ?2 ORDER BY first_op DESC LIMIT 1), 0) ORDER BY first_op";
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, site->bytes, sizeof(site->bytes));
    ga_stmt_bind_int(stmt, 2, from);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(struct span *)ga_vec_push(ret_spans) = (struct span){ga_stmt_column_int(stmt, 0), ga_stmt_column_int(stmt, 1)};
    ga_stmt_destroy(stmt);
    return rc;
}

/* The first that is lacking, or lies before one that is; 0: none is. */
static int64_t first_lacking(struct ga_store *store, int64_t first, int64_t last)
{
    struct ga_vec parts;
    ga_vec_init(&parts, sizeof(struct ga_withheld));
    const bool has_parts = ga_withheld_between(store, first, last, &parts, NULL) != GA_OK || parts.len > 0;
    ga_vec_finish(&parts);
    return has_parts ? first : ga_renaming_first(store, first, last);
}

enum ga_rc ga_naming_lacks(struct ga_store *store, const struct ga_uuid *site, int64_t *reached, bool *ret_lacks,
                           struct ga_error *err)
{
    struct ga_vec spans;
    int64_t lacking = 0;
    ga_vec_init(&spans, sizeof(struct span));
    const enum ga_rc rc = list_spans(store, site, *reached, &spans, err);
    for (size_t i = 0; rc == GA_OK && lacking == 0 && i < spans.len; i++) {
        const struct span *span = ga_vec_at(&spans, i);
        const int64_t first = span->first < *reached ? *reached : span->first;
        lacking = first <= span->last ? first_lacking(store, first, span->last) : 0;
    }
    ga_vec_finish(&spans);
    if (rc == GA_OK) {
        *ret_lacks = lacking > 0;
        *reached = lacking > 0 ? lacking : store->last_op + 1;
    }
    return rc;
}
