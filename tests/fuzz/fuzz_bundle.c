/* Any bytes as a bundle, as what an insider closed in one, as a change to one that is sound; none of them passes for signed. */
#include "../../src/sync/bundle.h"
#include "guanai/base/random.h"
#include "guanai/base/str.h"
#include "guanai/crypt/secret.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct ga_seal_key group;
static struct ga_sign_key site_key;
static const struct ga_uuid site = {{1, 2, 3}};
static struct ga_str sound; /* a bundle as it should be */

static void hold(bool claim)
{
    if (!claim)
        abort();
}

/* ---- bytes in memory ---- */

struct bytes {
    const uint8_t *next, *end;
};

static enum ga_rc take(void *ctx, void *into, size_t most, size_t *ret_len, struct ga_error *err)
{
    struct bytes *bytes = ctx;
    const size_t left = (size_t)(bytes->end - bytes->next);
    (void)err;
    *ret_len = left < most ? left : most;
    if (*ret_len > 0)
        memcpy(into, bytes->next, *ret_len);
    bytes->next += *ret_len;
    return GA_OK;
}

static enum ga_rc put(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    (void)err;
    ga_str_add_bytes(ctx, bytes, len);
    return GA_OK;
}

static void sign(void *ctx, const struct ga_hash *hash, struct ga_signature *ret_signature)
{
    (void)ctx;
    ga_sign_hash(&site_key, hash, ret_signature);
}

static bool find(void *ctx, const struct ga_uuid *id, struct ga_sign_public *ret_key)
{
    (void)ctx;
    *ret_key = site_key.public_key;
    return ga_uuid_compare(id, &site) == 0;
}

/* ---- reading ---- */

static enum ga_rc verify(const void *data, size_t size)
{
    struct bytes bytes = {data, (const uint8_t *)data + size};
    const struct ga_sync_source source = {take, &bytes};
    const struct ga_bundle_signers signers = {find, NULL};
    struct ga_bundle_facts facts;
    return ga_bundle_verify(&source, &group, 1, &signers, &facts, NULL);
}

/* Every frame is as long as it may be; at the end nobody's signature stands under it. */
static void read_unsigned(const void *data, size_t size)
{
    struct bytes bytes = {data, (const uint8_t *)data + size};
    const struct ga_sync_source source = {take, &bytes};
    struct ga_bundle_in *in;
    const uint8_t *frame;
    size_t len = 1, sum = 0;
    if (ga_bundle_open(&source, &group, 1, &in, NULL) != GA_OK)
        return;
    while (len > 0 && ga_bundle_next(in, &frame, &len, NULL) == GA_OK) {
        sum += len;
        hold(len <= GA_BUNDLE_FRAME_MAX && sum <= size);
        for (size_t i = 0; i < len; i += 97)
            sum += frame[i] > 255; /* it can be read */
    }
    if (len == 0)
        hold(!ga_bundle_is_by(in, &site_key.public_key));
    ga_bundle_in_destroy(in);
}

/* ---- writing ---- */

static void start(void)
{
    static uint64_t seed = 5;
    const struct ga_random random = ga_random_seeded(&seed);
    const struct ga_bundle_sender sender = {site, sign, NULL};
    const struct ga_sync_sink sink = {put, &sound};
    const uint8_t sign_seed[GA_SIGN_SEED_BYTES] = {9};
    uint8_t frame[3000];
    struct ga_bundle_out *out;
    hold(ga_crypt_start(NULL) == GA_OK);
    ga_seal_key_make(&random, &group);
    ga_sign_key_restore(sign_seed, &site_key);
    random.fill(random.ctx, frame, sizeof(frame));
    hold(ga_bundle_create(&sender, &group.public_key, 1, &random, &sink, &out, NULL) == GA_OK);
    for (size_t i = 1; i < sizeof(frame); i *= 3)
        hold(ga_bundle_put(out, frame, i, NULL) == GA_OK);
    hold(ga_bundle_finish(out, NULL, NULL) == GA_OK);
    ga_bundle_out_destroy(out);
    hold(verify(sound.data, sound.len) == GA_OK);
}

/* The plain text in chunks of one length, under the header and the key of a bundle that is closed for this group. */
static void close_chunks(const uint8_t *data, size_t size, size_t chunk, struct ga_str *file)
{
    static uint64_t seed = 11;
    const struct ga_random random = ga_random_seeded(&seed);
    const uint8_t key[GA_STREAM_KEY_BYTES] = {7};
    uint8_t closed[GA_BUNDLE_CHUNK_BYTES + GA_STREAM_TAG_BYTES], once[GA_SEAL_PUBLIC_BYTES + GA_SEAL_CLOSED_BYTES];
    struct ga_stream stream;
    ga_str_add_bytes(file, BUNDLE_MAGIC, BUNDLE_MAGIC_BYTES);
    ga_str_add_char(file, GA_BUNDLE_FORMAT);
    ga_str_add_char(file, 1);
    hold(ga_seal_close(&random, &group.public_key, 1, key, once, once + GA_SEAL_PUBLIC_BYTES));
    ga_str_add_bytes(file, once, sizeof(once));
    bundle_start_stream(&stream, key, (const uint8_t *)file->data, file->len);
    for (size_t at = 0; at < size; at += chunk) {
        const size_t len = size - at < chunk ? size - at : chunk;
        ga_stream_close(&stream, data + at, len, at + chunk >= size, closed);
        ga_str_add_bytes(file, closed, len + GA_STREAM_TAG_BYTES);
    }
}

static void try_insider(const uint8_t *data, size_t size)
{
    static const size_t chunks[] = {GA_BUNDLE_CHUNK_BYTES, 64, 1000};
    for (size_t i = 0; i < sizeof(chunks) / sizeof(chunks[0]) && size > 0; i++) {
        struct ga_str file = {0};
        close_chunks(data, size, chunks[i], &file);
        read_unsigned(file.data, file.len);
        hold(verify(file.data, file.len) != GA_OK);
        ga_str_finish(&file);
    }
}

/* Two bytes say where, one what, one whether it is cut there. */
static void try_change(const uint8_t *data, size_t size)
{
    if (size < 4)
        return;
    const size_t at = (size_t)(data[0] | data[1] << 8) % sound.len;
    const char before = sound.data[at];
    sound.data[at] ^= (char)(data[2] == 0 ? 1 : data[2]);
    hold(verify(sound.data, sound.len) != GA_OK);
    sound.data[at] = before;
    if (data[3] % 2 == 0)
        hold(verify(sound.data, at) != GA_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (sound.len == 0)
        start();
    read_unsigned(data, size);
    try_insider(data, size);
    try_change(data, size);
    return 0;
}
