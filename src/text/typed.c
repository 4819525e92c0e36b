/* What a person typed or a sheet held, as folded characters. */
#include "guanai/text/typed.h"

#include "guanai/base/alloc.h"
#include "guanai/text/fold.h"
#include "guanai/text/utf8.h"

#include <string.h>

enum { IDEOGRAPHIC_STOP = 0x3002 };

struct cp_range {
    uint32_t from;
    uint32_t to;
};

static const struct cp_range han_ranges[] = {
    {0x2E80, 0x2FDF}, {0x3005, 0x3007}, {0x3021, 0x3029},   {0x3400, 0x4DBF},    {0x4E00, 0x9FFF},
    {0xE000, 0xF8FF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF}, {0xF0000, 0x10FFFD},
};
static const struct cp_range blank_ranges[] = {
    {0x09, 0x0D},     {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
    {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};
static const struct cp_range invisible_ranges[] = {
    {0xAD, 0xAD},     {0x061C, 0x061C}, {0x180E, 0x180E}, {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF},
};
static const struct cp_range dash_ranges[] = {
    {0x2010, 0x2015}, {0x2212, 0x2212}, {0x2500, 0x2501},
    {0x2E3A, 0x2E3B}, {0xFE58, 0xFE58}, {0xFE63, 0xFE63},
};

static bool is_in(uint32_t cp, const struct cp_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cp >= ranges[i].from && cp <= ranges[i].to)
            return true;
    return false;
}

bool ga_typed_is_han(uint32_t cp)
{
    return is_in(cp, han_ranges, GA_COUNT(han_ranges));
}

/* Nearly all characters are Han; those that are not are mostly ASCII. */
bool ga_typed_is_blank(uint32_t cp)
{
    if (cp < 0x80)
        return cp == ' ' || (cp >= 0x09 && cp <= 0x0D);
    return cp <= 0x3000 && is_in(cp, blank_ranges, GA_COUNT(blank_ranges));
}

bool ga_typed_is_invisible(uint32_t cp)
{
    return cp >= 0xAD && (cp <= 0x206F || cp == 0xFEFF) && is_in(cp, invisible_ranges, GA_COUNT(invisible_ranges));
}

enum ga_rc ga_typed_read(const char *text, struct ga_typed *ret_typed, struct ga_error *err)
{
    const size_t bytes = strnlen(text, GA_TYPED_BYTES + 1);
    if (bytes > GA_TYPED_BYTES) {
        ga_error_set(err, GA_REFUSED, "This is far too long");
        ga_error_hint(err, "Check whether several cells were pasted at once.");
        return GA_REFUSED;
    }
    struct ga_typed typed;
    typed.count = 0;
    for (size_t at = 0; at < bytes;) {
        const size_t len = ga_utf8_decode(text + at, bytes - at, &typed.cp[typed.count]);
        if (len == 0) {
            ga_error_set(err, GA_REFUSED, "This text cannot be read: it is not UTF-8");
            ga_error_hint(err, "Type it again.");
            return GA_REFUSED;
        }
        typed.count++;
        at += len;
    }
    typed.cp[typed.count] = 0;
    *ret_typed = typed;
    return GA_OK;
}

static uint32_t fold_bracket(uint32_t cp)
{
    static const uint32_t opening[] = {'[', '{', 0x3010, 0x3014, 0x3016, 0x3008, 0x300C, 0x300E, 0xFE59};
    static const uint32_t closing[] = {']', '}', 0x3011, 0x3015, 0x3017, 0x3009, 0x300D, 0x300F, 0xFE5A};
    for (size_t i = 0; i < GA_COUNT(opening); i++)
        if (cp == opening[i] || cp == closing[i])
            return cp == opening[i] ? '(' : ')';
    return cp;
}

static uint32_t fold_char(uint32_t cp)
{
    cp = ga_fold_width(cp);
    if (cp > ' ' && cp < '[') /* ASCII without brackets other than () */
        return cp;
    if (ga_typed_is_blank(cp))
        return ' ';
    if (is_in(cp, dash_ranges, GA_COUNT(dash_ranges)))
        return '-';
    return cp == IDEOGRAPHIC_STOP ? '.' : fold_bracket(cp);
}

enum ga_rc ga_typed_read_folded(const char *text, struct ga_typed *ret_typed, struct ga_error *err)
{
    struct ga_typed raw;
    const enum ga_rc rc = ga_typed_read(text, &raw, err);
    if (rc != GA_OK)
        return rc;
    size_t count = 0;
    for (size_t i = 0; i < raw.count; i++) {
        const uint32_t cp = fold_char(raw.cp[i]);
        const bool is_leading = count == 0 && (cp == ' ' || cp == '\'' || cp == 0x2018 || cp == 0x2019);
        if (!is_leading && !ga_typed_is_invisible(cp))
            ret_typed->cp[count++] = cp;
    }
    while (count > 0 && ret_typed->cp[count - 1] == ' ')
        count--;
    ret_typed->cp[count] = 0;
    ret_typed->count = count;
    return GA_OK;
}

void ga_typed_drop(struct ga_typed *typed, const char *ascii)
{
    size_t kept = 0;
    for (size_t i = 0; i < typed->count; i++) {
        const uint32_t cp = typed->cp[i];
        if (cp == 0 || cp >= 0x80 || strchr(ascii, (int)cp) == NULL)
            typed->cp[kept++] = cp;
    }
    typed->cp[kept] = 0;
    typed->count = kept;
}

const char *ga_typed_text(const struct ga_typed *typed, char *buf, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < typed->count; i++) {
        char seq[GA_UTF8_BYTES];
        const size_t len = ga_utf8_encode(typed->cp[i], seq);
        if (used + len >= size)
            break;
        memcpy(buf + used, seq, len);
        used += len;
    }
    buf[used] = '\0';
    return buf;
}

bool ga_typed_ascii(const struct ga_typed *typed, char *buf, size_t size)
{
    if (typed->count >= size)
        return false;
    for (size_t i = 0; i < typed->count; i++)
        if (typed->cp[i] >= 0x80 || typed->cp[i] < 0x20)
            return false;
    ga_typed_text(typed, buf, size);
    return true;
}

size_t ga_typed_word(const struct ga_typed *typed, size_t at, const char *word)
{
    size_t chars = 0;
    const char *const end = word + strlen(word);
    for (const char *p = word; p < end; chars++) {
        uint32_t cp = 0;
        const size_t len = ga_utf8_decode(p, (size_t)(end - p), &cp);
        if (len == 0 || at + chars >= typed->count || typed->cp[at + chars] != cp)
            return 0;
        p += len;
    }
    return chars;
}

/* 0 … 9, 10 for 十, -1 for none of them. */
static int han_digit(uint32_t cp)
{
    static const uint32_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                      0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
    for (size_t i = 0; i < GA_COUNT(digits); i++)
        if (cp == digits[i])
            return (int)i;
    return cp == 0x96F6 ? 0 : cp == 0x4E24 ? 2 : -1; /* 零 两 */
}

/* 十, 十五, 二十, 二十三, 三: at most three characters. */
static size_t han_number(const struct ga_typed *typed, size_t at, int *ret_value)
{
    const int first = han_digit(typed->cp[at]);
    if (first < 0)
        return 0;
    const size_t tens = first == 10 ? 0 : 1;
    if (first != 10 && han_digit(typed->cp[at + 1]) != 10) {
        *ret_value = first;
        return 1;
    }
    const int unit = han_digit(typed->cp[at + tens + 1]);
    *ret_value = (first == 10 ? 10 : first * 10) + (unit > 0 && unit < 10 ? unit : 0);
    return tens + 1 + (unit > 0 && unit < 10 ? 1 : 0);
}

size_t ga_typed_number(const struct ga_typed *typed, size_t at, size_t digits_max, int *ret_value)
{
    int value = 0;
    size_t digits = 0;
    if (at >= typed->count)
        return 0;
    while (digits < digits_max && digits < 9 && typed->cp[at + digits] >= '0' &&
           typed->cp[at + digits] <= '9')
        value = value * 10 + (int)(typed->cp[at + digits++] - '0');
    if (digits == 0)
        return han_number(typed, at, ret_value);
    *ret_value = value;
    return digits;
}
