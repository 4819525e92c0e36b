/* The handling of bytes that nobody else may guess or find. */
#ifndef GUANAI_CRYPT_SECRET_H
#define GUANAI_CRYPT_SECRET_H

#include "guanai/base/error.h"
#include "guanai/base/random.h"

#include <stdbool.h>

/*
 * Once at the start of a program, before anything else of this room: chooses the fastest
 * implementation for this processor, opens the source of randomness. May be called again.
 */
enum ga_rc ga_crypt_start(struct ga_error *err);

const struct ga_random *ga_crypt_random(void); /* libsodium's; for keys, salts, site ids */

void ga_crypt_wipe(void *bytes, size_t len); /* never optimised away */

/* Takes the same time wherever the first difference is; for anything derived from a password. */
bool ga_crypt_is_equal(const void *a, const void *b, size_t len);

#endif
