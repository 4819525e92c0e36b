/* Tells which other sounds somebody may have meant. */
#include "pinyin_unit.h"

#include "guanai/base/alloc.h"

#include <string.h>

enum { SYLLABLES_MAX = 8, WAYS = 4, SYLLABLE_BYTES = PINYIN_SYLLABLE_MAX + 3 };

/* What was typed, syllable by syllable, each with the ways it may have been meant: [0] as it stands. */
struct meant {
    char ways[SYLLABLES_MAX][WAYS][SYLLABLE_BYTES];
    uint8_t counts[SYLLABLES_MAX];
    size_t count;
    void (*each)(void *context, const char *full);
    void *context;
};

static bool is_spoken(const char *syllable, size_t len, bool may_be_begun)
{
    return len <= PINYIN_SYLLABLE_MAX &&
           (pinyin_is_syllable(syllable, len) || (may_be_begun && pinyin_begins_syllable(syllable, len)));
}

static void add_way(struct meant *meant, struct ga_span sound, struct pinyin_swap initial, struct pinyin_swap final,
                    bool may_be_begun)
{
    const size_t head = initial.from != NULL ? strlen(initial.from) : 0;
    const size_t tail = final.from != NULL ? strlen(final.from) : 0;
    char text[2 * SYLLABLE_BYTES] = "";
    if (head + tail > sound.len)
        return;
    size_t len = 0;
    for (const char *c = initial.to; c != NULL && *c != '\0'; c++)
        text[len++] = *c;
    memcpy(text + len, sound.ptr + head, sound.len - head - tail);
    len += sound.len - head - tail;
    for (const char *c = final.to; c != NULL && *c != '\0'; c++)
        text[len++] = *c;
    if (!is_spoken(text, len, may_be_begun))
        return;
    text[len] = '\0';
    strcpy(meant->ways[meant->count][meant->counts[meant->count]++], text);
}

/* zh, ch, sh alone are beginnings of syllables; of a vowel there is nothing to exchange. */
static void add_syllable(struct meant *meant, struct ga_span sound, unsigned fuzzy, bool may_be_begun)
{
    const struct pinyin_swap none = {NULL, NULL}, initial = pinyin_swap_initial(sound, fuzzy),
                             final = pinyin_swap_final(sound, fuzzy);
    meant->counts[meant->count] = 0;
    add_way(meant, sound, none, none, true);
    if (initial.from != NULL)
        add_way(meant, sound, initial, none, may_be_begun);
    if (final.from != NULL)
        add_way(meant, sound, none, final, may_be_begun);
    if (initial.from != NULL && final.from != NULL)
        add_way(meant, sound, initial, final, may_be_begun);
    meant->count++;
}

static void say_choice(void *context, const uint8_t *choice)
{
    const struct meant *meant = context;
    char full[SYLLABLES_MAX * SYLLABLE_BYTES];
    size_t len = 0;
    for (size_t i = 0; i < meant->count; i++) {
        const char *way = meant->ways[i][choice[i]];
        if (i > 0)
            full[len++] = ' ';
        memcpy(full + len, way, strlen(way));
        len += strlen(way);
    }
    full[len] = '\0';
    meant->each(meant->context, full);
}

void ga_pinyin_each_like(const struct ga_pinyin_query *heard,
                         void (*each)(void *context, const char *full), void *context)
{
    struct meant meant = {.each = each, .context = context};
    char letters[GA_PINYIN_QUERY_MAX];
    if (heard->has_initials)
        return;
    for (size_t i = 0; i < heard->len; i++)
        letters[i] = (char)heard->letters[i];
    for (size_t at = 0, behind; at < heard->len && meant.count < SYLLABLES_MAX; at = behind) {
        for (behind = at + 1; behind < heard->len && !(heard->starts >> behind & 1);)
            behind++;
        add_syllable(&meant, (struct ga_span){letters + at, behind - at}, heard->fuzzy,
                     behind == heard->len && heard->may_go_on);
    }
    if (meant.count > 0)
        ga_pinyin_each_choice(meant.counts, meant.count, say_choice, &meant);
}

/* The first letters of what was typed; of each the one it may be taken for, or itself. */
struct initials {
    char ways[SYLLABLES_MAX][2];
    uint8_t counts[SYLLABLES_MAX];
    size_t count;
    void (*each)(void *context, const char *initials);
    void *context;
};

static void say_initials(void *context, const uint8_t *choice)
{
    const struct initials *initials = context;
    char text[SYLLABLES_MAX + 1] = "";
    for (size_t i = 0; i < initials->count; i++)
        text[i] = initials->ways[i][choice[i]];
    initials->each(initials->context, text);
}

void ga_pinyin_each_like_initials(const struct ga_pinyin_query *heard, void (*each)(void *context, const char *initials),
                                  void *context)
{
    struct initials initials = {.each = each, .context = context};
    for (size_t at = 0; at < heard->len && heard->has_initials && initials.count < SYLLABLES_MAX; at++) {
        const char letter = (char)heard->letters[at];
        if (!(heard->starts >> at & 1))
            continue;
        const struct pinyin_swap swap = pinyin_swap_initial((struct ga_span){&letter, 1}, heard->fuzzy);
        const bool is_other = swap.to != NULL && swap.to[0] != letter; /* z, zh begin alike */
        initials.ways[initials.count][0] = letter;
        initials.ways[initials.count][1] = is_other ? swap.to[0] : letter;
        initials.counts[initials.count++] = is_other ? 2 : 1;
    }
    if (initials.count > 0)
        ga_pinyin_each_choice(initials.counts, initials.count, say_initials, &initials);
}

/* Fewest syllables, all but the last one whole: least[at] parts from here, taken[at] letters the first of them. */
struct cutting {
    char letters[GA_PINYIN_QUERY_MAX];
    size_t len;
    uint8_t least[GA_PINYIN_QUERY_MAX + 1], taken[GA_PINYIN_QUERY_MAX + 1];
};

bool pinyin_is_initial(const char *letters, size_t len)
{
    return len == 1 || (len == 2 && letters[1] == 'h' && strchr("zcs", letters[0]) != NULL);
}

static bool cut_letters(struct cutting *cut, uint64_t starts, bool has_initials)
{
    enum { NEVER = 0xFF };
    cut->least[cut->len] = 0;
    for (size_t at = cut->len; at-- > 0;) {
        cut->least[at] = NEVER;
        for (size_t k = 1; k <= PINYIN_SYLLABLE_MAX && at + k <= cut->len; k++) {
            if (k > 1 && (starts >> (at + k - 1) & 1))
                break;
            const uint8_t rest = cut->least[at + k];
            const bool may_be_begun =
                at + k == cut->len || (has_initials && pinyin_is_initial(cut->letters + at, k));
            if (rest == NEVER || rest + 1 > cut->least[at] || !is_spoken(cut->letters + at, k, may_be_begun))
                continue;
            cut->least[at] = (uint8_t)(rest + 1);
            cut->taken[at] = (uint8_t)k;
        }
    }
    return cut->least[0] <= SYLLABLES_MAX;
}

static size_t hear_letters(const struct ga_pinyin_query *query, struct ga_pinyin_query *ret_heard)
{
    struct cutting cut = {.len = query->len};
    for (size_t i = 0; i < query->len; i++)
        cut.letters[i] = (char)query->letters[i];
    const bool is_whole = cut_letters(&cut, query->starts, false);
    if (!is_whole && (query->fuzzy == 0 || !cut_letters(&cut, query->starts, true)))
        return 0;
    *ret_heard = *query;
    ret_heard->has_initials = !is_whole;
    ret_heard->has_syllables = ret_heard->may_go_on = true;
    ret_heard->starts = 0;
    for (size_t at = 0; at < cut.len; at += cut.taken[at])
        ret_heard->starts |= (uint64_t)1 << at;
    return 1;
}

/* The readings of what was typed in characters. */
struct hearing {
    struct ga_pinyin_query *heard;
    size_t count;
    unsigned fuzzy;
};

static void hear_reading(void *context, const char *full, const char *initials)
{
    struct hearing *hearing = context;
    (void)initials;
    for (const char *c = full; *c != '\0'; c++)
        if (*c != ' ' && !pinyin_is_latin((unsigned char)*c))
            return; /* a character without a reading */
    if (hearing->count == GA_PINYIN_HEARD_MAX)
        return;
    struct ga_pinyin_query *heard = &hearing->heard[hearing->count++];
    ga_pinyin_query_init(heard, full, hearing->fuzzy);
    heard->has_syllables = true;
}

size_t ga_pinyin_hear(const char *typed, unsigned fuzzy, struct ga_pinyin_query ret_heard[GA_PINYIN_HEARD_MAX])
{
    struct ga_pinyin_query query;
    struct hearing hearing = {.heard = ret_heard, .fuzzy = fuzzy};
    ga_pinyin_query_init(&query, typed, fuzzy);
    if (query.has_only_letters)
        return hear_letters(&query, ret_heard);
    for (size_t i = 0; i < query.len; i++)
        if (query.letters[i] < 0x80)
            return 0; /* characters and letters mixed */
    ga_pinyin_name_readings(typed, hear_reading, &hearing);
    return hearing.count;
}
