/* Rows of a spreadsheet file, whatever kind of file it is. */
#include "guanai/sheet/sheet.h"

#include "guanai/base/alloc.h"
#include "guanai/sheet/book.h"
#include "guanai/sheet/sniff.h"

#include <assert.h>
#include <stdlib.h>

struct ga_sheet_book {
    const struct ga_book_ops *ops;
    struct ga_source *source;
    void *impl;
};

enum ga_rc ga_sheet_open(const struct ga_io_ops *io, const char *path, struct ga_sheet_book **ret_book,
                         struct ga_error *err)
{
    struct ga_source *source;
    enum ga_rc rc = ga_source_open(io, path, &source, err);
    if (rc != GA_OK)
        return rc;
    enum ga_sheet_kind kind;
    const struct ga_book_ops *ops = NULL;
    void *impl = NULL;
    rc = ga_sheet_sniff(source, &kind, err);
    if (rc == GA_OK) {
        ops = kind == GA_SHEET_ZIP ? ga_xlsx_book_ops() : ga_csv_book_ops();
        rc = ops->open(source, &impl, err);
    }
    if (rc != GA_OK) {
        ga_source_close(source);
        return rc;
    }
    struct ga_sheet_book *book = ga_alloc(sizeof(*book));
    *book = (struct ga_sheet_book){.ops = ops, .source = source, .impl = impl};
    *ret_book = book;
    return GA_OK;
}

void ga_sheet_close(struct ga_sheet_book *book)
{
    if (book == NULL)
        return;
    book->ops->close(book->impl);
    ga_source_close(book->source);
    free(book);
}

size_t ga_sheet_count(const struct ga_sheet_book *book)
{
    return book->ops->count(book->impl);
}

const struct ga_sheet_info *ga_sheet_info(const struct ga_sheet_book *book, size_t i)
{
    assert(i < ga_sheet_count(book));
    return book->ops->info(book->impl, i);
}

const char *ga_sheet_encoding(const struct ga_sheet_book *book)
{
    return book->ops->encoding(book->impl);
}

void ga_sheet_tell_origin(const struct ga_sheet_book *book, struct ga_sheet_origin *ret_origin)
{
    static const struct ga_sheet_origin nothing;
    *ret_origin = book->ops->origin == NULL ? nothing : *book->ops->origin(book->impl);
}

enum ga_rc ga_sheet_start(struct ga_sheet_book *book, size_t i, struct ga_error *err)
{
    assert(i < ga_sheet_count(book));
    return book->ops->start(book->impl, i, err);
}

enum ga_rc ga_sheet_next(struct ga_sheet_book *book, const struct ga_sheet_row **ret_row,
                         struct ga_error *err)
{
    return book->ops->next(book->impl, ret_row, err);
}

int ga_sheet_done_permille(const struct ga_sheet_book *book)
{
    return book->ops->done_permille(book->impl);
}
