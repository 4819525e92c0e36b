/* Rows handed to the helper program guanai-paper, its finished workbook taken back. */
#ifndef GUANAI_EXCHANGE_PAPER_H
#define GUANAI_EXCHANGE_PAPER_H

#include "guanai/base/error.h"
#include "guanai/base/target.h"
#include "guanai/paper/stream.h"

struct ga_paper;

/*
 * Starts the helper (argv only, no shell). `helper` is its path, found by the caller beside the program
 * or in libexecdir; NULL or not to be started: GA_NOT_FOUND with a sentence that names CSV instead.
 */
enum ga_rc ga_paper_start(const char *helper, struct ga_paper **ret_paper, struct ga_error *err);

/* One record of paper/stream.h. Never raises SIGPIPE; a helper that gave up is GA_IO with its own sentence. */
enum ga_rc ga_paper_put(struct ga_paper *paper, enum ga_paper_kind kind, const char *text, size_t len,
                        struct ga_error *err);
enum ga_rc ga_paper_put_column(struct ga_paper *paper, enum ga_paper_kind kind, int width_cols,
                               const char *heading, struct ga_error *err);

/* A new sheet; what Excel forbids in its name is left out, doubles get a number. */
enum ga_rc ga_paper_put_sheet(struct ga_paper *paper, const char *name, struct ga_error *err);

/* How a sheet is printed (paper/stream.h, A): right behind it. Texts longer than GA_PAPER_PAGE_CHARS are cut; NULL: "". */
struct ga_paper_page {
    int row_mm;                         /* least height of a row: 8 where people write by hand */
    const char *left, *middle, *right;  /* above the table on every page */
    const char *foot;                   /* below it */
};
enum { GA_PAPER_WRITE_MM = 8 };
enum ga_rc ga_paper_put_page(struct ga_paper *paper, const struct ga_paper_page *page, struct ga_error *err);

/* Ends the rows, hands the workbook to the target, waits for the helper. `paper` is freed either way. */
enum ga_rc ga_paper_finish(struct ga_paper *paper, struct ga_target *target, struct ga_error *err);
void ga_paper_abandon(struct ga_paper *paper); /* ends the helper; NULL is fine */

#endif
