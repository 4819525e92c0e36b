/* Cells of the frame being painted beside those of the frame last shown. */
#include "guanai/tui/canvas.h"

#include "canvas_cells.h"
#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 512, COLS_MAX = 1024 };

static const struct ga_cell blank = {.points = {' '}, .style = GA_STYLE_NORMAL, .width_cols = 1};

static void blank_cells(struct ga_cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cells[i] = blank;
}

struct ga_canvas *ga_canvas_create(int rows, int cols)
{
    struct ga_canvas *canvas = ga_alloc(sizeof(*canvas));
    ga_canvas_resize(canvas, rows, cols);
    return canvas;
}

static void free_cells(struct ga_canvas *canvas)
{
    free(canvas->cells);
    free(canvas->shown);
    free(canvas->is_touched);
}

void ga_canvas_destroy(struct ga_canvas *canvas)
{
    if (canvas == NULL)
        return;
    free_cells(canvas);
    free(canvas);
}

static int between(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

void ga_canvas_resize(struct ga_canvas *canvas, int rows, int cols)
{
    free_cells(canvas);
    canvas->rows = between(rows, 1, ROWS_MAX);
    canvas->cols = between(cols, 1, COLS_MAX);
    size_t count = (size_t)canvas->rows * (size_t)canvas->cols;
    canvas->cells = ga_realloc(NULL, count * sizeof(*canvas->cells)); /* begin() blanks them */
    canvas->shown = ga_realloc(NULL, count * sizeof(*canvas->shown));
    blank_cells(canvas->shown, count);
    canvas->is_touched = ga_alloc_array((size_t)canvas->rows, sizeof(*canvas->is_touched));
    ga_canvas_forget(canvas);
    ga_canvas_begin(canvas);
}

int ga_canvas_rows(const struct ga_canvas *canvas)
{
    return canvas->rows;
}

int ga_canvas_cols(const struct ga_canvas *canvas)
{
    return canvas->cols;
}

struct ga_area ga_canvas_area(const struct ga_canvas *canvas)
{
    return (struct ga_area){0, 0, canvas->rows, canvas->cols};
}

void ga_canvas_set_ascii(struct ga_canvas *canvas, bool is_ascii)
{
    canvas->is_ascii = is_ascii;
}

void ga_canvas_begin(struct ga_canvas *canvas)
{
    ga_canvas_begin_part(canvas);
    blank_cells(canvas->cells, (size_t)canvas->rows * (size_t)canvas->cols);
    memset(canvas->is_touched, true, (size_t)canvas->rows);
    canvas->is_whole = true;
}

void ga_canvas_begin_part(struct ga_canvas *canvas)
{
    canvas->clip = ga_canvas_area(canvas);
    canvas->caret_row = -1;
    canvas->caret_col = -1;
    canvas->is_whole = false;
}

bool ga_canvas_is_whole(const struct ga_canvas *canvas)
{
    return canvas->is_whole;
}

struct ga_area ga_canvas_clip(struct ga_canvas *canvas, struct ga_area clip)
{
    struct ga_area old = canvas->clip;
    canvas->clip = ga_area_overlap(clip, ga_canvas_area(canvas));
    return old;
}

void ga_canvas_set_caret(struct ga_canvas *canvas, int row, int col)
{
    struct ga_area at = {row, col, 1, 1};
    bool is_inside = !ga_area_is_empty(ga_area_overlap(at, canvas->clip));
    canvas->caret_row = is_inside ? row : -1;
    canvas->caret_col = is_inside ? col : -1;
}

bool ga_canvas_caret(const struct ga_canvas *canvas, int *ret_row, int *ret_col)
{
    if (canvas->caret_row < 0)
        return false;
    *ret_row = canvas->caret_row;
    *ret_col = canvas->caret_col;
    return true;
}

struct ga_cell *ga_canvas_cells_at(const struct ga_canvas *canvas, int row)
{
    return canvas->cells + (size_t)row * (size_t)canvas->cols;
}

const struct ga_cell *ga_canvas_row(const struct ga_canvas *canvas, int row)
{
    return ga_canvas_cells_at(canvas, row);
}

const struct ga_cell *ga_canvas_shown_row(const struct ga_canvas *canvas, int row)
{
    return canvas->shown + (size_t)row * (size_t)canvas->cols;
}

bool ga_canvas_row_changed(const struct ga_canvas *canvas, int row)
{
    return canvas->is_touched[row] && memcmp(ga_canvas_row(canvas, row), ga_canvas_shown_row(canvas, row),
                                             (size_t)canvas->cols * sizeof(struct ga_cell)) != 0;
}

void ga_canvas_shown(struct ga_canvas *canvas)
{
    size_t row_bytes = (size_t)canvas->cols * sizeof(struct ga_cell);
    for (int row = 0; row < canvas->rows; row++) {
        if (!canvas->is_touched[row])
            continue;
        memcpy(canvas->shown + (size_t)row * (size_t)canvas->cols, ga_canvas_row(canvas, row), row_bytes);
        canvas->is_touched[row] = false;
    }
}

void ga_canvas_forget(struct ga_canvas *canvas)
{
    /* A width no cell has at the beginning of every row: none is as it was. */
    for (int row = 0; row < canvas->rows; row++)
        canvas->shown[(size_t)row * (size_t)canvas->cols].width_cols = UINT8_MAX;
    memset(canvas->is_touched, true, (size_t)canvas->rows);
}

bool ga_canvas_is_forgotten(const struct ga_canvas *canvas)
{
    return canvas->shown[0].width_cols == UINT8_MAX;
}
