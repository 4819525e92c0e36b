/* What a file has otherwise than the archive, one by one. */
#ifndef GUANAI_SRC_SCREEN_IMPORT_DIFFERENCES_H
#define GUANAI_SRC_SCREEN_IMPORT_DIFFERENCES_H

#include "guanai/exchange/import_differences.h"
#include "guanai/tui/screen.h"

struct ga_import_differences_arg {
    struct ga_import *import; /* planned; must outlive the screen */
    const struct ga_form *form;
    bool are_fills; /* what the file adds to empty fields; else what differs */
};

extern const struct ga_screen_ops ga_screen_import_differences; /* argument: struct ga_import_differences_arg */

#endif
