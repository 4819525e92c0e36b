/* The handling of bytes that nobody else may guess or find. */
#include "guanai/crypt/secret.h"

#include <sodium.h>

enum ga_rc ga_crypt_start(struct ga_error *err)
{
    if (sodium_init() < 0)
        return ga_error_set(err, GA_IO, "This computer gives no random numbers, so nothing can be signed");
    return GA_OK;
}

static void sodium_fill(void *ctx, void *bytes, size_t len)
{
    (void)ctx;
    randombytes_buf(bytes, len);
}

const struct ga_random *ga_crypt_random(void)
{
    static const struct ga_random random = {.fill = sodium_fill};
    return &random;
}

void ga_crypt_wipe(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}

bool ga_crypt_is_equal(const void *a, const void *b, size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}
