/* A closed file on a stick that only its holders can read: this comment is the format's specification. */
#ifndef GUANAI_SYNC_BUNDLE_H
#define GUANAI_SYNC_BUNDLE_H

#include "guanai/base/uuid.h"
#include "guanai/crypt/seal.h"
#include "guanai/crypt/sign.h"
#include "guanai/sync/pipe.h"

/*
 * bundle = header ‖ chunks
 *   header   magic      8 bytes: 89 47 41 42 0D 0A 1A 0A (a file copied as text is seen at once)
 *            format     1 byte, 1
 *            holders    1 byte, 1 … 4: the school's group, the county, its recovery key, a guest
 *            once       32 bytes, closed 48 bytes a holder: the file key, as in crypt/seal.h
 *   chunks   of 65,536 bytes of plain text, the last one of 64 … 65,536 and marked as the last, each closed
 *            by crypt/stream.h (17 bytes longer), nothing after them. Key: the file key. Start: the first 24
 *            bytes of BLAKE2b-256 for purpose "guanai.header" of the header; so no bit of the header can be
 *            changed without every chunk refusing to open, at no cost in bytes.
 *
 * plain text = sender    16 bytes: the site that made the bundle
 *              frames    each: varint length 1 … 2,162,688 ‖ bytes (sync/content.h says what they are)
 *              end       the byte 0
 *              padding   zeros
 *              signature 64 bytes: Ed25519 by the sender's key of BLAKE2b-256 for purpose "guanai.bundle" of
 *                        header ‖ plain text up to here. It lies whole in the last chunk. Who re-closes
 *                        altered content for the same holders has no such signature; who re-closes the
 *                        same content for others has none either, because it covers the header.
 *
 * Nothing in clear tells a name, a site, a time or a way where files lie; holders are not told apart. The
 * length tells little: it is rounded up to a multiple of 4,096 bytes (on a stick, where files take whole
 * clusters, that costs nothing), past 128 KiB to a multiple of 2^(e − s), e = ⌊log₂ length⌋, s = ⌊log₂ e⌋ + 1
 * (Padmé, PETS 2019): at most one part in 32 more. Where the last chunk would be under 64 bytes, one step more.
 */
enum {
    GA_BUNDLE_FORMAT = 1,
    GA_BUNDLE_HOLDERS_MAX = 4,
    GA_BUNDLE_CHUNK_BYTES = 65536,
    GA_BUNDLE_FRAME_MAX = (2 << 20) + 65536,
    GA_BUNDLE_BYTES_MAX = 1 << 30, /* of the whole file; more is refused while writing and reading */
};

/* Who makes a bundle; the secret key stays where it is (ga_site_sign). */
struct ga_bundle_sender {
    struct ga_uuid site;
    void (*sign)(void *ctx, const struct ga_hash *hash, struct ga_signature *ret_signature);
    void *ctx;
};

/* Writing. Keeps one chunk in memory; sender, sink are copied, their `ctx` is borrowed until the end. */
struct ga_bundle_out;

/* GA_REFUSED: none or more than four holders, or a public key that is none. */
enum ga_rc ga_bundle_create(const struct ga_bundle_sender *sender, const struct ga_seal_public *holders,
                            size_t holders_count, const struct ga_random *random, const struct ga_sync_sink *sink,
                            struct ga_bundle_out **ret_out, struct ga_error *err);
enum ga_rc ga_bundle_put(struct ga_bundle_out *out, const void *frame, size_t len, struct ga_error *err);
struct ga_sync_sink ga_bundle_frames(struct ga_bundle_out *out); /* each `put` is one frame */

/* Ends, pads, signs. The file is whole only after this; ret_bytes (nullable): its length. */
enum ga_rc ga_bundle_finish(struct ga_bundle_out *out, uint64_t *ret_bytes, struct ga_error *err);
void ga_bundle_out_destroy(struct ga_bundle_out *out); /* NULL is fine; without finish there is no bundle */

/* Reading. Keeps one chunk and one frame in memory. */
struct ga_bundle_in;

/*
 * Reads the header, opens the first chunk with one of `keys`. GA_REFUSED: no bundle, or of a later format;
 * GA_DENIED: closed for others; GA_DAMAGED: altered or cut off; GA_IO as the source says.
 */
enum ga_rc ga_bundle_open(const struct ga_sync_source *source, const struct ga_seal_key *keys, size_t keys_count,
                          struct ga_bundle_in **ret_in, struct ga_error *err);
void ga_bundle_in_destroy(struct ga_bundle_in *in); /* NULL is fine */

const struct ga_uuid *ga_bundle_site(const struct ga_bundle_in *in); /* who says to have made it */

/*
 * The next frame, borrowed until the next call; *ret_len 0 after the last one, when the whole file was read,
 * nothing but padding followed and nothing lay behind the end. GA_DAMAGED, GA_TOO_BIG.
 *
 * Until ga_bundle_is_by has said yes, whoever knows the holders' public keys may have written what comes
 * here. So a bundle is read twice from a local copy: verified first, used then.
 */
enum ga_rc ga_bundle_next(struct ga_bundle_in *in, const uint8_t **ret_frame, size_t *ret_len,
                          struct ga_error *err);
bool ga_bundle_is_by(const struct ga_bundle_in *in, const struct ga_sign_public *key); /* after the last frame */

/* Whose signatures count: false for a site that nobody introduced. */
struct ga_bundle_signers {
    bool (*find)(void *ctx, const struct ga_uuid *site, struct ga_sign_public *ret_key);
    void *ctx;
};

struct ga_bundle_facts {
    struct ga_uuid site;
    uint64_t file_bytes, frames;
};

/*
 * Opens, reads to the end, checks the signature: the first of the two readings. GA_NOT_FOUND: everything is
 * whole, but the sender is not known here (its manifest may introduce it: sync/manifest.h); GA_DAMAGED also
 * when the signature is not the sender's.
 */
enum ga_rc ga_bundle_verify(const struct ga_sync_source *source, const struct ga_seal_key *keys, size_t keys_count,
                            const struct ga_bundle_signers *signers, struct ga_bundle_facts *ret_facts,
                            struct ga_error *err);

/* Does the file begin as a bundle does, of whatever format? What cannot be read here may be for a later program. */
bool ga_bundle_has_magic(const struct ga_io_ops *io, const char *path);

#endif
