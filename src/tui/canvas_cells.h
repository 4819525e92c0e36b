/* The inside of a canvas, for the files that draw into it. */
#ifndef GUANAI_SRC_TUI_CANVAS_CELLS_H
#define GUANAI_SRC_TUI_CANVAS_CELLS_H

#include "guanai/tui/canvas.h"

struct ga_canvas {
    int rows;
    int cols;
    struct ga_cell *cells;
    struct ga_cell *shown;
    bool *is_touched; /* rows written to since they were last shown */
    struct ga_area clip;
    int caret_row; /* -1: hidden */
    int caret_col;
    bool is_ascii;
    bool is_whole;
};

struct ga_cell *ga_canvas_cells_at(const struct ga_canvas *canvas, int row);

#endif
