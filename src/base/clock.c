/* Where the time comes from. */
#include "guanai/base/clock.h"

#include <stddef.h>
#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec now = {0};
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t system_now_ms(void *ctx)
{
    (void)ctx;
    return read_ms(CLOCK_REALTIME);
}

static int32_t system_utc_offset_s(void *ctx, int64_t at_ms)
{
    (void)ctx;
    time_t at = (time_t)(at_ms / 1000);
    struct tm local = {0};
    return localtime_r(&at, &local) == NULL ? 0 : (int32_t)local.tm_gmtoff;
}

const struct ga_clock *ga_clock_system(void)
{
    static const struct ga_clock clock = {.now_ms = system_now_ms, .utc_offset_s = system_utc_offset_s};
    return &clock;
}

int64_t ga_clock_steady_ms(void)
{
    return read_ms(CLOCK_MONOTONIC);
}
