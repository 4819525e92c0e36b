/* A long run of bytes closed piece by piece: libsodium's secretstream, XChaCha20-Poly1305. */
#ifndef GUANAI_CRYPT_STREAM_H
#define GUANAI_CRYPT_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    GA_STREAM_KEY_BYTES = 32,
    GA_STREAM_START_BYTES = 24,
    GA_STREAM_TAG_BYTES = 17, /* so much longer is a piece when it is closed */
};

/* Wipe with ga_crypt_wipe when done. */
struct ga_stream {
    _Alignas(16) unsigned char state[64]; /* libsodium's, private to crypt/stream.c */
};

/*
 * The same for closing and for opening. `start` is what libsodium calls the header; it may be public and
 * may follow from something else, only never twice with one key. Whatever it follows from is bound to
 * every piece: with another start nothing opens.
 */
void ga_stream_start(struct ga_stream *stream, const uint8_t key[GA_STREAM_KEY_BYTES],
                     const uint8_t start[GA_STREAM_START_BYTES]);

/* Writes len + GA_STREAM_TAG_BYTES bytes; `ret_closed` overlaps nothing. After the last piece start anew. */
void ga_stream_close(struct ga_stream *stream, const void *bytes, size_t len, bool is_last,
                     uint8_t *ret_closed);

/*
 * Writes len - GA_STREAM_TAG_BYTES bytes and says whether the piece was closed as the last. false: not the
 * piece that follows under this key (altered, cut, doubled, in another order); nothing may be used.
 */
bool ga_stream_open(struct ga_stream *stream, const uint8_t *closed, size_t len, void *ret_bytes,
                    bool *ret_is_last);

#endif
