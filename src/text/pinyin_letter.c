/* Reads text letter by letter in the one shape in which names are compared with what is typed. */
#include "guanai/text/fold.h"
#include "guanai/text/utf8.h"

#include "pinyin_unit.h"

#include <string.h>

/* Vowels with tone marks and what they stand for without. */
struct folded {
    uint16_t from;
    char to;
};

static const struct folded tone_marks[] = {
    {0x00E0, 'a'}, {0x00E1, 'a'}, {0x00E8, 'e'}, {0x00E9, 'e'}, {0x00EA, 'e'}, {0x00EC, 'i'},
    {0x00ED, 'i'}, {0x00F2, 'o'}, {0x00F3, 'o'}, {0x00F9, 'u'}, {0x00FA, 'u'}, {0x00FC, 'v'},
    {0x0101, 'a'}, {0x0113, 'e'}, {0x011B, 'e'}, {0x012B, 'i'}, {0x0144, 'n'}, {0x0148, 'n'},
    {0x014D, 'o'}, {0x016B, 'u'}, {0x01CE, 'a'}, {0x01D0, 'i'}, {0x01D2, 'o'}, {0x01D4, 'u'},
    {0x01D6, 'v'}, {0x01D8, 'v'}, {0x01DA, 'v'}, {0x01DC, 'v'}, {0x01F9, 'n'}, {0x0251, 'a'},
    {0x0261, 'g'}, {0x1EBF, 'e'}, {0x1EC1, 'e'},
};

static uint32_t without_tone(uint32_t c)
{
    size_t low = 0, high = sizeof(tone_marks) / sizeof(tone_marks[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (tone_marks[middle].from < c)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_found = low < sizeof(tone_marks) / sizeof(tone_marks[0]) && tone_marks[low].from == c;
    return is_found ? (uint32_t)tone_marks[low].to : c;
}

/* The dots that stand in names like 阿依古丽·买买提, in the code points that forms bring. */
static bool is_name_dot(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF65 || c == '.' ||
           c == 0x2E31;
}

static bool parts_words(uint32_t c)
{
    return c <= ' ' || c == '\'' || c == '-' || c == '`' || (c >= 0x7F && c <= 0xA0) || c == 0xB4 ||
           (c >= 0x2000 && c <= 0x201B) || c == 0x2032 || (c >= 0x2028 && c <= 0x202F) ||
           (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF || is_name_dot(c);
}

static uint32_t fold_letter(uint32_t c)
{
    c = ga_fold_width(c);
    if (parts_words(c))
        return ' ';
    return c < 0x3000 ? without_tone(ga_fold_case(c)) : c;
}

/* Takes one code point off the text; a byte that is none of UTF-8 is U+FFFD by itself. */
static uint32_t next_code_point(const char **text)
{
    uint32_t c = 0xFFFD;
    size_t room = 1;
    while (room < GA_UTF8_BYTES && (*text)[room] != '\0')
        room++;
    size_t len = ga_utf8_decode(*text, room, &c);
    *text += len > 0 ? len : 1;
    return c;
}

uint32_t ga_pinyin_next_letter(const char **text, const char **ret_start, bool *ret_is_dot)
{
    const char *start;
    uint32_t c;
    do {
        start = *text;
        if (*start == '\0')
            return PINYIN_NO_LETTER;
        c = next_code_point(text);
    } while (c >= 0x300 && c <= 0x36F);
    if (ret_start != NULL)
        *ret_start = start;
    if (c >= 0x3400 && c <= 0x9FFF) /* most letters of most names: nothing to be done */
        return c;
    if (ret_is_dot != NULL)
        *ret_is_dot |= is_name_dot(c) || c == 0xFF0E;
    uint32_t letter = fold_letter(c);
    if (letter == 'u' && strncmp(*text, "\xCC\x88", 2) == 0) /* ü typed as u and a combining diaeresis */
        letter = 'v';
    return letter;
}
