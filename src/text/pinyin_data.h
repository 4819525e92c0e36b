/* The tables that pinyin2c.py makes from the files in data/. */
#ifndef GUANAI_TEXT_PINYIN_DATA_H
#define GUANAI_TEXT_PINYIN_DATA_H

#include <stddef.h>
#include <stdint.h>

struct pinyin_syllable {
    char text[7];
    uint8_t len;
};

/*
 * Two steps from a character to its readings: block of 64 code points, then a cell. A cell is 0 (no
 * reading), the number of a syllable, or GA_PINYIN_LIST + the place in the lists of a row of syllables
 * whose last one is marked with GA_PINYIN_LIST.
 */
enum { GA_PINYIN_LIST = 0x8000 };

extern const struct pinyin_syllable ga_pinyin_syllables[]; /* sorted by text; [0] is empty */
extern const size_t ga_pinyin_syllable_count;
extern const uint32_t ga_pinyin_first_block; /* code point / 64 of ga_pinyin_blocks[0] */
extern const size_t ga_pinyin_block_count;
extern const uint16_t ga_pinyin_blocks[];
extern const uint16_t ga_pinyin_cells[];
extern const uint16_t ga_pinyin_lists[];

/* Sorted by (first, second); second is 0 for surnames of one character. Cells as above. */
struct pinyin_surname {
    uint32_t first;
    uint32_t second;
    uint16_t cells[2];
};
extern const struct pinyin_surname ga_pinyin_surnames[];
extern const size_t ga_pinyin_surname_count;

#endif
