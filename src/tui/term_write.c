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
    writer->row = 0;
    writer->col = UNKNOWN;
    writer->style = UNKNOWN;
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
    if (writer->row == row && writer->col >= 0 && writer->col < col) {
        if (col - writer->col > 1)
            add_number(out, col - writer->col);
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
    const int on = writer->style;
    if (on == style || (on >= 0 && (strcmp(styles[on].from_other, styles[style].from_other) == 0 ||
                                    (is_plain_blank(writer, cell) && !styles[on].has_ground))))
        return;
    const bool is_plain = on >= 0 && strcmp(styles[on].from_other, writer->strings.plain) == 0;
    ga_str_add(out, is_plain ? styles[style].from_plain : styles[style].from_other);
    writer->style = style;
}

static void write_cell(struct ga_term_writer *writer, const struct ga_cell *cell, int cols, struct ga_str *out)
{
    char bytes[GA_CELL_POINTS * GA_UTF8_BYTES];
    size_t len = 0;
    switch_style(writer, cell, out);
    for (size_t i = 0; i < GA_CELL_POINTS && cell->points[i] != 0; i++)
        len += ga_utf8_encode(cell->points[i], bytes + len);
    ga_str_add_bytes(out, bytes, len);
    writer->col += cell->width_cols;
    if (writer->col >= cols || cell->points[1] != 0 || cell->points[0] >= DOUBTFUL_FROM)
        writer->col = UNKNOWN;
}

/* Cells in between that are shown already, single bytes in the style that is on. */
static bool may_rewrite(const struct ga_term_writer *writer, const struct ga_cell *cells, int row, int col)
{
    if (writer->row != row || writer->col < 0 || writer->col >= col || col - writer->col > REWRITE_COLS)
        return false;
    for (int i = writer->col; i < col; i++)
        if (cells[i].points[0] < ' ' || cells[i].points[0] >= 0x7f || cells[i].points[1] != 0 ||
            cells[i].style != writer->style)
            return false;
    return true;
}

static void go_to(struct ga_term_writer *writer, const struct ga_cell *cells, int row, int col, int cols,
                  struct ga_str *out)
{
    if (writer->row == row && writer->col == col)
        return;
    if (cells != NULL && may_rewrite(writer, cells, row, col)) {
        while (writer->col < col)
            write_cell(writer, &cells[writer->col], cols, out);
        return;
    }
    add_move(writer, row, col, out);
    writer->row = row;
    writer->col = col;
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

void ga_term_write_plain(struct ga_term_writer *writer, struct ga_str *out)
{
    if (writer->style == GA_STYLE_NORMAL)
        return;
    ga_str_add(out, writer->strings.plain);
    writer->style = GA_STYLE_NORMAL;
}

/* Nobody knows what stands there, nor where the cursor is. */
static void begin_anew(struct ga_term_writer *writer, struct ga_str *out)
{
    ga_term_writer_init(writer);
    ga_term_write_plain(writer, out);
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

void ga_term_write_frame(struct ga_term_writer *writer, struct ga_canvas *canvas, struct ga_str *out)
{
    const int rows = ga_canvas_rows(canvas), cols = ga_canvas_cols(canvas);
    struct ga_cell *blanks = NULL;
    if (ga_canvas_is_forgotten(canvas)) {
        begin_anew(writer, out);
        blanks = make_blanks(cols);
    } else {
        ga_term_write_scroll(writer, canvas, out);
    }
    for (int row = 0; row < rows; row++) {
        if (!ga_canvas_row_changed(canvas, row))
            continue;
        const struct ga_cell *now = ga_canvas_row(canvas, row);
        const struct ga_cell *shown = blanks != NULL ? blanks : ga_canvas_shown_row(canvas, row);
        if (row == rows - 1 && writer->strings.scrolls_after_last)
            write_short_row(writer, now, shown, row, cols, out);
        else
            write_row(writer, now, shown, row, cols, out);
    }
    free(blanks);
    ga_canvas_shown(canvas);
    write_caret(writer, canvas, out);
}
