/* What a user takes for one character. */
#ifndef GUANAI_TEXT_CLUSTER_H
#define GUANAI_TEXT_CLUSTER_H

#include <stddef.h>
#include <stdint.h>

/*
 * A code point with all that hangs on it: combining marks (zero cells wide), variation selectors, skin
 * tones, tags, and whatever follows a zero-width joiner. CR LF is one. A modest part of Unicode Standard
 * Annex 29: flags are two clusters, Hangul is taken composed, Indic conjuncts are split. A byte that is
 * no UTF-8 is a cluster of its own, as is a control character.
 */
size_t ga_cluster_next(const char *text, size_t len, size_t at); /* offset after the one at `at`; len at the end */
size_t ga_cluster_prev(const char *text, size_t len, size_t at); /* offset of the one before `at`; 0 at the start */

/* The start of the cluster that holds offset `at` (len when at >= len). */
size_t ga_cluster_start(const char *text, size_t len, size_t at);

size_t ga_cluster_count(const char *text, size_t len);

#endif
