/* Where each column of a file goes. */
#ifndef GUANAI_SRC_SCREEN_IMPORT_COLUMNS_H
#define GUANAI_SRC_SCREEN_IMPORT_COLUMNS_H

#include "guanai/exchange/import_columns.h"
#include "guanai/tui/screen.h"

struct ga_import_columns_arg {
    struct ga_import *import; /* must outlive the screen */
    bool is_done;             /* taken in already: to be read only */
};

/* Argument: struct ga_import_columns_arg. result.code 1: columns were placed anew, the plan holds no longer. */
extern const struct ga_screen_ops ga_screen_import_columns;

#endif
