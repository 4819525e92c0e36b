/* Hands out the transactions that another site lacks. */
#ifndef GUANAI_STORE_SEND_H
#define GUANAI_STORE_SEND_H

#include "guanai/crypt/sign.h"
#include "guanai/store/have.h"
#include "guanai/store/operation.h"

/* A transaction on its way, as it was signed; its operations follow one by one, for an import has millions of them. */
struct ga_parcel {
    const uint8_t *bytes; /* store/transaction.h */
    size_t len;
    struct ga_signature signature;
    uint32_t count;       /* of operations */
    struct ga_uuid site;  /* as in the bytes */
    uint64_t seq;
    struct ga_hash hash;  /* of the bytes; ga_receive_parcel makes it itself, and trusts no other */
};

struct ga_parcel_op {
    const uint8_t *salt;  /* GA_OPERATION_SALT_BYTES; NULL as bytes is */
    const uint8_t *bytes; /* the whole operation; NULL: erased or withheld, only its leaf is there */
    size_t len;
    struct ga_hash leaf;  /* of one without bytes; of others only ga_parcel_op_leaf tells it */
    uint32_t leaves;      /* 2 and more: `leaf` is the root of a whole subtree of so many (store/merkle.h), all withheld */
};

/* How many of its transaction's operations it stands for. */
static inline uint32_t ga_parcel_op_leaves(const struct ga_parcel_op *op)
{
    return op->leaves > 1 ? op->leaves : 1;
}

/* Its leaf; of one with bytes it is made of them, which costs more than reading it does: only who needs it asks. */
static inline void ga_parcel_op_leaf(const struct ga_parcel_op *op, struct ga_hash *ret_leaf)
{
    *ret_leaf = op->leaf;
    if (op->bytes != NULL)
        ga_operation_leaf(op->salt, op->bytes, op->len, ret_leaf);
}

/* Where an operation stands: the index-th (from 0) of that transaction. Two branches of a site may share a place. */
struct ga_place {
    struct ga_uuid site;
    uint64_t seq;
    uint32_t index;
};

struct ga_send;

/*
 * `theirs`: runs of whoever it is for, as a bundle of theirs told them last, in any order; none: everything is handed
 * out. They lack what no run of theirs covers. When two branches of a site are known, here or by a hash of theirs that
 * differs, a run counts only as far as walking back from its last hash proves it; when theirs goes further than what is
 * here, its lower part is taken to be the same: if it is not, they see that by the runs from here, send theirs, and it
 * is told apart the next time. Doubles are harmless.
 * Time: that of the runs and of what is handed out. Nothing may be written to the store until the end.
 */
enum ga_rc ga_send_begin(struct ga_store *store, const struct ga_have *theirs, size_t count, struct ga_send **ret_send,
                         struct ga_error *err);

/*
 * For a limited receiver: who may have these operations and no others. Of the rest just the hash is handed out, the
 * subtree's wherever a whole subtree is withheld; so every signature and root can be verified, and nothing is missing.
 * `again`: operations the receiver did not have so far and now may: their transactions are handed out once more, whatever
 * `theirs` says. Replaced operations are named in full: ga_send_find answers that nothing can be looked up.
 *
 * A receiver without names may have every operation, without what tells who somebody is (store/naming.h). Withheld whole are
 * those that cannot be parted: of format 1 though they name somebody as the form is now, or have fields that no form here
 * knows; restricted ones; those of a later format.
 */
struct ga_send_limit {
    const int64_t *shown, *again; /* numbers of this computer, each list rising, each number once; borrowed until the end */
    size_t shown_count, again_count;
    bool is_nameless; /* `shown` is of no account */
};
enum ga_rc ga_send_begin_limited(struct ga_store *store, const struct ga_have *theirs, size_t count,
                                 const struct ga_send_limit *limit, struct ga_send **ret_send, struct ga_error *err);
uint64_t ga_send_transactions(const struct ga_send *send); /* how many there will be */
void ga_send_end(struct ga_send *send);                    /* NULL is fine */

/* The next one, in the order of arrival here: what an operation replaces goes before it. Borrowed until the next. */
enum ga_rc ga_send_next(struct ga_send *send, struct ga_parcel *ret_parcel, bool *ret_has, struct ga_error *err);

/* The next operation of it, until `count` of them were stood for; borrowed until the next. */
enum ga_rc ga_send_op(struct ga_send *send, struct ga_parcel_op *ret_op, struct ga_error *err);

/*
 * Where an operation of that record with that leaf stands, if the other one can find it there: because they have it, or
 * because an earlier parcel of this walk brings it. *ret_is_there false: it has to be named in full. Never where a site
 * has two branches, here or there.
 */
enum ga_rc ga_send_find(struct ga_send *send, const struct ga_uuid *record, const struct ga_hash *leaf,
                        struct ga_place *ret_place, bool *ret_is_there, struct ga_error *err);

/*
 * The operation that stands there; also within a running receive, of the parcels closed so far. GA_NOT_FOUND: not here
 * (it may still come), or two branches share the place. Its leaf is there in any case. Borrowed until the next
 * call of anything of the store.
 */
enum ga_rc ga_store_at(struct ga_store *store, const struct ga_place *place, struct ga_parcel_op *ret_op,
                       struct ga_error *err);

#endif
