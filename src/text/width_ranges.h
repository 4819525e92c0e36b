/* The shape of the table of widths that width_table.c makes. */
#ifndef GUANAI_TEXT_WIDTH_RANGES_H
#define GUANAI_TEXT_WIDTH_RANGES_H

#include <stddef.h>
#include <stdint.h>

struct width_range {
    uint32_t first;
    uint32_t last;
    int8_t cols;
};

extern const struct width_range width_ranges[]; /* rising, apart; what lies between is -1 */
extern const size_t width_ranges_len;

#endif
