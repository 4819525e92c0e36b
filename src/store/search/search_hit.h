/* What is told of a child that was found; private to search. */
#ifndef GUANAI_STORE_SEARCH_HIT_H
#define GUANAI_STORE_SEARCH_HIT_H

#include "search/search_word.h"

#include "guanai/store/search.h"

/*
 * Without its id. `row` is the file shown, `matched` what `word` was found in: another one where files of a child are
 * linked. Texts in the arena.
 */
void ga_search_make_hit(const struct ga_search_word *word, const char *why, const struct ga_roster_row *row,
                        const struct ga_roster_row *matched, enum ga_lang lang, struct ga_arena *arena,
                        struct ga_search_hit *ret_hit);

#endif
