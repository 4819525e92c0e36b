/* Keys that work on every page. */
#ifndef GUANAI_SRC_SCREEN_ANYWHERE_H
#define GUANAI_SRC_SCREEN_ANYWHERE_H

#include "guanai/tui/screen.h"

/* For ga_ui_config.anywhere, .run_anywhere: the mandatory report; who sits at the keys. */
extern const struct ga_keymap ga_anywhere_keys;
enum ga_reply ga_anywhere_run(struct ga_screen *top, int id);

#endif
