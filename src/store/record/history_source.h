/* Which imported file an operation came by; private to history. */
#ifndef GUANAI_STORE_HISTORY_SOURCE_H
#define GUANAI_STORE_HISTORY_SOURCE_H

#include "private.h"

#include "guanai/store/undo.h"

/* Of the transaction of an operation: the file in words, "" when nothing was imported by it. In the arena. */
const char *ga_history_source(struct ga_store *store, const struct ga_reach *reach, enum ga_lang lang,
                              struct ga_arena *arena);

/* The name of the file whose import brought the operation; NULL: none did. In the arena. */
const char *ga_history_file(struct ga_store *store, int64_t op, struct ga_arena *arena);

#endif
