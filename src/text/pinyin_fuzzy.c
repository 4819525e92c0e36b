/* Says which end of a syllable many people take for which other. */
#include "pinyin_unit.h"

#include "guanai/base/alloc.h"

#include <string.h>

/* Sounds that are taken for each other. */
struct sound_pair {
    uint8_t flag;
    const char *one;
    const char *other;
};

/* The longer one first where one begins the other. */
static const struct sound_pair initial_pairs[] = {
    {GA_FUZZY_Z_ZH, "zh", "z"}, {GA_FUZZY_C_CH, "ch", "c"}, {GA_FUZZY_S_SH, "sh", "s"},
    {GA_FUZZY_N_L, "n", "l"},   {GA_FUZZY_F_H, "f", "h"},
};
static const struct sound_pair final_pairs[] = {
    {GA_FUZZY_AN_ANG, "ang", "an"},
    {GA_FUZZY_EN_ENG, "eng", "en"},
    {GA_FUZZY_IN_ING, "ing", "in"},
};

static bool span_starts(struct ga_span span, const char *text)
{
    size_t len = strlen(text);
    return span.len >= len && memcmp(span.ptr, text, len) == 0;
}

static bool span_ends(struct ga_span span, const char *text)
{
    size_t len = strlen(text);
    return span.len >= len && memcmp(span.ptr + span.len - len, text, len) == 0;
}

static struct pinyin_swap find_swap(struct ga_span sound, unsigned flags, const struct sound_pair *pairs,
                                    size_t count, bool (*has)(struct ga_span, const char *))
{
    for (size_t i = 0; i < count; i++) {
        if (!(flags & pairs[i].flag))
            continue;
        if (has(sound, pairs[i].one))
            return (struct pinyin_swap){pairs[i].one, pairs[i].other};
        if (has(sound, pairs[i].other))
            return (struct pinyin_swap){pairs[i].other, pairs[i].one};
    }
    return (struct pinyin_swap){NULL, NULL};
}

struct pinyin_swap pinyin_swap_initial(struct ga_span sound, unsigned flags)
{
    return find_swap(sound, flags, initial_pairs, GA_COUNT(initial_pairs), span_starts);
}

struct pinyin_swap pinyin_swap_final(struct ga_span sound, unsigned flags)
{
    return find_swap(sound, flags, final_pairs, GA_COUNT(final_pairs), span_ends);
}

static const struct sound_pair *find_longer(struct ga_span sound, unsigned flags, const struct sound_pair *pairs,
                                            size_t count, bool (*has)(struct ga_span, const char *))
{
    for (size_t i = 0; i < count; i++)
        if ((flags & pairs[i].flag) && has(sound, pairs[i].one))
            return &pairs[i];
    return NULL;
}

static void add_near(struct ga_span sound, unsigned flags, struct ga_str *out)
{
    const struct sound_pair *initial =
        find_longer(sound, flags, initial_pairs, GA_COUNT(initial_pairs), span_starts);
    const struct sound_pair *final = find_longer(sound, flags, final_pairs, GA_COUNT(final_pairs), span_ends);
    const size_t head = initial != NULL ? strlen(initial->one) : 0;
    const size_t tail = final != NULL ? strlen(final->one) : 0;
    if (initial != NULL)
        ga_str_add(out, initial->other);
    ga_str_add_bytes(out, sound.ptr + head, sound.len - head - tail);
    if (final != NULL)
        ga_str_add(out, final->other);
    ga_str_add_char(out, ' ');
}

void ga_pinyin_add_near(const char *full, unsigned fuzzy, struct ga_str *out)
{
    for (const char *at = full; *at != '\0';) {
        const size_t len = strcspn(at, " ");
        add_near((struct ga_span){at, len}, fuzzy, out);
        at += len + (at[len] == ' ');
    }
}
