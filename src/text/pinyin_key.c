/* Makes the keys under which an index holds a name. */
#include "pinyin_unit.h"

#include <string.h>

/* Suffixes begin at each of so many units, further on at parts only. */
enum { SUFFIX_STARTS = 8 };

/* What one unit gives to a key, in each of its readings. */
struct tokens {
    uint8_t count;
    struct ga_span list[GA_PINYIN_READINGS_MAX];
};

struct keyer {
    const struct pinyin_name *name;
    enum ga_pinyin_key_kind kind;
    struct tokens tokens[GA_PINYIN_UNITS_MAX]; /* from unit 0 on, for this kind */
    size_t from;                               /* where the suffix begins */
    size_t units;                              /* as many as fill a key in every reading */
    void (*each)(void *context, const struct ga_pinyin_key *key);
    void *context;
};

/* ü is u in keys, so that both spellings look up the same. */
static bool is_same_in_keys(struct ga_span a, struct ga_span b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        char x = a.ptr[i] == 'v' ? 'u' : a.ptr[i], y = b.ptr[i] == 'v' ? 'u' : b.ptr[i];
        if (x != y)
            return false;
    }
    return true;
}

static void add_token(struct tokens *tokens, struct ga_span token)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (is_same_in_keys(tokens->list[i], token))
            return;
    tokens->list[tokens->count++] = token;
}

static void make_tokens(const struct pinyin_unit *unit, enum ga_pinyin_key_kind kind,
                        struct tokens *tokens)
{
    tokens->count = 0;
    if (kind == GA_KEY_CHARACTERS || !unit->has_reading) {
        add_token(tokens, unit->text);
        return;
    }
    for (size_t r = 0; r < unit->sound_count; r++) {
        struct ga_span sound = unit->sounds[r];
        if (kind == GA_KEY_INITIALS)
            sound.len = 1;
        add_token(tokens, sound);
    }
}

/* How many units from `from` on fill a key whatever their readings: more would only make the same keys
 * again. */
static size_t units_of_key(const struct keyer *keyer, size_t from)
{
    size_t units = 0, bytes = 0;
    while (from + units < keyer->name->unit_count && bytes < GA_PINYIN_KEY_BYTES_MAX) {
        const struct tokens *tokens = &keyer->tokens[from + units++];
        size_t least = tokens->list[0].len;
        for (size_t i = 1; i < tokens->count; i++)
            least = tokens->list[i].len < least ? tokens->list[i].len : least;
        bytes += least;
    }
    return units;
}

/* Appends as much of the token as a key holds, no part of a character; returns the new length. */
static size_t put_token(char *key, size_t len, struct ga_span token, bool is_text)
{
    size_t room = GA_PINYIN_KEY_BYTES_MAX - len;
    bool is_wide = (unsigned char)token.ptr[0] >= 0x80;
    if (token.len > room && is_wide)
        return GA_PINYIN_KEY_BYTES_MAX + 1;
    for (size_t i = 0; i < token.len && i < room; i++)
        key[len + i] = token.ptr[i] == 'v' && !is_text ? 'u' : token.ptr[i];
    return len + (token.len < room ? token.len : room);
}

static void emit_key(void *context, const uint8_t *choice)
{
    const struct keyer *keyer = context;
    char key[GA_PINYIN_KEY_BYTES_MAX + 1];
    size_t len = 0, head = 0;
    for (size_t i = 0; i < keyer->units; i++) {
        struct ga_span token = keyer->tokens[keyer->from + i].list[choice[i]];
        size_t more = put_token(key, len, token, keyer->kind == GA_KEY_CHARACTERS);
        if (more > GA_PINYIN_KEY_BYTES_MAX)
            break;
        len = more;
        head = i == 0 ? len : head;
    }
    key[len] = '\0';
    keyer->each(keyer->context, &(struct ga_pinyin_key){keyer->kind, key, keyer->from, head});
}

static void emit_suffix(struct keyer *keyer, size_t from)
{
    uint8_t counts[GA_PINYIN_UNITS_MAX];
    keyer->from = from;
    keyer->units = units_of_key(keyer, from);
    for (size_t i = 0; i < keyer->units; i++)
        counts[i] = keyer->tokens[from + i].count;
    ga_pinyin_each_choice(counts, keyer->units, emit_key, keyer);
}

static void emit_kind(struct keyer *keyer, enum ga_pinyin_key_kind kind)
{
    const struct pinyin_name *name = keyer->name;
    keyer->kind = kind;
    for (size_t i = 0; i < name->unit_count; i++)
        make_tokens(&name->units[i], kind, &keyer->tokens[i]);
    size_t least_units = kind == GA_KEY_INITIALS ? 2 : 1;
    for (size_t from = 0; from + least_units <= name->unit_count; from++)
        if (from < SUFFIX_STARTS || name->units[from].starts_part)
            emit_suffix(keyer, from);
}

void ga_pinyin_each_placed_key(const char *name, unsigned kinds,
                               void (*each)(void *context, const struct ga_pinyin_key *key), void *context)
{
    struct pinyin_name cut;
    struct keyer keyer;
    ga_pinyin_cut_name(&cut, name);
    keyer.name = &cut;
    keyer.each = each;
    keyer.context = context;
    for (unsigned kind = GA_KEY_CHARACTERS; kind <= GA_KEY_INITIALS; kind *= 2)
        if (kinds & kind)
            emit_kind(&keyer, kind);
}

struct plain {
    void (*each)(void *context, enum ga_pinyin_key_kind kind, const char *key);
    void *context;
};

static void hand_on(void *context, const struct ga_pinyin_key *key)
{
    const struct plain *plain = context;
    plain->each(plain->context, key->kind, key->text);
}

void ga_pinyin_each_key(const char *name, unsigned kinds,
                        void (*each)(void *context, enum ga_pinyin_key_kind kind, const char *key),
                        void *context)
{
    struct plain plain = {each, context};
    ga_pinyin_each_placed_key(name, kinds, hand_on, &plain);
}
