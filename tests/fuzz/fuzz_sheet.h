/* Reads a spreadsheet file from memory to its end. */
#ifndef TESTS_FUZZ_SHEET_H
#define TESTS_FUZZ_SHEET_H

#include "../unit/sheet/memory_file.h"

#include "guanai/sheet/sheet.h"

#include <stdlib.h>
#include <string.h>

static void check_row(const struct ga_sheet_row *row, int64_t last)
{
    if (row->number <= last || row->cells_count == 0 || row->cells_count > GA_SHEET_COLUMNS)
        abort();
    for (size_t i = 0; i < row->cells_count; i++)
        if (strlen(row->cells[i].text) > GA_SHEET_CELL_BYTES)
            abort();
    if (row->cells[row->cells_count - 1].kind == GA_CELL_EMPTY)
        abort();
}

static void read_book(const uint8_t *bytes, size_t len)
{
    struct memory_file file = {(const char *)bytes, len, -1};
    struct ga_io_ops io = memory_io(&file);
    struct ga_sheet_book *book = NULL;
    const struct ga_sheet_row *row = NULL;
    struct ga_error err = {0};
    enum ga_rc rc = ga_sheet_open(&io, "fuzz", &book, &err);
    size_t count = rc == GA_OK ? ga_sheet_count(book) : 0;
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        int64_t last = 0;
        rc = ga_sheet_start(book, i, &err);
        while (rc == GA_OK && (rc = ga_sheet_next(book, &row, &err)) == GA_OK && row != NULL) {
            check_row(row, last);
            last = row->number;
        }
    }
    if (rc != GA_OK && err.what.id == NULL)
        abort(); /* a refusal without its sentence */
    ga_sheet_close(book);
}

#endif
