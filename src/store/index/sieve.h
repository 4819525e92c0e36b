/* Says of many children at once which words cannot stand in their texts; private to search, index. */
#ifndef GUANAI_SRC_STORE_SIEVE_H
#define GUANAI_SRC_STORE_SIEVE_H

#include "index/index.h"

/*
 * A row of _sieve for GA_SIEVE_ROWS neighbouring record numbers: a Bloom filter of every character that is not ASCII and
 * of every pair of neighbours with such a one, over all texts of _roster that are looked through for a word. A byte a
 * gram, GA_SIEVE_PROBES bits each: of the parts that hold none of a word one in forty is looked through in vain.
 * A function of the rows as they are: a part whose texts changed is made anew when the transaction ends.
 *
 *   gram = bytes of the characters as a number, the lowest first, the second one from bit 32 on
 *   bit  = (low half of h + i * high half of h) mod bits, h = gram mixed as splitmix64 does; bit 0 is the lowest of byte 0
 */
enum { GA_SIEVE_ROWS = 128, GA_SIEVE_PROBES = 4, GA_SIEVE_BYTES_MAX = 16384 };

/* The texts of this child's row are others now. */
void ga_sieve_touch(struct ga_index *index, int64_t no);
void ga_sieve_forget(struct ga_index *index);
/* Makes the parts anew that were touched; at the end of the transaction. */
enum ga_rc ga_sieve_write(struct ga_store *store, struct ga_error *err);

/* Whether a word that is not all ASCII may stand in a text of the part; true when nobody can tell. */
bool ga_sieve_may_hold(const uint8_t *bits, size_t bytes, const char *word, size_t len);

#endif
