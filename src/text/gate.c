/* The one gate through which all text reaches a screen or terminal. */
#include "guanai/text/gate.h"

#include "guanai/base/alloc.h"
#include "guanai/text/utf8.h"
#include "guanai/text/width.h"

#include <string.h>

struct rule {
    uint32_t first;
    uint32_t last;
    uint32_t shown; /* ' ', U+FFFD, 0: nothing */
};

/* Rising; what is not here is kept if libc knows it. The header says why each. */
static const struct rule rules[] = {
    {0x0000, 0x0008, GA_UTF8_REPLACEMENT}, /* C0 */
    {0x0009, 0x000D, ' '},                 /* tab, newline, VT, FF, CR */
    {0x000E, 0x001F, GA_UTF8_REPLACEMENT}, /* C0, ESC among them */
    {0x007F, 0x0084, GA_UTF8_REPLACEMENT}, /* DEL, C1 */
    {0x0085, 0x0085, ' '},                 /* NEL */
    {0x0086, 0x009F, GA_UTF8_REPLACEMENT}, /* C1, CSI and OSC among them */
    {0x00AD, 0x00AD, 0},                   /* soft hyphen */
    {0x034F, 0x034F, 0},                   /* combining grapheme joiner */
    {0x061C, 0x061C, 0},                   /* Arabic letter mark */
    {0x115F, 0x1160, 0},                   /* Hangul fillers */
    {0x17B4, 0x17B5, 0},                   /* Khmer inherent vowels */
    {0x180B, 0x180F, 0},                   /* Mongolian variation selectors */
    {0x200B, 0x200F, 0},                   /* zero-width blank and joiners, LRM, RLM */
    {0x2028, 0x2029, ' '},                 /* line and paragraph separators */
    {0x202A, 0x202E, 0},                   /* bidi embeddings and overrides */
    {0x2060, 0x206F, 0},                   /* word joiner, invisible operators, bidi isolates */
    {0x3164, 0x3164, 0},                   /* Hangul filler */
    {0xFE00, 0xFE0F, 0},                   /* variation selectors */
    {0xFEFF, 0xFEFF, 0},                   /* byte order mark */
    {0xFFA0, 0xFFA0, 0},                   /* half-width Hangul filler */
    {0xFFF0, 0xFFFB, 0},                   /* annotation marks */
    {0x1BCA0, 0x1BCA3, 0},                 /* shorthand format controls */
    {0x1D173, 0x1D17A, 0},                 /* musical format controls */
    {0x1F3FB, 0x1F3FF, 0},                 /* skin tones */
    {0xE0000, 0xE0FFF, 0},                 /* tags, variation selectors supplement */
};

static const struct rule *find_rule(uint32_t cp)
{
    size_t low = 0, high = GA_COUNT(rules);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cp > rules[mid].last)
            low = mid + 1;
        else
            high = mid;
    }
    return low < GA_COUNT(rules) && cp >= rules[low].first ? &rules[low] : NULL;
}

uint32_t ga_gate_code_point(uint32_t cp)
{
    if (cp - 0x20 < 0x5F || cp - 0x3400 < 0x6C00) /* ASCII; Han to U+9FFF */
        return ga_width_code_point(cp) >= 0 ? cp : GA_UTF8_REPLACEMENT;
    const struct rule *rule = find_rule(cp);
    if (rule != NULL)
        return rule->shown;
    return ga_width_code_point(cp) >= 0 ? cp : GA_UTF8_REPLACEMENT;
}

static void add_to_cell(struct ga_gate_cell *cell, uint32_t cp)
{
    cell->len = (uint8_t)(cell->len + ga_utf8_encode(cp, cell->text + cell->len));
}

/* One code point joins the cell; false when it begins the next cell instead. */
static bool take(struct ga_gate_cell *cell, uint32_t cp, int *marks)
{
    uint32_t shown = ga_gate_code_point(cp);
    int cols = shown == 0 ? 0 : ga_width_code_point(shown);
    if (cols > 0 && cell->cols > 0)
        return false;
    if (cols > 0)
        cell->cols = (uint8_t)cols;
    if (cols > 0 || (shown != 0 && cell->cols > 0 && ++*marks <= GA_GATE_MARKS))
        add_to_cell(cell, shown);
    return true;
}

static bool is_printable_ascii(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

/* Told by the first byte alone: ASCII, or U+5000–9FFF. */
static bool begins_a_cell(unsigned char byte)
{
    return is_printable_ascii(byte) || (byte >= 0xE5 && byte <= 0xE9);
}

size_t ga_gate_next(const char *bytes, size_t len, struct ga_gate_cell *ret_cell)
{
    struct ga_gate_cell cell = {.len = 0};
    int marks = 0;
    size_t at = 0;
    while (at < len) {
        if (cell.cols > 0 && begins_a_cell((unsigned char)bytes[at]))
            break;
        uint32_t cp = GA_UTF8_REPLACEMENT;
        size_t step = ga_utf8_decode(bytes + at, len - at, &cp);
        if (!take(&cell, cp, &marks))
            break;
        at += step > 0 ? step : 1;
    }
    if (cell.cols == 0)
        return 0;
    cell.text[cell.len] = '\0';
    *ret_cell = cell;
    return at;
}

static size_t plain_run(const char *bytes, size_t len)
{
    size_t at = 0;
    while (at < len && is_printable_ascii((unsigned char)bytes[at]))
        at++;
    /* The last one may yet carry marks. */
    return at < len && at > 0 ? at - 1 : at;
}

void ga_gate_add(struct ga_str *out, const char *bytes, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t plain = plain_run(bytes + at, len - at);
        ga_str_add_bytes(out, bytes + at, plain);
        at += plain;
        struct ga_gate_cell cell;
        size_t step = ga_gate_next(bytes + at, len - at, &cell);
        if (step == 0)
            return;
        ga_str_add_bytes(out, cell.text, cell.len);
        at += step;
    }
}

void ga_gate_add_lines(struct ga_str *out, const char *bytes, size_t len)
{
    for (size_t at = 0; at < len;) {
        const char *newline = memchr(bytes + at, '\n', len - at);
        size_t line = newline != NULL ? (size_t)(newline - bytes) - at : len - at;
        ga_gate_add(out, bytes + at, line);
        if (newline != NULL)
            ga_str_add_char(out, '\n');
        at += line + 1;
    }
}
