/* Two screens that use every widget, for canvas and terminal tests. */
#ifndef GUANAI_TESTS_TUI_DEMO_SCREEN_H
#define GUANAI_TESTS_TUI_DEMO_SCREEN_H

#include "guanai/tui/screen.h"

enum { TUI_DEMO_ROWS = 700 };

extern const struct ga_screen_ops tui_demo_list;   /* a roster with a search line */
extern const struct ga_screen_ops tui_demo_fields; /* one field of every kind */

#endif
