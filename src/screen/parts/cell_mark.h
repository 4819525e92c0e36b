/* The cell the keys speak about, in a table that may be larger than the page. */
#ifndef GUANAI_SRC_SCREEN_CELL_MARK_H
#define GUANAI_SRC_SCREEN_CELL_MARK_H

#include "guanai/tui/screen.h"

struct ga_cell_mark {
    size_t row, column;             /* the cell that is marked */
    size_t first_row, first_column; /* in sight */
};

struct ga_cells {
    size_t rows, columns;
};

/* Into the table and into sight by the least way, with no room left empty that something could fill. */
void ga_cell_mark_keep(struct ga_cell_mark *mark, struct ga_cells table, struct ga_cells in_sight);

/* Arrows, PgUp, PgDn, Home, End. false: no key of the table; what is in sight is for the page to settle. */
bool ga_cell_mark_walk(struct ga_cell_mark *mark, struct ga_cells table, size_t page_rows, const struct ga_event *event);

#endif
