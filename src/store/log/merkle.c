/* A tree of hashes over the operations of a transaction, in the shape of RFC 6962. */
#include "guanai/store/merkle.h"

#include <assert.h>

static const char NODE[] = "guanai.node";

/* Bit i of `count` set: pending[i] is the root of a full subtree of 2^i leaves. */
void ga_merkle_add(struct ga_merkle *merkle, const struct ga_hash *leaf)
{
    assert(merkle->count < GA_MERKLE_LEAVES_MAX);
    struct ga_hash hash = *leaf;
    uint32_t level = 0;
    for (; (merkle->count >> level & 1) != 0; level++)
        ga_hash_node(NODE, &merkle->pending[level], &hash, &hash);
    merkle->pending[level] = hash;
    merkle->count++;
}

void ga_merkle_root(const struct ga_merkle *merkle, struct ga_hash *ret_root)
{
    assert(merkle->count > 0);
    uint32_t level = 0;
    while ((merkle->count >> level & 1) == 0)
        level++;
    struct ga_hash root = merkle->pending[level];
    for (level++; level < GA_MERKLE_DEPTH_MAX; level++)
        if ((merkle->count >> level & 1) != 0)
            ga_hash_node(NODE, &merkle->pending[level], &root, &root);
    *ret_root = root;
}

void ga_merkle_root_of(const struct ga_hash *leaves, uint32_t count, struct ga_hash *ret_root)
{
    struct ga_merkle merkle = {.count = 0};
    for (uint32_t i = 0; i < count; i++)
        ga_merkle_add(&merkle, &leaves[i]);
    ga_merkle_root(&merkle, ret_root);
}

/* The largest power of two below n; n > 1. */
static uint32_t split(uint32_t n)
{
    uint32_t k = 1;
    while (k < n - k)
        k *= 2;
    return k;
}

static bool is_any_shown(const bool *is_shown, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_shown[i])
            return true;
    return false;
}

static void prune_subtree(const struct ga_hash *leaves, const bool *is_shown, uint32_t first, uint32_t count,
                          struct ga_vec *ret_parts)
{
    if (count > 1 && is_any_shown(is_shown + first, count)) {
        uint32_t left = split(count);
        prune_subtree(leaves, is_shown, first, left, ret_parts);
        prune_subtree(leaves, is_shown, first + left, count - left, ret_parts);
        return;
    }
    struct ga_merkle_part *part = ga_vec_push(ret_parts);
    part->first = first;
    part->leaves = count;
    ga_merkle_root_of(leaves + first, count, &part->hash);
}

void ga_merkle_prune(const struct ga_hash *leaves, const bool *is_shown, uint32_t count,
                     struct ga_vec *ret_parts)
{
    assert(count > 0 && count <= GA_MERKLE_LEAVES_MAX);
    prune_subtree(leaves, is_shown, 0, count, ret_parts);
}

struct part_reader {
    const struct ga_merkle_part *next;
    const struct ga_merkle_part *end;
};

/* Goes no deeper than the tree is: every step down halves `count`. */
static bool read_subtree(struct part_reader *reader, uint32_t first, uint32_t count, struct ga_hash *ret_root)
{
    if (reader->next == reader->end || reader->next->first != first)
        return false;
    if (reader->next->leaves == count) {
        *ret_root = (reader->next++)->hash;
        return true;
    }
    if (count == 1)
        return false;
    struct ga_hash left, right;
    uint32_t left_count = split(count);
    if (!read_subtree(reader, first, left_count, &left) ||
        !read_subtree(reader, first + left_count, count - left_count, &right))
        return false;
    ga_hash_node(NODE, &left, &right, ret_root);
    return true;
}

enum ga_rc ga_merkle_root_of_parts(const struct ga_merkle_part *parts, size_t parts_count, uint32_t count,
                                   struct ga_hash *ret_root, struct ga_error *err)
{
    struct part_reader reader = {parts, parts + parts_count};
    struct ga_hash root;
    if (count < 1 || count > GA_MERKLE_LEAVES_MAX || !read_subtree(&reader, 0, count, &root) ||
        reader.next != reader.end)
        return ga_error_set(err, GA_DAMAGED, "The operations of a transaction do not fit together");
    *ret_root = root;
    return GA_OK;
}
