/* A site's signature: Ed25519 (RFC 8032). */
#ifndef GUANAI_CRYPT_SIGN_H
#define GUANAI_CRYPT_SIGN_H

#include "guanai/base/random.h"
#include "guanai/crypt/hash.h"

enum { GA_SIGN_SEED_BYTES = 32, GA_SIGN_PUBLIC_BYTES = 32, GA_SIGN_SECRET_BYTES = 64 };

struct ga_sign_public {
    uint8_t bytes[GA_SIGN_PUBLIC_BYTES];
};

/* Wipe the whole struct with ga_crypt_wipe when done; the seed alone (secret[0..31]) restores it. */
struct ga_sign_key {
    struct ga_sign_public public_key;
    uint8_t secret[GA_SIGN_SECRET_BYTES];
};

struct ga_signature {
    uint8_t bytes[64];
};

void ga_sign_key_make(const struct ga_random *random, struct ga_sign_key *ret_key);
void ga_sign_key_restore(const uint8_t seed[GA_SIGN_SEED_BYTES], struct ga_sign_key *ret_key);

/* Only hashes made for a purpose of their own are signed, so no signature fits two kinds of things. */
void ga_sign_hash(const struct ga_sign_key *key, const struct ga_hash *hash,
                  struct ga_signature *ret_signature);
bool ga_sign_is_valid(const struct ga_sign_public *key, const struct ga_hash *hash,
                      const struct ga_signature *signature);

#endif
