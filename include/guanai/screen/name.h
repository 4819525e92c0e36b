/* Who is at the keys. */
#ifndef GUANAI_SCREEN_NAME_H
#define GUANAI_SCREEN_NAME_H

#include "guanai/app/session.h"
#include "guanai/tui/loop.h"

/*
 * A name is picked by its digit or typed; it is recorded in everything saved from then on. Drafts of
 * the person before stay. The screen below is resumed with is_done, the new name as text.
 */
enum ga_rc ga_screen_name_open(struct ga_ui *ui, struct ga_session *session, int tag);

extern const struct ga_screen_ops ga_screen_name; /* no argument */

#endif
