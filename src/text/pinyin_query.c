/* Makes comparable what somebody typed to find a name. */
#include "pinyin_unit.h"

#include <string.h>

void ga_pinyin_query_init(struct ga_pinyin_query *query, const char *text, unsigned fuzzy)
{
    *query = (struct ga_pinyin_query){.fuzzy = (uint8_t)(fuzzy & GA_FUZZY_ALL), .has_only_letters = true};
    bool starts = true;
    uint32_t before = ' ', letter;
    while (query->len < GA_PINYIN_QUERY_MAX &&
           (letter = ga_pinyin_next_letter(&text, NULL, NULL)) != PINYIN_NO_LETTER) {
        bool is_tone = letter >= '1' && letter <= '5' && pinyin_is_latin(before);
        before = letter;
        if (letter == ' ' || is_tone) {
            starts = true;
            continue;
        }
        if (starts)
            query->starts |= UINT64_C(1) << query->len;
        starts = false;
        query->letters[query->len++] = letter;
        query->has_only_letters &= pinyin_is_latin(letter);
    }
    query->has_only_letters &= query->len > 0;
}
