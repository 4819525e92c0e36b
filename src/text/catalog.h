/* The shape of the tables of translations that po2c.py makes. */
#ifndef GUANAI_TEXT_CATALOG_H
#define GUANAI_TEXT_CATALOG_H

#include <stddef.h>

struct catalog_row {
    const char *english; /* the key; "word\4" in front of a word that stands as an argument */
    const char *text;
    unsigned words; /* bit n: argument n is itself translated as a word */
};

struct catalog {
    const struct catalog_row *rows; /* by the bytes of `english` */
    size_t len;
};

extern const struct catalog catalog_zh;

#endif
