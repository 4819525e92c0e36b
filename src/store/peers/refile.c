/* Files the operations that an earlier program could keep as bytes only. */
#include "private.h"

#include "guanai/base/num.h"
#include "guanai/base/order.h"
#include "guanai/sql/transaction.h"

#include <string.h>

/* The operation format up to which everything is filed under its record. */
#define FORMAT "operation.format"

struct refiling {
    struct ga_store *store;
    struct ga_vec numbers; /* int64_t: operations of no record */
    struct ga_vec records; /* int64_t: records that came to hold some */
};

static enum ga_rc find_numbers(struct refiling *r, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(r->store, GA_SQL_OPS_OF_RECORD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, 0); /* what comes from elsewhere is never in the tail */
    ga_stmt_bind_int(stmt, 2, 0);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(&r->numbers) = ga_stmt_column_int(stmt, 0);
    return rc;
}

static enum ga_rc move(struct refiling *r, int64_t no, int64_t record, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(r->store, GA_SQL_REFILE_OP, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, record);
    ga_stmt_bind_int(stmt, 2, no);
    *(int64_t *)ga_vec_push(&r->records) = record;
    return ga_stmt_run(stmt, err);
}

/* Erased ones belong to no record, those of a still later format wait on. */
static enum ga_rc refile_one(struct refiling *r, int64_t no, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_block_item item;
    struct ga_operation op = {.is_opaque = true};
    int64_t record;
    enum ga_rc rc = ga_log_get(r->store, no, &item, err);
    if (rc == GA_OK && !item.is_erased && ga_operation_decode(item.bytes, item.len, &arena, &op, NULL) != GA_OK)
        op.is_opaque = true; /* it was taken in unread: the check of the log tells */
    if (rc == GA_OK && !op.is_opaque)
        rc = ga_record_make(r->store, &op.record, op.form, &record, NULL, err);
    if (rc == GA_OK && !op.is_opaque)
        rc = move(r, no, record, err);
    ga_arena_finish(&arena);
    return rc;
}

/* What the tables show of it; false: nothing. Works on `ops`. */
static bool fold_old(const struct refiling *r, struct ga_log_op *ops, size_t count, const struct ga_form *form,
                     struct ga_arena *arena, struct ga_answers *ret_old)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!ga_order_has(&r->numbers, ops[i].no))
            ops[kept++] = ops[i];
    return ga_fold_shown(ops, kept, form, arena, ret_old);
}

static enum ga_rc project(const struct refiling *r, int64_t record, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops, *before;
    struct ga_answers old;
    size_t count;
    enum ga_rc rc = ga_log_of_record(r->store, record, &arena, &ops, &count, err);
    const struct ga_form *form = rc == GA_OK && ga_fold_has_answers(ops, count)
                                     ? ga_forms_get(&r->store->forms, ga_fold_origin(ops, count)->op.form, NULL)
                                     : NULL;
    if (form != NULL) {
        before = ga_arena_array(&arena, count, sizeof(*before));
        memcpy(before, ops, count * sizeof(*before));
        const bool was_there = fold_old(r, before, count, form, &arena, &old);
        rc = ga_project_folded(r->store, record, form, ops, count, was_there ? &old : NULL, err);
        if (was_there)
            ga_answers_finish(&old);
    }
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc refile_all(struct refiling *r, struct ga_error *err)
{
    enum ga_rc rc = find_numbers(r, err);
    for (size_t i = 0; rc == GA_OK && i < r->numbers.len; i++)
        rc = refile_one(r, *GA_VEC_AT(int64_t, &r->numbers, i), err);
    ga_order_sort_once(&r->records);
    for (size_t i = 0; rc == GA_OK && i < r->records.len; i++)
        rc = project(r, *GA_VEC_AT(int64_t, &r->records, i), err);
    if (rc == GA_OK)
        rc = ga_index_flush(r->store, err);
    return rc == GA_OK ? ga_store_set_setting(r->store, FORMAT, GA_NUM(GA_OPERATION_FORMAT), err) : rc;
}

static enum ga_rc refile(struct ga_store *store, struct ga_error *err)
{
    struct refiling r = {.store = store};
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&r.numbers, sizeof(int64_t));
    ga_vec_init(&r.records, sizeof(int64_t));
    rc = refile_all(&r, err);
    if (rc == GA_OK)
        rc = ga_transaction_commit(store->db, err);
    else
        ga_transaction_rollback(store->db);
    if (rc != GA_OK)
        ga_index_finish(store); /* what it remembers was rolled back */
    ga_vec_finish(&r.numbers);
    ga_vec_finish(&r.records);
    return rc;
}

enum ga_rc ga_log_refile(struct ga_store *store, struct ga_error *err)
{
    int64_t format = 1; /* of before this was noted */
    const char *noted = ga_store_setting(store, FORMAT);
    if (noted != NULL)
        ga_num_parse(noted, &format);
    return format < GA_OPERATION_FORMAT ? refile(store, err) : GA_OK;
}
