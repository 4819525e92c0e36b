/* Characters that many fonts of terminals lack. */
#include "guanai/text/rare.h"

#include "guanai/text/utf8.h"

#include <string.h>

static const struct {
    uint32_t from, to;
} ranges[] = {
    {0x3400, 0x4DBF},     /* extension A */
    {0x9FA6, 0x9FFF},     /* added to the basic block after 2003 */
    {0xE000, 0xF8FF},     /* private use: what GB 18030 fonts put there differs */
    {0x20000, 0x3FFFF},   /* extensions B and later */
    {0xF0000, 0x10FFFD},  /* private use */
};

bool ga_rare_code_point(uint32_t cp)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (cp >= ranges[i].from && cp <= ranges[i].to)
            return true;
    return false;
}

static bool is_among(const uint32_t *seen, size_t count, uint32_t cp)
{
    for (size_t i = 0; i < count; i++)
        if (seen[i] == cp)
            return true;
    return false;
}

bool ga_rare_add(const char *text, struct ga_str *out)
{
    uint32_t seen[GA_RARE_MAX];
    size_t count = 0;
    const size_t len = strlen(text);
    for (size_t at = 0; at < len && count < GA_RARE_MAX; at = ga_utf8_next(text, len, at)) {
        uint32_t cp;
        if ((unsigned char)text[at] < 0xE3 || ga_utf8_decode(text + at, len - at, &cp) == 0 || !ga_rare_code_point(cp) ||
            is_among(seen, count, cp))
            continue;
        ga_str_addf(out, "%sU+%04X", count > 0 ? " " : "", (unsigned)cp);
        seen[count++] = cp;
    }
    return count > 0;
}
