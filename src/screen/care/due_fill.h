/* What a line of what is owed says of the record that closes it. */
#ifndef GUANAI_SRC_SCREEN_DUE_FILL_H
#define GUANAI_SRC_SCREEN_DUE_FILL_H

#include "guanai/care/due.h"
#include "guanai/screen/record.h"

enum { GA_DUE_FILLS_MAX = 3 };

/*
 * The site, the home room's site, the class that owes it, and the one code by which alone a record counts (`when: kind =
 * 'group'`). In `arena` or the duty's own. Answers how many.
 */
struct ga_config;
size_t ga_due_fill(struct ga_care *care, const struct ga_config *config, const struct ga_due *due, const char *form,
                   struct ga_arena *arena, struct ga_screen_fill ret_fills[GA_DUE_FILLS_MAX]);

#endif
