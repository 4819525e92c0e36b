/*
 * How much two files look like those of one child.
 *
 *   what a file says ──▶ print: fixed size, no names in it ──▶ two prints compared ──▶ likeness, or none
 *   many prints ──▶ groups of one ID number, one sound … ──▶ pairs that are alike: never all with all
 *
 * Twins are no doubles: born on one day to the same parents, but of different given names. Two different
 * ID numbers are two children, whatever else agrees (GB 11643: a slip in one breaks its check digit).
 */
#ifndef GUANAI_STORE_ALIKE_H
#define GUANAI_STORE_ALIKE_H

#include "guanai/base/vec.h"
#include "guanai/text/translate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a file says; texts as stored (ISO dates, canonical numbers), NULL when not known. */
struct ga_alike_facts {
    const char *name, *sex, *birth, *id_number, *student_number, *village, *site, *grade, *class_no;
    const char *guardian, *father, *mother;
    const char *phones[3]; /* of any of the three; a text may hold several numbers */
};

enum { GA_ALIKE_SOUNDS = 4, GA_ALIKE_CHARACTERS = 4, GA_ALIKE_PEOPLE = 3, GA_ALIKE_PHONES = 4 };

/* Hashes of what is compared; 0 stands for not known. Plain data, may be copied. */
struct ga_alike {
    uint64_t id, student;
    uint32_t name, part;                      /* all characters; those before the first dot */
    uint32_t sounds[GA_ALIKE_SOUNDS];         /* readings without tones, likeliest first */
    uint32_t near[GA_ALIKE_SOUNDS];           /* the same with n/l, z/zh, c/ch, s/sh, in/ing, en/eng one */
    uint32_t characters[GA_ALIKE_CHARACTERS]; /* the first ones, in order */
    uint8_t characters_count;                 /* of the whole name */
    bool has_national_number;                 /* student number G + ID number */
    uint8_t sex;
    int32_t birth;                            /* 20170503; 20170500: known to the month */
    uint32_t people[GA_ALIKE_PEOPLE];         /* guardian, father, mother: by sound */
    uint32_t phones[GA_ALIKE_PHONES];
    uint32_t village, class;
};

void ga_alike_take(const struct ga_alike_facts *facts, struct ga_alike *ret_print);

/* What is the same in both, strongest first. Bits; their order is that of the words shown. */
enum ga_alike_same {
    GA_SAME_ID = 1,             /* also 15 digits with the 18 they became, or within a G student number */
    GA_SAME_STUDENT_NUMBER = 2,
    GA_SAME_NAME = 4,
    GA_SAME_SOUND = 8,          /* other characters, same sound: 子轩 and 梓萱 */
    GA_SAME_NEAR_SOUND = 16,    /* other by a sound that many do not tell apart */
    GA_SAME_PART_OF_NAME = 32,  /* a character left out or changed places; the part before the dot */
    GA_SAME_BIRTH = 64,
    GA_SAME_BIRTH_MONTH = 128,  /* one of them is known to the month only */
    GA_SAME_BIRTH_SWAPPED = 256, /* day and month changed places */
    GA_SAME_BIRTH_DIGIT = 512,  /* but for one digit */
    GA_SAME_BIRTH_NEAR = 1024,  /* within sixty days: one of them by the lunar calendar */
    GA_SAME_GUARDIAN = 2048,
    GA_SAME_PARENT = 4096,
    GA_SAME_PHONE = 8192,
    GA_SAME_VILLAGE = 16384,
    GA_SAME_CLASS = 32768,
};

enum ga_alike_degree { GA_ALIKE_NOT, GA_ALIKE_PERHAPS, GA_ALIKE_LIKELY, GA_ALIKE_SURE, GA_ALIKE_DEGREES };

struct ga_likeness {
    enum ga_alike_degree degree;
    uint32_t same; /* enum ga_alike_same */
};

struct ga_likeness ga_alike_compare(const struct ga_alike *a, const struct ga_alike *b);

/* <0: a is the stronger one. */
int ga_likeness_compare(struct ga_likeness a, struct ga_likeness b);

/* "身份证号、姓名、出生日期" into `out`; codes "id_number name birth_date" for scripts. */
struct ga_str;
void ga_likeness_say(struct ga_likeness likeness, enum ga_lang lang, struct ga_str *out);
void ga_likeness_codes(struct ga_likeness likeness, struct ga_str *out);
const char *ga_alike_degree_code(enum ga_alike_degree degree); /* "sure", "likely", "perhaps", "not" */

struct ga_alike_pair {
    uint32_t a, b; /* indexes, a < b */
    struct ga_likeness likeness;
};

/* Prints that need not all be in memory. They are asked for in rising order, several times over. */
struct ga_alike_prints {
    size_t count;
    const struct ga_alike *(*at)(void *ctx, size_t i); /* borrowed until the next call */
    void *ctx;
};

/*
 * Hands out every alike pair of which the second is `from` or later; in no order, and a pair more than once when it has
 * several things in common. Costs sorting: within one group at most GA_ALIKE_GROUP prints are compared with all others
 * of it; a larger group of one sound is parted by birth dates first.
 *
 * Memory does not grow with the prints: each pass over them sorts so many of their things, the next in order, as
 * `entries_most` says (16 bytes each, and as much again while they are sorted; at least GA_ALIKE_ENTRIES_LEAST).
 */
enum { GA_ALIKE_GROUP = 500, GA_ALIKE_ENTRIES_LEAST = 4 * (GA_ALIKE_GROUP + 1), GA_ALIKE_ENTRIES = 48 << 10 };
void ga_alike_meet(const struct ga_alike_prints *prints, size_t from, size_t entries_most,
                   void (*found)(void *ctx, const struct ga_alike_pair *pair), void *ctx);

/* The same, appended to `pairs` (struct ga_alike_pair) by a, then b, each once. */
void ga_alike_pairs(const struct ga_alike_prints *prints, size_t from, struct ga_vec *pairs);

#endif
