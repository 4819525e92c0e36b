/* Closes bytes under a key, opens them again. */
#include "guanai/crypt/box.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static_assert(GA_BOX_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a key is libsodium's");
static_assert(GA_BOX_TAG_BYTES == crypto_aead_xchacha20poly1305_ietf_ABYTES, "a tag is libsodium's");

void ga_box_close(const uint8_t key[GA_BOX_KEY_BYTES], uint64_t number, void *bytes, size_t len,
                  uint8_t ret_tag[GA_BOX_TAG_BYTES])
{
    unsigned char nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES] = {0};
    memcpy(nonce, &number, sizeof(number));
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(bytes, ret_tag, NULL, bytes, len, NULL, 0, NULL, nonce, key);
}

bool ga_box_open(const uint8_t key[GA_BOX_KEY_BYTES], uint64_t number, void *bytes, size_t len,
                 const uint8_t tag[GA_BOX_TAG_BYTES])
{
    unsigned char nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES] = {0};
    memcpy(nonce, &number, sizeof(number));
    return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(bytes, NULL, bytes, len, tag, NULL, 0, nonce, key) == 0;
}
