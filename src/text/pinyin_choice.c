/* Walks through the ways to read a name, the likeliest first. */
#include "pinyin_unit.h"

struct chooser {
    const uint8_t *counts;
    size_t n;
    unsigned
        rest_max[GA_PINYIN_UNITS_MAX + 1]; /* the largest sum that the places from here on can have */
    uint8_t choice[GA_PINYIN_UNITS_MAX];
    size_t done;
    void (*each)(void *context, const uint8_t *choice);
    void *context;
};

/* Never enters a branch that cannot reach the sum: every path ends in a call of `each`. */
static void choose(struct chooser *chooser, size_t place, unsigned left)
{
    if (place == chooser->n) {
        chooser->each(chooser->context, chooser->choice);
        chooser->done++;
        return;
    }
    for (unsigned r = 0; r < chooser->counts[place] && r <= left; r++) {
        if (left - r > chooser->rest_max[place + 1])
            continue;
        if (chooser->done == GA_PINYIN_VARIANTS_MAX)
            return;
        chooser->choice[place] = (uint8_t)r;
        choose(chooser, place + 1, left - r);
    }
}

size_t ga_pinyin_each_choice(const uint8_t *counts, size_t n,
                             void (*each)(void *context, const uint8_t *choice), void *context)
{
    struct chooser chooser = {.counts = counts, .n = n, .each = each, .context = context};
    for (size_t place = n; place-- > 0;)
        chooser.rest_max[place] = chooser.rest_max[place + 1] + counts[place] - 1u;
    for (unsigned sum = 0; sum <= chooser.rest_max[0] && chooser.done < GA_PINYIN_VARIANTS_MAX; sum++)
        choose(&chooser, 0, sum);
    return chooser.done;
}
