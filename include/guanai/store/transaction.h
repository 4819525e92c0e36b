/* One save or import as a signed link of its site's chain: this comment is the format's specification. */
#ifndef GUANAI_STORE_TRANSACTION_H
#define GUANAI_STORE_TRANSACTION_H

#include "guanai/base/error.h"
#include "guanai/base/str.h"
#include "guanai/base/uuid.h"
#include "guanai/crypt/hash.h"
#include "guanai/crypt/sign.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * varint and zigzag as in store/operation.h.
 *
 * transaction = format       varint 1
 *               marks        varint; bit 0: the clock was in doubt; no other bit
 *               site         16 bytes, random, drawn anew by every restore and copy
 *               seq          varint from 1, one more than the one before
 *               previous     32 bytes: hash of the site's transaction before; zeros when seq is 1, only then
 *               root         32 bytes: Merkle root over the leaves of the operations (store/merkle.h)
 *               count        varint 1 … 4,194,304 operations
 *               local day, local time, UTC offset   as in an operation
 *
 * hash = BLAKE2b-256 for purpose "guanai.transact" of those bytes; signature = Ed25519 of the 32 bytes of
 * the hash. Operations are bound by their leaves alone, so erasing one breaks nothing. A later format is
 * kept and passed on: its first bytes keep the shape format ‖ marks ‖ site ‖ seq, its hash and signature
 * are made in the same way.
 */
enum { GA_TRANSACTION_FORMAT = 1, GA_TRANSACTION_BYTES_MAX = 512 };

struct ga_transaction {
    uint64_t format; /* set by decoding; encoding writes GA_TRANSACTION_FORMAT */
    bool is_opaque;  /* of a later format: only site and seq are known */
    bool is_clock_in_doubt;
    struct ga_uuid site;
    uint64_t seq;
    struct ga_hash previous;
    struct ga_hash root;
    uint32_t count;
    int32_t local_day;
    int32_t local_ms;
    int32_t utc_offset_min;
};

/* Appends; GA_REFUSED when a number is out of its bounds. */
enum ga_rc ga_transaction_encode(const struct ga_transaction *transaction, struct ga_str *out,
                                 struct ga_error *err);

/* GA_DAMAGED for anything that is not the one encoding of a transaction, GA_TOO_BIG past 512 bytes. */
enum ga_rc ga_transaction_decode(const void *bytes, size_t len, struct ga_transaction *ret_transaction,
                                 struct ga_error *err);

void ga_transaction_hash(const void *bytes, size_t len, struct ga_hash *ret_hash);

/*
 * The form in which a transaction is handed over = BLAKE2b-256 for purpose "guanai.form" of those bytes with zeros for the
 * root ‖ signature ‖ the leaves of its operations. A receiver that refused it says by this which form that was: it is not
 * handed over to it like that again, in another form (made whole elsewhere, signed anew) it is. This begins it; the leaves are
 * for the caller to add.
 */
enum ga_rc ga_transaction_form_start(const void *bytes, size_t len, const struct ga_signature *signature,
                                     struct ga_hasher *ret_hasher, struct ga_error *err);

/* The encoded transaction, its hash and signature in one go. Appends to `out`. */
enum ga_rc ga_transaction_sign(const struct ga_transaction *transaction, const struct ga_sign_key *key,
                               struct ga_str *out, struct ga_hash *ret_hash,
                               struct ga_signature *ret_signature, struct ga_error *err);

/* Decodes, checks the signature; GA_DENIED when it is not this key's. The root is checked apart. */
enum ga_rc ga_transaction_verify(const void *bytes, size_t len, const struct ga_signature *signature,
                                 const struct ga_sign_public *key, struct ga_transaction *ret_transaction,
                                 struct ga_hash *ret_hash, struct ga_error *err);

/* Where `other` stands, seen from a known transaction with its hash. */
enum ga_chain {
    GA_CHAIN_OTHER_SITE,
    GA_CHAIN_SAME,  /* the very same */
    GA_CHAIN_NEXT,  /* follows directly */
    GA_CHAIN_FORK,  /* another history: same seq or next seq, but not built on this one */
    GA_CHAIN_LATER, /* something between is missing, nothing can be said yet */
    GA_CHAIN_EARLIER,
};

struct ga_link {
    const struct ga_transaction *transaction;
    const struct ga_hash *hash;
};

/* A fork is never refused: both branches are kept and shown (a copied or restored folder was used on). */
enum ga_chain ga_transaction_relation(struct ga_link known, struct ga_link other);

#endif
