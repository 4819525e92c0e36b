/* Takes transactions of other sites in. */
#include "guanai/store/receive.h"

#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/school_list.h"
#include "peers/receive_fill.h"
#include "peers/receive_parcel.h"
#include "peers/receive_project.h"
#include "peers/renaming.h"
#include "peers/site_known.h"
#include "peers/withheld.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Operations wait for a block of theirs; long ones do not wait in such numbers. */
enum { PENDING_BYTES = 8 << 20, RENAMING_MAX = 20000 };

struct ga_receive {
    struct ga_store *store;
    struct ga_incoming in;
    bool is_open;        /* `in` awaits operations */
    struct ga_vec peers; /* struct ga_peer, by id */
    struct ga_vec touched; /* int64_t: records, each once in a row */
    struct ga_uuid record; /* of the operation before, its number, form */
    int64_t record_no;
    char form[GA_OPERATION_ID_MAX + 1];
    struct ga_vec filled;  /* int64_t: operations that were withheld */
    struct ga_vec named, renaming; /* int64_t, struct ga_log_item: that were here without names; those not put in place yet */
    int64_t fill_first;    /* of a transaction that is here, its first operation; 0: it is new */
    size_t pending_bytes;
    int64_t last_op, last_txn; /* before */
    bool has_failed;
    bool trusts_unknown; /* signatures of sites without a key */
    struct ga_received told;
};

enum ga_rc ga_receive_begin(struct ga_store *store, struct ga_receive **ret_receive, struct ga_error *err)
{
    if (store->save != NULL || store->receive != NULL)
        return ga_error_set(err, GA_BUSY, "something is being saved; try again in a moment");
    enum ga_rc rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    struct ga_receive *receive = ga_alloc(sizeof(*receive));
    receive->store = store;
    receive->last_op = store->last_op;
    receive->last_txn = store->last_txn;
    ga_incoming_start(&receive->in, store);
    ga_vec_init(&receive->peers, sizeof(struct ga_peer));
    ga_vec_init(&receive->touched, sizeof(int64_t));
    ga_vec_init(&receive->filled, sizeof(int64_t));
    ga_vec_init(&receive->named, sizeof(int64_t));
    ga_vec_init(&receive->renaming, sizeof(struct ga_log_item));
    store->receive = receive;
    rc = ga_index_follow(store, err); /* what waits is told from what comes by where the log ends now */
    if (rc == GA_OK)
        rc = ga_store_sites(store, &receive->peers, err);
    if (rc == GA_OK)
        *ret_receive = receive;
    else
        ga_receive_abandon(receive);
    return rc;
}

void ga_receive_trust_unknown(struct ga_receive *receive)
{
    receive->trusts_unknown = true;
}

void ga_receive_limited(struct ga_receive *receive)
{
    receive->in.is_limited = true;
}

static void finish(struct ga_receive *receive)
{
    receive->store->receive = NULL;
    ga_incoming_finish(&receive->in);
    ga_vec_finish(&receive->peers);
    ga_vec_finish(&receive->touched);
    ga_vec_finish(&receive->filled);
    ga_renaming_drop(&receive->renaming);
    ga_vec_finish(&receive->renaming);
    ga_vec_finish(&receive->named);
    free(receive);
}

/* After a rollback nothing may remember what was not written. */
static void forget(struct ga_receive *receive)
{
    struct ga_store *store = receive->store;
    ga_log_forget(store, receive->last_op);
    store->last_txn = receive->last_txn;
    ga_index_finish(store);
    finish(receive);
}

void ga_receive_abandon(struct ga_receive *receive)
{
    if (receive == NULL)
        return;
    ga_transaction_rollback(receive->store->db);
    forget(receive);
}

static int compare_peers(const void *a, const void *b)
{
    return ga_uuid_compare(&((const struct ga_peer *)a)->id, &((const struct ga_peer *)b)->id);
}

/* NULL: nobody introduced it, until now. */
static const struct ga_peer *peer_of(struct ga_receive *receive, const struct ga_uuid *site)
{
    const struct ga_peer wanted = {.id = *site};
    struct ga_peer added;
    struct ga_vec *peers = &receive->peers;
    if (peers->len == 0) /* never: this site itself is known */
        return NULL;
    const struct ga_peer *found = bsearch(&wanted, peers->items, peers->len, peers->item_bytes, compare_peers);
    if (found != NULL || ga_store_site(receive->store, site, &added, NULL) != GA_OK)
        return found;
    *(struct ga_peer *)ga_vec_push(peers) = added;
    qsort(peers->items, peers->len, peers->item_bytes, compare_peers);
    return bsearch(&wanted, peers->items, peers->len, peers->item_bytes, compare_peers);
}

/* The tail, which has to be walked, holds what was saved here alone. */
static enum ga_rc is_known(struct ga_receive *receive, const struct ga_peer *peer, bool *ret_is_known, struct ga_error *err)
{
    const struct ga_incoming *in = &receive->in;
    const struct ga_have run = {in->txn.site, in->txn.seq, in->txn.seq, in->hash};
    return ga_store_has(receive->store, &run, peer != NULL && peer->is_own, ret_is_known, err);
}

static enum ga_parcel_state refuse(struct ga_error *reason, enum ga_parcel_state state, enum ga_rc rc, const char *words)
{
    ga_error_set(reason, rc, words);
    return state;
}

/* Everything that can be said of it before its operations are there. */
static enum ga_rc judge_head(struct ga_receive *receive, const struct ga_parcel *parcel, enum ga_parcel_state *ret_state,
                             struct ga_error *reason, struct ga_error *err)
{
    struct ga_incoming *in = &receive->in;
    bool is_there = false;
    *ret_state = GA_PARCEL_REFUSED;
    if (ga_transaction_decode(parcel->bytes, parcel->len, &in->txn, reason) != GA_OK)
        return GA_OK;
    if (in->txn.seq > INT64_MAX) {
        ga_error_set(reason, GA_TOO_BIG, "its number is beyond all bounds");
        return GA_OK;
    }
    ga_transaction_hash(parcel->bytes, parcel->len, &in->hash);
    const struct ga_peer *peer = peer_of(receive, &in->txn.site);
    if (peer == NULL && !receive->trusts_unknown) {
        *ret_state = refuse(reason, GA_PARCEL_HELD, GA_NOT_FOUND, GA_N_("nobody introduced the computer that wrote it"));
        return GA_OK;
    }
    const enum ga_rc rc = is_known(receive, peer, &is_there, err);
    if (rc != GA_OK)
        return rc;
    receive->fill_first = 0;
    if (is_there && in->is_limited)
        receive->fill_first = ga_fill_first(receive->store, in);
    if (is_there && receive->fill_first == 0)
        *ret_state = GA_PARCEL_KNOWN;
    else if (peer != NULL && !ga_sign_is_valid(&peer->key, &in->hash, &parcel->signature))
        refuse(reason, GA_PARCEL_REFUSED, GA_DENIED, GA_N_("it is not signed by the computer that it names"));
    else if (in->txn.is_opaque)
        *ret_state = refuse(reason, GA_PARCEL_HELD, GA_REFUSED, GA_N_("a newer version of the program wrote it"));
    else if (parcel->count != in->txn.count)
        refuse(reason, GA_PARCEL_REFUSED, GA_DAMAGED, GA_N_("it does not hold as many changes as were signed"));
    else
        *ret_state = GA_PARCEL_OPEN;
    return GA_OK;
}

static void count(struct ga_receive *receive, enum ga_parcel_state state, uint64_t operations)
{
    receive->told.transactions[state]++;
    receive->told.operations[state] += operations;
}

enum ga_rc ga_receive_parcel(struct ga_receive *receive, const struct ga_parcel *parcel, enum ga_parcel_state *ret_state,
                             struct ga_error *reason, struct ga_error *err)
{
    struct ga_error unwanted = {0};
    assert(!receive->is_open);
    ga_incoming_clear(&receive->in);
    const enum ga_rc rc = judge_head(receive, parcel, ret_state, reason == NULL ? &unwanted : reason, err);
    receive->has_failed |= rc != GA_OK;
    if (rc != GA_OK)
        return rc;
    receive->is_open = *ret_state == GA_PARCEL_OPEN;
    if (!receive->is_open) {
        count(receive, *ret_state, parcel->count);
        return GA_OK;
    }
    ga_str_add_bytes(&receive->in.bytes, parcel->bytes, parcel->len);
    receive->in.signature = parcel->signature;
    return GA_OK;
}

enum ga_rc ga_receive_op(struct ga_receive *receive, const struct ga_parcel_op *op, struct ga_error *err)
{
    assert(receive->is_open);
    const enum ga_rc rc = ga_incoming_add(&receive->in, op, err);
    receive->has_failed |= rc != GA_OK;
    return rc;
}

static void touch(struct ga_receive *receive, int64_t record)
{
    struct ga_vec *touched = &receive->touched;
    if (touched->len == 0 || *GA_VEC_AT(int64_t, touched, touched->len - 1) != record)
        *(int64_t *)ga_vec_push(touched) = record;
}

/* What one save says of a record follows each other, an operation a class of protection. */
static enum ga_rc number_record(struct ga_receive *receive, const struct ga_incoming_op *op, int64_t *ret_no, struct ga_error *err)
{
    const bool is_same = receive->record_no > 0 && ga_uuid_compare(&receive->record, &op->record) == 0 &&
                         strcmp(receive->form, op->form) == 0;
    const enum ga_rc rc = is_same ? GA_OK : ga_record_make(receive->store, &op->record, op->form, &receive->record_no, NULL, err);
    if (rc != GA_OK) {
        receive->record_no = 0;
        return rc;
    }
    receive->record = op->record;
    ga_str_copy(receive->form, sizeof(receive->form), op->form);
    *ret_no = receive->record_no;
    return GA_OK;
}

/* One of a later format belongs to no record until a program comes that can read it. */
static enum ga_rc write_op(void *ctx, const struct ga_incoming_op *op, const char *bytes, struct ga_error *err)
{
    struct ga_receive *receive = ctx;
    struct ga_store *store = receive->store;
    int64_t record = 0, no;
    if (op->len == 0 && receive->in.is_limited)
        return ga_withheld_append(store, op->leaves, &op->leaf, err);
    if (op->len == 0)
        return ga_log_append_erased(store, &op->leaf, &no, err);
    enum ga_rc rc = op->is_opaque ? GA_OK : number_record(receive, op, &record, err);
    if (rc == GA_OK)
        rc = ga_log_append(store, record, op->salt, bytes, op->len, &no, err);
    if (rc != GA_OK)
        return rc;
    if (!op->is_opaque)
        touch(receive, record);
    receive->pending_bytes += op->len;
    if (receive->pending_bytes < PENDING_BYTES)
        return GA_OK;
    receive->pending_bytes = 0;
    return ga_log_pack_pending(store, err);
}

static enum ga_rc write_txn(struct ga_receive *receive, int64_t first_op, struct ga_error *err)
{
    struct ga_store *store = receive->store;
    const struct ga_incoming *in = &receive->in;
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_TXN, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, in->txn.site.bytes, sizeof(in->txn.site.bytes));
    ga_stmt_bind_int(stmt, 2, (int64_t)in->txn.seq);
    ga_stmt_bind_blob(stmt, 3, in->bytes.data, in->bytes.len);
    ga_stmt_bind_blob(stmt, 4, in->hash.bytes, sizeof(in->hash.bytes));
    ga_stmt_bind_blob(stmt, 5, in->signature.bytes, sizeof(in->signature.bytes));
    ga_stmt_bind_int(stmt, 6, first_op);
    ga_stmt_bind_int(stmt, 7, in->txn.count);
    ga_stmt_bind_int(stmt, 8, in->txn.local_day);
    ga_stmt_bind_int(stmt, 9, ++store->last_txn);
    rc = ga_stmt_run(stmt, err);
    return rc == GA_OK ? ga_have_add(store, &(struct ga_run_link){in->txn.site, in->txn.seq, in->txn.previous, in->hash}, err)
                       : rc;
}

static enum ga_rc fill(struct ga_receive *receive, struct ga_error *err)
{
    struct ga_fill fill = {.store = receive->store, .in = &receive->in, .first_op = receive->fill_first,
                           .touched = &receive->touched, .filled = &receive->filled,
                           .named = &receive->named, .renaming = &receive->renaming};
    enum ga_rc rc = ga_fill_take(&fill, err);
    if (rc == GA_OK && receive->renaming.len >= RENAMING_MAX)
        rc = ga_renaming_put(receive->store, &receive->renaming, err);
    receive->has_failed |= rc != GA_OK;
    return rc;
}

static enum ga_rc write_all(struct ga_receive *receive, struct ga_error *err)
{
    struct ga_store *store = receive->store;
    const int64_t first_op = store->last_op + 1;
    enum ga_rc rc = ga_incoming_walk(&receive->in, write_op, receive, err);
    if (rc == GA_OK)
        rc = write_txn(receive, first_op, err);
    if (rc == GA_OK)
        receive->told.has_new_site |= ga_uuid_compare(&receive->in.txn.site, &store->site) == 0;
    receive->has_failed |= rc != GA_OK;
    return rc;
}

enum ga_rc ga_receive_close(struct ga_receive *receive, enum ga_parcel_state *ret_state, struct ga_error *reason,
                            struct ga_error *err)
{
    struct ga_incoming *in = &receive->in;
    enum ga_rc rc = GA_OK;
    assert(receive->is_open);
    receive->is_open = false;
    ga_incoming_judge(in);
    if (in->is_bad && reason != NULL)
        *reason = in->fault;
    const size_t filled = receive->filled.len + receive->named.len;
    if (!in->is_bad)
        rc = receive->fill_first > 0 ? fill(receive, err) : write_all(receive, err);
    if (rc != GA_OK)
        return rc;
    *ret_state = in->is_bad                                                ? GA_PARCEL_REFUSED
                 : receive->fill_first > 0 && receive->filled.len + receive->named.len == filled ? GA_PARCEL_KNOWN
                                                                                                : GA_PARCEL_APPLIED;
    count(receive, *ret_state, in->txn.count);
    return GA_OK;
}

void ga_receive_skip(struct ga_receive *receive, enum ga_parcel_state state, uint64_t operations)
{
    receive->is_open = false;
    count(receive, state, operations);
}

static enum ga_rc write_rest(struct ga_receive *receive, const struct ga_check_progress *progress, struct ga_error *err)
{
    struct ga_store *store = receive->store;
    const struct ga_arrivals arrivals = {store, &receive->touched, &receive->filled, &receive->named, receive->last_op, progress};
    receive->told.filled = receive->filled.len + receive->named.len;
    enum ga_rc rc = receive->has_failed ? ga_error_set(err, GA_REFUSED, "part of this could not be taken in, so nothing was")
                                        : ga_schools_learn(store, err); /* whose words the others are */
    if (rc == GA_OK && receive->told.filled > 0)
        rc = ga_store_note_filled(store, err);
    if (rc == GA_OK)
        rc = ga_renaming_put(store, &receive->renaming, err);
    if (rc == GA_OK)
        rc = ga_arrivals_project(&arrivals, &receive->told, err);
    if (rc == GA_OK)
        rc = ga_index_flush(store, err);
    return rc == GA_OK ? ga_log_flush(store, err) : rc;
}

/* In the same transaction: a history that is here must never be taken for this site's own at the next start. */
static enum ga_rc commit_as(struct ga_receive *receive, const struct ga_site_identity *old, struct ga_error *err)
{
    struct ga_store *store = receive->store;
    enum ga_rc rc = receive->told.has_new_site ? ga_site_replace(store, old, err) : GA_OK;
    if (rc == GA_OK)
        rc = ga_transaction_commit(store->db, err);
    else
        ga_transaction_rollback(store->db);
    if (rc != GA_OK && receive->told.has_new_site)
        ga_site_go_back(store, old);
    return rc;
}

enum ga_rc ga_receive_commit(struct ga_receive *receive, const struct ga_check_progress *progress,
                             struct ga_received *ret_received, struct ga_error *err)
{
    struct ga_site_identity old = {0};
    enum ga_rc rc = write_rest(receive, progress, err);
    if (rc != GA_OK) {
        ga_receive_abandon(receive);
        return rc;
    }
    if (receive->told.has_new_site)
        ga_site_identity(receive->store, &old);
    rc = commit_as(receive, &old, err);
    ga_crypt_wipe(&old, sizeof(old));
    if (rc != GA_OK) {
        forget(receive);
        return rc;
    }
    if (ret_received != NULL)
        *ret_received = receive->told;
    finish(receive);
    return GA_OK;
}
