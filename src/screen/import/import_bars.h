/* The page of what stands in the way of taking an import back. */
#ifndef GUANAI_SRC_SCREEN_IMPORT_BARS_H
#define GUANAI_SRC_SCREEN_IMPORT_BARS_H

#include "guanai/exchange/import_past.h"
#include "guanai/tui/screen.h"

struct ga_import_bars_arg {
    struct ga_import_past past; /* its texts live while the pusher does */
    const struct ga_undo *undo; /* planned, with findings; lives while the pusher does */
};
void ga_screen_import_bars_open(struct ga_screen *screen, const struct ga_import_bars_arg *arg, int tag);

/* Plans an undo with progress on the screen; the error, a stop by Esc among them, is shown. NULL then. */
struct ga_undo *ga_screen_import_plan_undo(struct ga_screen *screen, const struct ga_uuid *id);

#endif
