/* A tree of hashes over the operations of a transaction, in the shape of RFC 6962. */
#ifndef GUANAI_STORE_MERKLE_H
#define GUANAI_STORE_MERKLE_H

#include "guanai/base/error.h"
#include "guanai/base/vec.h"
#include "guanai/crypt/hash.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The root over one leaf is the leaf. Over n > 1 leaves it is the node over the root of the first k and
 * the root of the rest, k the largest power of two below n. node = BLAKE2b-256 for purpose "guanai.node"
 * of left ‖ right. Leaves are hashed for another purpose (store/operation.h), so neither is taken for
 * the other.
 */
enum { GA_MERKLE_LEAVES_MAX = 1 << 22, GA_MERKLE_DEPTH_MAX = 23 };

/* Takes leaves one by one and keeps a hash a level only. `{0}` is a valid empty one. */
struct ga_merkle {
    struct ga_hash pending[GA_MERKLE_DEPTH_MAX];
    uint32_t count;
};

void ga_merkle_add(struct ga_merkle *merkle, const struct ga_hash *leaf); /* asserts the bound */
void ga_merkle_root(const struct ga_merkle *merkle, struct ga_hash *ret_root); /* asserts count > 0 */
void ga_merkle_root_of(const struct ga_hash *leaves, uint32_t count, struct ga_hash *ret_root);

/* A leaf (leaves == 1) or the root of the subtree that covers leaves first … first + leaves − 1. */
struct ga_merkle_part {
    uint32_t first;
    uint32_t leaves;
    struct ga_hash hash;
};

/*
 * For somebody who may have only some operations: every shown leaf on its own, everything else in as few
 * subtrees as there are, in order. With one leaf shown this is its inclusion proof. `ret_parts` holds
 * struct ga_merkle_part and is appended to.
 */
void ga_merkle_prune(const struct ga_hash *leaves, const bool *is_shown, uint32_t count,
                     struct ga_vec *ret_parts);

/* The root from such parts; GA_DAMAGED unless they are exactly subtrees of a tree of `count` leaves. */
enum ga_rc ga_merkle_root_of_parts(const struct ga_merkle_part *parts, size_t parts_count, uint32_t count,
                                   struct ga_hash *ret_root, struct ga_error *err);

#endif
