/* What the index tells of card numbers while it is brought up to a save; private to index, card_no. */
#ifndef GUANAI_STORE_CARD_NO_KEEP_H
#define GUANAI_STORE_CARD_NO_KEEP_H

#include "index/index.h"

/* Of a child's number before (0: none) and after; what it means for all is kept when the index is written. */
void ga_card_no_note(struct ga_index *index, int64_t before, int64_t after);
/* Remembers the highest number, so that it is not given a second time when its file is gone. */
enum ga_rc ga_card_no_keep(struct ga_store *store, struct ga_error *err);

#endif
