/* The lines of the page of figures: every number a place to stop at. */
#ifndef GUANAI_SRC_SCREEN_FIGURES_LINES_H
#define GUANAI_SRC_SCREEN_FIGURES_LINES_H

#include "guanai/base/vec.h"
#include "guanai/care/figures.h"
#include "guanai/tui/canvas.h"

/* A number that opens the children behind it. */
struct ga_figure_stop {
    size_t line;
    int col, cols; /* from the left of the page */
    const char *text;
    struct ga_figures_pick pick;
};

struct ga_figure_line {
    const char *left, *right; /* in columns from `left_col`, `right_col`; NULL: none */
    int left_col, right_col, right_cols;
    enum ga_style style;
};

struct ga_figure_lines {
    struct ga_arena arena;
    struct ga_vec lines; /* struct ga_figure_line */
    struct ga_vec stops; /* struct ga_figure_stop, from top to bottom, from left to right */
    size_t selected;     /* of the stops */
    int first, rows;     /* as last painted */
};

void ga_figure_lines_init(struct ga_figure_lines *lines);
void ga_figure_lines_finish(struct ga_figure_lines *lines);

/* Made anew for this width; the selection stays on its number, by what it means. */
void ga_figure_lines_make(struct ga_figure_lines *lines, const struct ga_headcount *headcount, int cols,
                          enum ga_lang lang);

const struct ga_figure_stop *ga_figure_lines_selected(const struct ga_figure_lines *lines); /* NULL: none */

/* ↑ ↓ to the nearest number above and below, ← → along, Home End PgUp PgDn. */
bool ga_figure_lines_move(struct ga_figure_lines *lines, uint32_t key);

void ga_figure_lines_paint(struct ga_figure_lines *lines, struct ga_canvas *canvas, struct ga_area area);

#endif
