/* A page that is one menu, its lines made anew whenever it is shown; private to this room. */
#ifndef GUANAI_SRC_SCREEN_MENU_PAGE_H
#define GUANAI_SRC_SCREEN_MENU_PAGE_H

#include "guanai/app/session.h"
#include "guanai/tui/screen.h"
#include "parts/menu.h"

/* A line from a page's table; its id is its place there from 1. With neither `ops` nor `opens` it is only to be read. */
struct ga_menu_page_row {
    uint32_t key;     /* GA_KEY_NONE: the one behind the last row's that has one: 1 … 9, a, b … */
    const char *text; /* GA_N_ */
    const char *(*words)(struct ga_screen *screen); /* instead, in `lines`; NULL: the row is not there now */
    const struct ga_screen_ops *ops;                /* where it leads, without an argument, the id as tag */
    void (*opens)(struct ga_screen *screen);        /* instead */
};

/* What one page is made of. */
struct ga_menu_page_kind {
    void (*list)(struct ga_screen *screen); /* reads what is to be read, adds the lines: there are none before */
    void (*choose)(struct ga_screen *screen, int id); /* a line that is of no table; NULL: there is none */
};

/* Of such a page: its state BEGINS with this. */
struct ga_menu_page {
    const struct ga_menu_page_kind *kind; /* borrowed, as the rows */
    struct ga_session *session;
    struct ga_menu menu;
    struct ga_arena lines; /* of what is shown, anew whenever it is listed */
    const struct ga_menu_page_row *rows;
    size_t rows_count;
};

/* For enter; the first layout lists. For leave. */
void ga_menu_page_begin(struct ga_screen *screen, const struct ga_menu_page_kind *kind);
void ga_menu_page_leave(struct ga_screen *screen);

/* For the kind's list(): the table's rows that are there now; a line that is only read. */
void ga_menu_page_add_rows(struct ga_screen *screen, const struct ga_menu_page_row *rows, size_t count);
void ga_menu_page_say(struct ga_menu_page *page, enum ga_style style, const char *text);

/* All lines anew, the mark where it was. For resumed() of a page that only leads elsewhere as well. */
void ga_menu_page_list(struct ga_screen *screen);
void ga_menu_page_resumed(struct ga_screen *screen, const struct ga_tui_result *result);

void ga_menu_page_layout(struct ga_screen *screen, struct ga_area area);
void ga_menu_page_paint(struct ga_screen *screen, struct ga_canvas *canvas);
enum ga_reply ga_menu_page_event(struct ga_screen *screen, const struct ga_event *event);

#define GA_MENU_PAGE_OPS .layout = ga_menu_page_layout, .paint = ga_menu_page_paint, .event = ga_menu_page_event

#endif
