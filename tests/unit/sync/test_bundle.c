/* A bundle opens whole for its holders, for nobody else, altered not at all: what sync/bundle.h promises. */
#include "memory_file.h"

#include "guanai/crypt/secret.h"
#include "guanai/crypt/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { GROUP, COUNTY, RECOVERY, GUEST, STRANGER, KEYS, HEADER_BYTES = 42 + 48 };

static struct ga_seal_key keys[KEYS];
static struct memory_site sender, other;

static int make_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < KEYS; i++) {
        uint8_t secret[GA_SEAL_SECRET_BYTES] = {0, (uint8_t)(i + 1)}; /* the lowest bits of the first are not used */
        ga_seal_key_restore(secret, &keys[i]);
    }
    memory_site_make(&sender, 1);
    memory_site_make(&other, 2);
    return 0;
}

/* `frames` frames of `len` bytes for the first `holders` keys. */
static void make_bundle(struct memory_file *file, size_t holders, size_t frames, size_t len)
{
    struct ga_seal_public whom[GA_BUNDLE_HOLDERS_MAX];
    struct ga_bundle_out *out;
    struct ga_bundle_sender by = memory_sender(&sender);
    struct ga_sync_sink sink = memory_sink(file);
    uint8_t *frame = malloc(len + 1);
    uint64_t bytes;
    for (size_t i = 0; i < holders; i++)
        whom[i] = keys[i].public_key;
    assert_int_equal(ga_bundle_create(&by, whom, holders, ga_crypt_random(), &sink, &out, NULL), GA_OK);
    for (size_t i = 0; i < frames; i++) {
        memset(frame, (int)(i + 1), len);
        assert_int_equal(ga_bundle_put(out, frame, len, NULL), GA_OK);
    }
    assert_int_equal(ga_bundle_finish(out, &bytes, NULL), GA_OK);
    assert_int_equal(bytes, file->bytes.len);
    ga_bundle_out_destroy(out);
    free(frame);
}

static enum ga_rc verify_with(struct memory_file *file, const struct ga_seal_key *key, struct memory_site *known)
{
    struct ga_sync_source source = memory_source(file);
    struct ga_bundle_signers signers = memory_signers(known);
    struct ga_bundle_facts facts;
    return ga_bundle_verify(&source, key, 1, &signers, &facts, NULL);
}

static enum ga_rc verify(struct memory_file *file)
{
    return verify_with(file, &keys[GROUP], &sender);
}

static void assert_frames(struct memory_file *file, size_t frames, size_t len)
{
    struct ga_sync_source source = memory_source(file);
    struct ga_bundle_in *in;
    const uint8_t *frame;
    size_t got;
    assert_int_equal(ga_bundle_open(&source, &keys[GROUP], 1, &in, NULL), GA_OK);
    assert_memory_equal(ga_bundle_site(in), &sender.id, sizeof(sender.id));
    for (size_t i = 0; i < frames; i++) {
        assert_false(ga_bundle_is_by(in, &sender.key.public_key)); /* not before all was read */
        assert_int_equal(ga_bundle_next(in, &frame, &got, NULL), GA_OK);
        assert_int_equal(got, len);
        for (size_t k = 0; k < len; k++)
            if (frame[k] != (uint8_t)(i + 1))
                fail();
    }
    for (size_t twice = 0; twice < 2; twice++) {
        assert_int_equal(ga_bundle_next(in, &frame, &got, NULL), GA_OK);
        assert_int_equal(got, 0);
    }
    assert_true(ga_bundle_is_by(in, &sender.key.public_key));
    assert_false(ga_bundle_is_by(in, &other.key.public_key));
    ga_bundle_in_destroy(in);
}

static void what_was_put_in_comes_out_whatever_its_length(void **state)
{
    (void)state;
    static const size_t LENGTHS[] = {1, 127, 128, 4000, 16383, 16384, 65535, 65536, 200000};
    for (size_t i = 0; i < sizeof(LENGTHS) / sizeof(*LENGTHS); i++)
        for (size_t frames = 0; frames < 4; frames++) {
            struct memory_file file = {.most = i % 2 == 0 ? 0 : 1000};
            make_bundle(&file, 1, frames, LENGTHS[i]);
            assert_frames(&file, frames, LENGTHS[i]);
            assert_int_equal(verify(&file), GA_OK);
            ga_str_finish(&file.bytes);
        }
}

/* Where one chunk ends, where the signature would be torn: each length on its own. */
static void every_length_around_a_chunk_is_whole(void **state)
{
    (void)state;
    for (size_t len = 65200; len < 65600; len++) {
        struct memory_file file = {0};
        make_bundle(&file, 1, 1, len);
        assert_int_equal(verify(&file), GA_OK);
        assert_int_equal(file.bytes.len % 4096, 0);
        ga_str_finish(&file.bytes);
    }
}

static void each_of_four_holders_opens_it_nobody_else_does(void **state)
{
    (void)state;
    struct memory_file file = {0};
    make_bundle(&file, 4, 2, 100);
    for (size_t i = GROUP; i <= GUEST; i++)
        assert_int_equal(verify_with(&file, &keys[i], &sender), GA_OK);
    assert_int_equal(verify_with(&file, &keys[STRANGER], &sender), GA_DENIED);
    ga_str_clear(&file.bytes);
    make_bundle(&file, 1, 2, 100);
    assert_int_equal(verify_with(&file, &keys[COUNTY], &sender), GA_DENIED);
    ga_str_finish(&file.bytes);
}

static void none_and_five_holders_are_refused(void **state)
{
    (void)state;
    struct memory_file file = {0};
    struct ga_seal_public whom[5] = {{{0}}};
    struct ga_bundle_out *out;
    struct ga_bundle_sender by = memory_sender(&sender);
    struct ga_sync_sink sink = memory_sink(&file);
    assert_int_equal(ga_bundle_create(&by, whom, 0, ga_crypt_random(), &sink, &out, NULL), GA_REFUSED);
    assert_int_equal(ga_bundle_create(&by, whom, 5, ga_crypt_random(), &sink, &out, NULL), GA_REFUSED);
    assert_int_equal(ga_bundle_create(&by, whom, 1, ga_crypt_random(), &sink, &out, NULL), GA_REFUSED);
    assert_int_equal(file.bytes.len, 0);
}

static void an_unknown_sender_is_told_apart_from_a_false_one(void **state)
{
    (void)state;
    struct memory_file file = {0};
    struct memory_site false_sender = other;
    make_bundle(&file, 1, 1, 100);
    assert_int_equal(verify_with(&file, &keys[GROUP], NULL), GA_NOT_FOUND);
    assert_int_equal(verify_with(&file, &keys[GROUP], &other), GA_NOT_FOUND);
    false_sender.id = sender.id; /* its id, another key */
    assert_int_equal(verify_with(&file, &keys[GROUP], &false_sender), GA_DAMAGED);
    ga_str_finish(&file.bytes);
}

static void other_peoples_files_are_no_bundles(void **state)
{
    (void)state;
    static const char *const FILES[] = {"", "\x89GAB\r\n", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "期末安排.docx", "\x89GAB\r\n\x1a\n\x02"};
    for (size_t i = 0; i < sizeof(FILES) / sizeof(*FILES); i++) {
        struct memory_file file = {0};
        ga_str_add(&file.bytes, FILES[i]);
        assert_int_equal(verify(&file), GA_REFUSED);
        ga_str_finish(&file.bytes);
    }
}

static void nothing_readable_stands_in_the_file(void **state)
{
    (void)state;
    struct memory_file file = {0};
    make_bundle(&file, 1, 1, 2000);
    assert_null(memmem(file.bytes.data, file.bytes.len, sender.id.bytes, 8));
    assert_null(memmem(file.bytes.data, file.bytes.len, keys[GROUP].public_key.bytes, 8));
    assert_null(memmem(file.bytes.data, file.bytes.len, "\1\1\1\1\1\1\1\1", 8));
    ga_str_finish(&file.bytes);
}

static void the_length_says_little(void **state)
{
    (void)state;
    static const struct {
        size_t frame, file;
    } SIZES[] = {{1, 4096}, {3500, 4096}, {4000, 8192}, {60000, 61440}, {1000000, 1015808}};
    for (size_t i = 0; i < sizeof(SIZES) / sizeof(*SIZES); i++) {
        struct memory_file file = {0};
        make_bundle(&file, 1, 1, SIZES[i].frame);
        assert_int_equal(file.bytes.len, SIZES[i].file);
        ga_str_finish(&file.bytes);
    }
}

/* A bundle of 64 KiB. */
static void make_sixteen_clusters(struct memory_file *file)
{
    make_bundle(file, 1, 3, 20000);
    while (file->bytes.len < 65536) {
        ga_str_clear(&file->bytes);
        make_bundle(file, 1, 1, 64000);
    }
    assert_int_equal(file->bytes.len, 65536);
}

/* Every bit of what is dense, of the rest every `step`-th. */
static void flip_bits(struct memory_file *file, size_t step)
{
    size_t bits = 8 * file->bytes.len;
    for (size_t bit = 0; bit < bits;) {
        file->bytes.data[bit / 8] ^= (char)(1 << bit % 8);
        enum ga_rc rc = verify(file);
        if (rc != GA_REFUSED && rc != GA_DENIED && rc != GA_DAMAGED)
            fail_msg("bit %zu changed: %d", bit, (int)rc);
        file->bytes.data[bit / 8] ^= (char)(1 << bit % 8);
        bool is_dense = bit < 8 * (HEADER_BYTES + 20) || bit > bits - 8 * 32;
        bit += is_dense ? 1 : step;
    }
    assert_int_equal(verify(file), GA_OK);
}

static void cut_off(struct memory_file *file, size_t step)
{
    size_t whole = file->bytes.len;
    for (size_t len = 0; len < whole; len += len < HEADER_BYTES + 20 || len + 100 > whole ? 1 : step) {
        file->bytes.len = len;
        enum ga_rc rc = verify(file);
        if (rc != GA_REFUSED && rc != GA_DAMAGED)
            fail_msg("%zu bytes: %d", len, (int)rc);
    }
    file->bytes.len = whole;
    assert_int_equal(verify(file), GA_OK);
}

static void changed_bits_are_refused(void **state)
{
    (void)state;
    struct memory_file file = {0};
    make_sixteen_clusters(&file);
    flip_bits(&file, 1009);
    ga_str_finish(&file.bytes);
}

static void every_changed_bit_is_refused(void **state)
{
    (void)state;
    struct memory_file file = {0};
    make_sixteen_clusters(&file);
    flip_bits(&file, 1);
    ga_str_finish(&file.bytes);
}

static void truncations_are_refused(void **state)
{
    (void)state;
    struct memory_file file = {0};
    make_sixteen_clusters(&file);
    cut_off(&file, 97);
    ga_str_finish(&file.bytes);
    make_bundle(&file, 1, 3, 70000); /* of several chunks: also where one ends */
    cut_off(&file, 997);
    for (size_t chunks = 1; chunks < 3; chunks++) {
        struct memory_file cut = {.bytes = {.data = file.bytes.data, .len = HEADER_BYTES + chunks * 65553}};
        assert_int_equal(verify(&cut), GA_DAMAGED);
    }
    ga_str_finish(&file.bytes);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    struct memory_file file = {0};
    make_sixteen_clusters(&file);
    cut_off(&file, 1);
    ga_str_finish(&file.bytes);
}

static void anything_behind_the_end_is_refused(void **state)
{
    (void)state;
    static const size_t LENGTHS[] = {100, 65400, 65000, 200000};
    for (size_t i = 0; i < sizeof(LENGTHS) / sizeof(*LENGTHS); i++) {
        struct memory_file file = {0};
        make_bundle(&file, 1, 1, LENGTHS[i]);
        ga_str_add_char(&file.bytes, '\0');
        assert_int_equal(verify(&file), GA_DAMAGED);
        ga_str_finish(&file.bytes);
    }
}

static void chunks_in_another_order_are_refused(void **state)
{
    (void)state;
    struct memory_file file = {0};
    enum { CHUNK = 65553 };
    make_bundle(&file, 1, 4, 70000);
    char *first = file.bytes.data + HEADER_BYTES, *second = first + CHUNK, *kept = malloc(CHUNK);
    memcpy(kept, first, CHUNK);
    memcpy(first, second, CHUNK);
    memcpy(second, kept, CHUNK);
    assert_int_equal(verify(&file), GA_DAMAGED);
    free(kept);
    ga_str_finish(&file.bytes);
}

/*
 * A holder on the way can open a bundle; what it makes of it is closed properly, for anybody it likes, with
 * everything but the sender's signature.
 */
struct relayed {
    uint8_t header[HEADER_BYTES];
    uint8_t plain[GA_BUNDLE_CHUNK_BYTES];
    size_t len;
};

static void relay_start(struct ga_stream *stream, const uint8_t *key, const uint8_t *header)
{
    struct ga_hash hash;
    ga_hash_bytes("guanai.header", header, HEADER_BYTES, &hash);
    ga_stream_start(stream, key, hash.bytes);
}

static void relay_open(const struct memory_file *file, struct relayed *ret)
{
    uint8_t key[GA_STREAM_KEY_BYTES];
    struct ga_stream stream;
    bool is_last;
    memcpy(ret->header, file->bytes.data, HEADER_BYTES);
    assert_true(ga_seal_open(&keys[GROUP], ret->header + 10, ret->header + 42, 1, key));
    relay_start(&stream, key, ret->header);
    ret->len = file->bytes.len - HEADER_BYTES - GA_STREAM_TAG_BYTES;
    assert_true(ga_stream_open(&stream, (uint8_t *)file->bytes.data + HEADER_BYTES,
                               file->bytes.len - HEADER_BYTES, ret->plain, &is_last));
    assert_true(is_last);
}

/* is_anew: with a header of its own making. */
static void relay_close(struct relayed *relayed, bool is_anew, struct memory_file *ret_file)
{
    uint8_t key[GA_STREAM_KEY_BYTES] = {3}, closed[GA_BUNDLE_CHUNK_BYTES + GA_STREAM_TAG_BYTES];
    struct ga_stream stream;
    if (is_anew)
        assert_true(ga_seal_close(ga_crypt_random(), &keys[GROUP].public_key, 1, key, relayed->header + 10,
                                  relayed->header + 42));
    else
        assert_true(ga_seal_open(&keys[GROUP], relayed->header + 10, relayed->header + 42, 1, key));
    relay_start(&stream, key, relayed->header);
    ga_stream_close(&stream, relayed->plain, relayed->len, true, closed);
    ga_str_add_bytes(&ret_file->bytes, relayed->header, HEADER_BYTES);
    ga_str_add_bytes(&ret_file->bytes, closed, relayed->len + GA_STREAM_TAG_BYTES);
}

static void what_a_relay_alters_is_refused(void **state)
{
    (void)state;
    struct memory_file file = {0}, again = {0};
    struct relayed relayed;
    make_bundle(&file, 1, 1, 500);
    for (size_t place = 18; place < 4096 - HEADER_BYTES - GA_STREAM_TAG_BYTES; place += 61) {
        relay_open(&file, &relayed);
        relayed.plain[place] ^= 1; /* content, padding, signature */
        ga_str_clear(&again.bytes);
        relay_close(&relayed, false, &again);
        assert_int_equal(verify(&again), GA_DAMAGED);
    }
    ga_str_finish(&file.bytes);
    ga_str_finish(&again.bytes);
}

static void what_a_relay_only_closes_anew_is_refused_too(void **state)
{
    (void)state;
    struct memory_file file = {0}, again = {0};
    struct relayed relayed;
    make_bundle(&file, 1, 1, 500);
    relay_open(&file, &relayed);
    relay_close(&relayed, false, &again);
    assert_int_equal(verify(&again), GA_OK); /* the same bytes: this is what the test makes otherwise */
    ga_str_clear(&again.bytes);
    relay_close(&relayed, true, &again);
    assert_int_equal(verify(&again), GA_DAMAGED);
    relayed.len -= 64; /* shorter padding, its own signature in place */
    ga_str_clear(&again.bytes);
    relay_close(&relayed, false, &again);
    assert_int_equal(verify(&again), GA_DAMAGED);
    ga_str_finish(&file.bytes);
    ga_str_finish(&again.bytes);
}

static void a_frame_too_long_is_refused_before_it_is_read(void **state)
{
    (void)state;
    struct memory_file file = {0}, again = {0};
    struct relayed relayed;
    static const uint8_t LENGTHS[][4] = {{0xFF, 0xFF, 0xFF, 0x7F}, {0x80, 0x80, 0x84, 0x01}, {0x81, 0x80, 0, 0}};
    make_bundle(&file, 1, 1, 500);
    for (size_t i = 0; i < sizeof(LENGTHS) / sizeof(*LENGTHS); i++) {
        relay_open(&file, &relayed);
        memcpy(relayed.plain + 16, LENGTHS[i], 4);
        ga_str_clear(&again.bytes);
        relay_close(&relayed, false, &again);
        assert_int_equal(verify(&again), GA_DAMAGED);
    }
    ga_str_finish(&file.bytes);
    ga_str_finish(&again.bytes);
}

static void a_frame_longer_than_the_bound_is_not_written(void **state)
{
    (void)state;
    struct memory_file file = {0};
    struct ga_bundle_out *out;
    struct ga_bundle_sender by = memory_sender(&sender);
    struct ga_sync_sink sink = memory_sink(&file);
    assert_int_equal(
        ga_bundle_create(&by, &keys[GROUP].public_key, 1, ga_crypt_random(), &sink, &out, NULL), GA_OK);
    assert_int_equal(ga_bundle_put(out, "", 0, NULL), GA_TOO_BIG);
    assert_int_equal(ga_bundle_put(out, "", (size_t)GA_BUNDLE_FRAME_MAX + 1, NULL), GA_TOO_BIG);
    ga_bundle_out_destroy(out);
    ga_str_finish(&file.bytes);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest quick[] = {
        cmocka_unit_test(what_was_put_in_comes_out_whatever_its_length),
        cmocka_unit_test(every_length_around_a_chunk_is_whole),
        cmocka_unit_test(each_of_four_holders_opens_it_nobody_else_does),
        cmocka_unit_test(none_and_five_holders_are_refused),
        cmocka_unit_test(an_unknown_sender_is_told_apart_from_a_false_one),
        cmocka_unit_test(other_peoples_files_are_no_bundles),
        cmocka_unit_test(nothing_readable_stands_in_the_file),
        cmocka_unit_test(the_length_says_little),
        cmocka_unit_test(changed_bits_are_refused),
        cmocka_unit_test(truncations_are_refused),
        cmocka_unit_test(anything_behind_the_end_is_refused),
        cmocka_unit_test(chunks_in_another_order_are_refused),
        cmocka_unit_test(what_a_relay_alters_is_refused),
        cmocka_unit_test(what_a_relay_only_closes_anew_is_refused_too),
        cmocka_unit_test(a_frame_too_long_is_refused_before_it_is_read),
        cmocka_unit_test(a_frame_longer_than_the_bound_is_not_written),
    };
    const struct CMUnitTest every[] = {
        cmocka_unit_test(every_changed_bit_is_refused),
        cmocka_unit_test(every_truncation_is_refused),
    };
    (void)argv;
    ga_crypt_start(NULL);
    if (argc > 1)
        return cmocka_run_group_tests(every, make_keys, NULL);
    return cmocka_run_group_tests(quick, make_keys, NULL);
}
