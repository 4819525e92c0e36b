/* Asks what to write to which file, then writes it. */
#ifndef GUANAI_SCREEN_EXPORT_H
#define GUANAI_SCREEN_EXPORT_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_export; /* no argument */

#endif
