/* Bytes that nobody reads or changes without the key: XChaCha20-Poly1305. */
#ifndef GUANAI_CRYPT_BOX_H
#define GUANAI_CRYPT_BOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GA_BOX_KEY_BYTES = 32, GA_BOX_TAG_BYTES = 16 };

/* In place. `number` tells the boxes of one key apart: none is used twice. */
void ga_box_close(const uint8_t key[GA_BOX_KEY_BYTES], uint64_t number, void *bytes, size_t len,
                  uint8_t ret_tag[GA_BOX_TAG_BYTES]);

/* false: these are not the bytes that were closed under this number; they are wiped. */
bool ga_box_open(const uint8_t key[GA_BOX_KEY_BYTES], uint64_t number, void *bytes, size_t len,
                 const uint8_t tag[GA_BOX_TAG_BYTES]);

#endif
