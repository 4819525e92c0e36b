/* The rows of one sheet of an XLSX workbook. */
#ifndef GUANAI_SHEET_XLSX_ROWS_H
#define GUANAI_SHEET_XLSX_ROWS_H

#include "guanai/sheet/sheet.h"
#include "guanai/sheet/xlsx_part.h"
#include "guanai/sheet/zip.h"

struct ga_xlsx_rows;

/* What it borrows must outlive it: the zip, the texts, the styles. */
struct ga_xlsx_rows_from {
    struct ga_zip *zip;
    const struct ga_xlsx_sheet *sheet;
    struct ga_xlsx_strings *strings;
    const struct ga_xlsx_styles *styles;
    bool counts_from_1904;
};

enum ga_rc ga_xlsx_rows_open(const struct ga_xlsx_rows_from *from, struct ga_xlsx_rows **ret_rows,
                             struct ga_error *err);
void ga_xlsx_rows_close(struct ga_xlsx_rows *rows); /* NULL is fine */

/* As ga_sheet_next. */
enum ga_rc ga_xlsx_rows_next(struct ga_xlsx_rows *rows, const struct ga_sheet_row **ret_row,
                             struct ga_error *err);

#endif
