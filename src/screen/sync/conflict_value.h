/* Values that were answered differently, as they may stand on a page. */
#ifndef GUANAI_SRC_SCREEN_CONFLICT_VALUE_H
#define GUANAI_SRC_SCREEN_CONFLICT_VALUE_H

#include "guanai/app/conflicts.h"

/* What other pages hide is hidden here as well until somebody has it shown. In `arena`. */
const char *ga_conflict_value_shown(const struct ga_session *session, const struct ga_conflict *conflict, size_t value,
                                    bool is_revealed, struct ga_arena *arena);
const char *ga_conflict_text_shown(const struct ga_conflict *conflict, size_t value, size_t field, bool is_revealed,
                                   struct ga_arena *arena);

/* Is there anything to hide in it? */
bool ga_conflict_is_masked(const struct ga_conflict *conflict);

#endif
