/* Opens what a site says to others. */
#include "bundle.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

struct ga_bundle_in {
    struct ga_sync_source source;
    struct ga_stream stream;
    struct ga_hasher hasher; /* of all that the signature covers */
    struct ga_hash hash;
    struct ga_signature signature;
    struct ga_uuid site;
    uint64_t file_bytes;
    struct ga_str frame;
    bool is_last;  /* the chunk at hand */
    bool is_ended; /* everything was read, `hash` is made */
    size_t at, used;
    uint8_t plain[GA_BUNDLE_CHUNK_BYTES];
    uint8_t closed[BUNDLE_CLOSED_BYTES];
};

static enum ga_rc altered(struct ga_error *err)
{
    return ga_error_set(err, GA_DAMAGED, "This bundle was altered on its way, or cut off");
}

/* As many as there are, at most `most`. */
static enum ga_rc take_file(struct ga_bundle_in *in, uint8_t *bytes, size_t most, size_t *ret_len,
                            struct ga_error *err)
{
    size_t len = 0, got = 1;
    while (len < most && got > 0) {
        enum ga_rc rc = in->source.take(in->source.ctx, bytes + len, most - len, &got, err);
        if (rc != GA_OK)
            return rc;
        len += got;
    }
    in->file_bytes += len;
    if (in->file_bytes > GA_BUNDLE_BYTES_MAX)
        return ga_error_set(err, GA_TOO_BIG, "A bundle cannot be longer than %1 bytes",
                            GA_NUM(GA_BUNDLE_BYTES_MAX));
    *ret_len = len;
    return GA_OK;
}

/* Behind the last chunk nothing may lie. */
static enum ga_rc check_end_of_file(struct ga_bundle_in *in, struct ga_error *err)
{
    uint8_t more;
    size_t len = 0;
    enum ga_rc rc = take_file(in, &more, 1, &len, err);
    return rc == GA_OK && len > 0 ? altered(err) : rc;
}

/* The signature is no part of what it covers. */
static enum ga_rc split_signature(struct ga_bundle_in *in, struct ga_error *err)
{
    if (in->used < BUNDLE_SIGNATURE_BYTES)
        return altered(err);
    in->used -= BUNDLE_SIGNATURE_BYTES;
    memcpy(in->signature.bytes, in->plain + in->used, BUNDLE_SIGNATURE_BYTES);
    return check_end_of_file(in, err);
}

static enum ga_rc take_chunk(struct ga_bundle_in *in, struct ga_error *err)
{
    size_t len = 0;
    if (in->is_last)
        return altered(err); /* more was announced than there is */
    enum ga_rc rc = take_file(in, in->closed, sizeof(in->closed), &len, err);
    if (rc != GA_OK)
        return rc;
    if (!ga_stream_open(&in->stream, in->closed, len, in->plain, &in->is_last))
        return altered(err);
    in->at = 0;
    in->used = len - GA_STREAM_TAG_BYTES;
    if (in->is_last)
        rc = split_signature(in, err);
    else if (len < sizeof(in->closed))
        rc = altered(err); /* short ones come last */
    if (rc == GA_OK)
        ga_hasher_add(&in->hasher, in->plain, in->used);
    return rc;
}

static enum ga_rc take_plain(struct ga_bundle_in *in, void *bytes, size_t len, struct ga_error *err)
{
    uint8_t *to = bytes;
    while (len > 0) {
        enum ga_rc rc = in->at == in->used ? take_chunk(in, err) : GA_OK;
        if (rc != GA_OK)
            return rc;
        size_t left = in->used - in->at, step = len < left ? len : left;
        memcpy(to, in->plain + in->at, step);
        in->at += step;
        to += step;
        len -= step;
    }
    return GA_OK;
}

static enum ga_rc open_key(const uint8_t *header, const struct ga_seal_key *keys, size_t keys_count, uint8_t *ret_key,
                           struct ga_error *err)
{
    const uint8_t *once = header + BUNDLE_MAGIC_BYTES + 2;
    for (size_t i = 0; i < keys_count; i++)
        if (ga_seal_open(&keys[i], once, once + GA_SEAL_PUBLIC_BYTES, header[BUNDLE_MAGIC_BYTES + 1], ret_key))
            return GA_OK;
    return ga_error_set(err, GA_DENIED, "This bundle is meant for others: no key of this computer opens it");
}

/* Reads it whole, bounded before it is used; *ret_len is its length. */
static enum ga_rc take_header(struct ga_bundle_in *in, uint8_t header[BUNDLE_HEADER_MAX], size_t *ret_len,
                              struct ga_error *err)
{
    size_t len = 0, more = 0;
    enum ga_rc rc = take_file(in, header, BUNDLE_FIXED_BYTES, &len, err);
    if (rc != GA_OK)
        return rc;
    if (len < BUNDLE_MAGIC_BYTES || memcmp(header, BUNDLE_MAGIC, BUNDLE_MAGIC_BYTES) != 0)
        return ga_error_set(err, GA_REFUSED, "This is no bundle of this program");
    if (len > BUNDLE_MAGIC_BYTES && header[BUNDLE_MAGIC_BYTES] > GA_BUNDLE_FORMAT)
        return ga_error_set(err, GA_REFUSED, "This bundle was written by a newer version of the program");
    unsigned holders = len == BUNDLE_FIXED_BYTES ? header[BUNDLE_MAGIC_BYTES + 1] : 0;
    if (holders < 1 || holders > GA_BUNDLE_HOLDERS_MAX || header[BUNDLE_MAGIC_BYTES] != GA_BUNDLE_FORMAT)
        return altered(err);
    rc = take_file(in, header + len, holders * GA_SEAL_CLOSED_BYTES, &more, err);
    if (rc == GA_OK && more < holders * GA_SEAL_CLOSED_BYTES)
        rc = altered(err);
    if (rc == GA_OK)
        *ret_len = len + more;
    return rc;
}

static enum ga_rc begin(struct ga_bundle_in *in, const struct ga_seal_key *keys, size_t keys_count,
                        struct ga_error *err)
{
    uint8_t header[BUNDLE_HEADER_MAX], key[GA_STREAM_KEY_BYTES];
    size_t len = 0;
    enum ga_rc rc = take_header(in, header, &len, err);
    if (rc == GA_OK)
        rc = open_key(header, keys, keys_count, key, err);
    if (rc != GA_OK)
        return rc;
    bundle_start_stream(&in->stream, key, header, len);
    ga_crypt_wipe(key, sizeof(key));
    ga_hasher_start(&in->hasher, "guanai.bundle");
    ga_hasher_add(&in->hasher, header, len);
    return take_plain(in, in->site.bytes, sizeof(in->site.bytes), err);
}

enum ga_rc ga_bundle_open(const struct ga_sync_source *source, const struct ga_seal_key *keys, size_t keys_count,
                          struct ga_bundle_in **ret_in, struct ga_error *err)
{
    struct ga_bundle_in *in = ga_alloc(sizeof(*in));
    in->source = *source;
    enum ga_rc rc = begin(in, keys, keys_count, err);
    if (rc == GA_OK)
        *ret_in = in;
    else
        ga_bundle_in_destroy(in);
    return rc;
}

void ga_bundle_in_destroy(struct ga_bundle_in *in)
{
    if (in == NULL)
        return;
    if (in->frame.data != NULL)
        ga_crypt_wipe(in->frame.data, in->frame.cap);
    ga_str_finish(&in->frame);
    ga_crypt_wipe(in, sizeof(*in));
    free(in);
}

const struct ga_uuid *ga_bundle_site(const struct ga_bundle_in *in)
{
    return &in->site;
}

/* The shortest form only: there is one way to write a bundle. */
static enum ga_rc take_length(struct ga_bundle_in *in, size_t *ret_len, struct ga_error *err)
{
    size_t len = 0;
    uint8_t byte = 0x80;
    for (unsigned shift = 0; (byte & 0x80) != 0; shift += 7) {
        enum ga_rc rc = take_plain(in, &byte, 1, err);
        if (rc != GA_OK)
            return rc;
        if (shift > 21 || (shift > 0 && byte == 0))
            return altered(err);
        len |= (size_t)(byte & 0x7F) << shift;
    }
    if (len > GA_BUNDLE_FRAME_MAX)
        return altered(err);
    *ret_len = len;
    return GA_OK;
}

static bool are_zeros(const uint8_t *bytes, size_t len)
{
    uint8_t any = 0;
    for (size_t i = 0; i < len; i++)
        any |= bytes[i];
    return any == 0;
}

/* After the last frame: zeros up to the signature. */
static enum ga_rc end(struct ga_bundle_in *in, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (;;) {
        if (!are_zeros(in->plain + in->at, in->used - in->at))
            return altered(err);
        in->at = in->used;
        if (in->is_last)
            break;
        if ((rc = take_chunk(in, err)) != GA_OK)
            return rc;
    }
    ga_hasher_finish(&in->hasher, &in->hash);
    in->is_ended = true;
    return GA_OK;
}

enum ga_rc ga_bundle_next(struct ga_bundle_in *in, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err)
{
    size_t len = 0;
    enum ga_rc rc = in->is_ended ? GA_OK : take_length(in, &len, err);
    if (rc != GA_OK)
        return rc;
    ga_str_clear(&in->frame);
    ga_str_reserve(&in->frame, len + 1);
    if (len > 0)
        rc = take_plain(in, in->frame.data, len, err);
    else if (!in->is_ended)
        rc = end(in, err);
    if (rc != GA_OK)
        return rc;
    *ret_frame = (const uint8_t *)in->frame.data;
    *ret_len = in->frame.len = len;
    return GA_OK;
}

bool ga_bundle_is_by(const struct ga_bundle_in *in, const struct ga_sign_public *key)
{
    return in->is_ended && ga_sign_is_valid(key, &in->hash, &in->signature);
}

static enum ga_rc check_signer(const struct ga_bundle_in *in, const struct ga_bundle_signers *signers,
                               struct ga_error *err)
{
    struct ga_sign_public key;
    if (!signers->find(signers->ctx, &in->site, &key))
        return ga_error_set(err, GA_NOT_FOUND, "The computer that made this bundle is not known here");
    if (!ga_bundle_is_by(in, &key))
        return ga_error_set(err, GA_DAMAGED, "This bundle is not signed by the computer that it names");
    return GA_OK;
}

enum ga_rc ga_bundle_verify(const struct ga_sync_source *source, const struct ga_seal_key *keys, size_t keys_count,
                            const struct ga_bundle_signers *signers, struct ga_bundle_facts *ret_facts,
                            struct ga_error *err)
{
    struct ga_bundle_in *in = NULL;
    const uint8_t *frame;
    uint64_t frames = 0;
    size_t len = 1;
    enum ga_rc rc = ga_bundle_open(source, keys, keys_count, &in, err);
    while (rc == GA_OK && len > 0) {
        rc = ga_bundle_next(in, &frame, &len, err);
        frames += rc == GA_OK && len > 0;
    }
    if (rc == GA_OK)
        rc = check_signer(in, signers, err);
    if (rc == GA_OK)
        *ret_facts = (struct ga_bundle_facts){in->site, in->file_bytes, frames};
    ga_bundle_in_destroy(in);
    return rc;
}

bool ga_bundle_has_magic(const struct ga_io_ops *io, const char *path)
{
    uint8_t head[BUNDLE_MAGIC_BYTES];
    const int fd = io->open(io->ctx, path, O_RDONLY | O_NOFOLLOW, 0);
    if (fd < 0)
        return false;
    const int64_t got = io->read_at(io->ctx, fd, head, sizeof(head), 0);
    io->close(io->ctx, fd);
    return got == (int64_t)sizeof(head) && memcmp(head, BUNDLE_MAGIC, sizeof(head)) == 0;
}
