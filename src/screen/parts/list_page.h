/* A page that is one list; private to this room. */
#ifndef GUANAI_SRC_SCREEN_LIST_PAGE_H
#define GUANAI_SRC_SCREEN_LIST_PAGE_H

#include "guanai/app/session.h"
#include "guanai/tui/screen.h"
#include "guanai/tui/widget/list.h"

/* What one page is made of. */
struct ga_list_page_kind {
    const struct ga_tui_column *columns; /* titles GA_N_ */
    size_t columns_count;
    const char *empty; /* GA_N_: what stands there without a row */
    ga_tui_list_fetch *fetch; /* its ctx is the screen */
    enum ga_rc (*read)(struct ga_screen *screen, struct ga_error *err); /* sets the count; it is 0, the arena empty before */
    void (*title)(struct ga_screen *screen);  /* whenever rows were read or laid out: the title, what else stands on the page */
    void (*status)(struct ga_screen *screen); /* behind that, and whenever the mark moved; NULL: the place of the mark */
    void (*digit)(struct ga_screen *screen);  /* of a row, from 1, was typed: it is marked; NULL: digits mean nothing */
    bool is_worded; /* what is read holds words of the language: read whenever the page is laid out */
};

/* Of such a page: its state BEGINS with this. */
struct ga_list_page {
    struct ga_tui_list list;
    const struct ga_list_page_kind *kind; /* borrowed */
    struct ga_session *session;
    struct ga_arena arena; /* of what was read */
    struct ga_arena row;   /* of the rows being fetched, of what is said; whoever uses it resets it */
    size_t count;          /* rows */
};

/* For enter, for leave. */
void ga_list_page_begin(struct ga_screen *screen, const struct ga_list_page_kind *kind);
void ga_list_page_leave(struct ga_screen *screen);

/* All rows anew; an error is said. fill() does not say it, nor shows anything: for enter, where a failure closes the page. */
void ga_list_page_read(struct ga_screen *screen);
enum ga_rc ga_list_page_fill(struct ga_screen *screen, struct ga_error *err);
void ga_list_page_show(struct ga_screen *screen); /* what fill() read */

void ga_list_page_resumed(struct ga_screen *screen, const struct ga_tui_result *result); /* reads; keeps no result */
void ga_list_page_layout(struct ga_screen *screen, struct ga_area area);
void ga_list_page_paint(struct ga_screen *screen, struct ga_canvas *canvas);
enum ga_reply ga_list_page_event(struct ga_screen *screen, const struct ga_event *event);

#define GA_LIST_PAGE_OPS .layout = ga_list_page_layout, .paint = ga_list_page_paint, .event = ga_list_page_event

/* The same two for a page that only BEGINS with the struct ga_tui_list. A key that moves the mark shows its place. */
void ga_bare_list_paint(struct ga_screen *screen, struct ga_canvas *canvas);
enum ga_reply ga_bare_list_event(struct ga_screen *screen, const struct ga_event *event);

#endif
