/* Tells which prefixes of an index to look up for what was typed. */
#include "guanai/text/utf8.h"

#include "pinyin_unit.h"

#include <string.h>

/* Steps of the search for ways to part a query: hostile input ends here, real input needs a few dozen. */
enum { SYLLABLE_MAX = PINYIN_SYLLABLE_MAX, STEPS_MAX = 4000, UNREACHABLE = 0xFF };

/* How the letters that the query begins with may be parted into syllables and beginnings of syllables. */
struct parting {
    char letters[GA_PINYIN_QUERY_MAX + 1];
    size_t len;
    uint8_t lengths[GA_PINYIN_QUERY_MAX]; /* bit k: k letters from here begin a syllable */
    uint8_t
        whole[GA_PINYIN_QUERY_MAX]; /* bit k: k letters from here are a syllable that no other goes on */
    uint8_t least[GA_PINYIN_QUERY_MAX + 1]; /* parts that the rest from here needs at least */
    size_t steps;
};

struct prober {
    char initials[GA_PINYIN_QUERY_MAX + 1];
    char seen[GA_PINYIN_VARIANTS_MAX][GA_PINYIN_KEY_BYTES_MAX + 1];
    size_t done;
    void (*each)(void *context, enum ga_pinyin_key_kind kind, const char *prefix);
    void *context;
};

static void find_lengths(struct parting *parting, uint64_t starts)
{
    for (size_t at = 0; at < parting->len; at++) {
        parting->lengths[at] = parting->whole[at] = 0;
        for (size_t k = 1; k <= SYLLABLE_MAX && at + k <= parting->len; k++) {
            if (k > 1 && (starts >> (at + k - 1) & 1))
                break;
            if (!pinyin_begins_syllable(parting->letters + at, k))
                break;
            parting->lengths[at] |= (uint8_t)(1u << k);
            parting->whole[at] |= (uint8_t)(pinyin_is_last_syllable(parting->letters + at, k) ? 1u << k : 0);
        }
    }
}

static void find_least(struct parting *parting)
{
    parting->least[parting->len] = 0;
    for (size_t at = parting->len; at-- > 0;) {
        parting->least[at] = UNREACHABLE;
        for (size_t k = 1; k <= SYLLABLE_MAX && at + k <= parting->len; k++) {
            uint8_t rest = parting->least[at + k];
            if ((parting->lengths[at] >> k & 1) && rest != UNREACHABLE && rest + 1 < parting->least[at])
                parting->least[at] = (uint8_t)(rest + 1);
        }
    }
}

static void emit_initials(struct prober *prober, size_t count)
{
    size_t len = count < GA_PINYIN_KEY_BYTES_MAX ? count : GA_PINYIN_KEY_BYTES_MAX;
    if (prober->done == GA_PINYIN_VARIANTS_MAX)
        return;
    char *key = prober->seen[prober->done];
    memcpy(key, prober->initials, len);
    key[len] = '\0';
    for (size_t i = 1; i < prober->done; i++) /* 0 is the full key */
        if (strcmp(prober->seen[i], key) == 0)
            return;
    prober->done++;
    prober->each(prober->context, GA_KEY_INITIALS, key);
}

/*
 * Goes through the ways to part the rest into exactly `left` parts. is_covered: all parts so far are
 * whole syllables, which the full key finds.
 */
static void part_rest(struct prober *prober, struct parting *parting, size_t at, size_t count,
                      size_t left, bool is_covered)
{
    if (left == 0) {
        if (!is_covered && count > 1)
            emit_initials(prober, count);
        return;
    }
    for (size_t k = SYLLABLE_MAX; k >= 1 && prober->done < GA_PINYIN_VARIANTS_MAX; k--) {
        size_t behind = at + k;
        if (behind > parting->len || !(parting->lengths[at] >> k & 1))
            continue;
        bool fits = parting->least[behind] <= left - 1 && left - 1 <= parting->len - behind;
        if (!fits || parting->steps++ > STEPS_MAX)
            continue;
        bool is_last = behind == parting->len;
        bool is_whole = is_last || (parting->whole[at] >> k & 1);
        prober->initials[count] = parting->letters[at];
        part_rest(prober, parting, behind, count + 1, left - 1, is_covered && is_whole);
    }
}

static void emit_full(struct prober *prober, const struct parting *parting)
{
    char *key = prober->seen[prober->done++];
    size_t len = parting->len < GA_PINYIN_KEY_BYTES_MAX ? parting->len : GA_PINYIN_KEY_BYTES_MAX;
    for (size_t i = 0; i < len; i++)
        key[i] = parting->letters[i] == 'v' ? 'u' : parting->letters[i];
    key[len] = '\0';
    prober->each(prober->context, GA_KEY_FULL, key);
}

static void probe_letters(struct prober *prober, struct parting *parting, uint64_t starts)
{
    emit_full(prober, parting);
    find_lengths(parting, starts);
    find_least(parting);
    memcpy(prober->initials, parting->letters, parting->len);
    if (parting->len > 1)
        emit_initials(prober, parting->len);
    for (size_t parts = parting->least[0]; parts <= parting->len && parting->least[0] != UNREACHABLE;
         parts++)
        part_rest(prober, parting, 0, 0, parts, true);
}

static void probe_characters(const struct ga_pinyin_query *query, struct prober *prober)
{
    char key[GA_PINYIN_KEY_BYTES_MAX + 1];
    size_t len = 0;
    for (size_t i = 0; i < query->len && !pinyin_is_latin(query->letters[i]); i++) {
        char bytes[GA_UTF8_BYTES];
        size_t more = ga_utf8_encode(query->letters[i], bytes);
        if (len + more > GA_PINYIN_KEY_BYTES_MAX)
            break;
        memcpy(key + len, bytes, more);
        len += more;
    }
    key[len] = '\0';
    prober->each(prober->context, GA_KEY_CHARACTERS, key);
}

void ga_pinyin_each_probe(const struct ga_pinyin_query *query,
                          void (*each)(void *context, enum ga_pinyin_key_kind kind, const char *prefix),
                          void *context)
{
    struct prober prober = {.each = each, .context = context};
    struct parting parting = {.len = 0};
    if (query->len == 0)
        return;
    while (parting.len < query->len && pinyin_is_latin(query->letters[parting.len])) {
        parting.letters[parting.len] = (char)query->letters[parting.len];
        parting.len++;
    }
    if (parting.len == 0)
        probe_characters(query, &prober);
    else
        probe_letters(&prober, &parting, query->starts);
}
