/* Sentences about the exchange with other computers. */
#ifndef GUANAI_SRC_SCREEN_SYNC_WORDS_H
#define GUANAI_SRC_SCREEN_SYNC_WORDS_H

#include "guanai/app/sync.h"
#include "guanai/app/sync_matters.h"
#include "parts/menu.h"

/* "石桥教学点缺第 12–14 包"; in the arena. */
const char *ga_sync_words_gap(struct ga_arena *arena, enum ga_lang lang, const struct ga_sync_gap *gap);

/* A bundle that was taken in, or why it was not: lines of a page. */
void ga_sync_words_taken(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, const struct ga_sync_taken *taken);

/* A computer: when it was last heard of, what it lacks. */
void ga_sync_words_site(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, const struct ga_sync_site *site);

/* "last heard of 11月23日". */
const char *ga_sync_words_heard(struct ga_arena *arena, enum ga_lang lang, int32_t day);

/* At a guest: whose it is and what it has, or that it has ended; elsewhere nothing. */
void ga_sync_words_own_guest(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, struct ga_session *session);

/* The sites without a computer, whose sheets are typed in here: no stick of theirs is awaited. */
void ga_sync_words_papers(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, struct ga_session *session);

/* "不能收取、已隔离：石桥教学点 3：…" for each file that was kept because it could not be taken in; how many wait. */
void ga_sync_words_kept(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, struct ga_session *session);

#endif
