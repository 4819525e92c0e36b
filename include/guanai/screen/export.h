/* Asks what to write to which file, then writes it. */
#ifndef GUANAI_SCREEN_EXPORT_H
#define GUANAI_SCREEN_EXPORT_H

#include "guanai/app/session.h"
#include "guanai/tui/loop.h"

enum ga_rc ga_screen_export_open(struct ga_ui *ui, struct ga_session *session);

extern const struct ga_screen_ops ga_screen_export; /* no argument */

#endif
