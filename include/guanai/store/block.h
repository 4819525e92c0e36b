/* Up to 256 operations packed together, because single ones hardly compress. */
#ifndef GUANAI_STORE_BLOCK_H
#define GUANAI_STORE_BLOCK_H

#include "guanai/base/error.h"
#include "guanai/base/str.h"
#include "guanai/store/operation.h"

#include <stdbool.h>

/* Local to one database: a block is never handed on and signs nothing; leaves bind what it holds. */
enum { GA_BLOCK_ITEMS_MAX = 256, GA_BLOCK_BYTES_MAX = 8 << 20 };

struct ga_block_item {
    bool is_erased; /* only the leaf is left */
    struct ga_hash leaf; /* packed for erased ones only; computed anew when read, see ga_block_item */
    uint8_t salt[GA_OPERATION_SALT_BYTES];
    const uint8_t *bytes; /* the whole operation, header and payload */
    size_t len;
};

/* zstd's contexts and one buffer, reused from block to block: about 1 MiB, at most 8 more for long texts. */
struct ga_block_codec;
struct ga_block_codec *ga_block_codec_create(void);
void ga_block_codec_destroy(struct ga_block_codec *codec);

/*
 * Packs the first items (all of them unless their bytes pass GA_BLOCK_BYTES_MAX) and says how many.
 * Appends to `out`. 1 ≤ count ≤ 256; every operation within GA_OPERATION_BYTES_MAX (GA_TOO_BIG otherwise).
 */
enum ga_rc ga_block_pack(struct ga_block_codec *codec, const struct ga_block_item *items, size_t count,
                         struct ga_str *out, size_t *ret_packed, struct ga_error *err);

/* Unpacks a block into the codec and says how many items it has; GA_DAMAGED, never more than 8 MiB. */
enum ga_rc ga_block_open(struct ga_block_codec *codec, const void *bytes, size_t len, size_t *ret_count,
                         struct ga_error *err);

/*
 * The i-th item of the block opened last (asserts i < its count); `bytes` is borrowed until the next
 * pack, open or destroy. `leaf` is set for erased items only: ga_operation_leaf makes the others'.
 */
void ga_block_item(const struct ga_block_codec *codec, size_t i, struct ga_block_item *ret_item);

/* The same block without the i-th operation: its leaf stays, salt and bytes are gone. Appends to `out`. */
enum ga_rc ga_block_erase(struct ga_block_codec *codec, const void *bytes, size_t len, size_t i,
                          struct ga_str *out, struct ga_error *err);

#endif
