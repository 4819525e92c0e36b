/* Asking the terminal how wide it draws. */
#ifndef GUANAI_SRC_TUI_TERM_PROBE_H
#define GUANAI_SRC_TUI_TERM_PROBE_H

#include <stdbool.h>

/*
 * Prints ─ at the left edge and asks where the cursor went (CPR). True when it took two columns, as some
 * Chinese terminals are set to; false too when there is no answer in 300 ms. Leaves the line blank.
 */
bool ga_term_probe_is_wide(int in, int out);

#endif
