/* What every kind of spreadsheet file can do. */
#ifndef GUANAI_SHEET_BOOK_H
#define GUANAI_SHEET_BOOK_H

#include "guanai/sheet/sheet.h"
#include "guanai/sheet/source.h"

/* One table a kind; `impl` is that kind's own state. ga_sheet_* of sheet.h call straight through. */
struct ga_book_ops {
    /* The source belongs to the caller and outlives impl. */
    enum ga_rc (*open)(struct ga_source *source, void **ret_impl, struct ga_error *err);
    void (*close)(void *impl);
    size_t (*count)(const void *impl);
    const struct ga_sheet_info *(*info)(const void *impl, size_t i);
    const char *(*encoding)(const void *impl);
    enum ga_rc (*start)(void *impl, size_t i, struct ga_error *err);
    enum ga_rc (*next)(void *impl, const struct ga_sheet_row **ret_row, struct ga_error *err);
    int (*done_permille)(const void *impl);
    const struct ga_sheet_origin *(*origin)(const void *impl); /* NULL: such a file says nothing of itself */
};

const struct ga_book_ops *ga_csv_book_ops(void);
const struct ga_book_ops *ga_xlsx_book_ops(void);

#endif
