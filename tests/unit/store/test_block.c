/* A block gives back what was packed, or says it is damaged: what store/block.h promises. */
#include "guanai/store/block.h"
#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct rows {
    struct ga_arena arena;
    struct ga_str bytes[GA_BLOCK_ITEMS_MAX];
    struct ga_block_item items[GA_BLOCK_ITEMS_MAX];
    struct ga_block_codec *codec;
    struct ga_str block;
};

static int make_rows(void **state)
{
    static struct rows rows;
    uint64_t seed = 11;
    struct ga_random random = ga_random_seeded(&seed);
    rows = (struct rows){.codec = ga_block_codec_create()};
    size_t bytes = 0, packed;
    for (unsigned i = 0; i < GA_BLOCK_ITEMS_MAX; i++) {
        struct ga_operation op;
        sample_roster(&op, &rows.arena, &random, i);
        sample_encode(&op, &rows.bytes[i]);
        rows.items[i].bytes = (const uint8_t *)rows.bytes[i].data;
        rows.items[i].len = rows.bytes[i].len;
        random.fill(random.ctx, rows.items[i].salt, GA_OPERATION_SALT_BYTES);
        bytes += rows.items[i].len;
    }
    if (ga_block_pack(rows.codec, rows.items, GA_BLOCK_ITEMS_MAX, &rows.block, &packed, NULL) != GA_OK)
        return 1;
    printf("# %zu bytes an operation, packed %zu\n", bytes / packed, rows.block.len / packed);
    *state = &rows;
    return 0;
}

static int drop_rows(void **state)
{
    struct rows *rows = *state;
    for (size_t i = 0; i < GA_BLOCK_ITEMS_MAX; i++)
        ga_str_finish(&rows->bytes[i]);
    ga_str_finish(&rows->block);
    ga_block_codec_destroy(rows->codec);
    ga_arena_finish(&rows->arena);
    return 0;
}

static void assert_all_there(const struct rows *rows)
{
    struct ga_block_item item;
    for (size_t i = 0; i < GA_BLOCK_ITEMS_MAX; i++) {
        ga_block_item(rows->codec, i, &item);
        assert_false(item.is_erased);
        assert_int_equal(item.len, rows->items[i].len);
        assert_memory_equal(item.bytes, rows->items[i].bytes, item.len);
        assert_memory_equal(item.salt, rows->items[i].salt, sizeof(item.salt));
    }
}

static void every_operation_comes_back(void **state)
{
    struct rows *rows = *state;
    size_t count;
    assert_int_equal(ga_block_open(rows->codec, rows->block.data, rows->block.len, &count, NULL), GA_OK);
    assert_int_equal(count, GA_BLOCK_ITEMS_MAX);
    assert_all_there(rows);
}

static void erasing_leaves_the_leaf_and_the_neighbours(void **state)
{
    struct rows *rows = *state;
    struct ga_str erased = {0};
    struct ga_block_item item;
    struct ga_hash leaf;
    size_t count;
    assert_int_equal(ga_block_erase(rows->codec, rows->block.data, rows->block.len, 5, &erased, NULL), GA_OK);
    assert_int_equal(ga_block_open(rows->codec, erased.data, erased.len, &count, NULL), GA_OK);
    ga_block_item(rows->codec, 5, &item);
    ga_operation_leaf(rows->items[5].salt, rows->items[5].bytes, rows->items[5].len, &leaf);
    assert_true(item.is_erased && ga_hash_equal(&item.leaf, &leaf));
    ga_block_item(rows->codec, 6, &item);
    assert_memory_equal(item.bytes, rows->items[6].bytes, item.len);
    ga_str_finish(&erased);
}

static void damage_is_said_or_changes_nothing(void **state)
{
    struct rows *rows = *state;
    size_t count, names = 2 + 2 * GA_BLOCK_ITEMS_MAX + GA_OPERATION_SALT_BYTES * GA_BLOCK_ITEMS_MAX;
    for (size_t len = 0; len < rows->block.len; len += 7)
        assert_int_equal(ga_block_open(rows->codec, rows->block.data, len, &count, NULL), GA_DAMAGED);
    for (size_t at = names + 16; at < rows->block.len; at += 13) {
        rows->block.data[at] ^= 4; /* behind the salts: the checksum sees what zstd does not */
        enum ga_rc rc = ga_block_open(rows->codec, rows->block.data, rows->block.len, &count, NULL);
        if (rc == GA_OK)
            assert_all_there(rows); /* a bit that means nothing to zstd */
        else
            assert_int_equal(rc, GA_DAMAGED);
        rows->block.data[at] ^= 4;
    }
}

/* Nine opaque operations of nearly 1 MiB each: eight fit, the ninth goes into a block of its own. */
static void more_than_eight_mebibytes_take_two_blocks(void **state)
{
    (void)state;
    enum { ITEMS = 9 };
    struct ga_block_item items[ITEMS], item;
    struct ga_str long_one = {0}, first = {0}, second = {0};
    struct ga_block_codec *codec = ga_block_codec_create();
    size_t packed, count;
    ga_str_reserve(&long_one, GA_OPERATION_BYTES_MAX + 1);
    memset(long_one.data, 2, GA_OPERATION_BYTES_MAX + 1);
    for (size_t i = 0; i < ITEMS; i++)
        items[i] = (struct ga_block_item){.salt = {(uint8_t)i}, .bytes = (const uint8_t *)long_one.data,
                                          .len = GA_OPERATION_BYTES_MAX};
    assert_int_equal(ga_block_pack(codec, items, ITEMS, &first, &packed, NULL), GA_OK);
    assert_int_equal(packed, ITEMS - 1);
    assert_int_equal(ga_block_pack(codec, items + packed, ITEMS - packed, &second, &packed, NULL), GA_OK);
    assert_int_equal(packed, 1);
    assert_int_equal(ga_block_open(codec, first.data, first.len, &count, NULL), GA_OK);
    assert_int_equal(count, ITEMS - 1);
    assert_int_equal(ga_block_open(codec, second.data, second.len, &count, NULL), GA_OK);
    ga_block_item(codec, 0, &item);
    assert_int_equal(item.salt[0], ITEMS - 1);
    assert_memory_equal(item.bytes, long_one.data, GA_OPERATION_BYTES_MAX);
    items[0].len = GA_OPERATION_BYTES_MAX + 1;
    size_t before = first.len;
    assert_int_equal(ga_block_pack(codec, items, ITEMS, &first, &packed, NULL), GA_TOO_BIG);
    assert_int_equal(first.len, before);
    ga_str_finish(&long_one);
    ga_str_finish(&first);
    ga_str_finish(&second);
    ga_block_codec_destroy(codec);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_comes_back),
        cmocka_unit_test(erasing_leaves_the_leaf_and_the_neighbours),
        cmocka_unit_test(more_than_eight_mebibytes_take_two_blocks),
        cmocka_unit_test(damage_is_said_or_changes_nothing),
    };
    return cmocka_run_group_tests(tests, make_rows, drop_rows);
}
