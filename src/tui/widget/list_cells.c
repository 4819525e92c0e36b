/* Keeps the texts of the rows in sight. */
#include "list_cells.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

enum { CELL_ROWS_MAX = 512 };

struct ga_tui_cells {
    struct ga_arena arena;
    const char **texts; /* rows × columns, in the arena */
    unsigned char *styles;
    size_t first;
    size_t rows;
    size_t columns;
    const short *shown_cols; /* the list's */
    bool is_kept;
    bool is_painted;
};

struct ga_tui_cells *ga_tui_cells_create(void)
{
    struct ga_tui_cells *cells = ga_alloc(sizeof(*cells));
    ga_arena_init(&cells->arena);
    return cells;
}

void ga_tui_cells_destroy(struct ga_tui_cells *cells)
{
    if (cells == NULL)
        return;
    ga_arena_finish(&cells->arena);
    free(cells);
}

void ga_tui_cells_forget(struct ga_tui_cells *cells)
{
    cells->is_kept = false;
    cells->is_painted = false;
}

bool ga_tui_cells_has(const struct ga_tui_cells *cells, size_t first, size_t rows)
{
    return cells->is_kept && cells->first == first && cells->rows == rows;
}

void ga_tui_cells_begin(struct ga_tui_cells *cells, size_t first, size_t rows, const short *shown_cols,
                        size_t columns)
{
    ga_arena_reset(&cells->arena);
    cells->first = first;
    cells->rows = rows < CELL_ROWS_MAX ? rows : CELL_ROWS_MAX;
    cells->columns = columns;
    cells->shown_cols = shown_cols;
    cells->texts = ga_arena_array(&cells->arena, cells->rows * columns + 1, sizeof(*cells->texts));
    cells->styles = ga_arena_array(&cells->arena, cells->rows + 1, 1);
    cells->is_kept = true;
    cells->is_painted = false;
}

void ga_tui_cells_put(struct ga_tui_cells *cells, size_t row, size_t column, const char *text)
{
    if (row < cells->rows && ga_tui_cells_wants(cells, column))
        cells->texts[row * cells->columns + column] = ga_arena_strdup(&cells->arena, text);
}

void ga_tui_cells_style(struct ga_tui_cells *cells, size_t row, enum ga_style style)
{
    if (row < cells->rows)
        cells->styles[row] = (unsigned char)style;
}

bool ga_tui_cells_wants(const struct ga_tui_cells *cells, size_t column)
{
    return column < cells->columns && cells->shown_cols[column] > 0;
}

size_t ga_tui_cells_rows(const struct ga_tui_cells *cells)
{
    return cells->is_kept ? cells->rows : 0;
}

const char *ga_tui_cells_text(const struct ga_tui_cells *cells, size_t row, size_t column)
{
    bool is_known = row < cells->rows && column < cells->columns;
    const char *text = is_known ? cells->texts[row * cells->columns + column] : NULL;
    return text != NULL ? text : "";
}

enum ga_style ga_tui_cells_row_style(const struct ga_tui_cells *cells, size_t row)
{
    return row < cells->rows ? (enum ga_style)cells->styles[row] : GA_STYLE_NORMAL;
}

bool ga_tui_cells_is_painted(const struct ga_tui_cells *cells)
{
    return cells->is_painted;
}

void ga_tui_cells_set_painted(struct ga_tui_cells *cells)
{
    cells->is_painted = true;
}
