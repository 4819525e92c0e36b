/* The small pieces that operations and transactions are written with. */
#ifndef GUANAI_STORE_WIRE_H
#define GUANAI_STORE_WIRE_H

#include "guanai/base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { GA_WIRE_VARINT_MAX_BYTES = 10 };

/* Where in time something was written down; the same three numbers in every format. */
struct ga_wire_moment {
    int32_t local_day;
    int32_t local_ms;
    int32_t utc_offset_min;
};

bool ga_wire_is_moment(const struct ga_wire_moment *moment); /* within the documented bounds */

/* Room must have been reserved: ten bytes a number, exactly the length for bytes. */
void ga_wire_put_long_varint(struct ga_str *out, uint64_t value);
void ga_wire_put_zigzag(struct ga_str *out, int64_t value);
void ga_wire_put_moment(struct ga_str *out, const struct ga_wire_moment *moment);

/* Nearly all numbers of an operation take one byte. */
static inline void ga_wire_put_varint(struct ga_str *out, uint64_t value)
{
    if (value < 0x80)
        out->data[out->len++] = (char)value;
    else
        ga_wire_put_long_varint(out, value);
}

static inline void ga_wire_put_bytes(struct ga_str *out, const void *bytes, size_t len)
{
    memcpy(out->data + out->len, bytes, len);
    out->len += len;
}

static inline void ga_wire_put_text(struct ga_str *out, const char *text, size_t len)
{
    ga_wire_put_varint(out, len);
    ga_wire_put_bytes(out, text, len);
}

/* Reading. The first failure sticks; `next` then stays near the place, and everything answers 0 or NULL. */
struct ga_wire {
    const uint8_t *next;
    const uint8_t *end;
    bool is_bad;
};

void ga_wire_start(struct ga_wire *wire, const void *bytes, size_t len);
uint64_t ga_wire_long_varint(struct ga_wire *wire, uint64_t most);
int64_t ga_wire_zigzag(struct ga_wire *wire);
void ga_wire_moment(struct ga_wire *wire, struct ga_wire_moment *ret_moment);

static inline size_t ga_wire_left(const struct ga_wire *wire)
{
    return (size_t)(wire->end - wire->next);
}

/* Bad unless the claim is true. */
static inline void ga_wire_hold(struct ga_wire *wire, bool claim)
{
    wire->is_bad |= !claim;
}

/* More than `most` or not the shortest form: bad. */
static inline uint64_t ga_wire_varint(struct ga_wire *wire, uint64_t most)
{
    if (!wire->is_bad && wire->next != wire->end && *wire->next < 0x80 && *wire->next <= most)
        return *wire->next++;
    return ga_wire_long_varint(wire, most);
}

/* NULL when there are fewer. */
static inline const uint8_t *ga_wire_bytes(struct ga_wire *wire, size_t len)
{
    ga_wire_hold(wire, len <= ga_wire_left(wire));
    if (wire->is_bad)
        return NULL;
    wire->next += len;
    return wire->next - len;
}

/* Of the id, the group id that is all of a NUL-terminated text; 0 when it is none (store/operation.h). */
size_t ga_wire_id_bytes(const char *text);
size_t ga_wire_group_id_bytes(const char *text);

bool ga_wire_is_text(const char *text, size_t len);    /* valid UTF-8 without U+0000 */
bool ga_wire_is_decimal(const char *text, size_t len); /* the one way to write it */

#endif
