/* Arithmetic on rectangles of cells. */
#include "guanai/tui/area.h"

static int between(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

struct ga_area ga_area_cut_top(struct ga_area *area, int rows)
{
    struct ga_area cut = *area;
    cut.rows = between(rows, 0, area->rows);
    area->row += cut.rows;
    area->rows -= cut.rows;
    return cut;
}

struct ga_area ga_area_cut_bottom(struct ga_area *area, int rows)
{
    struct ga_area cut = *area;
    cut.rows = between(rows, 0, area->rows);
    area->rows -= cut.rows;
    cut.row = area->row + area->rows;
    return cut;
}

struct ga_area ga_area_cut_left(struct ga_area *area, int cols)
{
    struct ga_area cut = *area;
    cut.cols = between(cols, 0, area->cols);
    area->col += cut.cols;
    area->cols -= cut.cols;
    return cut;
}

struct ga_area ga_area_cut_right(struct ga_area *area, int cols)
{
    struct ga_area cut = *area;
    cut.cols = between(cols, 0, area->cols);
    area->cols -= cut.cols;
    cut.col = area->col + area->cols;
    return cut;
}

struct ga_area ga_area_row(struct ga_area area, int i)
{
    bool is_inside = i >= 0 && i < area.rows;
    return (struct ga_area){area.row + i, area.col, is_inside ? 1 : 0, area.cols};
}

struct ga_area ga_area_inset(struct ga_area area, int rows, int cols)
{
    ga_area_cut_top(&area, rows);
    ga_area_cut_bottom(&area, rows);
    ga_area_cut_left(&area, cols);
    ga_area_cut_right(&area, cols);
    return area;
}

struct ga_area ga_area_middle(struct ga_area area, int rows, int cols)
{
    rows = between(rows, 0, area.rows);
    cols = between(cols, 0, area.cols);
    return (struct ga_area){area.row + (area.rows - rows) / 2, area.col + (area.cols - cols) / 2, rows,
                            cols};
}

struct ga_area ga_area_overlap(struct ga_area a, struct ga_area b)
{
    int top = a.row > b.row ? a.row : b.row;
    int left = a.col > b.col ? a.col : b.col;
    int bottom = a.row + a.rows < b.row + b.rows ? a.row + a.rows : b.row + b.rows;
    int right = a.col + a.cols < b.col + b.cols ? a.col + a.cols : b.col + b.cols;
    return (struct ga_area){top, left, bottom > top ? bottom - top : 0, right > left ? right - left : 0};
}

bool ga_area_is_empty(struct ga_area area)
{
    return area.rows <= 0 || area.cols <= 0;
}
