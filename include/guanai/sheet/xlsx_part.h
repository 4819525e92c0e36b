/* The parts of an XLSX workbook beside its sheets. */
#ifndef GUANAI_SHEET_XLSX_PART_H
#define GUANAI_SHEET_XLSX_PART_H

#include "guanai/base/arena.h"
#include "guanai/base/error.h"
#include "guanai/base/str.h"
#include "guanai/base/vec.h"
#include "guanai/sheet/sheet.h"
#include "guanai/sheet/text_pages.h"
#include "guanai/sheet/zip.h"

#include <stdbool.h>
#include <stdint.h>

/* Every shared text, by its number. */
struct ga_xlsx_strings {
    struct ga_text_pages pages;
};

/* GA_TOO_BIG past GA_SHEET_SHARED_BYTES, or a text past GA_SHEET_CELL_BYTES. */
enum ga_rc ga_xlsx_strings_read(struct ga_zip *zip, const char *part, struct ga_xlsx_strings *strings,
                                struct ga_error *err);
void ga_xlsx_strings_finish(struct ga_xlsx_strings *strings);
/* NULL when there is no such text. Borrowed until finish when `*ret_is_lasting`, else until the next call. */
const char *ga_xlsx_strings_get(struct ga_xlsx_strings *strings, size_t i, bool *ret_is_lasting);

/* Which cell styles show their number as a date. */
struct ga_xlsx_styles {
    struct ga_str is_date; /* one byte a style */
};

enum ga_rc ga_xlsx_styles_read(struct ga_zip *zip, const char *part, struct ga_xlsx_styles *styles,
                               struct ga_error *err);
void ga_xlsx_styles_finish(struct ga_xlsx_styles *styles);
bool ga_xlsx_styles_is_date(const struct ga_xlsx_styles *styles, size_t style);

/* docProps/core.xml; a workbook without it, or with a broken one, says nothing. */
void ga_xlsx_origin_read(struct ga_zip *zip, struct ga_sheet_origin *ret_origin);

struct ga_xlsx_sheet {
    struct ga_sheet_info info;
    const char *part; /* "xl/worksheets/sheet1.xml" */
};

struct ga_xlsx_workbook {
    struct ga_arena arena;
    struct ga_vec sheets;     /* struct ga_xlsx_sheet, in the order of the tabs */
    const char *strings_part; /* NULL: none */
    const char *styles_part;
    bool counts_from_1904;
};

/* xl/workbook.xml with its relations. Tabs that are charts are left out. */
enum ga_rc ga_xlsx_workbook_read(struct ga_zip *zip, struct ga_xlsx_workbook *workbook, struct ga_error *err);
void ga_xlsx_workbook_finish(struct ga_xlsx_workbook *workbook);

#endif
