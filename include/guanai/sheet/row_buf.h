/* One row while it is being read. */
#ifndef GUANAI_SHEET_ROW_BUF_H
#define GUANAI_SHEET_ROW_BUF_H

#include "guanai/base/str.h"
#include "guanai/sheet/sheet.h"

/*
 * Texts stand behind one another, each with its NUL; a cell knows where its text begins until the row is
 * whole, because the buffer may move while it grows. A cell may point at a text elsewhere instead.
 */
struct ga_row_buf {
    struct ga_str texts;
    size_t used; /* cells set so far, counting the gaps before the last */
    struct ga_sheet_row row;
    size_t text_at[GA_SHEET_COLUMNS];
    struct ga_cell cells[GA_SHEET_COLUMNS];
};

void ga_row_buf_clear(struct ga_row_buf *buf);
void ga_row_buf_finish(struct ga_row_buf *buf);

/* Column from 0, below GA_SHEET_COLUMNS; the text was appended to `texts` with its NUL from text_at on. */
void ga_row_buf_set(struct ga_row_buf *buf, size_t column, enum ga_cell_kind kind, size_t text_at,
                    double number);
/* The same for a text that stays where it is. */
void ga_row_buf_set_borrowed(struct ga_row_buf *buf, size_t column, const char *text);

/* NULL when the row is blank. */
const struct ga_sheet_row *ga_row_buf_row(struct ga_row_buf *buf, int64_t number);

#endif
