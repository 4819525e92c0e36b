/* Contents of bundles that are malformed in one place each. */
#ifndef GUANAI_TESTS_SPOIL_H
#define GUANAI_TESTS_SPOIL_H

#include "block_out.h"
#include "history.h"

enum { SPOIL_SAVES = 3 };

/*
 * Of frames that hold a manifest, one block with SPOIL_SAVES saves, an end. `applied`: so many saves stand before the place
 * where it goes wrong; they are signed each by itself.
 */
struct spoil_way {
    void (*spoil)(struct frames *frames);
    uint64_t applied;
};

extern const struct spoil_way spoil_ways[];
extern const size_t spoil_ways_count;

/* A block with its columns laid open; drawn: what follows them. */
struct spoil_block {
    struct ga_str columns[COLUMNS], names[64], drawn;
    uint64_t drawn_1, names_count;
};

struct ga_str *spoil_frame(struct frames *frames, size_t i);
void spoil_lay_open(const struct ga_str *frame, struct spoil_block *block);
void spoil_close_again(struct spoil_block *block, struct ga_str *frame); /* bare; frees the columns */

#endif
