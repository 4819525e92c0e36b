/* Rows of a spreadsheet file, whatever kind of file it is. */
#ifndef GUANAI_SHEET_SHEET_H
#define GUANAI_SHEET_SHEET_H

#include "guanai/base/error.h"
#include "guanai/base/io_ops.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a file may hold. Rows stream: memory is bounded by one row plus, for XLSX, the workbook's
 * table of shared texts, kept packed (its bytes + 4 a text; about 20 MB for a roster of 100,000 whose
 * names and numbers all differ). A CSV of any length takes about 300 KiB.
 */
#define GA_SHEET_FILE_BYTES (256ll << 20)    /* of the file, refused before it is read */
#define GA_SHEET_UNPACKED_BYTES (256ll << 20) /* of all XML parts read for one sheet */
#define GA_SHEET_SHARED_BYTES (64ll << 20)   /* of all shared texts */
enum {
    GA_SHEET_COLUMNS = 500, /* columns used; styled empty cells beyond do not count */
    GA_SHEET_ROWS = 1048576, /* as many as a spreadsheet program holds */
    GA_SHEET_CELL_BYTES = 32 << 10,
    GA_SHEET_ROW_BYTES = 1 << 20, /* of one row's texts together */
    GA_SHEET_SHEETS = 255,
};

enum ga_cell_kind {
    GA_CELL_EMPTY,
    GA_CELL_TEXT, /* everything in a CSV */
    GA_CELL_NUMBER,
    GA_CELL_DATE,    /* a number that the workbook shows as a date or a time of day */
    GA_CELL_BOOLEAN, /* text "1" or "0" */
    GA_CELL_ERROR,   /* text "#N/A", "#REF!" … */
};

struct ga_cell {
    enum ga_cell_kind kind;
    /*
     * Never NULL, UTF-8, blanks untouched. A number: the shortest decimal digits that are exactly it
     * ("13800001111", "1.1", never 1.38E+10). A date: "2015-09-01", with a time of day
     * "2015-09-01 08:30" or "2015-09-01 08:30:15", a time alone "08:30".
     */
    const char *text;
    double number; /* of numbers and booleans; of dates the serial day in the 1900 system; else 0 */
};

struct ga_sheet_row {
    int64_t number; /* from 1, as a spreadsheet program shows it: blank rows count, quoted newlines do not */
    size_t cells_count; /* without empty cells at the end; at least 1 */
    const struct ga_cell *cells;
};

struct ga_sheet_info {
    const char *name; /* "" for a CSV */
    bool is_hidden;
};

struct ga_sheet_book;

/*
 * Looks at the content, never at the file's name: XLSX, else CSV in UTF-8, UTF-16 with a mark or
 * GB18030, separated by commas, semicolons or tabs. Anything else (.xls, PDF, a web page named .xls,
 * a protected workbook, a picture …) is GA_REFUSED with one sentence what it is and what to do;
 * GA_TOO_BIG past a bound above, GA_DAMAGED for a broken file. A CSV is read through once to tell its
 * encoding. `io` and the file stay in use until ga_sheet_close.
 */
enum ga_rc ga_sheet_open(const struct ga_io_ops *io, const char *path, struct ga_sheet_book **ret_book,
                         struct ga_error *err);
void ga_sheet_close(struct ga_sheet_book *book); /* NULL is fine */

/* In the order of the tabs. Borrowed until close. */
size_t ga_sheet_count(const struct ga_sheet_book *book);
const struct ga_sheet_info *ga_sheet_info(const struct ga_sheet_book *book, size_t i);

/* "utf-8", "utf-16", "gb18030" or "xlsx": what the file was taken for. */
const char *ga_sheet_encoding(const struct ga_sheet_book *book);

/* What an XLSX says of itself (docProps/core.xml); all "" for a CSV, or when it says nothing. */
struct ga_sheet_origin {
    char author[128];   /* who made it, else who saved it last; cut at a whole character */
    char changed[20];   /* "2026-08-30T07:15:00": when it was saved last, else made, UTC */
};

void ga_sheet_tell_origin(const struct ga_sheet_book *book, struct ga_sheet_origin *ret_origin);

/* Starts reading sheet i from its first row, as often as wanted; one sheet at a time. */
enum ga_rc ga_sheet_start(struct ga_sheet_book *book, size_t i, struct ga_error *err);

/*
 * The next row that is not blank, borrowed until the next call; NULL after the last. Merged cells: the
 * text stands in the first, the others are empty. Formulas: the value the program last showed. In a CSV
 * `="00123"` is 00123, and the apostrophe that csv_write.h sets before a formula is taken away.
 * err->where names the row. After a failure only ga_sheet_start and ga_sheet_close may follow.
 */
enum ga_rc ga_sheet_next(struct ga_sheet_book *book, const struct ga_sheet_row **ret_row,
                         struct ga_error *err);

/* How far the reading of this sheet has come, 0 … 1000, for a progress bar. */
int ga_sheet_done_permille(const struct ga_sheet_book *book);

#endif
