/* A name cut into what is spoken as one: characters, runs of Latin letters, runs of digits. */
#ifndef GUANAI_TEXT_PINYIN_UNIT_H
#define GUANAI_TEXT_PINYIN_UNIT_H

#include "guanai/base/str.h"
#include "guanai/text/pinyin.h"

enum { PINYIN_LATIN_BYTES = 512, PINYIN_NO_LETTER = 0x7FFFFFFF };

enum pinyin_unit_kind { PINYIN_CHARACTER, PINYIN_LATIN, PINYIN_DIGITS };

struct pinyin_unit {
    enum pinyin_unit_kind kind;
    uint32_t code_point; /* of a character */
    bool has_reading;    /* false: its only sound is the character itself */
    bool starts_part;    /* first of the name, or behind a blank or dot */
    uint8_t sound_count; /* ≥ 1 */
    struct ga_span text; /* in lower case; a character as it stands */
    struct ga_span sounds[GA_PINYIN_READINGS_MAX];
};

struct pinyin_name {
    size_t unit_count;
    size_t surname_units; /* 0: there is no Chinese surname in front */
    struct pinyin_unit units[GA_PINYIN_UNITS_MAX];
    char latin[PINYIN_LATIN_BYTES]; /* what the runs point to */
};

/* Fills `name`, borrowing from `text`. Leaves unused units uninitialised: they are many. */
void ga_pinyin_cut_name(struct pinyin_name *name, const char *text);

/*
 * The next letter of a text made comparable: full-width to ASCII, lower case, tone marks off, ü as v; ' '
 * for all that parts words; combining marks are skipped; malformed bytes are U+FFFD. PINYIN_NO_LETTER at
 * the end. ret_start: where its bytes begin; ret_is_dot: set when it is the dot of a minority name. Both
 * nullable.
 */
uint32_t ga_pinyin_next_letter(const char **text, const char **ret_start, bool *ret_is_dot);

/* An end of a syllable and what it may be exchanged for; NULL, NULL: for nothing. */
struct pinyin_swap {
    const char *from;
    const char *to;
};
struct pinyin_swap pinyin_swap_initial(struct ga_span sound, unsigned flags); /* enum ga_pinyin_fuzzy */
struct pinyin_swap pinyin_swap_final(struct ga_span sound, unsigned flags);

bool pinyin_is_initial(const char *letters, size_t len); /* one letter, or zh, ch, sh */

/* Do the letters begin a syllable? Typed u is ü as well. */
enum { PINYIN_SYLLABLE_MAX = 6 };
bool pinyin_begins_syllable(const char *letters, size_t len);
bool pinyin_is_syllable(const char *letters, size_t len);       /* one that is spoken */
bool pinyin_is_last_syllable(const char *letters, size_t len);  /* one that no longer one begins with */

static inline bool pinyin_is_latin(uint32_t letter)
{
    return letter >= 'a' && letter <= 'z';
}

static inline bool pinyin_is_digit(uint32_t letter)
{
    return letter >= '0' && letter <= '9';
}

/*
 * Calls `each` with one choice for each of n places (choice[i] < counts[i]), those with the smallest sum
 * first, until GA_PINYIN_VARIANTS_MAX are done. Returns how many were.
 */
size_t ga_pinyin_each_choice(const uint8_t *counts, size_t n,
                             void (*each)(void *context, const uint8_t *choice), void *context);

#endif
