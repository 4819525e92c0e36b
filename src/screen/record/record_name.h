/* What becomes of a child's name that was changed; part of the form screen. */
#ifndef GUANAI_SRC_SCREEN_RECORD_NAME_H
#define GUANAI_SRC_SCREEN_RECORD_NAME_H

#include "record/record_state.h"

/* Before saving, once all else is settled: whether it is asked now; the answer saves. */
bool record_asks_old_name(struct ga_screen *screen);
void record_ask_old_name(struct ga_screen *screen);
void record_take_old_name(struct ga_screen *screen, const struct ga_tui_result *result);

#endif
