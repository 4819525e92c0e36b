/* The shape of the tables of equivalent characters that fold_tables.py makes. */
#ifndef GUANAI_TEXT_FOLD_TABLES_H
#define GUANAI_TEXT_FOLD_TABLES_H

#include <stddef.h>
#include <stdint.h>

struct fold_compatible {
    uint32_t cp;
    const char *text; /* its NFKC */
};

struct fold_composed {
    uint32_t base;
    uint32_t mark;
    uint32_t cp;
};

struct fold_lower {
    uint32_t cp;
    uint32_t lower;
};

/* Each rising by its first column, fold_composed by its first two. */
extern const struct fold_compatible fold_compatible[];
extern const struct fold_composed fold_composed[];
extern const struct fold_lower fold_lower[];
extern const size_t fold_compatible_len, fold_composed_len, fold_lower_len;

#endif
