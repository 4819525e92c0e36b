/* The papers for an inspection: a row a kind, a column a month. */
#ifndef GUANAI_SCREEN_MATERIALS_H
#define GUANAI_SCREEN_MATERIALS_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_materials; /* of the term that is now; no argument */

#endif
