/* Names of records: UUID version 7 (RFC 9562), which sort by the time they were made. */
#ifndef GUANAI_BASE_UUID_H
#define GUANAI_BASE_UUID_H

#include "guanai/base/clock.h"
#include "guanai/base/random.h"

#include <stdbool.h>
#include <stdint.h>

enum { GA_UUID_TEXT_SIZE = 37 };

struct ga_uuid {
    uint8_t bytes[16];
};

/*
 * `last` keeps the newest one made, so that many in one millisecond still rise (RFC 9562 §6.2,
 * method 2) even when the clock steps back.
 */
void ga_uuid_make(const struct ga_clock *clock, const struct ga_random *random, struct ga_uuid *last,
                  struct ga_uuid *ret_uuid);

const char *ga_uuid_text(const struct ga_uuid *uuid, char buf[GA_UUID_TEXT_SIZE]); /* lower case; returns buf */
bool ga_uuid_parse(const char *text, struct ga_uuid *ret_uuid); /* any version, upper or lower case */
int ga_uuid_compare(const struct ga_uuid *a, const struct ga_uuid *b);
bool ga_uuid_is_zero(const struct ga_uuid *uuid);

#endif
