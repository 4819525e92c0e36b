/* The known name nearest to a mistyped one. */
#ifndef GUANAI_YAML_SUGGEST_H
#define GUANAI_YAML_SUGGEST_H

#include <stddef.h>

/*
 * Offer every known name, then read `best`: NULL when none is near enough (Damerau-Levenshtein in
 * characters, at most 2 apart, 1 for words under four letters; case and - for _ cost nothing).
 */
struct ga_yaml_guess {
    const char *word;
    const char *best;
    int distance;
};

void ga_yaml_guess_start(struct ga_yaml_guess *guess, const char *word);
void ga_yaml_guess_offer(struct ga_yaml_guess *guess, const char *name); /* the first of equals stays */

/* The same over an array; the answer is one of `names`, or NULL. */
const char *ga_yaml_suggest(const char *word, const char *const *names, size_t count);

#endif
