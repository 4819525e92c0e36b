/* What is owed, in words. */
#ifndef GUANAI_SRC_SCREEN_DUE_WORDS_H
#define GUANAI_SRC_SCREEN_DUE_WORDS_H

#include "guanai/care/due.h"
#include "guanai/config/config.h"
#include "guanai/tui/screen.h"

/* "现在可做，最晚 11月30日 · 去过 1 次", in `arena`. */
const char *ga_due_words_when(const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena);

/* Whose it is when it is of no child: 三年级(2)班, 大湾教学点, "" of the school. In `arena`, or the configuration's. */
const char *ga_due_words_class(const struct ga_config *config, const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena);

/* Opens a text over `screen` that says why: the rule, the facts, what closes it. */
void ga_due_words_explain(struct ga_screen *screen, struct ga_care *care, const struct ga_due *due, int tag);

#endif
