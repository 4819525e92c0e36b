/* What writing and reading a bundle have in common. */
#ifndef GUANAI_SYNC_BUNDLE_PRIVATE_H
#define GUANAI_SYNC_BUNDLE_PRIVATE_H

#include "guanai/crypt/stream.h"
#include "guanai/sync/bundle.h"

enum {
    BUNDLE_MAGIC_BYTES = 8,
    BUNDLE_FIXED_BYTES = BUNDLE_MAGIC_BYTES + 2 + GA_SEAL_PUBLIC_BYTES, /* before the closed keys */
    BUNDLE_HEADER_MAX = BUNDLE_FIXED_BYTES + GA_BUNDLE_HOLDERS_MAX * GA_SEAL_CLOSED_BYTES,
    BUNDLE_CLOSED_BYTES = GA_BUNDLE_CHUNK_BYTES + GA_STREAM_TAG_BYTES,
    BUNDLE_SIGNATURE_BYTES = sizeof(struct ga_signature),
};

extern const uint8_t BUNDLE_MAGIC[BUNDLE_MAGIC_BYTES];

/* The stream that follows a header: every bit of it decides how. */
void bundle_start_stream(struct ga_stream *stream, const uint8_t *key, const uint8_t *header, size_t len);

#endif
