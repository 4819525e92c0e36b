/* Fingerprints of bytes: BLAKE2b-256 (RFC 7693). */
#ifndef GUANAI_CRYPT_HASH_H
#define GUANAI_CRYPT_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GA_HASH_BYTES = 32, GA_HASH_TEXT_SIZE = 65, GA_HASH_PURPOSE_MAX = 16 };

struct ga_hash {
    uint8_t bytes[GA_HASH_BYTES];
};

/*
 * `purpose` (at most 16 bytes, padded with zeros) is BLAKE2b's personalisation string: the same bytes
 * hashed for two purposes have nothing in common, so that one kind of thing can never be taken for
 * another. "" is plain BLAKE2b-256. Each purpose is written down where its format is described.
 */
struct ga_hasher {
    _Alignas(64) unsigned char state[384]; /* libsodium's, private to crypt/hash.c */
};

void ga_hasher_start(struct ga_hasher *hasher, const char *purpose);
void ga_hasher_add(struct ga_hasher *hasher, const void *bytes, size_t len);
void ga_hasher_finish(struct ga_hasher *hasher, struct ga_hash *ret_hash); /* start again before reuse */

void ga_hash_bytes(const char *purpose, const void *bytes, size_t len, struct ga_hash *ret_hash);
void ga_hash_node(const char *purpose, const struct ga_hash *left, const struct ga_hash *right,
                  struct ga_hash *ret_hash); /* of left ‖ right; ret_hash may be one of them */

int ga_hash_compare(const struct ga_hash *a, const struct ga_hash *b); /* as memcmp; not secret */
bool ga_hash_equal(const struct ga_hash *a, const struct ga_hash *b);
bool ga_hash_is_zero(const struct ga_hash *hash);

const char *ga_hash_text(const struct ga_hash *hash, char buf[GA_HASH_TEXT_SIZE]); /* lower-case hex */
bool ga_hash_parse(const char *text, struct ga_hash *ret_hash); /* exactly 64 hex digits, either case */

#endif
