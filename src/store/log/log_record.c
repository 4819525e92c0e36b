/* Reads the operations of a record back from the log. */
#include "private.h"

#include "guanai/store/school.h"

#include <string.h>

enum { FEW = 2 }; /* operations: where a record has more, something of it was changed */

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

/* `ret_item`: as it lies there, borrowed until the next. */
static enum ga_rc read_bare(struct ga_store *store, int64_t no, struct ga_arena *arena, struct ga_log_op *ret_op,
                            struct ga_block_item *ret_item, bool *ret_is_there, struct ga_error *err)
{
    enum ga_rc rc = ga_log_get(store, no, ret_item, err);
    *ret_is_there = false;
    *ret_op = (struct ga_log_op){.no = no};
    if (rc != GA_OK || ret_item->is_erased)
        return rc;
    rc = ga_operation_decode(ret_item->bytes, ret_item->len, arena, &ret_op->op, err);
    if (rc != GA_OK || ret_op->op.is_opaque)
        return rc;
    *ret_is_there = true;
    return ga_school_read(store, arena, ret_op, err);
}

enum ga_rc ga_log_read(struct ga_store *store, int64_t no, struct ga_arena *arena, struct ga_log_op *ret_op,
                       bool *ret_is_there, struct ga_error *err)
{
    struct ga_block_item item;
    const enum ga_rc rc = read_bare(store, no, arena, ret_op, &item, ret_is_there, err);
    if (rc == GA_OK && *ret_is_there)
        ga_operation_leaf(item.salt, item.bytes, item.len, &ret_op->leaf);
    return rc;
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

/* Both rise by the ids of their groups. */
static bool shares_group(const struct ga_operation *a, const struct ga_operation *b)
{
    for (size_t i = 0, k = 0; i < a->groups_count && k < b->groups_count;) {
        const int order = strcmp(a->groups[i].id, b->groups[k].id);
        if (order == 0)
            return true;
        i += order < 0;
        k += order > 0;
    }
    return false;
}

/* The program's own groups name operations by their leaves (fold/own.h); they go before all others. */
static bool is_plain(const struct ga_operation *op)
{
    return op->replaced_count == 0 && (op->groups_count == 0 || op->groups[0].id[0] != '_');
}

/* Else which of them began the record may be a matter of leaves (ga_fold_origin). */
static bool is_of_one_save(const struct ga_operation *a, const struct ga_operation *b)
{
    return a->local_day == b->local_day && a->local_ms == b->local_ms && strcmp(a->user, b->user) == 0 &&
           strcmp(a->typist, b->typist) == 0 && strcmp(a->form, b->form) == 0;
}

static bool are_apart(const struct ga_log_op *ops, size_t count)
{
    return is_plain(&ops[0].op) && (count < 2 || (is_plain(&ops[1].op) && is_of_one_save(&ops[0].op, &ops[1].op) &&
                                                  !shares_group(&ops[0].op, &ops[1].op)));
}

/* What the leaves are made of is copied meanwhile: reading one operation may unpack another's block. */
static enum ga_rc read_few(struct ga_store *store, const struct ga_vec *numbers, struct ga_arena *arena, struct ga_log_op *ops,
                           size_t *ret_count, struct ga_error *err)
{
    struct ga_block_item items[FEW];
    enum ga_rc rc = GA_OK;
    size_t count = 0;
    for (size_t i = 0; rc == GA_OK && i < numbers->len; i++) {
        bool is_there;
        rc = read_bare(store, *GA_VEC_AT(int64_t, numbers, i), arena, &ops[count], &items[count], &is_there, err);
        if (rc == GA_OK && is_there && numbers->len > 1)
            items[count].bytes = memcpy(ga_arena_alloc(arena, items[count].len), items[count].bytes, items[count].len);
        count += rc == GA_OK && is_there;
    }
    if (rc == GA_OK && count > 0 && !are_apart(ops, count))
        for (size_t i = 0; i < count; i++)
            ga_operation_leaf(items[i].salt, items[i].bytes, items[i].len, &ops[i].leaf);
    *ret_count = count;
    return rc;
}

enum ga_rc ga_log_to_fold(struct ga_store *store, int64_t record, struct ga_arena *arena, struct ga_log_op **ret_ops,
                          size_t *ret_count, struct ga_error *err)
{
    struct ga_vec numbers;
    ga_vec_init(&numbers, sizeof(int64_t));
    enum ga_rc rc = ga_log_numbers_of_record(store, record, 0, &numbers, err);
    const bool are_few = numbers.len <= FEW;
    if (rc == GA_OK && are_few) {
        *ret_ops = ga_arena_array(arena, FEW, sizeof(**ret_ops));
        rc = read_few(store, &numbers, arena, *ret_ops, ret_count, err);
    }
    ga_vec_finish(&numbers);
    return rc != GA_OK || are_few ? rc : ga_log_of_record(store, record, arena, ret_ops, ret_count, err);
}
