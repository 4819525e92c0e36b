/* What C structs become is written down in tests/data/operations/vectors.txt, for readers in any language. */
#include "vectors.h"

#include "guanai/store/naming.h"

#include "guanai/store/merkle.h"
#include "guanai/store/transaction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { OPERATIONS = 6, SHOWN_A = 1, SHOWN_B = 4 };

static const char *const NAMES[OPERATIONS] = {"every_value", "groups_and_rows", "replaces",
                                              "least", "most", "later_format"};

static const char *path; /* of the vectors, from the command line */

static void assert_hex(const char *section, const char *key, const void *bytes, size_t len)
{
    struct ga_str wanted = {0};
    assert_true(vector_read(path, section, key, &wanted));
    assert_int_equal(wanted.len, len);
    assert_memory_equal(wanted.data, bytes, len);
    ga_str_finish(&wanted);
}

/* The i-th leaf, made of what the file says. */
static void read_leaf(size_t i, struct ga_hash *ret_leaf)
{
    struct ga_str salt = {0}, bytes = {0};
    char section[64];
    snprintf(section, sizeof(section), "operation %s", NAMES[i]);
    assert_true(vector_read(path, section, "salt", &salt) && vector_read(path, section, "bytes", &bytes));
    assert_int_equal(salt.len, GA_OPERATION_SALT_BYTES);
    ga_operation_leaf((const uint8_t *)salt.data, bytes.data, bytes.len, ret_leaf);
    assert_hex(section, "leaf", ret_leaf->bytes, GA_HASH_BYTES);
    ga_str_finish(&salt);
    ga_str_finish(&bytes);
}

static void operations_become_the_bytes_written_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < OPERATIONS - 1; i++) {
        struct ga_str bytes = {0};
        char section[64];
        snprintf(section, sizeof(section), "operation %s", NAMES[i]);
        assert_int_equal(ga_operation_encode(vector_operation(NAMES[i]), &bytes, NULL), GA_OK);
        assert_hex(section, "bytes", bytes.data, bytes.len);
        ga_str_finish(&bytes);
    }
}

static void bytes_written_down_are_read_and_written_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < OPERATIONS; i++) {
        struct ga_arena arena;
        struct ga_operation read;
        struct ga_str bytes = {0}, again = {0};
        char section[64];
        ga_arena_init(&arena);
        snprintf(section, sizeof(section), "operation %s", NAMES[i]);
        assert_true(vector_read(path, section, "bytes", &bytes));
        assert_int_equal(ga_operation_decode(bytes.data, bytes.len, &arena, &read, NULL), GA_OK);
        assert_int_equal(read.is_opaque, i == OPERATIONS - 1);
        if (!read.is_opaque) {
            assert_int_equal(ga_operation_encode(&read, &again, NULL), GA_OK);
            assert_int_equal(bytes.len, again.len);
            assert_memory_equal(bytes.data, again.data, bytes.len);
        }
        ga_str_finish(&bytes);
        ga_str_finish(&again);
        ga_arena_finish(&arena);
    }
}

static void malformed_bytes_are_refused(void **state)
{
    (void)state;
    size_t refused = 0;
    char section[200];
    for (; vector_section(path, "refuse ", refused, section, sizeof(section)); refused++) {
        struct ga_arena arena;
        struct ga_operation read;
        struct ga_str bytes = {0};
        ga_arena_init(&arena);
        assert_true(vector_read(path, section, "bytes", &bytes));
        if (ga_operation_decode(bytes.data, bytes.len, &arena, &read, NULL) != GA_DAMAGED)
            fail_msg("%s: taken", section);
        ga_str_finish(&bytes);
        ga_arena_finish(&arena);
    }
    assert_in_range(refused, 30, 99);
}

/* The chain of the file: one operation, then all six. */
static void sign_chain(struct ga_transaction chain[2], struct ga_str bytes[2], struct ga_hash hashes[2],
                       struct ga_signature signatures[2], struct ga_sign_public *ret_key)
{
    struct ga_sign_key key;
    struct ga_hash leaves[OPERATIONS];
    ga_sign_key_restore((const uint8_t[GA_SIGN_SEED_BYTES]){"a seed for test vectors only"}, &key);
    for (size_t i = 0; i < OPERATIONS; i++)
        read_leaf(i, &leaves[i]);
    for (int i = 0; i < 2; i++) {
        chain[i] = (struct ga_transaction){.site = {{0x5A, 0x17, 0xE0}}, .seq = (uint64_t)i + 1,
            .is_clock_in_doubt = i == 1, .count = i == 0 ? 1 : OPERATIONS, .local_day = 20778 + i,
            .local_ms = 36000000, .utc_offset_min = i == 0 ? 480 : -570};
        if (i == 1)
            chain[i].previous = hashes[0];
        ga_merkle_root_of(leaves, chain[i].count, &chain[i].root);
        assert_int_equal(ga_transaction_sign(&chain[i], &key, &bytes[i], &hashes[i], &signatures[i], NULL),
                         GA_OK);
    }
    *ret_key = key.public_key;
}

static void transactions_are_signed_as_written_down(void **state)
{
    (void)state;
    static const char *const sections[] = {"transaction first", "transaction second"};
    struct ga_transaction chain[2], read;
    struct ga_str bytes[2] = {{0}, {0}};
    struct ga_hash hashes[2], hash;
    struct ga_signature signatures[2];
    struct ga_sign_public key;
    sign_chain(chain, bytes, hashes, signatures, &key);
    for (int i = 0; i < 2; i++) {
        assert_hex(sections[i], "bytes", bytes[i].data, bytes[i].len);
        assert_hex(sections[i], "root", chain[i].root.bytes, GA_HASH_BYTES);
        assert_hex(sections[i], "hash", hashes[i].bytes, GA_HASH_BYTES);
        assert_hex(sections[i], "key", key.bytes, sizeof(key.bytes));
        assert_hex(sections[i], "signature", signatures[i].bytes, sizeof(signatures[i].bytes));
        enum ga_rc rc =
            ga_transaction_verify(bytes[i].data, bytes[i].len, &signatures[i], &key, &read, &hash, NULL);
        assert_int_equal(rc, GA_OK);
        ga_str_finish(&bytes[i]);
    }
}

/* A part as the file has it: first, leaves, 32 bytes of hash; numbers big-endian, two bytes each. */
static void add_part(const struct ga_merkle_part *part, struct ga_str *out)
{
    const uint8_t numbers[] = {0, (uint8_t)part->first, 0, (uint8_t)part->leaves};
    ga_str_add_bytes(out, numbers, sizeof(numbers));
    ga_str_add_bytes(out, part->hash.bytes, GA_HASH_BYTES);
}

static void a_pruned_transaction_is_the_one_written_down(void **state)
{
    (void)state;
    struct ga_hash leaves[OPERATIONS], root;
    struct ga_vec parts;
    struct ga_str bytes = {0};
    ga_vec_init(&parts, sizeof(struct ga_merkle_part));
    for (size_t i = 0; i < OPERATIONS; i++)
        read_leaf(i, &leaves[i]);
    ga_merkle_prune(leaves, (const bool[OPERATIONS]){[SHOWN_A] = true, [SHOWN_B] = true}, OPERATIONS, &parts);
    for (size_t i = 0; i < parts.len; i++)
        add_part(GA_VEC_AT(struct ga_merkle_part, &parts, i), &bytes);
    assert_hex("proof of the second and fifth", "parts", bytes.data, bytes.len);
    assert_int_equal(ga_merkle_root_of_parts(parts.items, parts.len, OPERATIONS, &root, NULL), GA_OK);
    assert_hex("transaction second", "root", root.bytes, GA_HASH_BYTES);
    ga_str_finish(&bytes);
    ga_vec_finish(&parts);
}

static void what_names_somebody_is_parted_as_written_down(void **state)
{
    (void)state;
    static const char *const sections[] = {"parted whole", "parted nameless"};
    struct ga_arena arena = {0};
    struct ga_str salts[2] = {{0}, {0}}, bytes[2] = {{0}, {0}}, made = {0};
    uint8_t salt[GA_OPERATION_SALT_BYTES];
    struct ga_hash leaf;
    for (int i = 0; i < 2; i++) {
        struct ga_operation read;
        struct ga_str again = {0};
        assert_true(vector_read(path, sections[i], "salt", &salts[i]) && vector_read(path, sections[i], "bytes", &bytes[i]));
        assert_int_equal(ga_operation_decode(bytes[i].data, bytes[i].len, &arena, &read, NULL), GA_OK);
        assert_int_equal(read.is_nameless, i == 1);
        assert_int_equal(ga_operation_encode(&read, &again, NULL), GA_OK);
        assert_hex(sections[i], "bytes", again.data, again.len);
        ga_operation_leaf((const uint8_t *)salts[i].data, bytes[i].data, bytes[i].len, &leaf);
        assert_hex("parted whole", "leaf", leaf.bytes, GA_HASH_BYTES);
        ga_str_finish(&again);
    }
    ga_naming_withhold((const uint8_t *)salts[0].data, bytes[0].data, bytes[0].len, salt, &made);
    assert_hex("parted nameless", "bytes", made.data, made.len);
    assert_hex("parted nameless", "salt", salt, sizeof(salt));
    for (int i = 0; i < 2; i++) {
        ga_str_finish(&salts[i]);
        ga_str_finish(&bytes[i]);
    }
    ga_str_finish(&made);
    ga_arena_finish(&arena);
}

static void a_later_transaction_keeps_site_and_seq(void **state)
{
    (void)state;
    struct ga_str bytes = {0};
    struct ga_transaction read;
    struct ga_hash hash;
    assert_true(vector_read(path, "transaction later_format", "bytes", &bytes));
    assert_int_equal(ga_transaction_decode(bytes.data, bytes.len, &read, NULL), GA_OK);
    assert_true(read.is_opaque && read.is_clock_in_doubt);
    assert_int_equal(read.format, 2);
    assert_int_equal(read.seq, 300);
    assert_memory_equal(read.site.bytes, ((const uint8_t[]){0x5A, 0x17, 0xE0}), 3);
    ga_transaction_hash(bytes.data, bytes.len, &hash);
    assert_hex("transaction later_format", "hash", hash.bytes, GA_HASH_BYTES);
    for (size_t len = 0; len < 20; len++) /* format, marks, site and seq are 20 bytes */
        assert_int_equal(ga_transaction_decode(bytes.data, len, &read, NULL), GA_DAMAGED);
    ga_str_finish(&bytes);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_become_the_bytes_written_down),
        cmocka_unit_test(bytes_written_down_are_read_and_written_alike),
        cmocka_unit_test(malformed_bytes_are_refused),
        cmocka_unit_test(transactions_are_signed_as_written_down),
        cmocka_unit_test(a_pruned_transaction_is_the_one_written_down),
        cmocka_unit_test(what_names_somebody_is_parted_as_written_down),
        cmocka_unit_test(a_later_transaction_keeps_site_and_seq),
    };
    path = argc > 1 ? argv[1] : "vectors.txt";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
