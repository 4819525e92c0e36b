/* Taking a sheet in: choosing the file, seeing what would happen, doing it. */
#ifndef GUANAI_SCREEN_IMPORT_H
#define GUANAI_SCREEN_IMPORT_H

#include "guanai/app/session.h"
#include "guanai/tui/loop.h"

/* Asks for the file first. The screen below is resumed with is_done when something was imported. */
enum ga_rc ga_screen_import_open(struct ga_ui *ui, struct ga_session *session);

extern const struct ga_screen_ops ga_screen_import_file;    /* no argument */
extern const struct ga_screen_ops ga_screen_import_preview; /* argument: the file's path */

#endif
