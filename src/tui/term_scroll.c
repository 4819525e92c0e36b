/* Recognises rows that only moved by one. */
#include "term_write.h"

#include <string.h>

enum {
    CHANGED_MIN = 5, /* with fewer, looking costs more than it can spare */
    MOVED_MIN = 3,
};

static bool are_same(const struct ga_canvas *canvas, int row, int shown_row)
{
    return memcmp(ga_canvas_row(canvas, row), ga_canvas_shown_row(canvas, shown_row),
                  (size_t)ga_canvas_cols(canvas) * sizeof(struct ga_cell)) == 0;
}

/* Cells with the same character, whatever they look like. */
static int likeness(const struct ga_canvas *canvas, int row, int shown_row)
{
    const struct ga_cell *now = ga_canvas_row(canvas, row), *shown = ga_canvas_shown_row(canvas, shown_row);
    int same = 0;
    for (int col = 0; col < ga_canvas_cols(canvas); col++)
        same += now[col].points[0] == shown[col].points[0];
    return same;
}

/* Beyond the rows that fit, those that fit better moved: the one that lost the mark of the cursor. */
static int stretch(const struct ga_canvas *canvas, int edge, int step)
{
    while (edge + step >= 0 && edge + step < ga_canvas_rows(canvas) &&
           likeness(canvas, edge, edge + step) > likeness(canvas, edge, edge))
        edge += step;
    return edge;
}

static struct ga_term_move find_move(const struct ga_canvas *canvas, bool is_up)
{
    const int rows = ga_canvas_rows(canvas), step = is_up ? 1 : -1;
    struct ga_term_move move = {.top = -1, .is_up = is_up};
    for (int row = is_up ? 0 : 1; row < (is_up ? rows - 1 : rows); row++) {
        if (!ga_canvas_row_changed(canvas, row) || !are_same(canvas, row, row + step))
            continue;
        move.top = move.top < 0 ? row : move.top;
        move.bottom = row;
        move.moved++;
    }
    if (move.moved < MOVED_MIN || 2 * move.moved <= move.bottom - move.top)
        return (struct ga_term_move){0};
    if (is_up)
        move.bottom = stretch(canvas, move.bottom + 1, step);
    else
        move.top = stretch(canvas, move.top - 1, step);
    return move;
}

struct ga_term_move ga_term_find_move(const struct ga_canvas *canvas)
{
    int changed = 0;
    if (ga_canvas_is_forgotten(canvas))
        return (struct ga_term_move){0};
    for (int row = 0; row < ga_canvas_rows(canvas); row++)
        changed += ga_canvas_row_changed(canvas, row);
    if (changed < CHANGED_MIN)
        return (struct ga_term_move){0};
    const struct ga_term_move up = find_move(canvas, true), down = find_move(canvas, false);
    return up.moved >= down.moved ? up : down;
}
