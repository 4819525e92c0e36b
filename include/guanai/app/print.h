/* Tables on A4, to print or to hand over as a file. */
#ifndef GUANAI_APP_PRINT_H
#define GUANAI_APP_PRINT_H

#include "guanai/app/session.h"

/*
 *   ga_print_table ──▶ .xlsx   A4, fitted to the width, headings on every page, rows a hand can write in (exchange/paper.h)
 *                  └─▶ else    UTF-8 text, at most GA_PRINT_COLS columns, cells wrapped
 */
enum { GA_PRINT_COLS = 96, GA_PRINT_COLUMNS_MAX = 24 };

struct ga_print_column {
    const char *heading;
    int cols;       /* its width; with one more each, 72 in all fill an upright page, 108 one that lies */
    bool is_number; /* whole numbers stand as numbers */
};

struct ga_print_table {
    const char *title; /* above each page; the sheet's name */
    const char *about; /* above the table; in a workbook below each page, in place of who drew it up; NULL: none */
    const char *day;   /* at the right above each page; NULL: none */
    struct ga_print_column columns[GA_PRINT_COLUMNS_MAX];
    size_t columns_count;
    const char *const *cells; /* rows_count × columns_count; NULL: to be written by hand */
    size_t rows_count;
    int row_mm; /* least height of a row; 0: that of its text */
};

/* One file of them all; a path that ends in .xlsx is a workbook (GA_NOT_FOUND without guanai-paper), one that ends as other documents do
 * is refused, any other a text. Whole or not at all. */
enum ga_rc ga_print_write(struct ga_session *session, const struct ga_print_table *tables, size_t count, const char *path,
                          struct ga_error *err);

const char *ga_print_foot(const struct ga_session *session); /* who drew it up, when: to be filled in by hand */

/* "FOLDER/NAME.xlsx", .txt where no workbook can be written; what no file name may hold is left out. In `arena`. */
const char *ga_print_path(const struct ga_session *session, const char *folder, const char *name, struct ga_arena *arena);

#endif
