/* Rectangles of cells. */
#ifndef GUANAI_TUI_AREA_H
#define GUANAI_TUI_AREA_H

#include <stdbool.h>

/* Row 0 is at the top, column 0 at the left; rows and cols are never negative. */
struct ga_area {
    int row;
    int col;
    int rows;
    int cols;
};

/* Takes n rows (or columns) off one side of *area, fewer when there are fewer; answers what was taken. */
struct ga_area ga_area_cut_top(struct ga_area *area, int rows);
struct ga_area ga_area_cut_bottom(struct ga_area *area, int rows);
struct ga_area ga_area_cut_left(struct ga_area *area, int cols);
struct ga_area ga_area_cut_right(struct ga_area *area, int cols);

struct ga_area ga_area_row(struct ga_area area, int i);               /* its i-th row; empty when outside */
struct ga_area ga_area_inset(struct ga_area area, int rows, int cols); /* smaller on all four sides */
struct ga_area ga_area_middle(struct ga_area area, int rows, int cols); /* centred, never larger than area */
struct ga_area ga_area_overlap(struct ga_area a, struct ga_area b);
bool ga_area_is_empty(struct ga_area area);

#endif
