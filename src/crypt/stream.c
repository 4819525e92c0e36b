/* A long run of bytes closed piece by piece: libsodium's secretstream, XChaCha20-Poly1305. */
#include "guanai/crypt/stream.h"

#include <assert.h>
#include <sodium.h>

typedef crypto_secretstream_xchacha20poly1305_state stream_state;

static_assert(GA_STREAM_KEY_BYTES == crypto_secretstream_xchacha20poly1305_KEYBYTES, "a key is libsodium's");
static_assert(GA_STREAM_START_BYTES == crypto_secretstream_xchacha20poly1305_HEADERBYTES, "a start is libsodium's");
static_assert(GA_STREAM_TAG_BYTES == crypto_secretstream_xchacha20poly1305_ABYTES, "a tag is libsodium's");
static_assert(sizeof(stream_state) <= sizeof(((struct ga_stream *)0)->state), "libsodium's state fits");

/* Opening takes a start that is given, closing would draw one; the state they make from it is the same. */
void ga_stream_start(struct ga_stream *stream, const uint8_t key[GA_STREAM_KEY_BYTES],
                     const uint8_t start[GA_STREAM_START_BYTES])
{
    crypto_secretstream_xchacha20poly1305_init_pull((stream_state *)stream->state, start, key);
}

void ga_stream_close(struct ga_stream *stream, const void *bytes, size_t len, bool is_last, uint8_t *ret_closed)
{
    unsigned char tag = is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push((stream_state *)stream->state, ret_closed, NULL, bytes, len, NULL,
                                               0, tag);
}

bool ga_stream_open(struct ga_stream *stream, const uint8_t *closed, size_t len, void *ret_bytes,
                    bool *ret_is_last)
{
    unsigned char tag = 0;
    if (len < GA_STREAM_TAG_BYTES ||
        crypto_secretstream_xchacha20poly1305_pull((stream_state *)stream->state, ret_bytes, NULL, &tag, closed,
                                                   len, NULL, 0) != 0)
        return false;
    *ret_is_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return *ret_is_last || tag == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
}
