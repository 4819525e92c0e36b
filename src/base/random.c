/* Where unpredictable bytes come from. */
#include "guanai/base/random.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static void system_fill(void *ctx, void *bytes, size_t len)
{
    (void)ctx;
    for (char *p = bytes; len > 0;) {
        ssize_t got = getrandom(p, len > 256 ? 256 : len, 0);
        if (got <= 0)
            abort(); /* Linux always has it; going on without would make keys that can be guessed */
        p += got;
        len -= (size_t)got;
    }
}

const struct ga_random *ga_random_system(void)
{
    static const struct ga_random random = {.fill = system_fill};
    return &random;
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next_seeded(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

static void seeded_fill(void *ctx, void *bytes, size_t len)
{
    for (char *p = bytes; len > 0;) {
        uint64_t word = next_seeded(ctx);
        size_t part = len < sizeof(word) ? len : sizeof(word);
        memcpy(p, &word, part);
        p += part;
        len -= part;
    }
}

struct ga_random ga_random_seeded(uint64_t *state)
{
    return (struct ga_random){.fill = seeded_fill, .ctx = state};
}

uint64_t ga_random_below(const struct ga_random *random, uint64_t bound)
{
    assert(bound > 0);
    const uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    uint64_t word;
    do
        random->fill(random->ctx, &word, sizeof(word));
    while (word >= limit);
    return word % bound;
}
