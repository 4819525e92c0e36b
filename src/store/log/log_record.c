/* Reads the operations of a record back from the log. */
#include "private.h"

#include "guanai/store/school.h"

#include <string.h>

/* Those that are not in blocks yet, behind those that are. */
static enum ga_rc newest_of_record(struct ga_store *store, int64_t record, int64_t after_no, struct ga_vec *numbers,
                                   struct ga_error *err)
{
    const struct ga_vec *tail;
    enum ga_rc rc = ga_log_tail(store, &tail, err);
    for (size_t i = 0; rc == GA_OK && i < tail->len; i++) {
        const struct ga_log_filed *filed = GA_VEC_AT(struct ga_log_filed, tail, i);
        if (filed->record == record && filed->no > after_no)
            *(int64_t *)ga_vec_push(numbers) = filed->no;
    }
    for (size_t i = 0; rc == GA_OK && i < store->pending.len; i++) {
        const struct ga_log_item *item = GA_VEC_AT(struct ga_log_item, &store->pending, i);
        if (item->record == record && item->no > after_no)
            *(int64_t *)ga_vec_push(numbers) = item->no;
    }
    return rc;
}

/* The numbers first: reading a block uses statements of its own. */
enum ga_rc ga_log_numbers_of_record(struct ga_store *store, int64_t record, int64_t after_no, struct ga_vec *numbers,
                                    struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_OPS_OF_RECORD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, record);
    ga_stmt_bind_int(stmt, 2, after_no);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(numbers) = ga_stmt_column_int(stmt, 0);
    return rc == GA_OK ? newest_of_record(store, record, after_no, numbers, err) : rc;
}

enum ga_rc ga_log_read(struct ga_store *store, int64_t no, struct ga_arena *arena, struct ga_log_op *ret_op,
                       bool *ret_is_there, struct ga_error *err)
{
    struct ga_block_item item;
    enum ga_rc rc = ga_log_get(store, no, &item, err);
    *ret_is_there = false;
    *ret_op = (struct ga_log_op){.no = no};
    if (rc != GA_OK || item.is_erased)
        return rc;
    ga_operation_leaf(item.salt, item.bytes, item.len, &ret_op->leaf);
    rc = ga_operation_decode(item.bytes, item.len, arena, &ret_op->op, err);
    if (rc != GA_OK || ret_op->op.is_opaque)
        return rc;
    *ret_is_there = true;
    return ga_school_read(store, arena, ret_op, err);
}

enum ga_rc ga_log_add_of_record(struct ga_store *store, int64_t record, int64_t after_no, struct ga_arena *arena,
                                struct ga_log_op **ops, size_t *count, struct ga_error *err)
{
    struct ga_vec numbers;
    ga_vec_init(&numbers, sizeof(int64_t));
    enum ga_rc rc = ga_log_numbers_of_record(store, record, after_no, &numbers, err);
    struct ga_log_op *all = ga_arena_array(arena, *count + numbers.len, sizeof(*all));
    size_t len = *count;
    if (len > 0)
        memcpy(all, *ops, len * sizeof(*all));
    for (size_t i = 0; rc == GA_OK && i < numbers.len; i++) {
        bool is_there;
        rc = ga_log_read(store, *GA_VEC_AT(int64_t, &numbers, i), arena, &all[len], &is_there, err);
        len += is_there;
    }
    ga_vec_finish(&numbers);
    if (rc != GA_OK)
        return rc;
    *ops = all;
    *count = len;
    return GA_OK;
}

enum ga_rc ga_log_of_record(struct ga_store *store, int64_t record, struct ga_arena *arena, struct ga_log_op **ret_ops,
                            size_t *ret_count, struct ga_error *err)
{
    struct ga_log_op *ops = NULL;
    size_t count = 0;
    enum ga_rc rc = ga_log_add_of_record(store, record, 0, arena, &ops, &count, err);
    if (rc != GA_OK)
        return rc;
    *ret_ops = ops;
    *ret_count = count;
    return GA_OK;
}
