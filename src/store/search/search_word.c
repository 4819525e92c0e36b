/* Judges how well a word fits a child. */
#include "search/search_word.h"

#include "index/index_delta.h"
#include "index/index_page.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/fold.h"

#include <string.h>

enum {
    FROM_THE_START = 750,
    SYLLABLE_MAX = 6
}; /* scores above: the match begins at the surname (text/pinyin.h) */

/* A letter or two, a single character: everything sounds like that. */
static void hear_word(struct ga_search_word *word, unsigned fuzzy)
{
    enum { LETTERS_MIN = 4, CHARACTERS_MIN = 2 };
    const struct ga_pinyin_query *query = &word->query;
    size_t latin = 0;
    for (size_t i = 0; i < query->len; i++)
        latin += query->letters[i] < 0x80;
    if (latin == query->len ? query->len < LETTERS_MIN || fuzzy == 0 : latin > 0 || query->len < CHARACTERS_MIN)
        return;
    word->heard_count = ga_pinyin_hear(word->text, fuzzy, word->heard);
}

static void take_meant(void *ctx, const char *meant)
{
    struct ga_search_word *word = ctx;
    ga_pinyin_query_init(&word->meant[word->meant_count++], meant, 0);
}

/* A code point is the character from here on. */
static void read_code_points(struct ga_search_word *word)
{
    struct ga_str text = {0};
    word->text[word->len] = '\0';
    ga_parts_add_code_points(&text, word->text);
    word->len = text.len;
    memcpy(word->text, ga_str_text(&text), text.len + 1);
    ga_str_finish(&text);
}

static void finish_word(struct ga_search_word *word, unsigned fuzzy)
{
    read_code_points(word);
    word->is_digits = true;
    for (size_t i = 0; i < word->len; i++) {
        char c = word->text[i];
        bool is_last_x = i > 0 && i + 1 == word->len && (c == 'x' || c == 'X');
        word->is_digits = word->is_digits && ((c >= '0' && c <= '9') || is_last_x);
        word->is_wide = word->is_wide || (unsigned char)c >= 0x80;
    }
    if (word->is_digits) {
        for (size_t i = 0; i < word->len; i++)
            word->reversed[i] =
                (uint8_t)(word->text[word->len - 1 - i] == 'x' ? 'X'
                                                               : word->text[word->len - 1 - i]);
    } else {
        ga_pinyin_query_init(&word->query, word->text, 0);
        hear_word(word, fuzzy);
        ga_parts_each_meant(word->text, take_meant, word);
    }
}

/* Takes a character in, whole or not at all. */
static void add_to_word(struct ga_search_word *word, const char *text, size_t len)
{
    if (word->len + len < sizeof(word->text)) {
        memcpy(word->text + word->len, text, len);
        word->len += len;
    }
}

static size_t bytes_of(const char *text)
{
    size_t len = 1;
    while ((text[len] & 0xC0) == 0x80)
        len++;
    return len;
}

size_t ga_search_words(const char *typed, unsigned fuzzy, struct ga_search_word words[GA_SEARCH_WORDS_MAX])
{
    enum { TYPED_MAX = 512 };
    struct ga_str half = {0};
    size_t count = 0;
    bool is_inside = false;
    ga_fold_add_half_width(&half, typed, strnlen(typed, TYPED_MAX));
    for (const char *at = ga_str_text(&half); *at != '\0'; at += bytes_of(at)) {
        bool is_blank = *at == ' ' || *at == '\t' || *at == '\n';
        if (is_blank) {
            is_inside = false;
            continue;
        }
        if (!is_inside && count == GA_SEARCH_WORDS_MAX)
            break;
        if (!is_inside) {
            memset(&words[count], 0, sizeof(words[count]));
            count++;
        }
        is_inside = true;
        add_to_word(&words[count - 1], at, bytes_of(at));
    }
    for (size_t i = 0; i < count; i++)
        finish_word(&words[i], fuzzy);
    ga_str_finish(&half);
    return count;
}

bool ga_search_join_words(const char *typed, unsigned fuzzy, struct ga_search_word *ret_word)
{
    struct ga_str half = {0};
    memset(ret_word, 0, sizeof(*ret_word));
    ga_fold_add_half_width(&half, typed, strnlen(typed, GA_SEARCH_WORD_BYTES));
    add_to_word(ret_word, ga_str_text(&half), half.len);
    ga_str_finish(&half);
    if (ret_word->len == 0)
        return false;
    finish_word(ret_word, fuzzy);
    return true;
}

static bool holds(const char *text, const struct ga_search_word *word)
{
    return text[0] != '\0' && memmem(text, strlen(text), word->text, word->len) != NULL;
}

static struct ga_search_rank rank_in(enum ga_search_band band, unsigned score, const char *why)
{
    return (struct ga_search_rank){(unsigned)band * GA_BAND_WIDTH + score, why};
}

static struct ga_search_rank rank_by_characters(const struct ga_search_word *word,
                                                const struct ga_search_texts *texts)
{
    const struct {
        const char *text, *why;
    } places[] = {{texts->name, "name"},
                  {texts->nickname, "nickname"},
                  {texts->former_name, "former_name"},
                  {texts->guardian, "guardian_name"},
                  {texts->village, "village"},
                  {texts->hamlet, "address"},
                  {texts->address, "address"}};
    for (size_t i = 0; word->is_wide && i < GA_COUNT(places); i++)
        if (holds(places[i].text, word))
            return rank_in(GA_BAND_TEXT, 0, places[i].why);
    return (struct ga_search_rank){0};
}

static unsigned score_any(const struct ga_pinyin_query *queries, size_t count, const char *name)
{
    unsigned best = 0, score = 0;
    for (size_t i = 0; i < count; i++)
        if (ga_pinyin_match(&queries[i], name, &score) && score > best)
            best = score;
    return best;
}

struct ga_search_rank ga_search_rank_text(const struct ga_search_word *word,
                                          const struct ga_search_texts *texts)
{
    unsigned name = 0, score = 0;
    const char *why = word->query.has_only_letters ? "pinyin" : "name";
    ga_pinyin_match(&word->query, texts->name, &name);
    if (name > FROM_THE_START)
        return rank_in(GA_BAND_NAME_START, name, why);
    if (texts->nickname[0] != '\0' && ga_pinyin_match(&word->query, texts->nickname, &score))
        return rank_in(GA_BAND_NICKNAME, score, "nickname");
    if (texts->former_name[0] != '\0' && ga_pinyin_match(&word->query, texts->former_name, &score))
        return rank_in(GA_BAND_NICKNAME, score, "former_name");
    if (name > 0)
        return rank_in(GA_BAND_NAME_LATER, name, why);
    if ((score = score_any(word->meant, word->meant_count, texts->name)) > 0)
        return rank_in(GA_BAND_NAME_PARTS, score, "name");
    if ((score = score_any(word->heard, word->heard_count, texts->name)) > 0)
        return rank_in(GA_BAND_NAME_SOUND, score, "sound");
    if (texts->guardian[0] != '\0' && ga_pinyin_match(&word->query, texts->guardian, &score) &&
        score > FROM_THE_START)
        return rank_in(GA_BAND_GUARDIAN, score, "guardian_name");
    if (texts->village[0] != '\0' && ga_pinyin_match(&word->query, texts->village, &score))
        return rank_in(GA_BAND_VILLAGE, score, "village");
    return rank_by_characters(word, texts);
}

static size_t put_prefix(uint8_t prefix[GA_INDEX_VILLAGE_KEY_MAX], int kind, const void *text,
                         size_t len, size_t most)
{
    len = len < most - 1 ? len : most - 1;
    prefix[0] = (uint8_t)kind;
    memcpy(prefix + 1, text, len);
    return len + 1;
}

static bool has_newest_key(const struct ga_vec *newest, const uint8_t *prefix, size_t len, int64_t no)
{
    for (size_t i = ga_delta_from(newest, prefix, len); i < newest->len; i++) {
        const struct ga_delta_key *key = GA_VEC_AT(const struct ga_delta_key, newest, i);
        if (!ga_delta_has_prefix(key, prefix, len))
            break;
        if (key->no == no && !key->is_gone)
            return true;
    }
    return false;
}

/* In its place, unless it is gone. */
static enum ga_rc has_placed_key(struct ga_store *store, const struct ga_vec *newest, const uint8_t *prefix, size_t len,
                                 int64_t no, bool *ret_has, struct ga_error *err)
{
    struct ga_index_cursor cursor;
    const struct ga_index_entry *entry = &cursor.page.entry;
    bool has_next = false, has = false;
    enum ga_rc rc = ga_index_cursor_seek(&cursor, store, prefix, len, err);
    while (rc == GA_OK && !has && (rc = ga_index_cursor_next(&cursor, &has_next, err)) == GA_OK && has_next &&
           ga_index_entry_has_prefix(entry, prefix, len))
        has = entry->no == no && !ga_delta_is_gone(newest, ga_value_blob(entry->key.bytes, entry->key.len), no);
    *ret_has = has;
    return rc;
}

static enum ga_rc has_key(struct ga_store *store, int kind, const struct ga_search_word *word,
                          int64_t no, bool *ret_has, struct ga_error *err)
{
    uint8_t prefix[GA_INDEX_VILLAGE_KEY_MAX];
    const struct ga_vec *newest;
    size_t len = put_prefix(prefix, kind, word->reversed, word->len, GA_INDEX_VILLAGE_KEY_MAX);
    enum ga_rc rc = ga_delta_load(store, &newest, err);
    if (rc != GA_OK)
        return rc;
    *ret_has = has_newest_key(newest, prefix, len, no);
    return *ret_has ? GA_OK : has_placed_key(store, newest, prefix, len, no, ret_has, err);
}

/* The whole number, its end in the key: 12 is not 120. */
static size_t put_card(const struct ga_search_word *word, uint8_t prefix[GA_INDEX_VILLAGE_KEY_MAX])
{
    const size_t len = put_prefix(prefix, GA_KEY_OF_CARD, word->text, word->len, GA_INDEX_VILLAGE_KEY_MAX - 1);
    prefix[len] = 0;
    return len + 1;
}

/* A number the child had once: it stands on old sheets still. */
static enum ga_rc had_card(struct ga_store *store, const struct ga_search_word *word, int64_t no, bool *ret_had,
                           struct ga_error *err)
{
    uint8_t prefix[GA_INDEX_VILLAGE_KEY_MAX];
    const struct ga_vec *newest;
    const size_t len = put_card(word, prefix);
    enum ga_rc rc = ga_delta_load(store, &newest, err);
    if (rc != GA_OK)
        return rc;
    *ret_had = has_newest_key(newest, prefix, len, no);
    return *ret_had ? GA_OK : has_placed_key(store, newest, prefix, len, no, ret_had, err);
}

static const struct {
    int kind;
    enum ga_search_band band;
    unsigned score;
    const char *why;
} TAILS[] = {
    {GA_KEY_OF_ID, GA_BAND_ID, 0, "id_number"},
    {GA_KEY_OF_PHONE, GA_BAND_PHONE, 2, "guardian_phone"},
    {GA_KEY_OF_PHONE + 1, GA_BAND_PHONE, 1, "father_phone"},
    {GA_KEY_OF_PHONE + 2, GA_BAND_PHONE, 0, "mother_phone"},
};

enum ga_rc ga_search_rank_word(struct ga_store *store, const struct ga_search_word *word,
                               const struct ga_search_texts *texts, struct ga_search_rank *ret_rank,
                               struct ga_error *err)
{
    *ret_rank = (struct ga_search_rank){0};
    if (!word->is_digits) {
        *ret_rank = ga_search_rank_text(word, texts);
        return GA_OK;
    }
    if (texts->card_no > 0 && strcmp(word->text, GA_NUM(texts->card_no)) == 0) {
        *ret_rank = rank_in(GA_BAND_CARD, 1, "card_no");
        return GA_OK;
    }
    bool had = false;
    enum ga_rc asked = had_card(store, word, texts->no, &had, err);
    if (asked != GA_OK || had) {
        *ret_rank = rank_in(GA_BAND_CARD, 0, "former_card_no");
        return asked;
    }
    for (size_t i = 0; i < GA_COUNT(TAILS) && word->len >= GA_SEARCH_TAIL_MIN; i++) {
        bool has;
        enum ga_rc rc = has_key(store, TAILS[i].kind, word, texts->no, &has, err);
        if (rc != GA_OK)
            return rc;
        if (has) {
            *ret_rank = rank_in(TAILS[i].band, TAILS[i].score, TAILS[i].why);
            return GA_OK;
        }
    }
    return GA_OK;
}

struct prober {
    enum ga_search_band band;
    ga_search_range_fn each;
    void *ctx;
};

static void hand_out(const struct prober *prober, int kind, const void *text, size_t len)
{
    uint8_t prefix[GA_INDEX_VILLAGE_KEY_MAX];
    prober->each(prober->ctx, prefix, put_prefix(prefix, kind, text, len, GA_INDEX_KEY_MAX));
}

/* The key has a blank behind its first syllable: whole syllables come before longer ones they
 * begin. */
static void hand_out_parted(const struct prober *prober, const char *prefix, size_t len)
{
    char parted[GA_PINYIN_KEY_BYTES_MAX + 2];
    for (size_t head = 1; head <= len && head <= SYLLABLE_MAX; head++) {
        memcpy(parted, prefix, head);
        parted[head] = ' ';
        memcpy(parted + head + 1, prefix + head, len - head);
        hand_out(prober, GA_KEY_START_FULL, parted, len + 1);
    }
    hand_out(prober, GA_KEY_START_FULL, prefix, len);
}

static void take_probe(void *ctx, enum ga_pinyin_key_kind kind, const char *prefix)
{
    const struct prober *prober = ctx;
    int offset = kind == GA_KEY_CHARACTERS ? 0 : kind == GA_KEY_FULL ? 1 : 2;
    size_t len = strlen(prefix);
    if (prober->band == GA_BAND_NAME_START && kind == GA_KEY_FULL)
        hand_out_parted(prober, prefix, len);
    else if (prober->band == GA_BAND_NAME_START)
        hand_out(prober, GA_KEY_START_CHARACTERS + offset, prefix, len);
    else if (prober->band == GA_BAND_NAME_LATER)
        hand_out(prober, GA_KEY_LATER_CHARACTERS + offset, prefix, len);
    else if (prober->band == GA_BAND_NICKNAME)
        hand_out(prober, GA_KEY_OF_NICKNAME, prefix, len);
    else if (kind != GA_KEY_CHARACTERS)
        hand_out(prober, GA_KEY_OF_GUARDIAN, prefix, len);
}

static void take_reading(void *ctx, const char *full, const char *initials)
{
    const struct prober *prober = ctx;
    char key[GA_PINYIN_KEY_BYTES_MAX];
    size_t len = 0;
    (void)initials;
    for (size_t i = 0; full[i] != '\0' && len < sizeof(key); i++)
        if (full[i] != ' ')
            key[len++] = full[i] == 'v' ? 'u' : full[i];
    hand_out(prober, GA_KEY_OF_GUARDIAN, key, len);
}

/* "li jing long": keys of whole names have a blank behind the first syllable, those of the rest have none. */
static void take_like(void *ctx, const char *full)
{
    const struct prober *prober = ctx;
    char parted[GA_PINYIN_KEY_BYTES_MAX], joined[GA_PINYIN_KEY_BYTES_MAX];
    size_t parted_len = 0, joined_len = 0;
    for (const char *at = full; *at != '\0' && parted_len < sizeof(parted); at++) {
        const char letter = *at == 'v' ? 'u' : *at;
        if (letter != ' ')
            joined[joined_len++] = letter;
        if (letter != ' ' || parted_len == joined_len)
            parted[parted_len++] = letter;
    }
    hand_out(prober, GA_KEY_START_FULL, parted, parted_len);
    hand_out(prober, GA_KEY_LATER_FULL, joined, joined_len);
}

static void take_like_initials(void *ctx, const char *initials)
{
    hand_out(ctx, GA_KEY_START_INITIALS, initials, strlen(initials));
    hand_out(ctx, GA_KEY_LATER_INITIALS, initials, strlen(initials));
}

static void take_meant_probe(void *ctx, enum ga_pinyin_key_kind kind, const char *prefix)
{
    const size_t len = strlen(prefix);
    if (kind == GA_KEY_CHARACTERS) {
        hand_out(ctx, GA_KEY_START_CHARACTERS, prefix, len);
        hand_out(ctx, GA_KEY_LATER_CHARACTERS, prefix, len);
    }
}

static enum ga_rc each_village(struct ga_store *store, const struct ga_search_word *word,
                               const struct prober *prober, struct ga_error *err)
{
    const struct ga_vec *villages;
    uint8_t key[GA_INDEX_VILLAGE_KEY_MAX];
    enum ga_rc rc = ga_index_villages(store, &villages, err);
    for (size_t i = 0; rc == GA_OK && i < villages->len; i++) {
        const char *village = *GA_VEC_AT(char *, villages, i);
        if (ga_pinyin_match(&word->query, village, NULL))
            prober->each(prober->ctx, key, ga_index_village_key(village, key));
    }
    return rc;
}

static void each_number(const struct ga_search_word *word, const struct prober *prober)
{
    uint8_t prefix[GA_INDEX_VILLAGE_KEY_MAX];
    if (prober->band == GA_BAND_CARD)
        prober->each(prober->ctx, prefix, put_card(word, prefix));
    for (size_t i = 0; i < GA_COUNT(TAILS) && word->len >= GA_SEARCH_TAIL_MIN; i++)
        if (TAILS[i].band == prober->band)
            prober->each(prober->ctx, prefix,
                         put_prefix(prefix, TAILS[i].kind, word->reversed, word->len,
                                    GA_INDEX_VILLAGE_KEY_MAX));
}

enum ga_rc ga_search_each_range(struct ga_store *store, const struct ga_search_word *word,
                                enum ga_search_band band, ga_search_range_fn each, void *ctx,
                                struct ga_error *err)
{
    struct prober prober = {band, each, ctx};
    if (word->is_digits) {
        each_number(word, &prober);
        return GA_OK;
    }
    if (band > GA_BAND_NAME_START || band == GA_BAND_TEXT)
        return GA_OK;
    if (band == GA_BAND_VILLAGE)
        return each_village(store, word, &prober, err);
    if (band == GA_BAND_NAME_PARTS) {
        for (size_t i = 0; i < word->meant_count; i++)
            ga_pinyin_each_probe(&word->meant[i], take_meant_probe, &prober);
        return GA_OK;
    }
    if (band == GA_BAND_NAME_SOUND) {
        for (size_t i = 0; i < word->heard_count; i++) {
            ga_pinyin_each_like(&word->heard[i], take_like, &prober);
            ga_pinyin_each_like_initials(&word->heard[i], take_like_initials, &prober);
        }
        return GA_OK;
    }
    ga_pinyin_each_probe(&word->query, take_probe, &prober);
    /* A guardian is looked up by how the characters sound. */
    if (band == GA_BAND_GUARDIAN && word->is_wide)
        ga_pinyin_name_readings(word->text, take_reading, &prober);
    return GA_OK;
}
