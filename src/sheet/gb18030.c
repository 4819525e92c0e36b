/* Gives characters that GB18030 once kept in the private area their places in Unicode. */
#include "gb18030.h"

#include "guanai/base/alloc.h"
#include "guanai/text/utf8.h"

#include <stdint.h>
#include <string.h>

/* GB 18030-2022, annex D; the four bytes are those by which Unicode's number is written. */
static const struct {
    uint32_t was, is;
    char four[5];
} moved[] = {
    {0xE78D, 0x0FE10, "\x84\x31\x82\x36"}, {0xE78E, 0x0FE12, "\x84\x31\x82\x38"},
    {0xE78F, 0x0FE11, "\x84\x31\x82\x37"}, {0xE790, 0x0FE13, "\x84\x31\x82\x39"},
    {0xE791, 0x0FE14, "\x84\x31\x83\x30"}, {0xE792, 0x0FE15, "\x84\x31\x83\x31"},
    {0xE793, 0x0FE16, "\x84\x31\x83\x32"}, {0xE794, 0x0FE17, "\x84\x31\x83\x33"},
    {0xE795, 0x0FE18, "\x84\x31\x83\x34"}, {0xE796, 0x0FE19, "\x84\x31\x83\x35"},
    {0xE7C7, 0x01E3F, "\x81\x35\xF4\x37"}, {0xE816, 0x20087, "\x95\x32\x90\x31"},
    {0xE817, 0x20089, "\x95\x32\x90\x33"}, {0xE818, 0x200CC, "\x95\x32\x97\x30"},
    {0xE81E, 0x09FB4, "\x82\x35\x90\x37"}, {0xE826, 0x09FB5, "\x82\x35\x90\x38"},
    {0xE82B, 0x09FB6, "\x82\x35\x90\x39"}, {0xE82C, 0x09FB7, "\x82\x35\x91\x30"},
    {0xE831, 0x215D7, "\x95\x36\xB9\x37"}, {0xE832, 0x09FB8, "\x82\x35\x91\x31"},
    {0xE83B, 0x2298F, "\x96\x30\xBA\x35"}, {0xE843, 0x09FB9, "\x82\x35\x91\x32"},
    {0xE854, 0x09FBA, "\x82\x35\x91\x33"}, {0xE855, 0x241FE, "\x96\x35\xB6\x30"},
    {0xE864, 0x09FBB, "\x82\x35\x91\x34"},
};

size_t ga_gb18030_four(const unsigned char *bytes, size_t len, char utf8[4])
{
    for (size_t i = 0; len >= 4 && i < GA_COUNT(moved); i++)
        if (memcmp(moved[i].four, bytes, 4) == 0)
            return ga_utf8_encode(moved[i].is, utf8);
    return 0;
}

/* The real character of the private one in three bytes; its length, 0: it is none of these. */
static size_t real_of(const char *bytes, char utf8[4])
{
    const unsigned char *byte = (const unsigned char *)bytes;
    const uint32_t code = (uint32_t)(byte[0] & 0x0F) << 12 | (uint32_t)(byte[1] & 0x3F) << 6 | (byte[2] & 0x3F);
    for (size_t i = 0; byte[0] == 0xEE && i < GA_COUNT(moved); i++)
        if (moved[i].was == code)
            return ga_utf8_encode(moved[i].is, utf8);
    return 0;
}

static size_t count_growth(const char *text, size_t len)
{
    char utf8[4];
    size_t growth = 0;
    const char *end = text + len, *next = text;
    while ((next = memchr(next, 0xEE, (size_t)(end - next))) != NULL && end - next >= 3) {
        growth += real_of(next, utf8) == 4;
        next += 3;
    }
    return growth;
}

size_t ga_gb18030_make_real(char *text, size_t len)
{
    if (memchr(text, 0xEE, len) == NULL)
        return len;
    const size_t grown = len + count_growth(text, len);
    size_t to = grown;
    for (size_t from = len; from > 0;) { /* from the end: what grows moves over what was moved already */
        char utf8[4];
        size_t start = from - 1;
        while (start > 0 && ((unsigned char)text[start] & 0xC0) == 0x80)
            start--;
        const size_t real = from - start == 3 ? real_of(text + start, utf8) : 0;
        const size_t bytes = real > 0 ? real : from - start;
        to -= bytes;
        memmove(text + to, real > 0 ? utf8 : text + start, bytes);
        from = start;
    }
    return grown;
}
