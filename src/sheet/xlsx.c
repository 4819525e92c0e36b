/* An XLSX workbook as a book of sheets. */
#include "guanai/sheet/book.h"

#include "guanai/base/alloc.h"
#include "guanai/sheet/xlsx_part.h"
#include "guanai/sheet/xlsx_rows.h"
#include "guanai/text/translate.h"

#include <stdlib.h>

struct xlsx {
    struct ga_zip *zip;
    struct ga_xlsx_workbook workbook;
    struct ga_xlsx_strings strings;
    struct ga_xlsx_styles styles;
    struct ga_sheet_origin origin;
    struct ga_xlsx_rows *rows; /* NULL until started */
    int64_t shared_bytes;      /* unpacked while opening */
};

static void xlsx_close(void *impl)
{
    struct xlsx *xlsx = impl;
    ga_xlsx_rows_close(xlsx->rows);
    ga_xlsx_strings_finish(&xlsx->strings);
    ga_xlsx_styles_finish(&xlsx->styles);
    ga_xlsx_workbook_finish(&xlsx->workbook);
    ga_zip_close(xlsx->zip);
    free(xlsx);
}

/* Other documents in zip files are told apart by the part each of them has. */
static enum ga_rc check_kind(const struct ga_zip *zip, const char *path, struct ga_error *err)
{
    static const struct {
        const char *part;
        const char *sentence;
    } kinds[] = {
        {"word/document.xml", GA_N_("%1 is a Word document, not a table: copy the table into WPS or Excel and save "
                                    "as .xlsx")},
        {"ppt/presentation.xml", GA_N_("%1 is a presentation, not a table: choose a .xlsx or .csv file")},
        {"xl/workbook.bin", GA_N_("%1 is an .xlsb file: open it in Excel and save as .xlsx")},
        {"content.xml", GA_N_("%1 is an OpenDocument file: open it in WPS or LibreOffice and save as .xlsx")},
    };
    if (ga_zip_has(zip, "xl/workbook.xml"))
        return GA_OK;
    for (size_t i = 0; i < GA_COUNT(kinds); i++)
        if (ga_zip_has(zip, kinds[i].part))
            return ga_error_set(err, GA_REFUSED, kinds[i].sentence, path);
    return ga_error_set(err, GA_REFUSED, "%1 is a packed archive: unpack it and choose the table inside", path);
}

static enum ga_rc read_parts(struct xlsx *xlsx, struct ga_error *err)
{
    enum ga_rc rc = ga_xlsx_workbook_read(xlsx->zip, &xlsx->workbook, err);
    const char *strings = xlsx->workbook.strings_part;
    const char *styles = xlsx->workbook.styles_part;
    /* A relation to a part that is not there is harmless as long as no cell points into it. */
    if (rc == GA_OK && styles != NULL && ga_zip_has(xlsx->zip, styles))
        rc = ga_xlsx_styles_read(xlsx->zip, styles, &xlsx->styles, err);
    if (rc == GA_OK && strings != NULL && ga_zip_has(xlsx->zip, strings))
        rc = ga_xlsx_strings_read(xlsx->zip, strings, &xlsx->strings, err);
    return rc;
}

static enum ga_rc xlsx_open(struct ga_source *source, void **ret_impl, struct ga_error *err)
{
    struct ga_zip *zip;
    enum ga_rc rc = ga_zip_open(source, &zip, err);
    if (rc != GA_OK)
        return rc;
    struct xlsx *xlsx = ga_alloc(sizeof(*xlsx));
    xlsx->zip = zip;
    rc = check_kind(zip, source->path, err);
    if (rc == GA_OK)
        rc = read_parts(xlsx, err);
    if (rc == GA_OK)
        ga_xlsx_origin_read(zip, &xlsx->origin);
    if (rc != GA_OK) {
        xlsx_close(xlsx);
        return rc;
    }
    xlsx->shared_bytes = ga_zip_unpacked_bytes(zip);
    *ret_impl = xlsx;
    return GA_OK;
}

static size_t xlsx_count(const void *impl)
{
    return ((const struct xlsx *)impl)->workbook.sheets.len;
}

static const struct ga_xlsx_sheet *sheet_at(const struct xlsx *xlsx, size_t i)
{
    return GA_VEC_AT(struct ga_xlsx_sheet, &xlsx->workbook.sheets, i);
}

static const struct ga_sheet_info *xlsx_info(const void *impl, size_t i)
{
    return &sheet_at(impl, i)->info;
}

static const char *xlsx_encoding(const void *impl)
{
    (void)impl;
    return "xlsx";
}

static enum ga_rc xlsx_start(void *impl, size_t i, struct ga_error *err)
{
    struct xlsx *xlsx = impl;
    ga_xlsx_rows_close(xlsx->rows);
    xlsx->rows = NULL;
    ga_zip_set_unpacked_bytes(xlsx->zip, xlsx->shared_bytes);
    struct ga_xlsx_rows_from from = {.zip = xlsx->zip,
                                     .sheet = sheet_at(xlsx, i),
                                     .strings = &xlsx->strings,
                                     .styles = &xlsx->styles,
                                     .counts_from_1904 = xlsx->workbook.counts_from_1904};
    return ga_xlsx_rows_open(&from, &xlsx->rows, err);
}

static enum ga_rc xlsx_next(void *impl, const struct ga_sheet_row **ret_row, struct ga_error *err)
{
    return ga_xlsx_rows_next(((struct xlsx *)impl)->rows, ret_row, err);
}

static int xlsx_done_permille(const void *impl)
{
    const struct xlsx *xlsx = impl;
    return xlsx->rows == NULL ? 0 : ga_zip_done_permille(xlsx->zip);
}

static const struct ga_sheet_origin *xlsx_origin(const void *impl)
{
    return &((const struct xlsx *)impl)->origin;
}

const struct ga_book_ops *ga_xlsx_book_ops(void)
{
    static const struct ga_book_ops ops = {
        .open = xlsx_open,         .close = xlsx_close, .count = xlsx_count, .info = xlsx_info,
        .encoding = xlsx_encoding, .start = xlsx_start, .next = xlsx_next,   .done_permille = xlsx_done_permille,
        .origin = xlsx_origin,
    };
    return &ops;
}
