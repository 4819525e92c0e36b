/* Walks from cell to cell of the batch screen. */
#include "grid/grid_state.h"

#include "guanai/tui/loop.h"

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

static bool is_asked(const struct grid *grid, size_t row, size_t col)
{
    const struct ga_batch_column *column = &grid->sheet->columns[col];
    return grid_is_shown(grid, row) && !ga_batch_row(column->batch, row)->is_saved &&
           ga_batch_shows(column->batch, row, column->field);
}

static void place_cell(struct grid *grid, size_t row, size_t col)
{
    grid->row = row;
    grid->col = col;
}

static enum ga_reply walk_to(struct ga_screen *screen, size_t row, size_t col)
{
    struct grid *grid = state_of(screen);
    bool was_open = box_is_open(&grid->box);
    size_t old_col = grid->col;
    if (!grid_leave_cell(screen))
        return GA_REDRAW;
    place_cell(grid, row, col);
    bool has_moved = grid_scroll(screen);
    grid_set_title(screen);
    return has_moved || was_open || old_col != col ? GA_REDRAW : GA_TOUCHED;
}

/* Down or up in this column: rows that are saved or do not ask are passed over, as far as there are others. */
enum ga_reply grid_walk_rows(struct ga_screen *screen, int by)
{
    struct grid *grid = state_of(screen);
    size_t row = grid->row, last = ga_batch_sheet_rows(grid->sheet) - 1;
    while (by < 0 ? row > 0 : row < last) {
        row = by < 0 ? row - 1 : row + 1;
        if (is_asked(grid, row, grid->col))
            return walk_to(screen, row, grid->col);
    }
    if (!grid_leave_cell(screen))
        return GA_REDRAW;
    if (by > 0)
        ga_ui_say(screen->ui, GA_STYLE_NORMAL, ga_screen_tr(screen, "This was the last row: Ctrl-S saves all of them"));
    return GA_REDRAW;
}

/* Row by row: down to where this one was begun. Column by column that is where it stands already. */
static enum ga_reply walk_down(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    size_t old_col = grid->col;
    if (!grid_leave_cell(screen)) /* first: what is typed belongs to the column it stands in */
        return GA_REDRAW;
    if (grid->has_run && grid->run_col <= grid->col)
        grid->col = grid->run_col;
    enum ga_reply answer = grid_walk_rows(screen, 1);
    if (old_col != grid->col)
        grid_scroll(screen);
    return old_col != grid->col ? GA_REDRAW : answer;
}

/* To the right or left; behind the last column the next row begins. */
static enum ga_reply walk_cells(struct ga_screen *screen, int by)
{
    struct grid *grid = state_of(screen);
    size_t cols = grid->sheet->columns_count, cells = ga_batch_sheet_rows(grid->sheet) * cols;
    size_t at = grid->row * cols + grid->col;
    if (!grid_leave_cell(screen)) /* first, so that what hangs on it shows or hides */
        return GA_REDRAW;
    while (by < 0 ? at > 0 : at + 1 < cells) {
        at = by < 0 ? at - 1 : at + 1;
        if (is_asked(grid, at / cols, at % cols)) {
            walk_to(screen, at / cols, at % cols);
            return GA_REDRAW;
        }
    }
    return GA_REDRAW;
}

static enum ga_reply walk_cols(struct ga_screen *screen, int by)
{
    struct grid *grid = state_of(screen);
    bool can = by < 0 ? grid->col > 0 : grid->col + 1 < grid->sheet->columns_count;
    return can ? walk_to(screen, grid->row, by < 0 ? grid->col - 1 : grid->col + 1) : GA_HANDLED;
}

static enum ga_reply walk_page(struct ga_screen *screen, int by)
{
    struct grid *grid = state_of(screen);
    int64_t step = grid->table.rows > 2 ? grid->table.rows - 2 : 1;
    return walk_to(screen, grid_step_shown(grid, grid->row, by * step), grid->col);
}

static bool offers_phrases(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const struct ga_batch_row *row = grid_row(grid);
    if (!grid_field(grid)->type->is_text || row->is_saved)
        return false;
    bool was_open = box_is_open(&grid->box);
    bool is_empty = was_open ? box_is_empty(&grid->box)
                             : row->entry == NULL ||
                                   ga_answers_at(&row->entry->now, grid_field(grid))->state == GA_EMPTY;
    if (!is_empty || (!was_open && !grid_open_cell(screen)))
        return false;
    if (grid->box.phrases_count > 0) {
        box_open_phrases(&grid->box, GRID_PHRASE);
        return true;
    }
    return false;
}

/* Whoever walks by arrows or pages goes through a column, not along a row. */
static bool ends_run(uint32_t key)
{
    return key == GA_KEY_UP || key == GA_KEY_DOWN || key == GA_KEY_LEFT || key == GA_KEY_RIGHT ||
           key == GA_KEY_PAGE_UP || key == GA_KEY_PAGE_DOWN;
}

enum ga_reply grid_take_walking_key(struct ga_screen *screen, const struct ga_event *event)
{
    struct grid *grid = state_of(screen);
    if (event->kind != GA_EVENT_KEY)
        return GA_IGNORED;
    if (ends_run(event->key))
        grid->has_run = false;
    switch (event->key) {
    case GA_KEY_ENTER:
        return walk_down(screen);
    case GA_KEY_DOWN:
        return offers_phrases(screen) ? GA_REDRAW : grid_walk_rows(screen, 1);
    case GA_KEY_UP:
        return grid_walk_rows(screen, -1);
    case GA_KEY_TAB:
        return walk_cells(screen, 1);
    case GA_KEY_BACKTAB:
        return walk_cells(screen, -1);
    case GA_KEY_RIGHT:
        return walk_cols(screen, 1);
    case GA_KEY_LEFT:
        return walk_cols(screen, -1);
    case GA_KEY_PAGE_DOWN:
        return walk_page(screen, 1);
    case GA_KEY_PAGE_UP:
        return walk_page(screen, -1);
    case GA_KEY_HOME:
        return walk_to(screen, grid->row, 0);
    case GA_KEY_END:
        return walk_to(screen, grid->row, grid->sheet->columns_count - 1);
    default:
        return GA_IGNORED;
    }
}

void grid_focus(struct ga_screen *screen, size_t row, struct ga_batch *batch, const struct ga_field *field)
{
    struct grid *grid = state_of(screen);
    ga_batch_sheet_add_column(grid->sheet, batch, field);
    ga_batch_sheet_row(grid->sheet, row)->is_out = false;
    grid->row = row;
    grid->has_run = false;
    if (ga_batch_sheet_column(grid->sheet, field) < grid->sheet->columns_count)
        grid->col = ga_batch_sheet_column(grid->sheet, field);
    grid_lay_out(screen);
    grid_set_title(screen);
}
