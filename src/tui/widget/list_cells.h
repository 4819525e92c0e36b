/* The texts of the rows in sight, between the list that asks and the fetch that answers. */
#ifndef GUANAI_SRC_TUI_LIST_CELLS_H
#define GUANAI_SRC_TUI_LIST_CELLS_H

#include "guanai/tui/widget/list.h"

struct ga_tui_cells *ga_tui_cells_create(void);
void ga_tui_cells_destroy(struct ga_tui_cells *cells);
void ga_tui_cells_forget(struct ga_tui_cells *cells); /* what is kept is no longer true */
bool ga_tui_cells_has(const struct ga_tui_cells *cells, size_t first, size_t rows);
void ga_tui_cells_begin(struct ga_tui_cells *cells, size_t first, size_t rows, const short *shown_cols,
                        size_t columns);
size_t ga_tui_cells_rows(const struct ga_tui_cells *cells);
const char *ga_tui_cells_text(const struct ga_tui_cells *cells, size_t row, size_t column);
enum ga_style ga_tui_cells_row_style(const struct ga_tui_cells *cells, size_t row);
bool ga_tui_cells_is_painted(const struct ga_tui_cells *cells);
void ga_tui_cells_set_painted(struct ga_tui_cells *cells);

#endif
