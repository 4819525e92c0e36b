/* A key of 32 bytes that only the holders of certain secrets can take out: X25519, as crypto_box_seal. */
#include "guanai/crypt/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static_assert(GA_SEAL_PUBLIC_BYTES == crypto_box_PUBLICKEYBYTES, "a public key is libsodium's");
static_assert(GA_SEAL_SECRET_BYTES == crypto_box_SECRETKEYBYTES, "a secret is libsodium's");
static_assert(GA_SEAL_CLOSED_BYTES == GA_SEAL_KEY_BYTES + crypto_box_MACBYTES, "a tag is libsodium's");

void ga_seal_key_restore(const uint8_t secret[GA_SEAL_SECRET_BYTES], struct ga_seal_key *ret_key)
{
    memcpy(ret_key->secret, secret, GA_SEAL_SECRET_BYTES);
    crypto_scalarmult_base(ret_key->public_key.bytes, ret_key->secret);
}

void ga_seal_key_make(const struct ga_random *random, struct ga_seal_key *ret_key)
{
    uint8_t secret[GA_SEAL_SECRET_BYTES];
    random->fill(random->ctx, secret, sizeof(secret));
    ga_seal_key_restore(secret, ret_key);
    sodium_memzero(secret, sizeof(secret));
}

/* As libsodium's crypto_box_seal makes it, so that either opens the other's. */
static void make_nonce(const uint8_t *once, const uint8_t *holder, uint8_t ret_nonce[crypto_box_NONCEBYTES])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, crypto_box_NONCEBYTES);
    crypto_generichash_update(&state, once, GA_SEAL_PUBLIC_BYTES);
    crypto_generichash_update(&state, holder, GA_SEAL_PUBLIC_BYTES);
    crypto_generichash_final(&state, ret_nonce, crypto_box_NONCEBYTES);
}

static bool close_for(const struct ga_seal_key *once, const struct ga_seal_public *holder, const uint8_t *key,
                      uint8_t *ret_closed)
{
    uint8_t shared[crypto_box_BEFORENMBYTES], nonce[crypto_box_NONCEBYTES];
    if (crypto_box_beforenm(shared, holder->bytes, once->secret) != 0)
        return false;
    make_nonce(once->public_key.bytes, holder->bytes, nonce);
    crypto_box_easy_afternm(ret_closed, key, GA_SEAL_KEY_BYTES, nonce, shared);
    sodium_memzero(shared, sizeof(shared));
    return true;
}

bool ga_seal_close(const struct ga_random *random, const struct ga_seal_public *whom, size_t count,
                   const uint8_t key[GA_SEAL_KEY_BYTES], uint8_t ret_once[GA_SEAL_PUBLIC_BYTES],
                   uint8_t *ret_closed)
{
    struct ga_seal_key once;
    bool is_closed = true;
    ga_seal_key_make(random, &once);
    for (size_t i = 0; is_closed && i < count; i++)
        is_closed = close_for(&once, &whom[i], key, ret_closed + i * GA_SEAL_CLOSED_BYTES);
    memcpy(ret_once, once.public_key.bytes, GA_SEAL_PUBLIC_BYTES);
    sodium_memzero(&once, sizeof(once));
    return is_closed;
}

bool ga_seal_open(const struct ga_seal_key *mine, const uint8_t once[GA_SEAL_PUBLIC_BYTES],
                  const uint8_t *closed, size_t count, uint8_t ret_key[GA_SEAL_KEY_BYTES])
{
    uint8_t shared[crypto_box_BEFORENMBYTES], nonce[crypto_box_NONCEBYTES], key[GA_SEAL_KEY_BYTES];
    if (crypto_box_beforenm(shared, once, mine->secret) != 0)
        return false;
    make_nonce(once, mine->public_key.bytes, nonce);
    bool is_open = false;
    for (size_t i = 0; !is_open && i < count; i++)
        is_open = crypto_box_open_easy_afternm(key, closed + i * GA_SEAL_CLOSED_BYTES, GA_SEAL_CLOSED_BYTES, nonce,
                                               shared) == 0;
    if (is_open)
        memcpy(ret_key, key, sizeof(key));
    sodium_memzero(shared, sizeof(shared));
    sodium_memzero(key, sizeof(key));
    return is_open;
}
