/* A line of other pages that leads to the school's own files; private to this room. */
#ifndef GUANAI_SRC_SCREEN_OWN_FILES_LINE_H
#define GUANAI_SRC_SCREEN_OWN_FILES_LINE_H

#include "guanai/app/session.h"
#include "parts/menu.h"

struct ga_screen;

/* "6 本校自己的表：收到 3 个，等管理员确认" where some wait, or are to be handed on; else nothing. Texts live in the arena. */
void ga_own_files_line_add(struct ga_session *session, struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang);

/* Opens the page of changed forms when it was chosen. */
bool ga_own_files_line_opens(struct ga_screen *screen, int id);

#endif
