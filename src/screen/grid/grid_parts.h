/* What the batch screen does where forms stand side by side. */
#ifndef GUANAI_SRC_SCREEN_GRID_PARTS_H
#define GUANAI_SRC_SCREEN_GRID_PARTS_H

#include "grid/grid_state.h"

/* grid_told.c: what was recorded already. */
void grid_write_told(const struct grid *grid, enum ga_lang lang, struct ga_str *out); /* of the cell's group; "": nothing */
bool grid_has_told(const struct grid *grid);
void grid_open_told(struct ga_screen *screen);
void grid_list_told(struct ga_screen *screen);
void grid_take_told(struct ga_screen *screen, const struct ga_tui_result *result);

/* grid_notes.c */
size_t grid_count_notes(const struct grid *grid); /* that wait on this cell for the table to be saved */
void grid_open_notes(struct ga_screen *screen);

/* grid_sheet.c: class sheets. */
void grid_open_sheet(struct ga_screen *screen, const struct ga_roster_class *class_of, struct ga_date month);
void grid_ask_sheet(struct ga_screen *screen);
void grid_take_sheet(struct ga_screen *screen, const struct ga_tui_result *result);
void grid_print(struct ga_screen *screen);
void grid_begin(struct ga_screen *screen, enum ga_rc rc, const struct ga_error *err); /* its rows are there, or it closes */

#endif
