/* Where the time comes from. */
#ifndef GUANAI_BASE_CLOCK_H
#define GUANAI_BASE_CLOCK_H

#include <stdint.h>

/* Time comes in from outside, so that every test can hold it still. */
struct ga_clock {
    int64_t (*now_ms)(void *ctx); /* since 1970-01-01 UTC */
    int32_t (*utc_offset_s)(void *ctx, int64_t at_ms);
    void *ctx;
};

/* The computer's own clock, which may be wrong: dead CMOS batteries are the normal case. */
const struct ga_clock *ga_clock_system(void);

/* Milliseconds that only ever rise, for measuring how long something took. */
int64_t ga_clock_steady_ms(void);

#endif
