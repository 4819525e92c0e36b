/* The small pieces that operations and transactions are written with. */
#ifndef GUANAI_STORE_WIRE_H
#define GUANAI_STORE_WIRE_H

#include "guanai/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { GA_WIRE_VARINT_MAX_BYTES = 10 };

/* Where in time something was written down; the same three numbers in every format. */
struct ga_wire_moment {
    int32_t local_day;
    int32_t local_ms;
    int32_t utc_offset_min;
};

bool ga_wire_is_moment(const struct ga_wire_moment *moment); /* within the documented bounds */

/* Room must have been reserved: ten bytes a number, exactly the length for bytes. */
void ga_wire_put_varint(struct ga_str *out, uint64_t value);
void ga_wire_put_zigzag(struct ga_str *out, int64_t value);
void ga_wire_put_bytes(struct ga_str *out, const void *bytes, size_t len);
void ga_wire_put_text(struct ga_str *out, const char *text, size_t len);
void ga_wire_put_moment(struct ga_str *out, const struct ga_wire_moment *moment);

/* Reading. The first failure sticks; `next` then stays near the place, and everything answers 0 or NULL. */
struct ga_wire {
    const uint8_t *next;
    const uint8_t *end;
    bool is_bad;
};

void ga_wire_start(struct ga_wire *wire, const void *bytes, size_t len);
size_t ga_wire_left(const struct ga_wire *wire);
uint64_t ga_wire_varint(struct ga_wire *wire, uint64_t most); /* more than `most`, not shortest: bad */
int64_t ga_wire_zigzag(struct ga_wire *wire);
const uint8_t *ga_wire_bytes(struct ga_wire *wire, size_t len); /* NULL when there are fewer */
void ga_wire_hold(struct ga_wire *wire, bool claim);            /* bad unless the claim is true */
void ga_wire_moment(struct ga_wire *wire, struct ga_wire_moment *ret_moment);

bool ga_wire_is_text(const char *text, size_t len);    /* valid UTF-8 without U+0000 */
bool ga_wire_is_decimal(const char *text, size_t len); /* the one way to write it */

#endif
