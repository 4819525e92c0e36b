/* The table that parts2c.py makes from data/parts.txt. */
#ifndef GUANAI_TEXT_PARTS_DATA_H
#define GUANAI_TEXT_PARTS_DATA_H

#include <stddef.h>
#include <stdint.h>

enum { PARTS_SPELLED_MAX = 6 };

struct parts_row {
    uint32_t character;
    uint8_t len;
    uint32_t spelled[PARTS_SPELLED_MAX];
};

extern const struct parts_row parts_rows[]; /* by the first part, then the longest first, else as in the file */
extern const size_t parts_rows_count;

#endif
