/* One row while it is being read. */
#include "guanai/sheet/row_buf.h"

#include <assert.h>

void ga_row_buf_clear(struct ga_row_buf *buf)
{
    ga_str_clear(&buf->texts);
    buf->used = 0;
}

void ga_row_buf_finish(struct ga_row_buf *buf)
{
    ga_str_finish(&buf->texts);
}

static struct ga_cell *reach(struct ga_row_buf *buf, size_t column)
{
    assert(column < GA_SHEET_COLUMNS);
    for (; buf->used <= column; buf->used++)
        buf->cells[buf->used] = (struct ga_cell){.kind = GA_CELL_EMPTY, .text = ""};
    return &buf->cells[column];
}

void ga_row_buf_set(struct ga_row_buf *buf, size_t column, enum ga_cell_kind kind, size_t text_at,
                    double number)
{
    *reach(buf, column) = (struct ga_cell){.kind = kind, .text = NULL, .number = number};
    buf->text_at[column] = text_at;
}

void ga_row_buf_set_borrowed(struct ga_row_buf *buf, size_t column, const char *text)
{
    enum ga_cell_kind kind = text[0] == '\0' ? GA_CELL_EMPTY : GA_CELL_TEXT;
    *reach(buf, column) = (struct ga_cell){.kind = kind, .text = text};
}

const struct ga_sheet_row *ga_row_buf_row(struct ga_row_buf *buf, int64_t number)
{
    while (buf->used > 0 && buf->cells[buf->used - 1].kind == GA_CELL_EMPTY)
        buf->used--;
    if (buf->used == 0)
        return NULL;
    for (size_t i = 0; i < buf->used; i++)
        if (buf->cells[i].text == NULL)
            buf->cells[i].text = buf->texts.data + buf->text_at[i];
    buf->row = (struct ga_sheet_row){.number = number, .cells_count = buf->used, .cells = buf->cells};
    return &buf->row;
}
