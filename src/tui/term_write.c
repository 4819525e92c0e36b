/* Finds short bytes that turn the frame shown last into the next. */
#include "term_write.h"

#include "guanai/base/alloc.h"
#include "guanai/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    UNKNOWN = -1,
    REWRITE_COLS = 3,      /* a gap as short as that is written again: no move is shorter */
    ERASE_BLANKS_MIN = 4,  /* so many blanks cost more than erasing */
    DOUBTFUL_FROM = 0x1F000, /* newer signs, of whose width terminals think differently */
};

static const struct ga_cell blank = {.points = {' '}, .style = GA_STYLE_NORMAL, .width_cols = 1};

void ga_term_writer_init(struct ga_term_writer *writer)
{
    writer->pen.row = 0;
    writer->pen.col = UNKNOWN;
    writer->pen.style = UNKNOWN;
    writer->is_caret_known = false;
}

static void add_number(struct ga_str *out, int number)
{
    char digits[12];
    size_t at = sizeof(digits);
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    ga_str_add_bytes(out, digits + at, sizeof(digits) - at);
}

static void add_move(const struct ga_term_writer *writer, int row, int col, struct ga_str *out)
{
    if (!writer->strings.moves_by_ecma48) {
        writer->strings.add_move(writer->strings.ctx, row, col, out);
        return;
    }
    ga_str_add_bytes(out, "\033[", 2);
    if (writer->pen.row == row && writer->pen.col >= 0 && writer->pen.col < col) {
        if (col - writer->pen.col > 1)
            add_number(out, col - writer->pen.col);
        ga_str_add_char(out, 'C');
        return;
    }
    if (row > 0 || col > 0)
        add_number(out, row + 1);
    if (col > 0) {
        ga_str_add_char(out, ';');
        add_number(out, col + 1);
    }
    ga_str_add_char(out, 'H');
}

static bool is_plain_blank(const struct ga_term_writer *writer, const struct ga_cell *cell)
{
    return cell->points[0] == ' ' && cell->points[1] == 0 && cell->width_cols == 1 &&
           !writer->strings.styles[cell->style].has_ground;
}

/* A style that shows on a blank must not be on when one without is written, whatever colour its letters had. */
static void switch_style(struct ga_term_writer *writer, const struct ga_cell *cell, struct ga_str *out)
{
    const struct ga_term_style *styles = writer->strings.styles;
    const int style = cell->style;
    const int on = writer->pen.style;
    if (on == style || (on >= 0 && (strcmp(styles[on].from_other, styles[style].from_other) == 0 ||
                                    (is_plain_blank(writer, cell) && !styles[on].has_ground))))
        return;
    const bool is_plain = on >= 0 && strcmp(styles[on].from_other, writer->strings.plain) == 0;
    ga_str_add(out, is_plain ? styles[style].from_plain : styles[style].from_other);
    writer->pen.style = style;
}

static void write_cell(struct ga_term_writer *writer, const struct ga_cell *cell, int cols, struct ga_str *out)
{
    char bytes[GA_CELL_POINTS * GA_UTF8_BYTES];
    size_t len = 0;
    switch_style(writer, cell, out);
    for (size_t i = 0; i < GA_CELL_POINTS && cell->points[i] != 0; i++)
        len += ga_utf8_encode(cell->points[i], bytes + len);
    ga_str_add_bytes(out, bytes, len);
    writer->pen.col += cell->width_cols;
    if (writer->pen.col >= cols || cell->points[1] != 0 || cell->points[0] >= DOUBTFUL_FROM)
        writer->pen.col = UNKNOWN;
}

/* Cells in between that are shown already, single bytes in the style that is on. */
static bool may_rewrite(const struct ga_term_writer *writer, const struct ga_cell *cells, int row, int col)
{
    if (writer->pen.row != row || writer->pen.col < 0 || writer->pen.col >= col || col - writer->pen.col > REWRITE_COLS)
        return false;
    for (int i = writer->pen.col; i < col; i++)
        if (cells[i].points[0] < ' ' || cells[i].points[0] >= 0x7f || cells[i].points[1] != 0 ||
            cells[i].style != writer->pen.style)
            return false;
    return true;
}

static void go_to(struct ga_term_writer *writer, const struct ga_cell *cells, int row, int col, int cols,
                  struct ga_str *out)
{
    if (writer->pen.row == row && writer->pen.col == col)
        return;
    if (cells != NULL && may_rewrite(writer, cells, row, col)) {
        while (writer->pen.col < col)
            write_cell(writer, &cells[writer->pen.col], cols, out);
        return;
    }
    add_move(writer, row, col, out);
    writer->pen.row = row;
    writer->pen.col = col;
}

static bool are_equal(const struct ga_term_writer *writer, const struct ga_cell *now, const struct ga_cell *shown)
{
    return memcmp(now, shown, sizeof(*now)) == 0 ||
           (is_plain_blank(writer, now) && shown->style < GA_STYLE_COUNT && is_plain_blank(writer, shown));
}

/* The rest of a row holds nothing but plain blanks. */
static void write_blanks(struct ga_term_writer *writer, const struct ga_cell *now, const struct ga_cell *shown,
                         int row, int from, int cols, struct ga_str *out)
{
    int to = cols;
    while (from < cols && are_equal(writer, &now[from], &shown[from]))
        from++;
    while (to > from && are_equal(writer, &now[to - 1], &shown[to - 1]))
        to--;
    if (from == to)
        return;
    go_to(writer, now, row, from, cols, out);
    if (to - from >= ERASE_BLANKS_MIN && writer->strings.erase_to_end[0] != '\0') {
        switch_style(writer, &now[from], out); /* some terminals erase with the ground that is on */
        ga_str_add(out, writer->strings.erase_to_end);
        return;
    }
    while (from < to)
        write_cell(writer, &now[from++], cols, out);
}

static void write_row(struct ga_term_writer *writer, const struct ga_cell *now, const struct ga_cell *shown,
                      int row, int cols, struct ga_str *out)
{
    int end = cols;
    while (end > 0 && is_plain_blank(writer, &now[end - 1]))
        end--;
    for (int col = 0; col < end; col += now[col].width_cols == 2 ? 2 : 1) {
        if (now[col].width_cols == 0 || are_equal(writer, &now[col], &shown[col]))
            continue;
        go_to(writer, now, row, col, cols, out);
        write_cell(writer, &now[col], cols, out);
    }
    if (end < cols)
        write_blanks(writer, now, shown, row, end, cols, out);
}

static void write_caret(struct ga_term_writer *writer, const struct ga_canvas *canvas, struct ga_str *out)
{
    int row, col;
    const bool has_caret = ga_canvas_caret(canvas, &row, &col);
    if (has_caret)
        go_to(writer, NULL, row, col, ga_canvas_cols(canvas), out);
    if (!writer->is_caret_known || has_caret != writer->is_caret_shown)
        ga_str_add(out, has_caret ? writer->strings.show_caret : writer->strings.hide_caret);
    writer->is_caret_known = true;
    writer->is_caret_shown = has_caret;
}

static void write_plain(struct ga_term_writer *writer, struct ga_str *out)
{
    if (writer->pen.style == GA_STYLE_NORMAL)
        return;
    ga_str_add(out, writer->strings.plain);
    writer->pen.style = GA_STYLE_NORMAL;
}

/* Nobody knows what stands there, nor where the cursor is. */
static void begin_anew(struct ga_term_writer *writer, struct ga_str *out)
{
    ga_term_writer_init(writer);
    write_plain(writer, out);
    ga_str_add(out, writer->strings.clear);
}

/* A row in which the last cell keeps the blank it has; a wide character cut by that is a blank as well. */
static void write_short_row(struct ga_term_writer *writer, const struct ga_cell *now, const struct ga_cell *shown,
                            int row, int cols, struct ga_str *out)
{
    struct ga_cell *cells = ga_alloc_array((size_t)cols, sizeof(*cells));
    memcpy(cells, now, (size_t)cols * sizeof(*cells));
    if (cols > 1 && cells[cols - 1].width_cols == 0)
        cells[cols - 2] = blank;
    write_row(writer, cells, shown, row, cols - 1, out);
    free(cells);
}

static struct ga_cell *make_blanks(int cols)
{
    struct ga_cell *cells = ga_alloc_array((size_t)cols, sizeof(*cells));
    for (int col = 0; col < cols; col++)
        cells[col] = blank;
    return cells;
}

static void write_move(struct ga_term_writer *writer, const struct ga_term_move *move, int rows, struct ga_str *out)
{
    write_plain(writer, out); /* some terminals fill with the ground that is on */
    ga_str_addf(out, "\033[%d;%dr\033[%dH%s\033[1;%dr", move->top + 1, move->bottom + 1,
                (move->is_up ? move->bottom : move->top) + 1, move->is_up ? "\n" : "\033M", rows);
    writer->pen.col = UNKNOWN; /* setting a region puts the cursor elsewhere */
}

/* What stands in a row after the terminal moved some; blanks where a row came free. */
static const struct ga_cell *shown_after(const struct ga_canvas *canvas, const struct ga_term_move *move, int row,
                                         const struct ga_cell *blanks)
{
    if (move == NULL || row < move->top || row > move->bottom)
        return ga_canvas_shown_row(canvas, row);
    if (row == (move->is_up ? move->bottom : move->top))
        return blanks;
    return ga_canvas_shown_row(canvas, move->is_up ? row + 1 : row - 1);
}

/* All on blanks when the canvas is forgotten. */
static void write_rows(struct ga_term_writer *writer, const struct ga_canvas *canvas, const struct ga_term_move *move,
                       const struct ga_cell *blanks, struct ga_str *out)
{
    const int rows = ga_canvas_rows(canvas), cols = ga_canvas_cols(canvas);
    const bool is_forgotten = ga_canvas_is_forgotten(canvas);
    if (move != NULL)
        write_move(writer, move, rows, out);
    for (int row = 0; row < rows; row++) {
        const bool is_moved = move != NULL && row >= move->top && row <= move->bottom;
        if (!is_moved && !ga_canvas_row_changed(canvas, row))
            continue;
        const struct ga_cell *now = ga_canvas_row(canvas, row);
        const struct ga_cell *shown = is_forgotten ? blanks : shown_after(canvas, move, row, blanks);
        if (row == rows - 1 && writer->strings.scrolls_after_last)
            write_short_row(writer, now, shown, row, cols, out);
        else
            write_row(writer, now, shown, row, cols, out);
    }
}

/* Both ways, and the shorter one stays: rows that resemble their neighbours are soon painted over. */
static void write_shorter(struct ga_term_writer *writer, const struct ga_canvas *canvas,
                          const struct ga_term_move *move, const struct ga_cell *blanks, struct ga_str *out)
{
    struct ga_str moved = {0}, painted = {0};
    const struct ga_term_pen before = writer->pen;
    write_rows(writer, canvas, move, blanks, &moved);
    const struct ga_term_pen after = writer->pen;
    writer->pen = before;
    write_rows(writer, canvas, NULL, blanks, &painted);
    const bool is_moved = moved.len < painted.len;
    if (is_moved)
        writer->pen = after;
    ga_str_add_bytes(out, is_moved ? moved.data : painted.data, is_moved ? moved.len : painted.len);
    ga_str_finish(&moved);
    ga_str_finish(&painted);
}

void ga_term_write_frame(struct ga_term_writer *writer, struct ga_canvas *canvas, struct ga_str *out)
{
    const struct ga_term_move move = writer->strings.scrolls_by_ecma48 ? ga_term_find_move(canvas) : (struct ga_term_move){0};
    const bool is_forgotten = ga_canvas_is_forgotten(canvas);
    struct ga_cell *blanks = is_forgotten || move.moved > 0 ? make_blanks(ga_canvas_cols(canvas)) : NULL;
    if (is_forgotten)
        begin_anew(writer, out);
    if (move.moved > 0)
        write_shorter(writer, canvas, &move, blanks, out);
    else
        write_rows(writer, canvas, NULL, blanks, out);
    free(blanks);
    ga_canvas_shown(canvas);
    write_caret(writer, canvas, out);
}
