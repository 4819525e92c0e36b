/* Where unpredictable bytes come from. */
#ifndef GUANAI_BASE_RANDOM_H
#define GUANAI_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct ga_random {
    void (*fill)(void *ctx, void *bytes, size_t len);
    void *ctx;
};

const struct ga_random *ga_random_system(void); /* getrandom(2); aborts when the kernel has none */

/* The same bytes for the same seed; for tests and demo data only, never for keys. */
struct ga_random ga_random_seeded(uint64_t *state);
uint64_t ga_random_below(const struct ga_random *random, uint64_t bound); /* 0 ≤ r < bound, unbiased */

#endif
