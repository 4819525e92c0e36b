/* One word of what was typed into the search box; private to search. */
#ifndef GUANAI_STORE_SEARCH_WORD_H
#define GUANAI_STORE_SEARCH_WORD_H

#include "index/index.h"

#include "guanai/text/parts.h"
#include "guanai/text/pinyin.h"

enum {
    GA_SEARCH_WORDS_MAX = 4,
    GA_SEARCH_WORD_BYTES = 96,
    GA_SEARCH_TAIL_MIN = 4, /* digits */
};

struct ga_search_word {
    char text[GA_SEARCH_WORD_BYTES]; /* half-width, X in upper case when digits */
    size_t len;
    bool is_digits;
    bool is_wide; /* holds a character that is not ASCII: may be part of an address */
    uint8_t reversed[GA_SEARCH_WORD_BYTES];
    struct ga_pinyin_query query;
    struct ga_pinyin_query heard[GA_PINYIN_HEARD_MAX];
    size_t heard_count;
    struct ga_pinyin_query meant[GA_PARTS_WAYS_MAX]; /* spelled by parts: 弓长 */
    size_t meant_count;
};

/*
 * Cuts at blanks; returns how many words there are, at most GA_SEARCH_WORDS_MAX. `fuzzy` (enum ga_pinyin_fuzzy): sounds
 * taken for each other; what is too short to be a slip is not looked for by sound.
 */
size_t ga_search_words(const char *typed, unsigned fuzzy, struct ga_search_word words[GA_SEARCH_WORDS_MAX]);

/* All that was typed as one word, its blanks ends of syllables; false when it is too long for one. */
bool ga_search_join_words(const char *typed, unsigned fuzzy, struct ga_search_word *ret_word);

/* What of a row is matched; texts never NULL. */
struct ga_search_texts {
    int64_t no, card_no;
    const char *name, *nickname, *former_name, *guardian, *village, *hamlet, *address;
};

struct ga_search_rank {
    unsigned rank;   /* 0: no match; higher is better, bands a thousand wide */
    const char *why; /* see struct ga_search_hit */
};

/* Bands: what a word was found in. Later steps of a search only find lower ones. */
enum ga_search_band {
    GA_BAND_TEXT = 1, /* characters somewhere in name, nickname, former name, guardian, village, address */
    GA_BAND_VILLAGE,
    GA_BAND_GUARDIAN, /* from the surname on */
    GA_BAND_NAME_SOUND, /* other characters of the same sound, or nearly the same */
    GA_BAND_NAME_PARTS, /* the character was spelled by its parts */
    GA_BAND_NAME_LATER,
    GA_BAND_NICKNAME, /* former names too */
    GA_BAND_NAME_START,
    GA_BAND_PHONE,
    GA_BAND_ID,
    GA_BAND_CARD,
};
enum { GA_BAND_WIDTH = 1001 };

/* A word that is no number against a row: best band first. */
struct ga_search_rank ga_search_rank_text(const struct ga_search_word *word, const struct ga_search_texts *texts);

/* Any word; numbers ask the index. `ret_rank` has rank 0 when it does not match. */
enum ga_rc ga_search_rank_word(struct ga_store *store, const struct ga_search_word *word,
                               const struct ga_search_texts *texts, struct ga_search_rank *ret_rank,
                               struct ga_error *err);

/* The stretches of the index that hold every child a word may mean in a band. */
typedef void (*ga_search_range_fn)(void *ctx, const uint8_t *prefix, size_t len);
enum ga_rc ga_search_each_range(struct ga_store *store, const struct ga_search_word *word,
                                enum ga_search_band band, ga_search_range_fn each, void *ctx,
                                struct ga_error *err);

#endif
