/* The list of files that were taken in before. */
#ifndef GUANAI_SRC_SCREEN_IMPORT_PAST_H
#define GUANAI_SRC_SCREEN_IMPORT_PAST_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_import_past; /* no argument */

#endif
