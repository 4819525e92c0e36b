/* Pages that a saved record asks for. */
#ifndef GUANAI_SRC_SCREEN_OFFERS_H
#define GUANAI_SRC_SCREEN_OFFERS_H

#include "guanai/app/entry.h"
#include "guanai/tui/screen.h"

/* "儿童档案 · 父亲电话": which form opens, at which field or page; into buf, returns it. */
const char *ga_offer_label(const struct ga_offer *offer, enum ga_lang lang, char *buf, size_t size);

/* Why they are offered, in the words of the first form that says so; NULL: none does. */
const char *ga_offers_why(const struct ga_offer *offers, size_t count, enum ga_lang lang);

/* Opens it filled in over `screen`, whose resumed() gets the tag; what went wrong is said, false then. */
bool ga_offer_open(struct ga_screen *screen, struct ga_entry *saved, const struct ga_offer *offer, int tag);

#endif
