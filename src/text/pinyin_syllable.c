/* Knows the syllables of Chinese and what begins them. */
#include "pinyin_data.h"
#include "pinyin_unit.h"

#include <string.h>

static bool begins(size_t i, const char *text, size_t len)
{
    return i < ga_pinyin_syllable_count && strncmp(ga_pinyin_syllables[i].text, text, len) == 0;
}

/* The first syllable that is not before the text. */
static size_t find_syllable(const char *text, size_t len)
{
    size_t low = 1, high = ga_pinyin_syllable_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strncmp(ga_pinyin_syllables[middle].text, text, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* lue is 略 */
static bool with_v(char *text, size_t len)
{
    if (len < 2 || text[1] != 'u')
        return false;
    text[1] = 'v';
    return true;
}

bool pinyin_begins_syllable(const char *letters, size_t len)
{
    char text[PINYIN_SYLLABLE_MAX + 1];
    memcpy(text, letters, len);
    return begins(find_syllable(text, len), text, len) || (with_v(text, len) && begins(find_syllable(text, len), text, len));
}

static bool is_exactly(const char *text, size_t len)
{
    const size_t i = find_syllable(text, len);
    return begins(i, text, len) && ga_pinyin_syllables[i].len == len;
}

bool pinyin_is_syllable(const char *letters, size_t len)
{
    char text[PINYIN_SYLLABLE_MAX + 1];
    memcpy(text, letters, len);
    return is_exactly(text, len) || (with_v(text, len) && is_exactly(text, len));
}

bool pinyin_is_last_syllable(const char *letters, size_t len)
{
    return is_exactly(letters, len) && !begins(find_syllable(letters, len) + 1, letters, len);
}
