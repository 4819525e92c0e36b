/* Recognises rows that only moved by one. */
#include "term_write.h"

#include <string.h>

enum {
    CHANGED_MIN = 5, /* with fewer, looking costs more than it can spare */
    MOVED_MIN = 3,
};

struct move {
    int top, bottom; /* of the rows the terminal is to move */
    int moved;       /* rows that are then as wanted */
    bool is_up;
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

static struct move find_move(const struct ga_canvas *canvas, bool is_up)
{
    const int rows = ga_canvas_rows(canvas), step = is_up ? 1 : -1;
    struct move move = {.top = -1, .is_up = is_up};
    for (int row = is_up ? 0 : 1; row < (is_up ? rows - 1 : rows); row++) {
        if (!ga_canvas_row_changed(canvas, row) || !are_same(canvas, row, row + step))
            continue;
        move.top = move.top < 0 ? row : move.top;
        move.bottom = row;
        move.moved++;
    }
    if (move.moved < MOVED_MIN || 2 * move.moved <= move.bottom - move.top)
        return (struct move){0};
    if (is_up)
        move.bottom = stretch(canvas, move.bottom + 1, step);
    else
        move.top = stretch(canvas, move.top - 1, step);
    return move;
}

static void write_move(struct ga_term_writer *writer, const struct move *move, int rows, struct ga_str *out)
{
    ga_term_write_plain(writer, out); /* some terminals fill with the ground that is on */
    ga_str_addf(out, "\033[%d;%dr\033[%dH%s\033[1;%dr", move->top + 1, move->bottom + 1,
                (move->is_up ? move->bottom : move->top) + 1, move->is_up ? "\n" : "\033M", rows);
    writer->col = -1; /* setting a region puts the cursor elsewhere */
}

void ga_term_write_scroll(struct ga_term_writer *writer, struct ga_canvas *canvas, struct ga_str *out)
{
    const int rows = ga_canvas_rows(canvas);
    int changed = 0;
    for (int row = 0; row < rows; row++)
        changed += ga_canvas_row_changed(canvas, row);
    if (!writer->strings.scrolls_by_ecma48 || changed < CHANGED_MIN)
        return;
    const struct move up = find_move(canvas, true), down = find_move(canvas, false);
    const struct move *move = up.moved >= down.moved ? &up : &down;
    if (move->moved == 0)
        return;
    write_move(writer, move, rows, out);
    ga_canvas_scrolled(canvas, move->top, move->bottom, move->is_up);
}
