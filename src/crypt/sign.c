/* A site's signature: Ed25519 (RFC 8032). */
#include "guanai/crypt/sign.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static_assert(GA_SIGN_SEED_BYTES == crypto_sign_ed25519_SEEDBYTES, "a seed is libsodium's");
static_assert(GA_SIGN_PUBLIC_BYTES == crypto_sign_ed25519_PUBLICKEYBYTES, "a public key is libsodium's");
static_assert(GA_SIGN_SECRET_BYTES == crypto_sign_ed25519_SECRETKEYBYTES, "a secret key is libsodium's");
static_assert(sizeof(struct ga_signature) == crypto_sign_ed25519_BYTES, "a signature is libsodium's");

void ga_sign_key_make(const struct ga_random *random, struct ga_sign_key *ret_key)
{
    uint8_t seed[GA_SIGN_SEED_BYTES];
    random->fill(random->ctx, seed, sizeof(seed));
    ga_sign_key_restore(seed, ret_key);
    sodium_memzero(seed, sizeof(seed));
}

void ga_sign_key_restore(const uint8_t seed[GA_SIGN_SEED_BYTES], struct ga_sign_key *ret_key)
{
    crypto_sign_ed25519_seed_keypair(ret_key->public_key.bytes, ret_key->secret, seed);
}

void ga_sign_hash(const struct ga_sign_key *key, const struct ga_hash *hash,
                  struct ga_signature *ret_signature)
{
    crypto_sign_ed25519_detached(ret_signature->bytes, NULL, hash->bytes, GA_HASH_BYTES, key->secret);
}

bool ga_sign_is_valid(const struct ga_sign_public *key, const struct ga_hash *hash,
                      const struct ga_signature *signature)
{
    return crypto_sign_ed25519_verify_detached(signature->bytes, hash->bytes, GA_HASH_BYTES, key->bytes) == 0;
}
