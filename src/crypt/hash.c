/* Fingerprints of bytes: BLAKE2b-256 (RFC 7693). */
#include "guanai/crypt/hash.h"

#include <assert.h>
#include <sodium.h>
#include <stdalign.h>
#include <string.h>

static_assert(sizeof(crypto_generichash_blake2b_state) <= sizeof(((struct ga_hasher *)0)->state),
              "the hasher holds libsodium's state");
static_assert(alignof(crypto_generichash_blake2b_state) <= alignof(struct ga_hasher),
              "the hasher is aligned for libsodium's state");

static crypto_generichash_blake2b_state *state_of(struct ga_hasher *hasher)
{
    return (crypto_generichash_blake2b_state *)(void *)hasher->state;
}

void ga_hasher_start(struct ga_hasher *hasher, const char *purpose)
{
    unsigned char personal[GA_HASH_PURPOSE_MAX] = {0};
    size_t len = strlen(purpose);
    assert(len <= sizeof(personal));
    memcpy(personal, purpose, len);
    int failed = crypto_generichash_blake2b_init_salt_personal(state_of(hasher), NULL, 0, GA_HASH_BYTES,
                                                               NULL, personal);
    assert(failed == 0);
    (void)failed;
}

void ga_hasher_add(struct ga_hasher *hasher, const void *bytes, size_t len)
{
    crypto_generichash_blake2b_update(state_of(hasher), bytes, len);
}

void ga_hasher_finish(struct ga_hasher *hasher, struct ga_hash *ret_hash)
{
    crypto_generichash_blake2b_final(state_of(hasher), ret_hash->bytes, GA_HASH_BYTES);
}

void ga_hash_bytes(const char *purpose, const void *bytes, size_t len, struct ga_hash *ret_hash)
{
    struct ga_hasher hasher;
    ga_hasher_start(&hasher, purpose);
    ga_hasher_add(&hasher, bytes, len);
    ga_hasher_finish(&hasher, ret_hash);
}

void ga_hash_node(const char *purpose, const struct ga_hash *left, const struct ga_hash *right,
                  struct ga_hash *ret_hash)
{
    struct ga_hash pair[2] = {*left, *right};
    ga_hash_bytes(purpose, pair, sizeof(pair), ret_hash);
}

int ga_hash_compare(const struct ga_hash *a, const struct ga_hash *b)
{
    return memcmp(a->bytes, b->bytes, GA_HASH_BYTES);
}

bool ga_hash_equal(const struct ga_hash *a, const struct ga_hash *b)
{
    return ga_hash_compare(a, b) == 0;
}

bool ga_hash_is_zero(const struct ga_hash *hash)
{
    return ga_hash_equal(hash, &(struct ga_hash){{0}});
}

const char *ga_hash_text(const struct ga_hash *hash, char buf[GA_HASH_TEXT_SIZE])
{
    return sodium_bin2hex(buf, GA_HASH_TEXT_SIZE, hash->bytes, GA_HASH_BYTES);
}

bool ga_hash_parse(const char *text, struct ga_hash *ret_hash)
{
    struct ga_hash hash;
    size_t len = strnlen(text, GA_HASH_TEXT_SIZE), got = 0;
    if (len != GA_HASH_TEXT_SIZE - 1)
        return false;
    if (sodium_hex2bin(hash.bytes, GA_HASH_BYTES, text, len, NULL, &got, NULL) != 0 || got != GA_HASH_BYTES)
        return false;
    *ret_hash = hash;
    return true;
}
