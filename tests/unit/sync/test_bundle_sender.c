/* A sender of the own school that closes and signs as it should, but writes another way than the one there is, is refused. */
#include "memory_file.h"

#include "guanai/crypt/secret.h"
#include "guanai/crypt/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { HEADER_BYTES = 42 + 48, SITE_BYTES = 16, SIGNATURE_BYTES = 64 };

static struct ga_seal_key group;
static struct memory_site sender;
static uint8_t header[HEADER_BYTES];

/* What the sender closes: one frame, zeros, its signature. */
static uint8_t plain[GA_BUNDLE_FRAME_MAX + 2 * GA_BUNDLE_CHUNK_BYTES];

static int start(void **state)
{
    (void)state;
    const uint8_t secret[GA_SEAL_SECRET_BYTES] = {0, 1};
    ga_seal_key_restore(secret, &group);
    memory_site_make(&sender, 1);
    memset(plain, 0, sizeof(plain));
    memcpy(plain, sender.id.bytes, SITE_BYTES);
    memcpy(plain + SITE_BYTES, "\x03" "abc", 4);
    return 0;
}

/* The header of a bundle that the program itself made. */
static void take_header(uint8_t key[GA_STREAM_KEY_BYTES])
{
    struct memory_file file = {0};
    struct ga_bundle_sender by = memory_sender(&sender);
    struct ga_sync_sink sink = memory_sink(&file);
    struct ga_bundle_out *out;
    assert_int_equal(ga_bundle_create(&by, &group.public_key, 1, ga_crypt_random(), &sink, &out, NULL), GA_OK);
    assert_int_equal(ga_bundle_put(out, "abc", 3, NULL), GA_OK);
    assert_int_equal(ga_bundle_finish(out, NULL, NULL), GA_OK);
    ga_bundle_out_destroy(out);
    memcpy(header, file.bytes.data, HEADER_BYTES);
    assert_true(ga_seal_open(&group, header + 10, header + 42, 1, key));
    ga_str_finish(&file.bytes);
}

static void sign(size_t len)
{
    struct ga_hasher hasher;
    struct ga_hash hash;
    struct ga_signature signature;
    ga_hasher_start(&hasher, "guanai.bundle");
    ga_hasher_add(&hasher, header, HEADER_BYTES);
    ga_hasher_add(&hasher, plain, len - SIGNATURE_BYTES);
    ga_hasher_finish(&hasher, &hash);
    ga_sign_hash(&sender.key, &hash, &signature);
    memcpy(plain + len - SIGNATURE_BYTES, signature.bytes, SIGNATURE_BYTES);
}

/* `len` bytes, the first chunk of `first` of them, and so many `behind` the end. */
static enum ga_rc verify_parted(size_t len, size_t first, size_t behind)
{
    static uint8_t closed[GA_BUNDLE_CHUNK_BYTES + GA_STREAM_TAG_BYTES];
    uint8_t key[GA_STREAM_KEY_BYTES];
    struct memory_file file = {0};
    struct ga_stream stream;
    struct ga_hash hash;
    take_header(key);
    sign(len);
    ga_hash_bytes("guanai.header", header, HEADER_BYTES, &hash);
    ga_stream_start(&stream, key, hash.bytes);
    ga_str_add_bytes(&file.bytes, header, HEADER_BYTES);
    for (size_t at = 0, some; at < len; at += some) {
        const size_t most = at == 0 ? first : GA_BUNDLE_CHUNK_BYTES;
        some = len - at < most ? len - at : most;
        ga_stream_close(&stream, plain + at, some, at + some == len, closed);
        ga_str_add_bytes(&file.bytes, closed, some + GA_STREAM_TAG_BYTES);
    }
    for (size_t i = 0; i < behind; i++)
        ga_str_add_char(&file.bytes, '\0');
    const struct ga_sync_source source = memory_source(&file);
    const struct ga_bundle_signers signers = memory_signers(&sender);
    struct ga_bundle_facts facts;
    const enum ga_rc rc = ga_bundle_verify(&source, &group, 1, &signers, &facts, NULL);
    ga_str_finish(&file.bytes);
    memset(plain + len - SIGNATURE_BYTES, 0, SIGNATURE_BYTES);
    return rc;
}

static enum ga_rc verify(size_t len, size_t behind)
{
    return verify_parted(len, GA_BUNDLE_CHUNK_BYTES, behind);
}

static void what_is_written_the_one_way_is_read(void **state)
{
    (void)state;
    assert_int_equal(verify(500, 0), GA_OK);
    assert_int_equal(verify(GA_BUNDLE_CHUNK_BYTES, 0), GA_OK);
    assert_int_equal(verify(GA_BUNDLE_CHUNK_BYTES + 500, 0), GA_OK);
}

static void nothing_lies_behind_a_last_chunk_that_is_full(void **state)
{
    (void)state;
    assert_int_equal(verify(GA_BUNDLE_CHUNK_BYTES, 1), GA_DAMAGED);
    assert_int_equal(verify(GA_BUNDLE_CHUNK_BYTES, 70000), GA_DAMAGED);
}

static void the_padding_holds_nothing(void **state)
{
    (void)state;
    plain[300] = 1;
    assert_int_equal(verify(500, 0), GA_DAMAGED);
    plain[300] = 0;
    plain[GA_BUNDLE_CHUNK_BYTES + 100] = 1;
    assert_int_equal(verify(GA_BUNDLE_CHUNK_BYTES + 500, 0), GA_DAMAGED);
}

static void a_length_has_one_form(void **state)
{
    (void)state;
    memcpy(plain + SITE_BYTES, "\x83\x00" "abc", 5);
    assert_int_equal(verify(500, 0), GA_DAMAGED);
    memcpy(plain + SITE_BYTES, "\x83\x80\x80\x80\x80\x80\x80\x80\x80\x02" "abc", 13); /* 3 and 2^64 */
    assert_int_equal(verify(500, 0), GA_DAMAGED);
}

static void a_frame_beyond_the_bound_is_refused_though_all_of_it_is_there(void **state)
{
    (void)state;
    const size_t len = SITE_BYTES + 4 + GA_BUNDLE_FRAME_MAX + 500;
    memcpy(plain + SITE_BYTES, "\x80\x80\x84\x01", 4); /* 2,162,688 */
    assert_int_equal(verify(len, 0), GA_OK);
    plain[SITE_BYTES] = 0x81;
    assert_int_equal(verify(len + 1, 0), GA_DAMAGED);
}

static void only_the_last_chunk_is_short(void **state)
{
    (void)state;
    assert_int_equal(verify_parted(GA_BUNDLE_CHUNK_BYTES + 500, 40000, 0), GA_DAMAGED);
}

static void the_signature_lies_whole_in_the_last_chunk(void **state)
{
    (void)state;
    assert_int_equal(verify(GA_BUNDLE_CHUNK_BYTES + SIGNATURE_BYTES, 0), GA_OK);
    assert_int_equal(verify(GA_BUNDLE_CHUNK_BYTES + SIGNATURE_BYTES - 1, 0), GA_DAMAGED);
    assert_int_equal(verify(GA_BUNDLE_CHUNK_BYTES + 1, 0), GA_DAMAGED);
}

/* ---- without an end ---- */

/* Padding, chunk after chunk. */
struct endless {
    struct ga_stream stream;
    uint8_t closed[GA_BUNDLE_CHUNK_BYTES + GA_STREAM_TAG_BYTES];
    size_t at, len;
    uint64_t taken;
};

static enum ga_rc take_endless(void *ctx, void *bytes, size_t most, size_t *ret_len, struct ga_error *err)
{
    struct endless *file = ctx;
    (void)err;
    if (file->at == file->len) {
        ga_stream_close(&file->stream, plain, GA_BUNDLE_CHUNK_BYTES, false, file->closed);
        memset(plain, 0, SITE_BYTES + 4);
        file->at = 0;
        file->len = sizeof(file->closed);
    }
    *ret_len = most < file->len - file->at ? most : file->len - file->at;
    memcpy(bytes, file->closed + file->at, *ret_len);
    file->at += *ret_len;
    file->taken += *ret_len;
    return file->taken < 2 * (uint64_t)GA_BUNDLE_BYTES_MAX ? GA_OK : GA_IO;
}

static void a_file_without_an_end_is_given_up_at_the_bound(void **state)
{
    (void)state;
    static struct endless file;
    const struct ga_sync_source source = {take_endless, &file};
    const struct ga_bundle_signers signers = memory_signers(&sender);
    struct ga_bundle_facts facts;
    struct ga_hash hash;
    uint8_t key[GA_STREAM_KEY_BYTES];
    take_header(key);
    ga_hash_bytes("guanai.header", header, HEADER_BYTES, &hash);
    ga_stream_start(&file.stream, key, hash.bytes);
    memcpy(file.closed, header, HEADER_BYTES);
    file.len = HEADER_BYTES;
    assert_int_equal(ga_bundle_verify(&source, &group, 1, &signers, &facts, NULL), GA_TOO_BIG);
    assert_true(file.taken <= (uint64_t)GA_BUNDLE_BYTES_MAX + sizeof(file.closed));
}

static enum ga_rc put_nowhere(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    (void)bytes;
    (void)err;
    *(uint64_t *)ctx += len;
    return GA_OK;
}

static void no_file_beyond_the_bound_is_written(void **state)
{
    (void)state;
    uint64_t put = 0;
    const struct ga_sync_sink sink = {put_nowhere, &put};
    struct ga_bundle_sender by = memory_sender(&sender);
    struct ga_bundle_out *out;
    enum ga_rc rc = ga_bundle_create(&by, &group.public_key, 1, ga_crypt_random(), &sink, &out, NULL);
    while (rc == GA_OK && put < 2 * (uint64_t)GA_BUNDLE_BYTES_MAX)
        rc = ga_bundle_put(out, plain, GA_BUNDLE_FRAME_MAX, NULL);
    assert_int_equal(rc, GA_TOO_BIG);
    assert_true(put <= GA_BUNDLE_BYTES_MAX);
    ga_bundle_out_destroy(out);
}

#define CASE(name) cmocka_unit_test_setup(name, start)

int main(int argc, char **argv)
{
    const struct CMUnitTest endless[] = {CASE(a_file_without_an_end_is_given_up_at_the_bound), CASE(no_file_beyond_the_bound_is_written)};
    const struct CMUnitTest tests[] = {
        CASE(what_is_written_the_one_way_is_read),
        CASE(nothing_lies_behind_a_last_chunk_that_is_full),
        CASE(the_padding_holds_nothing),
        CASE(a_length_has_one_form),
        CASE(a_frame_beyond_the_bound_is_refused_though_all_of_it_is_there),
        CASE(only_the_last_chunk_is_short),
        CASE(the_signature_lies_whole_in_the_last_chunk),
    };
    (void)argv;
    return argc > 1 ? cmocka_run_group_tests(endless, NULL, NULL) : cmocka_run_group_tests(tests, NULL, NULL);
}
