/* What a school year leaves open; private to the pages of its end. */
#ifndef GUANAI_SRC_SCREEN_YEAR_MATTERS_H
#define GUANAI_SRC_SCREEN_YEAR_MATTERS_H

#include "guanai/app/year_matters.h"
#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_year_matters; /* no argument */

/* "not passed on 1, waiting 2"; "" for none. In `arena`. */
const char *ga_year_matters_reports_text(const struct ga_year_matters *matters, enum ga_lang lang, struct ga_arena *arena);

#endif
