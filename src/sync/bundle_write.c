/* Closes what a site says to others into one file. */
#include "bundle.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"
#include "guanai/store/wire.h"

#include <stdlib.h>
#include <string.h>

const uint8_t BUNDLE_MAGIC[BUNDLE_MAGIC_BYTES] = {0x89, 'G', 'A', 'B', '\r', '\n', 0x1A, '\n'};

enum { PAD_LEAST_BYTES = 4096 };

struct ga_bundle_out {
    struct ga_bundle_sender sender;
    struct ga_sync_sink sink;
    struct ga_stream stream;
    struct ga_hasher hasher; /* of all that the signature covers */
    uint64_t file_bytes;     /* written so far */
    size_t used;             /* of the chunk */
    uint8_t chunk[GA_BUNDLE_CHUNK_BYTES];
    uint8_t closed[BUNDLE_CLOSED_BYTES];
};

void bundle_start_stream(struct ga_stream *stream, const uint8_t *key, const uint8_t *header, size_t len)
{
    struct ga_hash hash;
    ga_hash_bytes("guanai.header", header, len, &hash);
    ga_stream_start(stream, key, hash.bytes);
}

static enum ga_rc put_file(struct ga_bundle_out *out, const void *bytes, size_t len, struct ga_error *err)
{
    if (out->file_bytes + len > GA_BUNDLE_BYTES_MAX)
        return ga_error_set(err, GA_TOO_BIG, "A bundle cannot be longer than %1 bytes",
                            GA_NUM(GA_BUNDLE_BYTES_MAX));
    out->file_bytes += len;
    return out->sink.put(out->sink.ctx, bytes, len, err);
}

static enum ga_rc put_chunk(struct ga_bundle_out *out, bool is_last, struct ga_error *err)
{
    size_t len = out->used;
    ga_stream_close(&out->stream, out->chunk, len, is_last, out->closed);
    out->used = 0;
    return put_file(out, out->closed, len + GA_STREAM_TAG_BYTES, err);
}

/* A full chunk is closed when more follows only: it may be the last one. NULL: zeros. */
static enum ga_rc put_plain(struct ga_bundle_out *out, const uint8_t *bytes, size_t len, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && len > 0) {
        if (out->used == GA_BUNDLE_CHUNK_BYTES)
            rc = put_chunk(out, false, err);
        size_t room = GA_BUNDLE_CHUNK_BYTES - out->used, step = len < room ? len : room;
        if (bytes == NULL)
            memset(out->chunk + out->used, 0, step);
        else
            memcpy(out->chunk + out->used, bytes, step);
        ga_hasher_add(&out->hasher, out->chunk + out->used, step);
        out->used += step;
        len -= step;
        if (bytes != NULL)
            bytes += step;
    }
    return rc;
}

/* magic ‖ format ‖ holders ‖ once ‖ closed keys; 0 when a public key is none. */
static size_t make_header(const struct ga_seal_public *holders, size_t count, const struct ga_random *random,
                          const uint8_t *key, uint8_t ret_header[BUNDLE_HEADER_MAX])
{
    uint8_t *at = ret_header;
    memcpy(at, BUNDLE_MAGIC, BUNDLE_MAGIC_BYTES);
    at += BUNDLE_MAGIC_BYTES;
    *at++ = GA_BUNDLE_FORMAT;
    *at++ = (uint8_t)count;
    bool is_closed = ga_seal_close(random, holders, count, key, at, at + GA_SEAL_PUBLIC_BYTES);
    return is_closed ? BUNDLE_FIXED_BYTES + count * GA_SEAL_CLOSED_BYTES : 0;
}

static enum ga_rc begin(struct ga_bundle_out *out, const struct ga_seal_public *holders, size_t count,
                        const struct ga_random *random, struct ga_error *err)
{
    uint8_t key[GA_STREAM_KEY_BYTES], header[BUNDLE_HEADER_MAX];
    random->fill(random->ctx, key, sizeof(key));
    size_t len = make_header(holders, count, random, key, header);
    if (len > 0)
        bundle_start_stream(&out->stream, key, header, len);
    ga_crypt_wipe(key, sizeof(key));
    if (len == 0)
        return ga_error_set(err, GA_REFUSED, "One of the keys that a bundle is closed for is no key");
    ga_hasher_start(&out->hasher, "guanai.bundle");
    ga_hasher_add(&out->hasher, header, len);
    enum ga_rc rc = put_file(out, header, len, err);
    return rc == GA_OK ? put_plain(out, out->sender.site.bytes, sizeof(out->sender.site.bytes), err) : rc;
}

enum ga_rc ga_bundle_create(const struct ga_bundle_sender *sender, const struct ga_seal_public *holders,
                            size_t holders_count, const struct ga_random *random, const struct ga_sync_sink *sink,
                            struct ga_bundle_out **ret_out, struct ga_error *err)
{
    if (holders_count < 1 || holders_count > GA_BUNDLE_HOLDERS_MAX)
        return ga_error_set(err, GA_REFUSED, "A bundle is closed for one to %1 holders of keys",
                            GA_NUM(GA_BUNDLE_HOLDERS_MAX));
    struct ga_bundle_out *out = ga_alloc(sizeof(*out));
    out->sender = *sender;
    out->sink = *sink;
    enum ga_rc rc = begin(out, holders, holders_count, random, err);
    if (rc == GA_OK)
        *ret_out = out;
    else
        ga_bundle_out_destroy(out);
    return rc;
}

void ga_bundle_out_destroy(struct ga_bundle_out *out)
{
    if (out == NULL)
        return;
    ga_crypt_wipe(out, sizeof(*out));
    free(out);
}

enum ga_rc ga_bundle_put(struct ga_bundle_out *out, const void *frame, size_t len, struct ga_error *err)
{
    if (len < 1 || len > GA_BUNDLE_FRAME_MAX)
        return ga_error_set(err, GA_TOO_BIG, "A part of a bundle has one to %1 bytes", GA_NUM(GA_BUNDLE_FRAME_MAX));
    struct ga_str length = {0};
    ga_str_reserve(&length, GA_WIRE_VARINT_MAX_BYTES);
    ga_wire_put_varint(&length, len);
    enum ga_rc rc = put_plain(out, (const uint8_t *)length.data, length.len, err);
    ga_str_finish(&length);
    return rc == GA_OK ? put_plain(out, frame, len, err) : rc;
}

static enum ga_rc put_frame(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    return ga_bundle_put(ctx, bytes, len, err);
}

struct ga_sync_sink ga_bundle_frames(struct ga_bundle_out *out)
{
    return (struct ga_sync_sink){put_frame, out};
}

static unsigned log2_of(uint64_t value)
{
    return 63U - (unsigned)__builtin_clzll(value);
}

/* To multiples of what a file that long is rounded up to. */
static uint64_t pad_step(uint64_t bytes)
{
    unsigned e = log2_of(bytes), s = log2_of(e) + 1;
    uint64_t step = UINT64_C(1) << (e - s);
    return step > PAD_LEAST_BYTES ? step : PAD_LEAST_BYTES;
}

/* Of plain text, when what is left of a file takes so many bytes; 0 when its last chunk would be too short. */
static uint64_t plain_bytes_in(uint64_t closed_bytes)
{
    uint64_t whole = closed_bytes / BUNDLE_CLOSED_BYTES, rest = closed_bytes % BUNDLE_CLOSED_BYTES;
    if (rest > 0 && rest < BUNDLE_SIGNATURE_BYTES + GA_STREAM_TAG_BYTES)
        return 0;
    return whole * GA_BUNDLE_CHUNK_BYTES + (rest > 0 ? rest - GA_STREAM_TAG_BYTES : 0);
}

/* How many zeros stand before the signature, so that the file has a length that says little. */
static uint64_t count_padding(const struct ga_bundle_out *out)
{
    uint64_t plain = out->used + BUNDLE_SIGNATURE_BYTES;
    uint64_t chunks = (plain + GA_BUNDLE_CHUNK_BYTES - 1) / GA_BUNDLE_CHUNK_BYTES;
    uint64_t bare = out->file_bytes + plain + chunks * GA_STREAM_TAG_BYTES, step = pad_step(bare);
    uint64_t file = (bare + step - 1) / step * step, padded = 0;
    while ((padded = plain_bytes_in(file - out->file_bytes)) < plain)
        file += step;
    return padded - plain;
}

enum ga_rc ga_bundle_finish(struct ga_bundle_out *out, uint64_t *ret_bytes, struct ga_error *err)
{
    struct ga_hash hash;
    struct ga_signature signature;
    enum ga_rc rc = put_plain(out, NULL, 1, err);
    if (rc == GA_OK)
        rc = put_plain(out, NULL, count_padding(out), err);
    if (rc != GA_OK)
        return rc;
    ga_hasher_finish(&out->hasher, &hash);
    out->sender.sign(out->sender.ctx, &hash, &signature);
    rc = put_plain(out, signature.bytes, sizeof(signature.bytes), err);
    if (rc == GA_OK)
        rc = put_chunk(out, true, err);
    if (rc == GA_OK && ret_bytes != NULL)
        *ret_bytes = out->file_bytes;
    return rc;
}
