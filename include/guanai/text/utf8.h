/* Characters in bytes of UTF-8. */
#ifndef GUANAI_TEXT_UTF8_H
#define GUANAI_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GA_UTF8_BYTES = 4 }; /* at most, for one code point */

/* What is shown in place of what cannot be shown: U+FFFD, one cell. */
#define GA_UTF8_REPLACEMENT 0xFFFDu

/*
 * Strict (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. The number of bytes the
 * code point takes; 0 when `len` is 0 or the bytes at `text` are none (ret_cp is then untouched).
 */
size_t ga_utf8_decode(const char *text, size_t len, uint32_t *ret_cp);

/* Bytes written to out (no NUL); 0 when cp is a surrogate or above U+10FFFF. */
size_t ga_utf8_encode(uint32_t cp, char out[GA_UTF8_BYTES]);

/* Whether all of it is UTF-8. ret_fault_at (nullable): the offset of the first byte that is not. */
bool ga_utf8_is_valid(const char *bytes, size_t len, size_t *ret_fault_at);

/* Code points; every byte that belongs to none counts as one. */
size_t ga_utf8_count(const char *bytes, size_t len);

/* The offset after, before the code point at `at`; a bad byte is a step of its own. Stop at len, at 0. */
size_t ga_utf8_next(const char *bytes, size_t len, size_t at);
size_t ga_utf8_prev(const char *bytes, size_t at);

#endif
