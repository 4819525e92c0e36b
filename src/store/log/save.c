/* Saving: what changed becomes operations in one signed transaction. */
#include "private.h"

#include "after.h"
#include "fold/change.h"
#include "fold/naming.h"
#include "guanai/base/alloc.h"
#include "guanai/sql/transaction.h"
#include "log/saving.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SALTS_AT_ONCE = 16 };

/* Asking the system costs the same for sixteen as for one; what is saved by hand has fewer operations. */
struct salts {
    uint8_t bytes[SALTS_AT_ONCE][GA_OPERATION_SALT_BYTES];
    size_t left;
};

struct ga_save {
    struct ga_store *store;
    struct ga_merkle merkle;
    int64_t first_op;
    int64_t before; /* last_op when the record's first operation was not there yet */
    int32_t day, ms, offset_min;
    struct ga_arena arena; /* of the record being put */
    struct salts salts;
    struct ga_str after; /* what is to be written by and by (after.h) */
    bool has_failed; /* part of a record may be in: nothing can be committed any more */
};

enum ga_rc ga_save_begin(struct ga_store *store, struct ga_save **ret_save, struct ga_error *err)
{
    assert(store->save == NULL && store->receive == NULL);
    enum ga_rc rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    struct ga_save *save = ga_alloc(sizeof(*save));
    save->store = store;
    save->first_op = store->last_op + 1;
    ga_store_now(store, &save->day, &save->ms, &save->offset_min);
    store->save = save;
    *ret_save = save;
    return GA_OK;
}

static void finish(struct ga_save *save)
{
    save->store->save = NULL;
    ga_arena_finish(&save->arena);
    ga_str_finish(&save->after);
    free(save);
}

/* After a rollback nothing may remember what was not written. */
static void forget(struct ga_save *save)
{
    ga_log_forget(save->store, save->first_op - 1);
    ga_index_finish(save->store);
    finish(save);
}

void ga_save_abandon(struct ga_save *save)
{
    if (save == NULL)
        return;
    ga_transaction_rollback(save->store->db);
    forget(save);
}

static const uint8_t *next_salt(struct ga_save *save)
{
    const struct ga_random *random = save->store->options.random;
    struct salts *salts = &save->salts;
    if (salts->left == 0) {
        salts->left = save->merkle.count < SALTS_AT_ONCE ? 1 : SALTS_AT_ONCE;
        random->fill(random->ctx, salts->bytes, salts->left * GA_OPERATION_SALT_BYTES);
    }
    return salts->bytes[--salts->left];
}

static enum ga_rc append(struct ga_save *save, int64_t no, const struct ga_operation *op, struct ga_str *scratch,
                         struct ga_error *err)
{
    struct ga_hash leaf;
    int64_t op_no;
    ga_str_clear(scratch);
    enum ga_rc rc = ga_operation_encode(op, scratch, err);
    if (rc != GA_OK)
        return rc;
    if (save->merkle.count >= GA_MERKLE_LEAVES_MAX)
        return ga_error_set(err, GA_TOO_BIG, "too much for one save; do it in parts");
    const uint8_t *salt = next_salt(save);
    ga_operation_leaf(salt, scratch->data, scratch->len, &leaf);
    ga_merkle_add(&save->merkle, &leaf);
    return ga_log_append(save->store, no, salt, scratch->data, scratch->len, &op_no, err);
}

/* Header fields that all operations of this record share. */
static void fill_header(const struct ga_save *save, const struct ga_uuid *id, const struct ga_form *form,
                        struct ga_operation *op)
{
    const struct ga_store *store = save->store;
    op->kind = GA_OPERATION_PUT;
    op->is_clock_in_doubt = store->options.is_clock_doubtful;
    op->record = *id;
    op->form = form->name;
    op->form_version = (uint32_t)form->version;
    memcpy(op->form_hash.bytes, form->hash, sizeof(op->form_hash.bytes));
    op->user = store->user[0] != '\0' ? store->user : "guanai";
    op->typist = store->typist;
    op->local_day = save->day;
    op->local_ms = save->ms;
    op->utc_offset_min = save->offset_min;
}

static enum ga_rc append_all(struct ga_save *save, int64_t no, struct ga_change *change, struct ga_error *err)
{
    struct ga_str scratch = {0};
    enum ga_rc rc = GA_OK;
    for (int protect = GA_PROTECT_PUBLIC; rc == GA_OK && protect <= GA_PROTECT_RESTRICTED; protect++) {
        struct ga_operation op = {0};
        if (!ga_change_operation(change, (enum ga_protect)protect, &op))
            continue;
        fill_header(save, &change->record->after->id, change->record->after->form, &op);
        op.protection = (enum ga_operation_protection)protect;
        rc = append(save, no, &op, &scratch, err);
    }
    ga_str_finish(&scratch);
    return rc;
}

/* A new record's answers are its state: nothing to fold. */
static enum ga_rc put_operations(struct ga_save *save, int64_t no, const struct ga_save_record *record,
                                 struct ga_error *err)
{
    struct ga_change change;
    ga_change_init(&change, save->store, &save->arena, record);
    enum ga_rc rc = ga_change_is_empty(&change) ? ga_error_set(err, GA_REFUSED, "an empty record is not saved")
                                                : append_all(save, no, &change, err);
    ga_change_finish(&change);
    return rc;
}

static enum ga_rc put_new(struct ga_save *save, const struct ga_save_record *record, bool *ret_changed,
                          struct ga_error *err)
{
    struct ga_store *store = save->store;
    struct ga_answers *after = record->after;
    struct ga_projection projection = {.answers = after, .entered_day = save->day};
    bool is_new = true;
    const struct ga_clock *clock = store->options.clock;
    const bool is_fresh = ga_uuid_is_zero(&after->id);
    if (is_fresh)
        ga_uuid_make(clock, store->options.random, &store->last_id, &after->id);
    enum ga_rc rc = is_fresh ? ga_record_add(store, &after->id, after->form->name, &projection.no, err)
                             : ga_record_make(store, &after->id, after->form->name, &projection.no, &is_new, err);
    if (rc == GA_OK && !is_new)
        rc = ga_error_set(err, GA_REFUSED, "this record is there already");
    if (rc == GA_OK && !ga_uuid_is_zero(&after->child))
        rc = ga_record_make(store, &after->child, "", &projection.child, NULL, err);
    if (rc == GA_OK)
        rc = put_operations(save, projection.no, record, err);
    projection.entered_by = store->user[0] != '\0' ? store->user : "guanai";
    if (rc == GA_OK)
        rc = ga_project(store, &projection, err);
    if (rc == GA_OK)
        *ret_changed = true;
    return rc;
}

/* false: it is gone, no table shows anything of it. */
static bool fold_old(const struct ga_log_op *ops, size_t count, const struct ga_form *form, struct ga_arena *arena,
                     struct ga_answers *old)
{
    struct ga_fold_head *heads;
    size_t heads_count;
    ga_fold(ops, count, arena, &heads, &heads_count);
    ga_answers_init(old, form);
    ga_fold_answers(heads, heads_count, old, NULL, NULL);
    return !ga_fold_is_gone(heads, heads_count);
}

enum ga_rc ga_save_write_as(struct ga_save *save, int64_t no, const struct ga_form *form, struct ga_operation *op, struct ga_error *err)
{
    struct ga_str scratch = {0};
    struct ga_arena arena = {0};
    ga_naming_mark(op, form, &arena);
    const enum ga_rc rc = append(save, no, op, &scratch, err);
    ga_arena_finish(&arena);
    ga_str_finish(&scratch);
    return rc;
}

enum ga_rc ga_save_write(struct ga_save *save, int64_t no, const struct ga_uuid *id, const struct ga_form *form,
                         struct ga_operation *op, struct ga_error *err)
{
    fill_header(save, id, form, op);
    return ga_save_write_as(save, no, form, op, err);
}

enum ga_rc ga_save_write_again(struct ga_save *save, int64_t no, const struct ga_block_item *item, struct ga_error *err)
{
    struct ga_hash leaf;
    int64_t op_no;
    if (save->merkle.count >= GA_MERKLE_LEAVES_MAX)
        return ga_error_set(err, GA_TOO_BIG, "too much for one save; do it in parts");
    ga_operation_leaf(item->salt, item->bytes, item->len, &leaf);
    ga_merkle_add(&save->merkle, &leaf);
    return ga_log_append(save->store, no, item->salt, item->bytes, item->len, &op_no, err);
}

/* What stood there is needed to take it out of counts and indexes; what stands there now is folded anew. */
enum ga_rc ga_save_into(struct ga_save *save, int64_t no, const struct ga_form *form, ga_save_write_fn write, void *ctx,
                        struct ga_error *err)
{
    struct ga_store *store = save->store;
    struct ga_arena arena = {0};
    struct ga_answers old;
    struct ga_log_op *ops = NULL;
    size_t count = 0;
    const int64_t last = save->before = store->last_op;
    enum ga_rc rc = ga_log_add_of_record(store, no, 0, &arena, &ops, &count, err);
    if (rc == GA_OK) {
        const bool was_there = fold_old(ops, count, form, &arena, &old);
        rc = write(ctx, save, no, ops, count, err);
        if (rc == GA_OK)
            rc = ga_log_add_of_record(store, no, last, &arena, &ops, &count, err);
        if (rc == GA_OK)
            rc = ga_project_folded(store, no, form, ops, count, was_there ? &old : NULL, err);
        ga_answers_finish(&old);
    }
    ga_arena_finish(&arena);
    save->has_failed |= rc != GA_OK;
    return rc;
}

static enum ga_rc write_change(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops, size_t count,
                               struct ga_error *err)
{
    ga_change_carry(ctx, ops, count);
    return append_all(save, no, ctx, err);
}

static enum ga_rc put_changed(struct ga_save *save, const struct ga_save_record *record, bool *ret_changed,
                              struct ga_error *err)
{
    struct ga_change change;
    int64_t no;
    ga_change_init(&change, save->store, &save->arena, record);
    const bool has_changed = !ga_change_is_empty(&change);
    enum ga_rc rc = has_changed ? ga_record_no(save->store, &record->after->id, &no, err) : GA_OK;
    if (rc == GA_OK && has_changed)
        rc = ga_save_into(save, no, record->after->form, write_change, &change, err);
    if (rc == GA_OK)
        *ret_changed = has_changed;
    ga_change_finish(&change);
    return rc;
}

int64_t ga_save_before(const struct ga_save *save)
{
    return save->before;
}

struct ga_store *ga_save_store(struct ga_save *save)
{
    return save->store;
}

enum ga_rc ga_save_put(struct ga_save *save, const struct ga_save_record *record, bool *ret_changed,
                       struct ga_error *err)
{
    bool ignored;
    save->before = save->store->last_op;
    if (ret_changed == NULL)
        ret_changed = &ignored;
    enum ga_rc rc = record->before == NULL ? put_new(save, record, ret_changed, err)
                                           : put_changed(save, record, ret_changed, err);
    save->has_failed |= rc != GA_OK;
    return rc;
}

/* Into the row of its last operation, unless that is in a block already. */
static enum ga_rc put_transaction(struct ga_save *save, bool is_in_tail, struct ga_hash *ret_hash, struct ga_error *err)
{
    struct ga_store *store = save->store;
    struct ga_transaction txn = {
        .is_clock_in_doubt = store->options.is_clock_doubtful, .site = store->site, .seq = store->seq + 1,
        .previous = store->head, .count = save->merkle.count, .local_day = save->day, .local_ms = save->ms,
        .utc_offset_min = save->offset_min};
    struct ga_signature signature;
    struct ga_str bytes = {0};
    struct ga_stmt *stmt;
    ga_merkle_root(&save->merkle, &txn.root);
    enum ga_rc rc = ga_transaction_sign(&txn, ga_site_key(store), &bytes, ret_hash, &signature, err);
    if (rc == GA_OK)
        rc = ga_store_stmt(store, is_in_tail ? GA_SQL_PUT_TAIL_TXN : GA_SQL_PUT_TXN, &stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_blob(stmt, 1, txn.site.bytes, sizeof(txn.site.bytes));
        ga_stmt_bind_int(stmt, 2, (int64_t)txn.seq);
        ga_stmt_bind_blob(stmt, 3, bytes.data, bytes.len);
        ga_stmt_bind_blob(stmt, 4, ret_hash->bytes, sizeof(ret_hash->bytes));
        ga_stmt_bind_blob(stmt, 5, signature.bytes, sizeof(signature.bytes));
        ga_stmt_bind_int(stmt, 6, save->first_op);
        ga_stmt_bind_int(stmt, 7, txn.count);
        ga_stmt_bind_int(stmt, 8, txn.local_day);
        ga_stmt_bind_int(stmt, 9, store->last_txn + 1);
        if (is_in_tail)
            ga_stmt_bind_text(stmt, 10, save->after.len > 0 ? ga_str_text(&save->after) : NULL);
        rc = ga_stmt_run(stmt, err);
    }
    if (rc == GA_OK && !is_in_tail)
        rc = ga_have_add(store, &(struct ga_run_link){txn.site, txn.seq, txn.previous, *ret_hash}, err);
    ga_str_finish(&bytes);
    return rc;
}

void ga_save_end_draft(struct ga_save *save, int64_t no)
{
    ga_after_add_draft(&save->after, no);
}

void ga_save_set_after(struct ga_save *save, const char *name, const char *value)
{
    ga_after_add_setting(&save->after, name, value);
}

/* No operation, no row to note anything in: it is done at once. */
static enum ga_rc commit_nothing(struct ga_save *save, struct ga_error *err)
{
    struct ga_store *store = save->store;
    enum ga_rc rc = ga_after_do(store, ga_str_text(&save->after), err);
    if (rc != GA_OK) {
        ga_save_abandon(save);
        return rc;
    }
    rc = ga_transaction_commit(store->db, err);
    finish(save);
    return rc;
}

enum ga_rc ga_save_commit(struct ga_save *save, struct ga_error *err)
{
    struct ga_store *store = save->store;
    struct ga_hash hash;
    if (save->has_failed) {
        ga_save_abandon(save);
        return ga_error_set(err, GA_REFUSED, "part of this could not be saved, so nothing was");
    }
    if (save->merkle.count == 0)
        return commit_nothing(save, err);
    const bool is_in_tail = store->pending.len > 0;
    enum ga_rc rc = is_in_tail ? GA_OK : ga_after_do(store, ga_str_text(&save->after), err);
    if (rc == GA_OK)
        rc = ga_index_flush(store, err);
    if (rc == GA_OK)
        rc = ga_log_flush(store, err);
    if (rc == GA_OK)
        rc = put_transaction(save, is_in_tail, &hash, err);
    if (rc != GA_OK) {
        ga_save_abandon(save);
        return rc;
    }
    rc = ga_transaction_commit(store->db, err);
    if (rc != GA_OK) {
        forget(save);
        return rc;
    }
    store->seq++;
    store->last_txn++;
    store->head = hash;
    store->is_after_done = store->is_after_done && (!is_in_tail || save->after.len == 0);
    finish(save);
    ga_head_write(store);
    return GA_OK;
}

enum ga_rc ga_store_save(struct ga_store *store, const struct ga_save_record *record, int64_t draft,
                         bool *ret_changed, struct ga_error *err)
{
    struct ga_save *save;
    const bool was_new = ga_uuid_is_zero(&record->after->id);
    enum ga_rc rc = ga_save_begin(store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_save_put(save, record, ret_changed, err);
    if (rc == GA_OK && draft != 0)
        ga_save_end_draft(save, draft);
    if (rc == GA_OK)
        rc = ga_save_commit(save, err);
    else
        ga_save_abandon(save);
    if (rc != GA_OK && was_new) /* it is not there: saving again makes it anew */
        memset(&record->after->id, 0, sizeof(record->after->id));
    return rc;
}
