/* A table of any length of which only the rows in sight are fetched. */
#ifndef GUANAI_TUI_WIDGET_LIST_H
#define GUANAI_TUI_WIDGET_LIST_H

#include "guanai/base/arena.h"
#include "guanai/tui/canvas.h"
#include "guanai/tui/screen.h"

enum { GA_LIST_COLUMNS = 16 };

struct ga_tui_column {
    const char *title; /* translated; borrowed */
    short cols;        /* wanted width in cells */
    short min_cols;    /* 0: as wanted */
    short priority;    /* 0 is always shown; the highest goes first when it gets narrow */
    bool is_right;     /* numbers */
    bool grows;        /* takes the room that is left */
};

/* The rows in sight, filled by fetch. */
struct ga_tui_cells;
void ga_tui_cells_put(struct ga_tui_cells *cells, size_t row, size_t column, const char *text); /* copied */
void ga_tui_cells_style(struct ga_tui_cells *cells, size_t row, enum ga_style style);
bool ga_tui_cells_wants(const struct ga_tui_cells *cells, size_t column); /* false: not shown just now */

/* Fetches rows first … first+count-1; row numbers given to put start at 0 for `first`. */
typedef void ga_tui_list_fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells);

struct ga_tui_list {
    struct ga_tui_column columns[GA_LIST_COLUMNS];
    size_t columns_count;
    ga_tui_list_fetch *fetch;
    void *ctx;
    size_t count;
    size_t selected; /* < count, or 0 */
    size_t first;    /* first row in sight */
    struct ga_area area;
    bool has_header;
    const char *empty; /* what stands there when count is 0; translated; borrowed */
    struct ga_tui_cells *cells;
    short shown_cols[GA_LIST_COLUMNS]; /* width as laid out; 0: left out */
    size_t painted_first;
    size_t painted_selected;
    bool painted_focused;
};

void ga_tui_list_init(struct ga_tui_list *list, ga_tui_list_fetch *fetch, void *ctx);
void ga_tui_list_finish(struct ga_tui_list *list);
void ga_tui_list_column(struct ga_tui_list *list, const struct ga_tui_column *column);
void ga_tui_list_layout(struct ga_tui_list *list, struct ga_area area);

/* The rows are others now. Keeps the selection where it can; answer GA_REDRAW afterwards. */
void ga_tui_list_reload(struct ga_tui_list *list, size_t count);
void ga_tui_list_select(struct ga_tui_list *list, size_t row);

/* ↑ ↓ PgUp PgDn Home End. GA_TOUCHED when it moved. */
enum ga_reply ga_tui_list_event(struct ga_tui_list *list, const struct ga_event *event);

/* In a frame that is not whole, only the rows that changed. */
void ga_tui_list_paint(struct ga_tui_list *list, struct ga_canvas *canvas, bool is_focused);

size_t ga_tui_list_page(const struct ga_tui_list *list);                         /* rows in sight */

#endif
