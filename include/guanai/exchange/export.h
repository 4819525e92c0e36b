/* Records leave as CSV, JSON or XLSX. */
#ifndef GUANAI_EXCHANGE_EXPORT_H
#define GUANAI_EXCHANGE_EXPORT_H

#include "guanai/exchange/import.h"

enum ga_encoding { GA_ENCODING_UTF8, GA_ENCODING_GB18030 };

struct ga_export_options {
    const struct ga_form *form;
    const char *path;            /* .csv, .json, .xlsx decides the format */
    const char *where;           /* an expression over v_<form> under the guard; NULL: all */
    const char *const *columns;  /* field ids; NULL: all the form has but what is restricted */
    size_t columns_count;
    bool with_labels;            /* choices as words instead of codes; headings as labels */
    enum ga_encoding encoding;   /* CSV */
    enum ga_lang lang;
    const char *helper;          /* path of guanai-paper; NULL: XLSX is refused with a sentence */
};

/*
 * One row a record, ids first in JSON only; booleans 0/1, text that looks like a formula made harmless
 * (sheet/csv_write.h), ID numbers and phones as text cells. The file appears whole or not at all.
 * ret_rows (nullable): how many were written. Restricted fields never leave; sensitive ones only when
 * named in columns or the whole form is asked for by somebody who may.
 */
enum ga_rc ga_export_run(const struct ga_import_tools *tools, const struct ga_export_options *options,
                         const struct ga_progress *progress, int64_t *ret_rows, struct ga_error *err);

#endif
