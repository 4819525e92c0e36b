/* A key of 32 bytes that only the holders of certain secrets can take out: X25519, as crypto_box_seal. */
#ifndef GUANAI_CRYPT_SEAL_H
#define GUANAI_CRYPT_SEAL_H

#include "guanai/base/random.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    GA_SEAL_PUBLIC_BYTES = 32,
    GA_SEAL_SECRET_BYTES = 32,
    GA_SEAL_KEY_BYTES = 32,    /* what is sealed */
    GA_SEAL_CLOSED_BYTES = 48, /* the same for one holder: closed, with its tag of 16 bytes */
};

struct ga_seal_public {
    uint8_t bytes[GA_SEAL_PUBLIC_BYTES];
};

/* Wipe the whole struct with ga_crypt_wipe when done; the secret alone restores it. */
struct ga_seal_key {
    struct ga_seal_public public_key;
    uint8_t secret[GA_SEAL_SECRET_BYTES];
};

void ga_seal_key_make(const struct ga_random *random, struct ga_seal_key *ret_key);
void ga_seal_key_restore(const uint8_t secret[GA_SEAL_SECRET_BYTES], struct ga_seal_key *ret_key);

/*
 * `once` is the public half of a key pair that is forgotten at once; all holders share it, which saves 32
 * bytes for each, lets an opener find its own with one multiplication, and needs no hint in clear by
 * which a holder could be recognised. With one holder once ‖ closed is exactly libsodium's crypto_box_seal:
 * closed = XSalsa20-Poly1305 under the shared key, nonce = BLAKE2b-192 of once ‖ the holder's public key.
 *
 * `ret_closed` has room for `count` × GA_SEAL_CLOSED_BYTES. false: one of the public keys is no proper
 * point, nothing is to be trusted to it.
 */
bool ga_seal_close(const struct ga_random *random, const struct ga_seal_public *whom, size_t count,
                   const uint8_t key[GA_SEAL_KEY_BYTES], uint8_t ret_once[GA_SEAL_PUBLIC_BYTES],
                   uint8_t *ret_closed);

/* Tries each of the `count`; false: none of them is for this key, ret_key is untouched. */
bool ga_seal_open(const struct ga_seal_key *mine, const uint8_t once[GA_SEAL_PUBLIC_BYTES],
                  const uint8_t *closed, size_t count, uint8_t ret_key[GA_SEAL_KEY_BYTES]);

#endif
