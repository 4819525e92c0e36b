/* For whom a new record is filled in. */
#ifndef GUANAI_SRC_SCREEN_RECORD_DOER_H
#define GUANAI_SRC_SCREEN_RECORD_DOER_H

#include "record/record_state.h"

enum ga_reply record_change_doer(struct ga_screen *screen); /* asks for whom, or ends it */
void record_take_doer(struct ga_screen *screen, const char *doer);

#endif
