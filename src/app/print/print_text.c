/* Lays a printed table out as text. */
#include "print/print_inner.h"

#include "guanai/text/width.h"
#include "guanai/text/wrap.h"

#include <string.h>

enum { CELL_COLS_MIN = 4, CELL_LINES_MAX = 60 };

struct laying {
    const struct ga_print_table *table;
    size_t cols[GA_PRINT_COLUMNS_MAX];
    size_t all_cols;
    struct ga_str *out;
};

/* As told where it fits, else narrower in proportion. */
static void find_widths(struct laying *l)
{
    size_t told = 0;
    for (size_t c = 0; c < l->table->columns_count; c++)
        told += (size_t)l->table->columns[c].cols + 1;
    l->all_cols = 0;
    for (size_t c = 0; c < l->table->columns_count; c++) {
        size_t cols = (size_t)l->table->columns[c].cols;
        if (told > GA_PRINT_COLS)
            cols = cols * (GA_PRINT_COLS - l->table->columns_count) / (told - l->table->columns_count);
        l->cols[c] = cols > CELL_COLS_MIN ? cols : CELL_COLS_MIN;
        l->all_cols += l->cols[c] + 1;
    }
}

static void put_rule(struct laying *l)
{
    for (size_t i = 1; i < l->all_cols; i++)
        ga_str_add_char(l->out, '-');
    ga_str_add_char(l->out, '\n');
}

static const char *text_of(const struct laying *l, size_t row, size_t column)
{
    const char *text = row == 0 ? l->table->columns[column].heading : ga_print_cell(l->table, row - 1, column);
    return text != NULL ? text : "";
}

/* The n-th line of a cell; false: it has none. */
static bool find_line(const char *text, size_t cols, int n, struct ga_wrap_line *ret_line)
{
    struct ga_wrap wrap;
    ga_wrap_begin(&wrap, text, strlen(text), cols);
    while (ga_wrap_next(&wrap, ret_line))
        if (n-- == 0)
            return true;
    return false;
}

static bool put_line(struct laying *l, size_t row, int n)
{
    struct ga_str line = {0};
    bool has_any = n == 0;
    for (size_t c = 0; c < l->table->columns_count; c++) {
        struct ga_wrap_line part;
        const char *text = text_of(l, row, c);
        const bool has = find_line(text, l->cols[c], n, &part);
        has_any |= has;
        ga_width_add_padded(&line, has ? text + part.at : "", has ? part.len : 0, l->cols[c], GA_LEFT, "~");
        ga_str_add_char(&line, ' ');
    }
    while (line.len > 0 && line.data[line.len - 1] == ' ')
        line.len--;
    if (has_any) {
        ga_str_add_bytes(l->out, line.data, line.len);
        ga_str_add_char(l->out, '\n');
    }
    ga_str_finish(&line);
    return has_any;
}

/* Row 0: the headings. */
static void put_row(struct laying *l, size_t row)
{
    for (int n = 0; n < CELL_LINES_MAX && put_line(l, row, n); n++)
        ;
}

void ga_print_add_text(const struct ga_session *session, const struct ga_print_table *table, struct ga_str *out)
{
    struct laying l = {.table = table, .out = out};
    find_widths(&l);
    ga_str_addf(out, "%s   %s   %s\n", session->config.school, table->title, table->day != NULL ? table->day : "");
    if (table->about != NULL)
        ga_str_addf(out, "%s\n", table->about);
    put_rule(&l);
    put_row(&l, 0);
    put_rule(&l);
    for (size_t i = 0; i < table->rows_count; i++)
        put_row(&l, i + 1);
    put_rule(&l);
    ga_str_addf(out, "%s\n", ga_print_foot(session));
}
