/* A page that is one list, filling it; private to this room. */
#ifndef GUANAI_SRC_SCREEN_LIST_PAGE_H
#define GUANAI_SRC_SCREEN_LIST_PAGE_H

#include "guanai/tui/screen.h"

/* For .paint, .event of such a page: its state BEGINS with the struct ga_tui_list. A key that moves the mark shows its place. */
void ga_list_page_paint(struct ga_screen *screen, struct ga_canvas *canvas);
enum ga_reply ga_list_page_event(struct ga_screen *screen, const struct ga_event *event);

#endif
