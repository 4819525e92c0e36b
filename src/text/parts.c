/* Tells which character was meant by its parts or its code point. */
#include "guanai/text/parts.h"

#include "parts_data.h"

#include "guanai/text/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The first row that begins with this part, or one behind it. */
static size_t first_of(uint32_t part)
{
    size_t from = 0, until = parts_rows_count;
    while (from < until) {
        const size_t middle = (from + until) / 2;
        if (parts_rows[middle].spelled[0] < part)
            from = middle + 1;
        else
            until = middle;
    }
    return from;
}

/* Of the longest spelling that stands here, the character of the way; *ret_more: it may mean another one still. */
static const struct parts_row *spelled_at(const uint32_t *letters, size_t len, size_t way, bool *ret_more)
{
    const struct parts_row *best = NULL;
    size_t found = 0;
    for (size_t i = first_of(letters[0]); i < parts_rows_count && parts_rows[i].spelled[0] == letters[0]; i++) {
        const struct parts_row *row = &parts_rows[i];
        if (best != NULL && row->len < best->len)
            break;
        if (row->len > len || memcmp(row->spelled, letters, row->len * sizeof(*letters)) != 0)
            continue;
        if (found <= way)
            best = row;
        else
            *ret_more = true;
        found++;
    }
    return best;
}

static void add_character(struct ga_str *out, uint32_t character)
{
    char bytes[GA_UTF8_BYTES];
    ga_str_add_bytes(out, bytes, ga_utf8_encode(character, bytes));
}

/* false: nothing is spelled. */
static bool add_meant(struct ga_str *out, const uint32_t *letters, size_t len, size_t way, bool *ret_more)
{
    bool is_spelled = false;
    for (size_t at = 0; at < len;) {
        const struct parts_row *row = spelled_at(letters + at, len - at, way, ret_more);
        add_character(out, row != NULL ? row->character : letters[at]);
        at += row != NULL ? row->len : 1;
        is_spelled |= row != NULL;
        if (row != NULL && at < len && letters[at] == row->character)
            at++;
    }
    return is_spelled;
}

size_t ga_parts_each_meant(const char *typed, void (*each)(void *context, const char *meant), void *context)
{
    uint32_t letters[GA_PARTS_TEXT_MAX];
    const size_t bytes = strlen(typed);
    size_t len = 0, ways = 0;
    struct ga_str meant = {0};
    for (size_t at = 0, step; at < bytes; at += step) {
        if (len == GA_PARTS_TEXT_MAX || (step = ga_utf8_decode(typed + at, bytes - at, &letters[len++])) == 0)
            return 0;
    }
    for (bool has_more = true; has_more && ways < GA_PARTS_WAYS_MAX; ways++) {
        has_more = false;
        ga_str_clear(&meant);
        if (!add_meant(&meant, letters, len, ways, &has_more))
            break;
        each(context, ga_str_text(&meant));
    }
    ga_str_finish(&meant);
    return ways;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static uint32_t hex_digit(char c)
{
    enum { NONE = 16 };
    const char lower = (char)(c | 0x20);
    return is_digit(c) ? (uint32_t)(c - '0') : lower >= 'a' && lower <= 'f' ? (uint32_t)(lower - 'a' + 10) : NONE;
}

/* Blocks of Chinese characters, compatible ones, private use: characters made by a county's own font are there. */
static bool is_of_names(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
    } BLOCKS[] = {{0x2E80, 0x2FDF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xE000, 0xF8FF}, {0xF900, 0xFAFF},
                  {0x20000, 0x3FFFD}, {0xF0000, 0xFFFFD}};
    for (size_t i = 0; i < sizeof(BLOCKS) / sizeof(BLOCKS[0]); i++)
        if (cp >= BLOCKS[i].first && cp <= BLOCKS[i].last)
            return true;
    return false;
}

/* How many digits it has; 0: none that a name may hold. */
static size_t read_code_point(const char *text, uint32_t *ret_cp)
{
    enum { LEAST = 4, MOST = 6 };
    uint32_t cp = 0;
    size_t len = 0;
    for (; len < MOST && hex_digit(text[len]) < 16; len++)
        cp = cp << 4 | hex_digit(text[len]);
    if (len < LEAST || !is_of_names(cp))
        return 0;
    *ret_cp = cp;
    return len;
}

/* U+9A89, and with the + left out where no letter stands before it: no word goes so. */
static size_t read_marked(const char *text, const char *at, uint32_t *ret_cp)
{
    if ((at[0] | 0x20) != 'u')
        return 0;
    const bool is_alone = at == text || (at[-1] | 0x20) < 'a' || (at[-1] | 0x20) > 'z';
    const size_t mark = at[1] == '+' ? 2 : is_alone ? 1 : 0;
    const size_t len = mark > 0 ? read_code_point(at + mark, ret_cp) : 0;
    return len > 0 && (mark == 2 || hex_digit(at[mark + len]) == 16) ? mark + len : 0;
}

/* Without U+ : a question mark behind it, or no number (digits alone) with a digit first, as no word has. */
static bool add_bare(struct ga_str *out, const char *typed)
{
    uint32_t cp;
    const size_t len = read_code_point(typed, &cp);
    const bool is_asked = len > 0 && typed[len] == '?' && typed[len + 1] == '\0';
    const bool is_no_word = len > 0 && typed[len] == '\0' && is_digit(typed[0]) && strspn(typed, "0123456789") < len;
    if (is_asked || is_no_word)
        add_character(out, cp);
    return is_asked || is_no_word;
}

void ga_parts_add_code_points(struct ga_str *out, const char *typed)
{
    if (add_bare(out, typed))
        return;
    for (const char *at = typed; *at != '\0';) {
        uint32_t cp;
        const size_t len = read_marked(typed, at, &cp);
        if (len > 0)
            add_character(out, cp);
        else
            ga_str_add_char(out, *at);
        at += len > 0 ? len : 1;
    }
}
