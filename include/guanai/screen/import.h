/* Taking a sheet in: choosing the file, seeing what would happen, doing it. */
#ifndef GUANAI_SCREEN_IMPORT_H
#define GUANAI_SCREEN_IMPORT_H

#include "guanai/tui/screen.h"

extern const struct ga_screen_ops ga_screen_import_file;    /* asks for the file; no argument; is_done: imported */
extern const struct ga_screen_ops ga_screen_import_preview; /* argument: the file's path; is_done: imported */

#endif
