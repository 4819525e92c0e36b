/* What numbering and settling share; private to this room. */
#ifndef GUANAI_APP_CONFLICTS_INNER_H
#define GUANAI_APP_CONFLICTS_INNER_H

#include "guanai/app/conflicts.h"

/* The rows that the last save settled, which can be taken back: numbers with blanks between; "" none. In `arena`. */
const char *ga_conflicts_settled_numbers(struct ga_session *session, struct ga_arena *arena);

#endif
