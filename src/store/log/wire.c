/* The small pieces that operations and transactions are written with. */
#include "guanai/store/wire.h"

#include "guanai/base/uuid.h"
#include "guanai/store/operation.h"
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

void ga_wire_put_long_varint(struct ga_str *out, uint64_t value)
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

uint64_t ga_wire_long_varint(struct ga_wire *wire, uint64_t most)
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

/* A table, because an operation repeats dozens of ids and most of its bytes are theirs. */
static const bool IS_ID_CHAR[256] = {
    ['_'] = true, ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true,
    ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['a'] = true, ['b'] = true, ['c'] = true,
    ['d'] = true, ['e'] = true, ['f'] = true, ['g'] = true, ['h'] = true, ['i'] = true, ['j'] = true,
    ['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true, ['o'] = true, ['p'] = true, ['q'] = true,
    ['r'] = true, ['s'] = true, ['t'] = true, ['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true,
    ['y'] = true, ['z'] = true,
};

/* Bytes of the id that the text begins with; 0 when it begins with none. */
static size_t leading_id_bytes(const char *text)
{
    const char *at = text + (text[0] == '_');
    if (*at < 'a' || *at > 'z')
        return 0;
    while (IS_ID_CHAR[(uint8_t)*at])
        at++;
    size_t len = (size_t)(at - text);
    return len <= GA_OPERATION_ID_MAX ? len : 0;
}

size_t ga_wire_id_bytes(const char *text)
{
    size_t len = leading_id_bytes(text);
    return text[len] == '\0' ? len : 0;
}

size_t ga_wire_group_id_bytes(const char *text)
{
    size_t len = leading_id_bytes(text);
    if (len == 0 || text[len] == '\0')
        return len;
    struct ga_uuid row;
    char canonical[GA_UUID_TEXT_SIZE];
    bool is_row = text[len] == '/' && ga_uuid_parse(text + len + 1, &row) &&
                  strcmp(ga_uuid_text(&row, canonical), text + len + 1) == 0;
    return is_row ? len + GA_UUID_TEXT_SIZE : 0; /* the slash takes the place of the NUL */
}

/* Whether the next eight bytes are all ASCII, none of them U+0000. */
static bool is_ascii_word(const uint8_t *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t word;
    memcpy(&word, at, sizeof(word));
    return ((word | (word - ones)) & tops) == 0;
}

static const uint8_t *skip_ascii(const uint8_t *at, const uint8_t *end)
{
    while (end - at >= 8 && is_ascii_word(at))
        at += 8;
    while (at < end && *at > 0 && *at < 0x80)
        at++;
    return at;
}

/* After U+1000 … U+CFFF, where all common Chinese characters are, any two tails will do. */
static const uint8_t *skip_wide(const uint8_t *at, const uint8_t *end)
{
    uint32_t cp;
    while (at < end && *at >= 0x80) {
        bool is_common = *at >= 0xE1 && *at <= 0xEC && end - at >= 3 && (at[1] & 0xC0) == 0x80 &&
                         (at[2] & 0xC0) == 0x80;
        size_t step = is_common ? 3 : ga_utf8_decode((const char *)at, (size_t)(end - at), &cp);
        if (step == 0)
            break;
        at += step;
    }
    return at;
}

bool ga_wire_is_text(const char *text, size_t len)
{
    const uint8_t *at = (const uint8_t *)text, *end = at + len;
    while (at < end) {
        const uint8_t *start = at;
        at = skip_wide(skip_ascii(at, end), end);
        if (at == start)
            return false;
    }
    return true;
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
