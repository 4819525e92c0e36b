/* Rows of a damaged database file, page by page, without opening it as a database. */
#ifndef GUANAI_SQL_PAGES_H
#define GUANAI_SQL_PAGES_H

#include "guanai/base/io_ops.h"
#include "guanai/sql/value.h"

/*
 * SQLite finds a row by way of a tree: one bad page high up hides everything below. Here every page of the file is looked
 * at for itself (https://www.sqlite.org/fileformat2.html), and every row on it that can be read is handed out, of whatever
 * table: which one, the reader tells by what the row holds. Where the log beside it (-wal) has a later sound copy of a page
 * that copy counts. Nothing is written, no lock of SQLite's is touched: nobody may have the database open.
 *
 * Rows may be old or wrong: a bit that flipped inside a value is not noticed here. Who takes them has to know better.
 */
enum { GA_PAGES_COLUMNS_MAX = 256 };

struct ga_pages_row {
    int64_t rowid;                  /* 0 of a table without */
    const struct ga_value *columns; /* an integer primary key is null here: it is the rowid */
    size_t count;
    uint32_t page;                  /* where it stands: ga_pages_again reads it there once more */
    uint32_t cell;
};

struct ga_pages_report {
    uint64_t pages;     /* of the file, as its log has it */
    uint64_t rows;      /* handed out */
    uint64_t rows_lost; /* cells that point nowhere, rows whose rest is missing */
    uint64_t frames_lost; /* pages of the log that are not what was written */
};

struct ga_pages;

/* GA_NOT_FOUND, GA_IO: it cannot be read at all. `path` of the database. */
enum ga_rc ga_pages_open(const struct ga_io_ops *io, const char *path, struct ga_pages **ret_pages, struct ga_error *err);
void ga_pages_close(struct ga_pages *pages); /* NULL is fine */

/* Each row in turn, by page; values are borrowed until the function returns. Stops at what it answers but GA_OK. */
typedef enum ga_rc (*ga_pages_fn)(void *ctx, const struct ga_pages_row *row, struct ga_error *err);
enum ga_rc ga_pages_walk(struct ga_pages *pages, ga_pages_fn each, void *ctx, struct ga_pages_report *ret_report,
                         struct ga_error *err);

/* One row once more, borrowed until the next call; false: it is not there. */
bool ga_pages_again(struct ga_pages *pages, uint32_t page, uint32_t cell, struct ga_pages_row *ret_row);

#endif
