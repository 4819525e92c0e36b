/* How a sheet is set up to print; private to guanai-paper. */
#ifndef GUANAI_PAPER_PAGE_H
#define GUANAI_PAPER_PAGE_H

#include "read.h"

#include <xlsxwriter.h>

struct page {
    bool is_set;
    int row_mm;                                                 /* least height of a row as it comes out of the printer */
    char texts[GA_PAPER_PAGE_TEXTS][GA_PAPER_PAGE_CHARS * 8 + 1]; /* as the sheet wants them: & doubled */
    double scale;                                               /* of what is too wide for the paper; 1: it fits */
    int lines;                                                  /* of text in the row that is being written */
};

/* The record's lines; false: they are none of a page. */
bool ga_page_read(struct page *page, const char *text);

/* Paper, margins, direction, texts. `width`: of all columns, in the sheet's own unit. */
void ga_page_lay(struct page *page, lxw_worksheet *sheet, double width, int columns);

/* A text of the row being written needs that much of its height; then the row's height is set, the next one begins. */
void ga_page_raise(struct page *page, const char *text, size_t len, int width_cols);
void ga_page_set_row(struct page *page, lxw_worksheet *sheet, lxw_row_t row);

#endif
