/* Characters in bytes of UTF-8. */
#include "guanai/text/utf8.h"

#include <string.h>

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Length and smallest code point by the lead byte; overlong forms fall below the smallest. */
static size_t read_lead(unsigned char lead, uint32_t *ret_cp, uint32_t *ret_least)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t need = 0;
    if (lead >= 0xC2 && lead <= 0xF4)
        need = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    *ret_cp = need == 0 ? 0 : lead & (0x7Fu >> need);
    *ret_least = least[need];
    return need;
}

/* U+1000 to U+CFFF, nearly all Chinese: three bytes that can be neither overlong nor a surrogate. */
static bool is_common(const unsigned char *bytes, size_t len)
{
    return len >= 3 && bytes[0] >= 0xE1 && bytes[0] <= 0xEC && is_tail(bytes[1]) && is_tail(bytes[2]);
}

size_t ga_utf8_decode(const char *text, size_t len, uint32_t *ret_cp)
{
    if (len == 0)
        return 0;
    const unsigned char *bytes = (const unsigned char *)text;
    if (bytes[0] < 0x80) {
        *ret_cp = bytes[0];
        return 1;
    }
    uint32_t cp, least;
    if (is_common(bytes, len)) {
        *ret_cp = (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
        return 3;
    }
    size_t need = read_lead(bytes[0], &cp, &least);
    if (need == 0 || need > len)
        return 0;
    for (size_t i = 1; i < need; i++) {
        if (!is_tail(bytes[i]))
            return 0;
        cp = cp << 6 | (bytes[i] & 0x3Fu);
    }
    if (cp < least || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return 0;
    *ret_cp = cp;
    return need;
}

size_t ga_utf8_encode(uint32_t cp, char out[GA_UTF8_BYTES])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return 0;
    size_t need = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = need; --i > 0; cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)((0xF00u >> need & 0xFF) | cp);
    return need;
}

/* How many of the first bytes are surely whole characters: ASCII by eights, common Chinese by threes. */
static size_t skip_plain(const char *bytes, size_t len)
{
    size_t at = 0;
    for (uint64_t word; at + sizeof(word) <= len;) {
        memcpy(&word, bytes + at, sizeof(word));
        if ((word & 0x8080808080808080u) == 0)
            at += sizeof(word);
        else if (is_common((const unsigned char *)bytes + at, len - at))
            at += 3;
        else
            break;
    }
    return at;
}

bool ga_utf8_is_valid(const char *bytes, size_t len, size_t *ret_fault_at)
{
    uint32_t cp;
    for (size_t at = 0; at < len;) {
        at += skip_plain(bytes + at, len - at);
        if (at == len)
            break;
        size_t step = ga_utf8_decode(bytes + at, len - at, &cp);
        if (step == 0) {
            if (ret_fault_at != NULL)
                *ret_fault_at = at;
            return false;
        }
        at += step;
    }
    return true;
}

size_t ga_utf8_count(const char *bytes, size_t len)
{
    size_t count = 0;
    for (size_t at = 0; at < len; count++)
        at = ga_utf8_next(bytes, len, at);
    return count;
}

size_t ga_utf8_next(const char *bytes, size_t len, size_t at)
{
    if (at >= len)
        return len;
    uint32_t cp;
    size_t step = ga_utf8_decode(bytes + at, len - at, &cp);
    return at + (step > 0 ? step : 1);
}

size_t ga_utf8_prev(const char *bytes, size_t at)
{
    uint32_t cp;
    for (size_t step = 1; step <= GA_UTF8_BYTES && step <= at; step++)
        if (ga_utf8_decode(bytes + at - step, step, &cp) == step)
            return at - step;
    return at > 0 ? at - 1 : 0;
}
