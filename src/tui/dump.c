/* A canvas written out as text, for people who read golden files. */
#include "canvas_cells.h"
#include "guanai/text/utf8.h"

static void add_cell(struct ga_str *out, const struct ga_cell *cell)
{
    for (size_t i = 0; i < GA_CELL_POINTS && cell->points[i] != 0; i++) {
        char bytes[GA_UTF8_BYTES];
        ga_str_add_bytes(out, bytes, ga_utf8_encode(cell->points[i], bytes));
    }
}

static void trim_blanks(struct ga_str *out, size_t from)
{
    while (out->len > from && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
}

static void dump_text(const struct ga_canvas *canvas, int row, struct ga_str *out)
{
    const struct ga_cell *cells = ga_canvas_row(canvas, row);
    size_t from = out->len;
    for (int col = 0; col < canvas->cols; col++)
        add_cell(out, &cells[col]);
    trim_blanks(out, from);
    ga_str_add_char(out, '\n');
}

static void dump_styles(const struct ga_canvas *canvas, int row, struct ga_str *out)
{
    const struct ga_cell *cells = ga_canvas_row(canvas, row);
    size_t from = out->len;
    for (int col = 0; col < canvas->cols; col++)
        ga_str_add_char(out, cells[col].style == GA_STYLE_NORMAL ? ' ' : ga_style_letter(cells[col].style));
    trim_blanks(out, from);
    ga_str_add_char(out, '\n');
}

void ga_canvas_dump(const struct ga_canvas *canvas, bool with_styles, struct ga_str *out)
{
    for (int row = 0; row < canvas->rows; row++)
        dump_text(canvas, row, out);
    int row, col;
    if (ga_canvas_caret(canvas, &row, &col))
        ga_str_addf(out, "caret %d,%d\n", row, col);
    for (row = 0; with_styles && row < canvas->rows; row++)
        dump_styles(canvas, row, out);
}
