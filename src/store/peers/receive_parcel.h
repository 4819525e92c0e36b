/* A transaction that is being received, until it is judged; private to receive. */
#ifndef GUANAI_STORE_RECEIVE_PARCEL_H
#define GUANAI_STORE_RECEIVE_PARCEL_H

#include "private.h"

#include "guanai/store/receive.h"
#include "guanai/store/scratch.h"

/* Its operations one after the other: in memory up to a piece, what is more in a file without a name. */
struct ga_incoming {
    struct ga_transaction txn;
    struct ga_hash hash;
    struct ga_signature signature;
    struct ga_str bytes;
    uint32_t given;        /* operations so far */
    bool is_bad;
    struct ga_error fault; /* what is wrong with it, of is_bad */
    struct ga_merkle merkle;
    bool is_limited;       /* some of it may be withheld: then parts, not merkle */
    struct ga_vec parts;   /* struct ga_merkle_part */
    struct ga_arena arena; /* of the operation looked at */
    struct ga_str piece;
    struct ga_vec pieces;  /* int64_t: where those laid aside begin */
    struct ga_scratch scratch;
    const struct ga_store *store;
};

/* One of them, sound by itself. */
struct ga_incoming_op {
    uint32_t len; /* 0: erased, or withheld */
    uint32_t leaves; /* so many are withheld together; else 1 */
    bool is_opaque;
    struct ga_hash leaf;
    uint8_t salt[GA_OPERATION_SALT_BYTES];
    struct ga_uuid record;
    char form[GA_OPERATION_ID_MAX + 1];
};

void ga_incoming_start(struct ga_incoming *in, const struct ga_store *store);
void ga_incoming_finish(struct ga_incoming *in);
void ga_incoming_clear(struct ga_incoming *in); /* for the next one */

enum ga_rc ga_incoming_add(struct ga_incoming *in, const struct ga_parcel_op *op, struct ga_error *err);

/* Was all of it given, and is it what was signed? is_bad and fault say otherwise. */
void ga_incoming_judge(struct ga_incoming *in);

/* Calls `each` with every operation in order; `bytes` are borrowed. */
typedef enum ga_rc (*ga_incoming_fn)(void *ctx, const struct ga_incoming_op *op, const char *bytes, struct ga_error *err);
enum ga_rc ga_incoming_walk(struct ga_incoming *in, ga_incoming_fn each, void *ctx, struct ga_error *err);

#endif
