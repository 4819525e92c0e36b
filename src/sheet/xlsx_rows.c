/* The rows of one sheet of an XLSX workbook. */
#include "guanai/sheet/xlsx_rows.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sheet/row_buf.h"
#include "guanai/sheet/value.h"
#include "guanai/sheet/xml.h"

#include <stdlib.h>
#include <string.h>

enum { LAST_ROW = 1048576, LAST_COLUMN = 16384, DAYS_1904 = 1462 };

/* The t attribute of <c> (ECMA-376 18.18.11). */
enum cell_type { NUMBER, SHARED, INLINE, FORMULA_TEXT, BOOLEAN, ERROR, ISO_DATE };

struct ga_xlsx_rows {
    struct ga_xlsx_rows_from from;
    struct ga_xml *xml;
    bool is_in_row, is_in_cell, takes_text, is_over;
    int phonetic; /* inside <rPh> */
    enum cell_type type;
    bool is_date;
    int64_t row_number; /* of the row being read */
    int64_t rows_count;
    int64_t column; /* of the cell being read, from 0 */
    size_t text_at; /* where its value begins in buf.texts */
    const struct ga_sheet_row *row;
    struct ga_row_buf buf;
};

static void fail(struct ga_xlsx_rows *rows, enum ga_rc rc, const char *sentence, int64_t bound)
{
    struct ga_error *err = ga_xml_error(rows->xml);
    ga_error_set(err, rc, sentence, rows->from.sheet->info.name, GA_NUM(rows->row_number), GA_NUM(bound));
    ga_error_where(err, "%s!%lld", rows->from.sheet->info.name, (long long)rows->row_number);
    ga_xml_fail(rows->xml, rc);
}

static void fail_damaged(struct ga_xlsx_rows *rows)
{
    fail(rows, GA_DAMAGED,
         "sheet %1 is damaged at row %2: open the workbook in WPS or Excel and save it again as .xlsx", 0);
}

static void begin_row(struct ga_xlsx_rows *rows, const char *const *attrs)
{
    const char *number = ga_xml_attr(attrs, "r");
    int64_t value = rows->row_number + 1;
    bool is_right = number == NULL || ga_num_parse(number, &value);
    if (!is_right || value <= rows->row_number || value > LAST_ROW) {
        fail_damaged(rows);
        return;
    }
    rows->row_number = value;
    rows->column = -1;
    rows->is_in_row = true;
    ga_row_buf_clear(&rows->buf);
}

/* "C5" → 2; -1 when it is no reference. The row of the reference adds nothing to the row's own. */
static int64_t column_of(const char *ref)
{
    int64_t column = 0;
    const char *c = ref;
    for (; *c >= 'A' && *c <= 'Z' && column <= LAST_COLUMN; c++)
        column = column * 26 + (*c - 'A' + 1);
    bool is_right = c != ref && *c >= '0' && *c <= '9' && column <= LAST_COLUMN;
    return is_right ? column - 1 : -1;
}

static enum cell_type type_of(const char *name)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", SHARED},  {"str", FORMULA_TEXT}, {"inlineStr", INLINE}, {"n", NUMBER},
                 {"b", BOOLEAN}, {"e", ERROR},          {"d", ISO_DATE}};
    for (size_t i = 0; i < GA_COUNT(types); i++)
        if (strcmp(name, types[i].name) == 0)
            return types[i].type;
    return NUMBER;
}

static void begin_cell(struct ga_xlsx_rows *rows, const char *const *attrs)
{
    int64_t style = 0;
    rows->type = NUMBER;
    rows->column++;
    for (size_t i = 0; attrs[i] != NULL; i += 2) {
        if (strcmp(attrs[i], "r") == 0)
            rows->column = column_of(attrs[i + 1]);
        else if (strcmp(attrs[i], "t") == 0)
            rows->type = type_of(attrs[i + 1]);
        else if (strcmp(attrs[i], "s") == 0 && !ga_num_parse(attrs[i + 1], &style))
            style = 0;
    }
    if (rows->column < 0 || style < 0) {
        fail_damaged(rows);
        return;
    }
    rows->is_date = rows->type == NUMBER && ga_xlsx_styles_is_date(rows->from.styles, (size_t)style);
    rows->is_in_cell = true;
    rows->text_at = rows->buf.texts.len;
}

static void on_start(void *ctx, struct ga_xml *xml, const char *name, const char *const *attrs)
{
    (void)xml;
    struct ga_xlsx_rows *rows = ctx;
    if (strcmp(name, "c") == 0 && rows->is_in_row)
        begin_cell(rows, attrs);
    else if (strcmp(name, "row") == 0)
        begin_row(rows, attrs);
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        rows->takes_text = rows->is_in_cell && rows->phonetic == 0;
    else if (strcmp(name, "rPh") == 0)
        rows->phonetic++;
}

static void on_text(void *ctx, struct ga_xml *xml, const char *text, size_t len)
{
    (void)xml;
    struct ga_xlsx_rows *rows = ctx;
    if (!rows->takes_text)
        return;
    struct ga_str *texts = &rows->buf.texts;
    if (texts->len - rows->text_at + len > GA_SHEET_CELL_BYTES)
        fail(rows, GA_TOO_BIG, "sheet %1, row %2: a cell is longer than %3 bytes: shorten it", GA_SHEET_CELL_BYTES);
    else if (texts->len + len > GA_SHEET_ROW_BYTES)
        fail(rows, GA_TOO_BIG, "sheet %1: row %2 is longer than %3 bytes: split the table", GA_SHEET_ROW_BYTES);
    else
        ga_str_add_bytes(texts, text, len);
}

/* Puts the text in place of what was read. */
static void set_text(struct ga_xlsx_rows *rows, enum ga_cell_kind kind, const char *text, double number)
{
    rows->buf.texts.len = rows->text_at;
    ga_str_add_bytes(&rows->buf.texts, text, strlen(text) + 1);
    ga_row_buf_set(&rows->buf, (size_t)rows->column, kind, rows->text_at, number);
}

static void end_number(struct ga_xlsx_rows *rows, char *raw)
{
    char text[GA_VALUE_TEXT_SIZE];
    double number;
    if (!ga_value_number(raw, text, &number)) {
        fail_damaged(rows);
        return;
    }
    char date[GA_VALUE_TEXT_SIZE];
    double serial = number + (rows->from.counts_from_1904 ? DAYS_1904 : 0);
    if (rows->is_date && ga_value_date(serial, date))
        set_text(rows, GA_CELL_DATE, date, serial);
    else
        set_text(rows, GA_CELL_NUMBER, text, number);
}

static void end_shared(struct ga_xlsx_rows *rows, char *raw)
{
    int64_t i;
    bool is_lasting = true;
    const char *text = NULL;
    if (ga_num_parse(raw, &i) && i >= 0)
        text = ga_xlsx_strings_get(rows->from.strings, (size_t)i, &is_lasting);
    rows->buf.texts.len = rows->text_at;
    if (text == NULL)
        fail_damaged(rows);
    else if (!is_lasting && text[0] != '\0')
        set_text(rows, GA_CELL_TEXT, text, 0);
    else
        ga_row_buf_set_borrowed(&rows->buf, (size_t)rows->column, text);
}

/* ISO dates of strict workbooks: the blank of ga_cell instead of the T, no midnight. */
static void end_iso_date(struct ga_xlsx_rows *rows, char *raw)
{
    char *time = strchr(raw, 'T');
    if (time != NULL)
        *time = ga_str_starts(time, "T00:00:00") ? '\0' : ' ';
    rows->buf.texts.len = rows->text_at + strlen(raw) + 1;
    ga_row_buf_set(&rows->buf, (size_t)rows->column, GA_CELL_DATE, rows->text_at, 0);
}

static void end_boolean(struct ga_xlsx_rows *rows, char *raw)
{
    bool is_true = strcmp(raw, "1") == 0 || strcmp(raw, "true") == 0;
    set_text(rows, GA_CELL_BOOLEAN, is_true ? "1" : "0", is_true);
}

static void end_error(struct ga_xlsx_rows *rows, char *raw)
{
    (void)raw;
    ga_row_buf_set(&rows->buf, (size_t)rows->column, GA_CELL_ERROR, rows->text_at, 0);
}

static void end_text(struct ga_xlsx_rows *rows, char *raw)
{
    size_t len = ga_value_unescape(raw, rows->buf.texts.len - 1 - rows->text_at);
    raw[len] = '\0';
    rows->buf.texts.len = rows->text_at + len + 1;
    if (len > 0)
        ga_row_buf_set(&rows->buf, (size_t)rows->column, GA_CELL_TEXT, rows->text_at, 0);
}

static void end_cell(struct ga_xlsx_rows *rows)
{
    static void (*const enders[])(struct ga_xlsx_rows *, char *) = {
        [NUMBER] = end_number,   [SHARED] = end_shared, [INLINE] = end_text,        [FORMULA_TEXT] = end_text,
        [BOOLEAN] = end_boolean, [ERROR] = end_error,   [ISO_DATE] = end_iso_date,
    };
    rows->is_in_cell = false;
    if (rows->buf.texts.len == rows->text_at)
        return;
    if (rows->column >= GA_SHEET_COLUMNS) {
        fail(rows, GA_TOO_BIG,
             "sheet %1: row %2 has more than %3 columns: this is not a roster, or it must be split",
             GA_SHEET_COLUMNS);
        return;
    }
    ga_str_add_char(&rows->buf.texts, '\0');
    char *raw = rows->buf.texts.data + rows->text_at;
    enders[rows->type](rows, raw);
}

static void end_row(struct ga_xlsx_rows *rows)
{
    rows->is_in_row = false;
    rows->row = ga_row_buf_row(&rows->buf, rows->row_number);
    if (rows->row == NULL)
        return;
    if (++rows->rows_count > GA_SHEET_ROWS)
        fail(rows, GA_TOO_BIG, "sheet %1, row %2: more than %3 rows; split the table into several files",
             GA_SHEET_ROWS);
    else
        ga_xml_pause(rows->xml);
}

static void on_end(void *ctx, struct ga_xml *xml, const char *name)
{
    struct ga_xlsx_rows *rows = ctx;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        rows->takes_text = false;
    else if (strcmp(name, "c") == 0 && rows->is_in_cell)
        end_cell(rows);
    else if (strcmp(name, "row") == 0)
        end_row(rows);
    else if (strcmp(name, "rPh") == 0)
        rows->phonetic--;
    else if (strcmp(name, "sheetData") == 0)
        ga_xml_stop(xml);
}

enum ga_rc ga_xlsx_rows_open(const struct ga_xlsx_rows_from *from, struct ga_xlsx_rows **ret_rows,
                             struct ga_error *err)
{
    static const struct ga_xml_handlers handlers = {.start = on_start, .end = on_end, .text = on_text};
    struct ga_xlsx_rows *rows = ga_alloc(sizeof(*rows));
    rows->from = *from;
    enum ga_rc rc = ga_xml_open(from->zip, from->sheet->part, &handlers, rows, &rows->xml, err);
    if (rc == GA_OK)
        *ret_rows = rows;
    else
        ga_xlsx_rows_close(rows);
    return rc;
}

void ga_xlsx_rows_close(struct ga_xlsx_rows *rows)
{
    if (rows == NULL)
        return;
    ga_xml_close(rows->xml);
    ga_row_buf_finish(&rows->buf);
    free(rows);
}

enum ga_rc ga_xlsx_rows_next(struct ga_xlsx_rows *rows, const struct ga_sheet_row **ret_row,
                             struct ga_error *err)
{
    rows->row = NULL;
    if (!rows->is_over) {
        enum ga_rc rc = ga_xml_run(rows->xml, &rows->is_over, err);
        if (rc != GA_OK)
            return rc;
    }
    *ret_row = rows->row;
    return GA_OK;
}
