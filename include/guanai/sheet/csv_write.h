/* Rows written as CSV that spreadsheet programs open unharmed. */
#ifndef GUANAI_SHEET_CSV_WRITE_H
#define GUANAI_SHEET_CSV_WRITE_H

#include "guanai/base/error.h"
#include "guanai/base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum ga_csv_encoding {
    GA_CSV_UTF8, /* with a byte order mark, without which Excel takes it for GBK */
    GA_CSV_GB18030, /* has every character but 24 of the private ones from U+E78D to U+E864 */
};

/*
 * RFC 4180: commas, CRLF, quotes where needed. A text that a spreadsheet program would run as a formula
 * – its first character, after any apostrophes, is one of = + - @ TAB CR LF or the full-width ＝ ＋ － ＠,
 * and it is no plain number such as -5 or +3.20 – gets one apostrophe in front. ga_sheet_next takes
 * exactly that one away again, so what was written is what is read, `'=1` and `''-x` included. Rows
 * whose cells are all empty are written but skipped by the reader.
 */
struct ga_csv_writer {
    enum ga_rc (*put)(void *ctx, const void *bytes, size_t len, struct ga_error *err);
    void *put_ctx;
    enum ga_csv_encoding encoding;
    void *converter; /* GB18030 only */
    struct ga_str row;     /* the row being built, UTF-8 */
    struct ga_str encoded; /* the same as it goes out */
    bool has_cells;        /* in this row */
    bool is_begun;         /* the mark is out */
};

/* GA_IO when the C library cannot write GB18030; the writer need not be finished then. */
enum ga_rc ga_csv_writer_init(struct ga_csv_writer *writer, enum ga_csv_encoding encoding,
                              enum ga_rc (*put)(void *ctx, const void *bytes, size_t len,
                                                struct ga_error *err),
                              void *put_ctx, struct ga_error *err);
void ga_csv_writer_finish(struct ga_csv_writer *writer);

/* text is UTF-8; NULL is an empty cell. */
void ga_csv_write_cell(struct ga_csv_writer *writer, const char *text);

/* Hands the row to `put`, whose failure comes back untouched. GA_REFUSED: GB18030 lacks a character. */
enum ga_rc ga_csv_end_row(struct ga_csv_writer *writer, struct ga_error *err);

/* A `put` that appends to the struct ga_str given as put_ctx. */
enum ga_rc ga_csv_put_str(void *ctx, const void *bytes, size_t len, struct ga_error *err);

/* What both sides agree on: would a spreadsheet program run this text, apostrophes in front set aside? */
bool ga_csv_is_formula_like(const char *text, size_t len);

#endif
