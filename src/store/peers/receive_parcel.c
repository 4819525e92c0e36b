/* Gathers the operations of a transaction that is not to be trusted yet. */
#include "peers/receive_parcel.h"

#include "guanai/text/translate.h"

#include <string.h>

enum { PIECE_BYTES = 1 << 20 };

static const char left_out[] = GA_N_("part of it was left out, which is not done among the computers of a school");

void ga_incoming_start(struct ga_incoming *in, const struct ga_store *store)
{
    *in = (struct ga_incoming){.store = store};
    ga_vec_init(&in->pieces, sizeof(int64_t));
    ga_vec_init(&in->parts, sizeof(struct ga_merkle_part));
}

void ga_incoming_clear(struct ga_incoming *in)
{
    ga_scratch_finish(&in->scratch);
    in->scratch = (struct ga_scratch){0};
    ga_vec_clear(&in->pieces);
    ga_vec_clear(&in->parts);
    ga_str_clear(&in->piece);
    ga_str_clear(&in->bytes);
    in->merkle = (struct ga_merkle){0};
    in->given = 0;
    in->is_bad = false;
    in->fault = (struct ga_error){0};
}

void ga_incoming_finish(struct ga_incoming *in)
{
    ga_incoming_clear(in);
    ga_vec_finish(&in->pieces);
    ga_vec_finish(&in->parts);
    ga_str_finish(&in->piece);
    ga_str_finish(&in->bytes);
    ga_arena_finish(&in->arena);
}

static enum ga_rc lay_aside(struct ga_incoming *in, struct ga_error *err)
{
    int64_t at_bytes = 0;
    if (in->scratch.io == NULL)
        ga_scratch_start(&in->scratch, in->store->options.io, in->store->options.folder);
    const enum ga_rc rc = ga_scratch_put(&in->scratch, in->piece.data, in->piece.len, &at_bytes, err);
    if (rc == GA_OK)
        *(int64_t *)ga_vec_push(&in->pieces) = at_bytes;
    ga_str_clear(&in->piece);
    return rc;
}

/* What one encoding says; the rest of the transaction is of no interest when it is none. */
static void look_at(struct ga_incoming *in, const struct ga_parcel_op *op, struct ga_incoming_op *ret_head)
{
    struct ga_operation decoded;
    *ret_head = (struct ga_incoming_op){.leaf = op->leaf, .leaves = ga_parcel_op_leaves(op)};
    if (op->bytes == NULL)
        return;
    ga_arena_reset(&in->arena);
    if (ga_operation_decode(op->bytes, op->len, &in->arena, &decoded, &in->fault) != GA_OK) {
        in->is_bad = true;
        return;
    }
    if (decoded.is_nameless && !in->is_limited) {
        in->is_bad = true;
        ga_error_set(&in->fault, GA_DAMAGED, left_out);
        return;
    }
    ret_head->leaves = 1;
    ret_head->len = (uint32_t)op->len;
    ret_head->is_opaque = decoded.is_opaque;
    memcpy(ret_head->salt, op->salt, sizeof(ret_head->salt));
    ga_operation_leaf(op->salt, op->bytes, op->len, &ret_head->leaf);
    if (decoded.is_opaque)
        return;
    ret_head->record = decoded.record;
    ga_str_copy(ret_head->form, sizeof(ret_head->form), decoded.form);
}

enum ga_rc ga_incoming_add(struct ga_incoming *in, const struct ga_parcel_op *op, struct ga_error *err)
{
    struct ga_incoming_op head;
    if (in->is_bad)
        return GA_OK;
    if (op->leaves > 1 && !in->is_limited) {
        in->is_bad = true;
        ga_error_set(&in->fault, GA_DAMAGED, left_out);
        return GA_OK;
    }
    if (in->txn.count - in->given < (op->bytes == NULL ? ga_parcel_op_leaves(op) : 1)) {
        in->is_bad = true;
        ga_error_set(&in->fault, GA_DAMAGED, "it holds more changes than were signed");
        return GA_OK;
    }
    look_at(in, op, &head);
    if (in->is_bad)
        return GA_OK;
    if (in->is_limited)
        *(struct ga_merkle_part *)ga_vec_push(&in->parts) = (struct ga_merkle_part){in->given, head.leaves, head.leaf};
    else
        ga_merkle_add(&in->merkle, &head.leaf);
    in->given += head.leaves;
    ga_str_add_bytes(&in->piece, &head, sizeof(head));
    if (head.len > 0)
        ga_str_add_bytes(&in->piece, op->bytes, op->len);
    return in->piece.len < PIECE_BYTES ? GA_OK : lay_aside(in, err);
}

void ga_incoming_judge(struct ga_incoming *in)
{
    struct ga_hash root;
    if (in->is_bad)
        return;
    in->is_bad = in->given != in->txn.count;
    if (in->is_bad) {
        ga_error_set(&in->fault, GA_DAMAGED, "it holds fewer changes than were signed");
        return;
    }
    if (!in->is_limited)
        ga_merkle_root(&in->merkle, &root);
    else if (ga_merkle_root_of_parts(in->parts.items, in->parts.len, in->txn.count, &root, &in->fault) != GA_OK)
        in->is_bad = true;
    in->is_bad = in->is_bad || !ga_hash_equal(&root, &in->txn.root);
    if (in->is_bad)
        ga_error_set(&in->fault, GA_DAMAGED, "it does not hold what was signed");
}

static enum ga_rc walk_piece(const struct ga_str *piece, ga_incoming_fn each, void *ctx, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t at = 0; rc == GA_OK && at < piece->len;) {
        struct ga_incoming_op head;
        memcpy(&head, piece->data + at, sizeof(head));
        at += sizeof(head);
        rc = each(ctx, &head, piece->data + at, err);
        at += head.len;
    }
    return rc;
}

enum ga_rc ga_incoming_walk(struct ga_incoming *in, ga_incoming_fn each, void *ctx, struct ga_error *err)
{
    struct ga_str piece = {0};
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < in->pieces.len; i++) {
        rc = ga_scratch_get(&in->scratch, *GA_VEC_AT(int64_t, &in->pieces, i), &piece, err);
        if (rc == GA_OK)
            rc = walk_piece(&piece, each, ctx, err);
    }
    ga_str_finish(&piece);
    return rc == GA_OK ? walk_piece(&in->piece, each, ctx, err) : rc;
}
