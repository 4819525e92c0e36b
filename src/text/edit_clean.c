/* What of pasted bytes belongs into an input field. */
#include "edit_inner.h"

#include "guanai/text/gate.h"
#include "guanai/text/utf8.h"

static bool is_newline(uint32_t cp)
{
    return cp == '\n' || cp == '\r' || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

/* Unseen by themselves, but part of how the character before them is written. */
static bool is_part_of_spelling(uint32_t cp)
{
    return (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF) || cp == 0x200C ||
           cp == 0x200D || (cp >= 0x180B && cp <= 0x180F) || (cp >= 0x1F3FB && cp <= 0x1F3FF);
}

/* 0: left out. */
static uint32_t clean_one(uint32_t cp)
{
    if (is_newline(cp))
        return '\n';
    if (cp == '\t')
        return ' ';
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
        return 0;
    return ga_gate_code_point(cp) != 0 || is_part_of_spelling(cp) ? cp : 0;
}

static void flatten_newlines(struct ga_str *out, const struct ga_str *lines)
{
    size_t from = 0, to = lines->len;
    while (from < to && lines->data[from] == '\n')
        from++;
    while (to > from && lines->data[to - 1] == '\n')
        to--;
    for (; from < to; from++)
        ga_str_add_char(out, lines->data[from] == '\n' ? ' ' : lines->data[from]);
}

bool edit_clean(const char *bytes, size_t len, bool is_multiline, struct ga_str *out)
{
    if (!ga_utf8_is_valid(bytes, len, NULL))
        return false;
    struct ga_str lines = {0};
    for (size_t at = 0, step; at < len; at += step) {
        uint32_t cp;
        char kept[GA_UTF8_BYTES];
        step = ga_utf8_decode(bytes + at, len - at, &cp);
        if (cp == '\r' && at + 1 < len && bytes[at + 1] == '\n')
            continue;
        if ((cp = clean_one(cp)) != 0)
            ga_str_add_bytes(&lines, kept, ga_utf8_encode(cp, kept));
    }
    if (is_multiline)
        ga_str_add_bytes(out, ga_str_text(&lines), lines.len);
    else
        flatten_newlines(out, &lines);
    ga_str_finish(&lines);
    return true;
}
