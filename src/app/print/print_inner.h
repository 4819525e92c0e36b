/* Between the two ways of writing a printed table; private to them. */
#ifndef GUANAI_SRC_APP_PRINT_INNER_H
#define GUANAI_SRC_APP_PRINT_INNER_H

#include "guanai/app/print.h"

static inline const char *ga_print_cell(const struct ga_print_table *table, size_t row, size_t column)
{
    return table->cells[row * table->columns_count + column];
}

/* print_text.c */
void ga_print_add_text(const struct ga_session *session, const struct ga_print_table *table, struct ga_str *out);

#endif
