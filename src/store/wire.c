/* The small pieces that operations and transactions are written with. */
#include "guanai/store/wire.h"

#include "guanai/text/utf8.h"

#include <string.h>

enum {
    FIRST_DAY = -719162, /* 0001-01-01 */
    LAST_DAY = 2932896,  /* 9999-12-31 */
    DAY_MS = 86400000,
    OFFSET_MAX_MIN = 18 * 60,
};

bool ga_wire_is_moment(const struct ga_wire_moment *moment)
{
    return moment->local_day >= FIRST_DAY && moment->local_day <= LAST_DAY && moment->local_ms >= 0 &&
           moment->local_ms < DAY_MS && moment->utc_offset_min >= -OFFSET_MAX_MIN &&
           moment->utc_offset_min <= OFFSET_MAX_MIN;
}

void ga_wire_put_varint(struct ga_str *out, uint64_t value)
{
    uint8_t *at = (uint8_t *)out->data + out->len;
    for (; value >= 0x80; value >>= 7)
        *at++ = (uint8_t)(value | 0x80);
    *at++ = (uint8_t)value;
    out->len = (size_t)(at - (uint8_t *)out->data);
}

void ga_wire_put_zigzag(struct ga_str *out, int64_t value)
{
    uint64_t twice = (uint64_t)value << 1;
    ga_wire_put_varint(out, value < 0 ? ~twice : twice);
}

void ga_wire_put_bytes(struct ga_str *out, const void *bytes, size_t len)
{
    memcpy(out->data + out->len, bytes, len);
    out->len += len;
}

void ga_wire_put_text(struct ga_str *out, const char *text, size_t len)
{
    ga_wire_put_varint(out, len);
    ga_wire_put_bytes(out, text, len);
}

void ga_wire_put_moment(struct ga_str *out, const struct ga_wire_moment *moment)
{
    ga_wire_put_zigzag(out, moment->local_day);
    ga_wire_put_varint(out, (uint64_t)moment->local_ms);
    ga_wire_put_zigzag(out, moment->utc_offset_min);
}

void ga_wire_start(struct ga_wire *wire, const void *bytes, size_t len)
{
    wire->next = bytes;
    wire->end = wire->next + len;
    wire->is_bad = false;
}

size_t ga_wire_left(const struct ga_wire *wire)
{
    return (size_t)(wire->end - wire->next);
}

void ga_wire_hold(struct ga_wire *wire, bool claim)
{
    if (!claim)
        wire->is_bad = true;
}

uint64_t ga_wire_varint(struct ga_wire *wire, uint64_t most)
{
    uint64_t value = 0;
    const uint8_t *at = wire->next;
    for (unsigned shift = 0; !wire->is_bad; shift += 7) {
        if (at == wire->end || (shift == 63 && *at > 1) || (shift > 0 && *at == 0))
            break;
        value |= (uint64_t)(*at & 0x7F) << shift;
        if ((*at++ & 0x80) != 0)
            continue;
        if (value > most)
            break;
        wire->next = at;
        return value;
    }
    wire->is_bad = true;
    return 0;
}

int64_t ga_wire_zigzag(struct ga_wire *wire)
{
    uint64_t twice = ga_wire_varint(wire, UINT64_MAX);
    return (int64_t)((twice >> 1) ^ (0 - (twice & 1)));
}

const uint8_t *ga_wire_bytes(struct ga_wire *wire, size_t len)
{
    ga_wire_hold(wire, len <= ga_wire_left(wire));
    if (wire->is_bad)
        return NULL;
    wire->next += len;
    return wire->next - len;
}

void ga_wire_moment(struct ga_wire *wire, struct ga_wire_moment *ret_moment)
{
    int64_t day = ga_wire_zigzag(wire);
    uint64_t ms = ga_wire_varint(wire, DAY_MS - 1);
    int64_t offset = ga_wire_zigzag(wire);
    ga_wire_hold(wire, day >= FIRST_DAY && day <= LAST_DAY);
    ga_wire_hold(wire, offset >= -OFFSET_MAX_MIN && offset <= OFFSET_MAX_MIN);
    if (!wire->is_bad)
        *ret_moment = (struct ga_wire_moment){(int32_t)day, (int32_t)ms, (int32_t)offset};
}

bool ga_wire_is_text(const char *text, size_t len)
{
    return memchr(text, 0, len) == NULL && ga_utf8_is_valid(text, len, NULL);
}

static size_t count_digits(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len && text[i] >= '0' && text[i] <= '9')
        i++;
    return i;
}

bool ga_wire_is_decimal(const char *text, size_t len)
{
    bool is_negative = len > 0 && text[0] == '-';
    text += is_negative;
    len -= is_negative;
    size_t whole = count_digits(text, len);
    if (whole == 0 || (whole > 1 && text[0] == '0'))
        return false;
    if (whole == len)
        return !(is_negative && text[0] == '0');
    size_t part = count_digits(text + whole + 1, len - whole - 1);
    return text[whole] == '.' && part > 0 && whole + 1 + part == len && text[len - 1] != '0';
}
