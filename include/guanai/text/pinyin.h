/* How Chinese names sound: readings, search keys, matching of what a teacher types, sorting. */
#ifndef GUANAI_TEXT_PINYIN_H
#define GUANAI_TEXT_PINYIN_H

#include "guanai/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Readings are toneless lower-case syllables with ü written v ("lv"), from Unihan (kHanyuPinlu,
 * kMandarin, kTGHZ2013, kXHC1983), most frequent first; surnames from src/text/data/surnames.txt. Text is
 * UTF-8; malformed bytes are kept as U+FFFD. Nothing here allocates except through a `struct ga_str`.
 *
 * A name is read as units: one unit is a character, a run of Latin letters or a run of digits. Its first
 * unit (or first two: 尉迟, 欧阳) has the surname's reading before all others, unless the name has a `·`
 * or is Latin. Blanks, dots and hyphens part the name; the parts are findable on their own. What stands
 * behind the GA_PINYIN_UNITS_MAX-th unit is not looked at.
 */
enum {
    GA_PINYIN_READINGS_MAX = 8,  /* of one character */
    GA_PINYIN_UNITS_MAX = 50,    /* of a name */
    GA_PINYIN_VARIANTS_MAX = 16, /* of a name, most likely first */
    GA_PINYIN_HEARD_MAX = 2,     /* readings of what was typed that are compared by sound */
    GA_PINYIN_QUERY_MAX = 64,    /* letters or characters of a query; the rest is cut off */
    GA_PINYIN_KEY_BYTES_MAX = 32 /* keys and probes are cut there, never inside a character */
};

/* All readings of a character, most frequent first; borrowed for ever. 0: it has none. */
size_t ga_pinyin_readings(uint32_t code_point, const char *ret[GA_PINYIN_READINGS_MAX]);

/*
 * Calls `each` with every reading of a name, most likely first, at most GA_PINYIN_VARIANTS_MAX times: full =
 * "zeng xiao ming", initials = "zxm". Characters without a reading stand as themselves in both. Valid during the call. Returns how many there were: 0 only for a name without any unit.
 */
size_t ga_pinyin_name_readings(const char *name, void (*each)(void *context, const char *full, const char *initials),
                               void *context);

/* Appends the bytes by which names sort like in a printed roster, comparable by memcmp and SQLite's BINARY: the likeliest
 * full reading, 0x01, the name itself. Never holds a NUL. */
void ga_pinyin_sort_key(const char *name, struct ga_str *out);

/* Of the tables of readings: keys kept from another edition may be other ones. Up to 32 letters and digits. */
extern const char ga_pinyin_edition[];

/* What a key is made of. Bits: a caller chooses which kinds it stores. */
enum ga_pinyin_key_kind {
    GA_KEY_CHARACTERS = 1, /* 曾小明, 小明, 明: Latin in lower case, blanks and dots left out */
    GA_KEY_FULL = 2,       /* zengxiaoming, xiaoming, ming: ü as u */
    GA_KEY_INITIALS =
        4, /* zxm, xm: suffixes of at least two units; one unit is a prefix of GA_KEY_FULL */
    GA_KEY_ALL = 7
};

/*
 * Calls `each` with the keys an index has to hold so that the probes below find the name (or village) by prefix. One key
 * for every suffix that starts in the first eight units or at a part, in every reading (≤ 16 a suffix). The same key may
 * come twice: store with INSERT OR IGNORE. `key` is NUL-terminated, valid during the call.
 */
void ga_pinyin_each_key(const char *name, unsigned kinds,
                        void (*each)(void *context, enum ga_pinyin_key_kind kind, const char *key), void *context);

/* A key and where in the name it comes from. */
struct ga_pinyin_key {
    enum ga_pinyin_key_kind kind;
    const char *text;
    size_t from;       /* unit that the suffix begins with; 0: the whole name */
    size_t head_bytes; /* bytes of that unit in `text` */
};

/* The same keys for an index that tells beginnings from middles. */
void ga_pinyin_each_placed_key(const char *name, unsigned kinds,
                               void (*each)(void *context, const struct ga_pinyin_key *key), void *context);

/* Sounds that many teachers do not tell apart; both directions. */
enum ga_pinyin_fuzzy {
    GA_FUZZY_N_L = 1,
    GA_FUZZY_Z_ZH = 2,
    GA_FUZZY_C_CH = 4,
    GA_FUZZY_S_SH = 8,
    GA_FUZZY_F_H = 16,
    GA_FUZZY_AN_ANG = 32, /* also ian/iang, uan/uang */
    GA_FUZZY_EN_ENG = 64,
    GA_FUZZY_IN_ING = 128,
    GA_FUZZY_ALL = 255
};

/* Appends a reading so that those that differ only by these sounds come out the same: "zhang ning" as "zang lin ". */
void ga_pinyin_add_near(const char *full, unsigned fuzzy, struct ga_str *out);

/*
 * What somebody typed, made comparable: full-width to ASCII, lower case, ü as v, tone marks (zēng) and tone digits (zeng1)
 * taken off; a typed u is found in ü as well. Blanks, apostrophes, hyphens, dots and tone digits end a syllable: xi'an is
 * never 先. Characters may be mixed in: 曾xm. Plain data, may be copied.
 */
struct ga_pinyin_query {
    uint32_t letters[GA_PINYIN_QUERY_MAX];
    uint64_t starts;       /* bit i: letter i begins a syllable */
    uint8_t len;           /* 0: nothing to look for; matches nothing */
    uint8_t fuzzy;         /* enum ga_pinyin_fuzzy */
    bool has_only_letters; /* a-z only */
    bool has_syllables;    /* what is between two starts is one whole syllable */
    bool may_go_on;        /* but the last may be its beginning */
    bool has_initials;     /* and one letter, zh, ch, sh stand for any syllable that begins so: zang x m */
};

void ga_pinyin_query_init(struct ga_pinyin_query *query, const char *text, unsigned fuzzy);

/*
 * Calls `each` with the prefixes to look up in the index, the likeliest first, at most GA_PINYIN_VARIANTS_MAX: zengxm →
 * FULL "zengxm", INITIALS "zengxm", "zxm" … Every Chinese name that ga_pinyin_match() accepts without fuzzy flags, beginning
 * in its first eight units or at a part, has a key that begins with one of them, unless the query can be parted in more
 * ways than that (long strings of single letters). Names in Latin letters are found by whole words or by initials. What is
 * found is a candidate: ga_pinyin_match() confirms it.
 */
void ga_pinyin_each_probe(const struct ga_pinyin_query *query,
                          void (*each)(void *context, enum ga_pinyin_key_kind kind, const char *prefix),
                          void *context);

/*
 * What was typed as syllables: letters cut into the fewest (the last one may be unfinished), characters by their
 * likeliest readings. With sounds that are taken for each other letters that are no syllables are cut into syllables and
 * initials. Returns how many; 0 for letters that are neither or are mixed with characters.
 */
size_t ga_pinyin_hear(const char *typed, unsigned fuzzy, struct ga_pinyin_query ret_heard[GA_PINYIN_HEARD_MAX]);

/* The sounds that may have been meant ("li jing" for lijin), what was heard first; at most GA_PINYIN_VARIANTS_MAX. */
void ga_pinyin_each_like(const struct ga_pinyin_query *heard, void (*each)(void *context, const char *full), void *context);

/* The initials that may have been meant where it has some ("nxn", "lxn" … for ninxn); at most GA_PINYIN_VARIANTS_MAX. */
void ga_pinyin_each_like_initials(const struct ga_pinyin_query *heard, void (*each)(void *context, const char *initials),
                                  void *context);

/*
 * Whether the query is a name from its start or from any later unit on: each unit by the character itself, a full
 * syllable, the beginning of one, or its initial, in any reading; the query may end before the name does.
 *
 * Score, 1 … 1000, higher is better: 1000 less
 *   start      0 at the surname, 250 at the given name or a part behind a dot, 500 elsewhere
 *   unit       a full syllable or the character itself 0; surname abbreviated 40, others 8 (2 less when more than the
 *              initial is typed); 3 for each place of the reading in the list; 20 each fuzzy sound (all units ≤ 199)
 *   rest       2 for each unit the query does not reach (≤ 40)
 * so exact full > full surname + initials > initials > from the middle. Work is bounded: units × letters × readings.
 * ret_score may be NULL and is untouched when there is no match.
 */
bool ga_pinyin_match(const struct ga_pinyin_query *query, const char *name, unsigned *ret_score);

#endif
