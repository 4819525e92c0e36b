/* Any bytes as an operation, a transaction, a block; whatever is read is written back the same. */
#include "guanai/store/block.h"
#include "guanai/store/naming.h"
#include "guanai/store/transaction.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool claim)
{
    if (!claim)
        abort();
}

static void hold_same(struct ga_str *written, const uint8_t *data, size_t size)
{
    hold(written->len == size && memcmp(written->data, data, size) == 0);
    ga_str_finish(written);
}

/* Without its names it is an operation of the same name. */
static void try_nameless(const uint8_t *data, size_t size)
{
    static const uint8_t salt[GA_OPERATION_SALT_BYTES] = {1};
    uint8_t open_salt[GA_OPERATION_SALT_BYTES];
    struct ga_arena arena = {0};
    struct ga_operation op;
    struct ga_str nameless = {0};
    struct ga_hash leaves[2];
    ga_naming_withhold(salt, data, size, open_salt, &nameless);
    hold(ga_operation_decode(nameless.data, nameless.len, &arena, &op, NULL) == GA_OK && op.is_nameless);
    ga_operation_leaf(salt, data, size, &leaves[0]);
    ga_operation_leaf(open_salt, nameless.data, nameless.len, &leaves[1]);
    hold(ga_hash_equal(&leaves[0], &leaves[1]));
    ga_str_finish(&nameless);
    ga_arena_finish(&arena);
}

static void try_operation(const uint8_t *data, size_t size)
{
    struct ga_arena arena;
    struct ga_operation op;
    struct ga_str again = {0};
    ga_arena_init(&arena);
    hold(ga_operation_header_bytes(data, size) <= size);
    if (ga_operation_decode(data, size, &arena, &op, NULL) == GA_OK && !op.is_opaque) {
        hold(ga_operation_encode(&op, &again, NULL) == GA_OK);
        hold_same(&again, data, size);
        if (op.format == GA_NAMING_FORMAT)
            try_nameless(data, size);
    }
    ga_arena_finish(&arena);
}

static void try_transaction(const uint8_t *data, size_t size)
{
    struct ga_transaction transaction;
    struct ga_str again = {0};
    if (ga_transaction_decode(data, size, &transaction, NULL) != GA_OK || transaction.is_opaque)
        return;
    hold(ga_transaction_encode(&transaction, &again, NULL) == GA_OK);
    hold_same(&again, data, size);
}

/* zstd frames of one content are many, so a block is opened, packed, opened again. */
static void try_block(const uint8_t *data, size_t size)
{
    struct ga_block_codec *codec = ga_block_codec_create();
    struct ga_str erased = {0};
    size_t count, count_again;
    struct ga_block_item item;
    if (ga_block_open(codec, data, size, &count, NULL) == GA_OK) {
        hold(ga_block_erase(codec, data, size, count - 1, &erased, NULL) == GA_OK);
        hold(ga_block_open(codec, erased.data, erased.len, &count_again, NULL) == GA_OK);
        hold(count_again == count);
        ga_block_item(codec, count - 1, &item);
        hold(item.is_erased);
    }
    ga_str_finish(&erased);
    ga_block_codec_destroy(codec);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_operation(data, size);
    try_transaction(data, size);
    try_block(data, size);
    return 0;
}
