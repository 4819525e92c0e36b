/*
 * A bundle as bytes, for readers in any language: tests/data/bundles/vectors.txt. Called with `write` as well it
 * prints that file anew.
 */
#include "bare_frame.h"
#include "history.h"
#include "sample.h"
#include "vectors.h"

#include "guanai/crypt/secret.h"
#include "guanai/crypt/stream.h"
#include "guanai/store/operation_order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { HEADER_BYTES = 42 + 48, LONG = 65 };

static const char *path; /* of the vectors, from the command line */

/* The first transaction is the reader's already. */
static void make_history(struct history *history)
{
    static const uint32_t first = 0;
    static const char LATER[] = "\x09in a known transaction";
    struct ga_operation ops[LONG];
    bool erased[LONG];
    history_init(history, 20);
    for (size_t i = 0; i < 2; i++)
        sample_roster(&ops[i], &history->arena, &history->random, (unsigned)i);
    history_add(history, 0, ops, 2, NULL);
    for (size_t i = 0; i < LONG; i++) {
        if (i < 4)
            sample_any(&ops[i], &history->arena, &history->random);
        else
            ops[i] = ops[i % 4];
        erased[i] = i > 3;
    }
    history_add(history, 1, ops, 4, NULL);
    history_add(history, 1, ops, LONG, erased);
    history_add_later(history, 2);
    history_add_bytes(history, 2, &(struct ga_span){LATER, sizeof(LATER) - 1}, 1, NULL);
    const struct history_op *before = ga_vec_at(&history->ops, 1);
    struct ga_operation_value child = {.kind = GA_OPERATION_TEXT, .text_len = 36,
                                       .text = "019aa133-4000-7001-8000-0000000000ff"};
    struct ga_operation_field field = {"child", child};
    struct ga_operation_group group = {"child", &first, 1, &field, 1};
    sample_roster(&ops[0], &history->arena, &history->random, 9);
    ops[0].record = before->record;
    ops[0].replaced = &before->op.leaf;
    ops[0].replaced_count = 1;
    ops[0].groups = &group;
    ops[0].groups_count = 1;
    ops[1] = ops[0];
    ops[1].protection = GA_OPERATION_SENSITIVE;
    ops[1].user = "李老师";
    history_add(history, 0, ops, 2, NULL);
}

struct made {
    struct history history;
    struct memory_file file;
    uint8_t plain[GA_BUNDLE_CHUNK_BYTES];
    size_t plain_len, body_len;
};

static void put_frames(struct made *made, struct ga_bundle_out *out)
{
    struct frames frames;
    struct ga_sync_sink sink = frames_sink(&frames);
    struct ga_content_finder finder = history_finder(&made->history);
    frames_init(&frames);
    history_write(&made->history, 1, &finder, &sink, NULL);
    for (size_t i = 0; i < frames.frames.len; i++) {
        struct ga_str bare = {0};
        bare_frame(ga_vec_at(&frames.frames, i), &bare);
        assert_int_equal(ga_bundle_put(out, bare.data, bare.len, NULL), GA_OK);
        ga_str_finish(&bare);
    }
    frames_finish(&frames);
}

/* The group's secret is 00 01 00 …; what is drawn follows from a seed. */
static void open_plain(struct made *made)
{
    struct ga_seal_key group;
    uint8_t secret[GA_SEAL_SECRET_BYTES] = {0, 1}, key[GA_STREAM_KEY_BYTES];
    struct ga_hash hash;
    struct ga_stream stream;
    const uint8_t *file = (const uint8_t *)made->file.bytes.data;
    bool is_last = false;
    ga_seal_key_restore(secret, &group);
    assert_true(ga_seal_open(&group, file + 10, file + 42, 1, key));
    ga_hash_bytes("guanai.header", file, HEADER_BYTES, &hash);
    ga_stream_start(&stream, key, hash.bytes);
    assert_true(ga_stream_open(&stream, file + HEADER_BYTES, made->file.bytes.len - HEADER_BYTES, made->plain, &is_last));
    made->plain_len = made->file.bytes.len - HEADER_BYTES - GA_STREAM_TAG_BYTES;
    made->body_len = made->plain_len - 64;
    while (made->plain[made->body_len - 1] == 0)
        made->body_len--;
    made->body_len++; /* the end */
}

static void make(struct made *made)
{
    struct ga_seal_key group;
    uint8_t secret[GA_SEAL_SECRET_BYTES] = {0, 1};
    uint64_t seed = 21;
    struct ga_random random = ga_random_seeded(&seed);
    struct ga_bundle_out *out;
    *made = (struct made){.plain_len = 0};
    make_history(&made->history);
    struct ga_bundle_sender sender = memory_sender(&made->history.sites[1]);
    struct ga_sync_sink sink = memory_sink(&made->file);
    ga_seal_key_restore(secret, &group);
    assert_int_equal(ga_bundle_create(&sender, &group.public_key, 1, &random, &sink, &out, NULL), GA_OK);
    put_frames(made, out);
    assert_int_equal(ga_bundle_finish(out, NULL, NULL), GA_OK);
    ga_bundle_out_destroy(out);
    open_plain(made);
}

static void free_made(struct made *made)
{
    history_finish(&made->history);
    ga_str_finish(&made->file.bytes);
}

static void print_hex(const char *key, const void *bytes, size_t len)
{
    for (size_t at = 0; at < len; at += 48) {
        printf("  %s ", key);
        for (size_t i = at; i < len && i < at + 48; i++)
            printf("%02x", ((const uint8_t *)bytes)[i]);
        printf("\n");
    }
}

static void print_op(const struct history_op *op, size_t parcel, size_t index)
{
    printf("\noperation %zu %zu\n", parcel, index);
    print_hex("leaf", op->op.leaf.bytes, GA_HASH_BYTES);
    if (op->op.bytes == NULL)
        return;
    print_hex("salt", op->op.salt, GA_OPERATION_SALT_BYTES);
    print_hex("bytes", op->op.bytes, op->op.len);
}

static void print_parcel(const struct history *history, size_t i)
{
    const struct history_parcel *parcel = ga_vec_at(&history->parcels, i);
    size_t site = parcel->parcel.site.bytes[0] - 1U;
    printf("\nparcel %zu\n", i);
    print_hex("bytes", parcel->parcel.bytes, parcel->parcel.len);
    print_hex("signature", parcel->parcel.signature.bytes, 64);
    print_hex("key", history->sites[site].key.public_key.bytes, 32);
    for (size_t k = 0; k < parcel->parcel.count; k++)
        print_op(ga_vec_at(&history->ops, parcel->first_op + k), i, k);
}

static void print_all(const struct made *made)
{
    const struct history *history = &made->history;
    printf("# One bundle as bytes, for anybody who writes a reader in another language.\n"
           "# The formats are described in include/guanai/sync/bundle.h, manifest.h and content.h.\n"
           "# Read here by tests/unit/sync/test_bundle_vectors.c (which prints it anew when called with `write` after\n"
           "# the path of this file) and tests/oracle/decode_bundle.py.\n#\n"
           "#   bundle         its whole file; the group's secret key; its header; its plain text up to the end of the\n"
           "#                  frames, blocks bare; the signature; the sender's key\n"
           "#   known          what the reader has: leaf of operation 1 of the site's first transaction\n"
           "#   parcel N       bytes of a transaction, signature, key of its site\n"
           "#   operation N i  its leaf; salt and bytes unless the leaf is all there is. Lines of one key are joined.\n");
    printf("\nbundle\n");
    print_hex("secret", (uint8_t[GA_SEAL_SECRET_BYTES]){0, 1}, GA_SEAL_SECRET_BYTES);
    print_hex("file", made->file.bytes.data, made->file.bytes.len);
    print_hex("header", made->file.bytes.data, HEADER_BYTES);
    print_hex("body", made->plain, made->body_len);
    print_hex("signature", made->plain + made->plain_len - 64, 64);
    print_hex("key", history->sites[1].key.public_key.bytes, 32);
    printf("\nknown\n");
    print_hex("site", history->sites[0].id.bytes, 16);
    print_hex("leaf", GA_VEC_AT(struct history_op, &history->ops, 1)->op.leaf.bytes, GA_HASH_BYTES);
    for (size_t i = 1; i < history->parcels.len; i++)
        print_parcel(history, i);
}

static void assert_hex(const char *section, const char *key, const void *bytes, size_t len)
{
    struct ga_str wanted = {0};
    assert_true(vector_read(path, section, key, &wanted));
    assert_int_equal(wanted.len, len);
    assert_memory_equal(wanted.data, bytes, len);
    ga_str_finish(&wanted);
}

static void a_bundle_becomes_the_bytes_written_down(void **state)
{
    (void)state;
    struct made made;
    make(&made);
    assert_hex("bundle", "header", made.file.bytes.data, HEADER_BYTES);
    assert_hex("bundle", "body", made.plain, made.body_len);
    assert_hex("bundle", "signature", made.plain + made.plain_len - 64, 64);
    assert_hex("bundle", "file", made.file.bytes.data, made.file.bytes.len);
    free_made(&made);
}

static enum ga_rc next_frame(void *ctx, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err)
{
    return ga_bundle_next(ctx, ret_frame, ret_len, err);
}

/* Bare blocks are read like packed ones; every operation has a section. */
static void the_bytes_written_down_are_read(void **state)
{
    (void)state;
    struct made made;
    struct memory_file file = {0};
    struct ga_seal_key group;
    struct ga_bundle_in *bundle;
    struct ga_content_in *in;
    struct ga_content_item item = {.event = GA_CONTENT_PARCEL};
    size_t parcel = 0, op = 0;
    make(&made);
    assert_true(vector_read(path, "bundle", "file", &file.bytes));
    ga_seal_key_restore((uint8_t[GA_SEAL_SECRET_BYTES]){0, 1}, &group);
    struct ga_sync_source source = memory_source(&file);
    assert_int_equal(ga_bundle_open(&source, &group, 1, &bundle, NULL), GA_OK);
    struct ga_content_source frames = {next_frame, bundle};
    struct ga_content_shelf shelf = history_shelf(&made.history);
    assert_int_equal(ga_content_open(&frames, &shelf, &in, NULL), GA_OK);
    while (item.event != GA_CONTENT_END) {
        char section[64];
        assert_int_equal(ga_content_next(in, &item, NULL), GA_OK);
        if (item.event == GA_CONTENT_PARCEL) {
            snprintf(section, sizeof(section), "parcel %zu", ++parcel);
            assert_hex(section, "bytes", item.parcel.bytes, item.parcel.len);
            op = 0;
        } else if (item.event == GA_CONTENT_OP) {
            snprintf(section, sizeof(section), "operation %zu %zu", parcel, op++);
            struct ga_hash leaf;
            ga_parcel_op_leaf(&item.op, &leaf);
            assert_hex(section, "leaf", leaf.bytes, GA_HASH_BYTES);
            if (item.op.bytes != NULL)
                assert_hex(section, "bytes", item.op.bytes, item.op.len);
        }
    }
    assert_int_equal(parcel, made.history.parcels.len - 1);
    assert_true(ga_bundle_is_by(bundle, &made.history.sites[1].key.public_key));
    ga_content_in_destroy(in);
    ga_bundle_in_destroy(bundle);
    ga_str_finish(&file.bytes);
    free_made(&made);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bundle_becomes_the_bytes_written_down),
        cmocka_unit_test(the_bytes_written_down_are_read),
    };
    ga_crypt_start(NULL);
    if (argc < 2)
        return 2;
    path = argv[1];
    if (argc > 2) {
        struct made made;
        make(&made);
        print_all(&made);
        free_made(&made);
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
