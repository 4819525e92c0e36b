/* What a form costs, in words. */
#ifndef GUANAI_SRC_SCREEN_FORM_LOAD_WORDS_H
#define GUANAI_SRC_SCREEN_FORM_LOAD_WORDS_H

#include "guanai/care/form_load.h"

/* How many records a month, for whom, where the number comes from: two lines in `arena`. */
const char *ga_form_load_words(const struct ga_form_load *load, enum ga_lang lang, struct ga_arena *arena);

#endif
