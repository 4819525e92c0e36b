/* Whose sheets are typed: 代录. */
#ifndef GUANAI_SCREEN_DOER_H
#define GUANAI_SCREEN_DOER_H

#include "guanai/tui/screen.h"

/*
 * F12 ──▶ a name picked (digit, pinyin initials) or typed ──▶ ga_session_set_doer ──▶ the title of every page
 * F12 once more ──▶ what is typed is one's own again
 *
 * The dialog only asks: the screen below is resumed with is_done, the name as text.
 */
void ga_screen_doer_ask(struct ga_screen *screen, int tag);

#endif
