/* Tells whether what was typed is a name, abbreviated in any way, together with how well. */
#include "pinyin_unit.h"

#include <string.h>

/* The weights documented at ga_pinyin_match(). */
enum {
    START_CLASS = 250,
    /* While it is counted a class of starts is too large for the penalties of 50 units to reach the next
       one. */
    START_GIVEN = 1 << 13,
    START_ELSEWHERE = 2 * START_GIVEN,
    UNITS_MAX = 199,
    SURNAME_SHORT = 40,
    GIVEN_SHORT = 8,
    MORE_THAN_INITIAL = 2,
    RANK = 3,
    FUZZY_SOUND = 20,
    REST_UNIT = 2,
    REST_MAX = 40,
    IMPOSSIBLE = 0xFFFF
};

/* cost[j]: the least penalty with which the units so far use up j letters of the query. */
struct matcher {
    const struct ga_pinyin_query *query;
    uint16_t *next;
    uint16_t cost; /* where the unit at hand begins */
    size_t at;     /* the letter it begins with */
    unsigned short_cost;
};

static void reach(const struct matcher *m, size_t letters, unsigned penalty)
{
    uint16_t *place = &m->next[m->at + letters];
    uint16_t cost = (uint16_t)(m->cost + penalty);
    if (cost < *place)
        *place = cost;
}

/* Typed u is ü as well, because most keyboards' users write lu for 吕. */
static bool is_letter_of(uint32_t typed, char sound)
{
    return typed == (unsigned char)sound || (typed == 'u' && sound == 'v');
}

/* Does what was typed as one part, of which letter k is looked at, say no more than how the syllable begins? */
static bool is_initial_only(const struct matcher *m, size_t k)
{
    const struct ga_pinyin_query *query = m->query;
    const char letters[2] = {(char)query->letters[m->at], (char)query->letters[m->at + k]};
    const size_t behind = m->at + k + 1;
    return query->has_initials && k < 2 && (behind == query->len || (query->starts >> behind & 1)) &&
           pinyin_is_initial(letters, k + 1);
}

/* Takes every beginning of the sound that the query goes on with. */
static void try_sound(const struct matcher *m, const char *sound, size_t len, unsigned penalty)
{
    const struct ga_pinyin_query *query = m->query;
    for (size_t k = 0; k < len && m->at + k < query->len; k++) {
        size_t at = m->at + k;
        if (!is_letter_of(query->letters[at], sound[k]) || (k > 0 && (query->starts >> at & 1)))
            return;
        bool is_whole = k + 1 == len;
        if (query->has_syllables && !is_whole && (at + 1 < query->len || !query->may_go_on) && !is_initial_only(m, k))
            continue;
        if (query->has_syllables && is_whole && at + 1 < query->len && !(query->starts >> (at + 1) & 1))
            return;
        unsigned shortened = m->short_cost - (k > 0 ? MORE_THAN_INITIAL : 0);
        reach(m, k + 1, penalty + (is_whole ? 0 : shortened));
    }
}

/* Tries the sound with its initial, its final or both exchanged. */
static void try_swapped(const struct matcher *m, struct ga_span sound, struct pinyin_swap initial,
                        struct pinyin_swap final, unsigned penalty)
{
    char text[GA_PINYIN_KEY_BYTES_MAX];
    size_t head = initial.from != NULL ? strlen(initial.from) : 0;
    size_t tail = final.from != NULL ? strlen(final.from) : 0;
    if (head + tail > sound.len || sound.len + 2 > sizeof(text))
        return;
    size_t len = 0;
    if (initial.to != NULL)
        for (const char *c = initial.to; *c != '\0'; c++)
            text[len++] = *c;
    memcpy(text + len, sound.ptr + head, sound.len - head - tail);
    len += sound.len - head - tail;
    if (final.to != NULL)
        for (const char *c = final.to; *c != '\0'; c++)
            text[len++] = *c;
    try_sound(m, text, len, penalty);
}

static void try_fuzzy(const struct matcher *m, struct ga_span sound, unsigned penalty)
{
    const struct pinyin_swap none = {NULL, NULL};
    struct pinyin_swap initial = pinyin_swap_initial(sound, m->query->fuzzy);
    struct pinyin_swap final = pinyin_swap_final(sound, m->query->fuzzy);
    if (initial.from != NULL)
        try_swapped(m, sound, initial, none, penalty + FUZZY_SOUND);
    if (final.from != NULL)
        try_swapped(m, sound, none, final, penalty + FUZZY_SOUND);
    if (initial.from != NULL && final.from != NULL)
        try_swapped(m, sound, initial, final, penalty + 2 * FUZZY_SOUND);
}

/* A number is itself or, at the end of what is typed, its beginning: 1组 is not 12组. */
static void try_digits(const struct matcher *m, struct ga_span digits)
{
    size_t left = m->query->len - m->at, k = 0;
    while (k < left && k < digits.len && m->query->letters[m->at + k] == (unsigned char)digits.ptr[k] &&
           (k == 0 || !(m->query->starts >> (m->at + k) & 1)))
        k++;
    if (k == digits.len)
        reach(m, k, 0);
    else if (k > 0 && k == left)
        reach(m, k, m->short_cost - (k > 1 ? MORE_THAN_INITIAL : 0));
}

static void try_unit(const struct matcher *m, const struct pinyin_unit *unit)
{
    uint32_t typed = m->query->letters[m->at];
    if (unit->kind == PINYIN_DIGITS) {
        try_digits(m, unit->sounds[0]);
        return;
    }
    if (unit->kind == PINYIN_CHARACTER && typed == unit->code_point)
        reach(m, 1, 0);
    if (!pinyin_is_latin(typed) || !unit->has_reading)
        return;
    for (unsigned r = 0; r < unit->sound_count; r++) {
        struct ga_span sound = unit->sounds[r];
        if (is_letter_of(typed, sound.ptr[0]))
            try_sound(m, sound.ptr, sound.len, r * RANK);
        if (m->query->fuzzy != 0 && unit->kind == PINYIN_CHARACTER)
            try_fuzzy(m, sound, r * RANK);
    }
}

static uint16_t start_cost(const struct pinyin_name *name, size_t i)
{
    if (i == 0)
        return 0;
    bool is_beginning = name->units[i].starts_part || i == name->surname_units;
    return is_beginning ? START_GIVEN : START_ELSEWHERE;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* The penalty that is documented, of what was counted and of the units that were not reached. */
static unsigned total_cost(unsigned cost, size_t rest_units)
{
    unsigned start = cost / START_GIVEN * START_CLASS;
    return start + least(cost % START_GIVEN, UNITS_MAX) +
           least((unsigned)rest_units * REST_UNIT, REST_MAX);
}

/* Takes one unit: from the costs before it to the costs behind it. */
static void step(struct matcher *m, const struct pinyin_unit *unit, const uint16_t *cost)
{
    for (m->at = 0; m->at < m->query->len; m->at++) {
        m->cost = cost[m->at];
        if (m->cost != IMPOSSIBLE)
            try_unit(m, unit);
    }
}

bool ga_pinyin_match(const struct ga_pinyin_query *query, const char *name, unsigned *ret_score)
{
    struct pinyin_name cut;
    uint16_t costs[2][GA_PINYIN_QUERY_MAX + 1];
    unsigned best = IMPOSSIBLE;
    if (query->len == 0)
        return false;
    ga_pinyin_cut_name(&cut, name);
    size_t bytes = (query->len + 1u) * sizeof(costs[0][0]);
    memset(costs[0], 0xFF, bytes); /* IMPOSSIBLE everywhere */
    for (size_t i = 0; i < cut.unit_count; i++) {
        uint16_t *cost = costs[i % 2], *next = costs[(i + 1) % 2];
        struct matcher m = {.query = query, .next = next};
        m.short_cost = i < cut.surname_units || i == 0 ? SURNAME_SHORT : GIVEN_SHORT;
        memset(next, 0xFF, bytes);
        cost[0] = start_cost(&cut, i);
        step(&m, &cut.units[i], cost);
        if (next[query->len] != IMPOSSIBLE)
            best = least(best, total_cost(next[query->len], cut.unit_count - i - 1));
    }
    if (best == IMPOSSIBLE)
        return false;
    if (ret_score != NULL)
        *ret_score = 1000 - best;
    return true;
}
