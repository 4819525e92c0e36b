/* Rows of a CSV file. */
#include "guanai/sheet/book.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sheet/csv_shape.h"
#include "guanai/sheet/csv_write.h"
#include "guanai/sheet/decode.h"
#include "guanai/sheet/row_buf.h"

#include <stdlib.h>
#include <string.h>

enum state { AT_CELL, IN_PLAIN, IN_QUOTES, AFTER_QUOTE };

struct csv {
    struct ga_source *source;
    struct ga_text_start text_start;
    struct ga_sheet_info info;
    struct ga_decoder *decoder; /* NULL until started */
    struct ga_span chunk;       /* what is left of the decoder's piece */
    char separator;
    enum state state;
    bool skips_lf;     /* a CR has just ended a row */
    bool has_cells;    /* the row being read is more than an empty line */
    bool ends_plain[256];
    size_t column;     /* of the cell being read */
    size_t cell_at;    /* where its text begins in buf.texts */
    int64_t row_number;
    int64_t line;       /* in the text, for messages */
    int64_t quote_line; /* where the open quotation mark stands, or the last one stood */
    int64_t quoted_lines, quoted_separators; /* line breaks and separators between the marks; 0 in plain cells */
    int64_t long_from, long_to; /* the first cell of this row that runs over lines; 0: none */
    int64_t width;      /* cells of the widest row so far */
    int64_t rows_count;
    struct ga_row_buf buf;
};

static enum ga_rc csv_open(struct ga_source *source, void **ret_impl, struct ga_error *err)
{
    struct ga_text_start start;
    enum ga_rc rc = ga_decode_detect(source, &start, err);
    if (rc != GA_OK)
        return rc;
    struct csv *csv = ga_alloc(sizeof(*csv));
    csv->source = source;
    csv->text_start = start;
    csv->info.name = "";
    *ret_impl = csv;
    return GA_OK;
}

static void csv_close(void *impl)
{
    struct csv *csv = impl;
    ga_decoder_destroy(csv->decoder);
    ga_row_buf_finish(&csv->buf);
    free(csv);
}

static size_t csv_count(const void *impl)
{
    (void)impl;
    return 1;
}

static const struct ga_sheet_info *csv_info(const void *impl, size_t i)
{
    (void)i;
    return &((const struct csv *)impl)->info;
}

static const char *csv_encoding(const void *impl)
{
    static const char *const names[] = {[GA_TEXT_UTF8] = "utf-8", [GA_TEXT_UTF16LE] = "utf-16",
                                        [GA_TEXT_UTF16BE] = "utf-16", [GA_TEXT_GB18030] = "gb18030"};
    return names[((const struct csv *)impl)->text_start.encoding];
}

static enum ga_rc csv_start(void *impl, size_t i, struct ga_error *err)
{
    (void)i;
    struct csv *csv = impl;
    struct ga_decoder *decoder;
    enum ga_rc rc = ga_decoder_create(csv->source, &csv->text_start, &decoder, err);
    if (rc != GA_OK)
        return rc;
    ga_decoder_destroy(csv->decoder);
    csv->decoder = decoder;
    rc = ga_decoder_next(decoder, &csv->chunk, err);
    if (rc != GA_OK)
        return rc;
    csv->separator = ga_csv_find_separator(csv->chunk.ptr, csv->chunk.len);
    memset(csv->ends_plain, 0, sizeof(csv->ends_plain));
    csv->ends_plain[(unsigned char)csv->separator] = true;
    csv->ends_plain['\r'] = csv->ends_plain['\n'] = true;
    csv->state = AT_CELL;
    csv->skips_lf = csv->has_cells = false;
    csv->column = csv->cell_at = 0;
    csv->row_number = csv->line = 1;
    csv->rows_count = csv->width = csv->long_from = csv->quoted_lines = csv->quoted_separators = 0;
    ga_row_buf_clear(&csv->buf);
    return GA_OK;
}

static enum ga_rc refuse(struct csv *csv, struct ga_error *err, const char *sentence, int64_t bound)
{
    ga_error_set(err, GA_TOO_BIG, sentence, GA_NUM(csv->line), GA_NUM(bound));
    ga_error_where(err, "%s:%lld", csv->source->path, (long long)csv->line);
    return GA_TOO_BIG;
}

static enum ga_rc refuse_open_quote(struct csv *csv, struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED,
                 "the quotation mark opened in line %1 is never closed: open the table in WPS or Excel, mend "
                 "that cell and save it again",
                 GA_NUM(csv->quote_line));
    ga_error_where(err, "%s:%lld", csv->source->path, (long long)csv->quote_line);
    return GA_REFUSED;
}

static enum ga_rc refuse_swallowed(struct csv *csv, int64_t from, int64_t to, struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED,
                 "a quotation mark in line %1 has no partner, so that lines %1 to %2 would be taken for one cell: take that mark "
                 "away in the table, or save it as .xlsx",
                 GA_NUM(from), GA_NUM(to));
    ga_error_where(err, "%s:%lld", csv->source->path, (long long)from);
    return GA_REFUSED;
}

/*
 * Two marks without partners, rows apart, look like one long cell with rows in it. Opened in column i and closed in
 * column j of rows of n cells, the cell holds at least n - 1 separators a line break when i <= j, else the row gets
 * i - j cells too many. What people write into a cell of several lines does neither. A quarter of the
 * separators may be missing: some programs leave them out at the end of a row.
 */
enum { ROW_CELLS_MIN = 3 };

static bool holds_rows(const struct csv *csv)
{
    return csv->quoted_lines > 0 && csv->width >= ROW_CELLS_MIN &&
           4 * csv->quoted_separators >= 3 * csv->quoted_lines * (csv->width - 1);
}

static bool has_cells_of_two(const struct csv *csv)
{
    const int64_t cells = (int64_t)csv->column;
    return csv->long_from > 0 && csv->width >= ROW_CELLS_MIN && cells > csv->width && cells < 2 * csv->width;
}

/* Bounds before it appends. */
static enum ga_rc take(struct csv *csv, size_t len, struct ga_error *err)
{
    size_t cell_len = csv->buf.texts.len - csv->cell_at;
    if (cell_len + len > GA_SHEET_CELL_BYTES)
        return csv->state == IN_QUOTES
                   ? refuse_open_quote(csv, err)
                   : refuse(csv, err, "a cell in line %1 is longer than %2 bytes: shorten it", GA_SHEET_CELL_BYTES);
    if (csv->buf.texts.len + len > GA_SHEET_ROW_BYTES)
        return refuse(csv, err, "line %1 is longer than %2 bytes: this is not a table, or it must be split",
                      GA_SHEET_ROW_BYTES);
    ga_str_add_bytes(&csv->buf.texts, csv->chunk.ptr, len);
    csv->chunk.ptr += len;
    csv->chunk.len -= len;
    return GA_OK;
}

static void skip(struct csv *csv, size_t len)
{
    csv->chunk.ptr += len;
    csv->chunk.len -= len;
}

/* Takes away what was only put there to keep a spreadsheet program's hands off the text. */
static size_t undo_tricks(struct csv *csv)
{
    struct ga_str *texts = &csv->buf.texts;
    const char *text = texts->data + csv->cell_at;
    size_t len = texts->len - csv->cell_at;
    if (len > 1 && text[0] == '\'' && ga_csv_is_formula_like(text, len))
        return 1;
    bool is_wrapped = len > 2 && text[0] == '=' && text[1] == '"' && text[len - 1] == '"' &&
                      memchr(text + 2, '"', len - 3) == NULL;
    if (!is_wrapped)
        return 0;
    texts->len--;
    return 2;
}

static enum ga_rc end_cell(struct csv *csv, struct ga_error *err)
{
    if (holds_rows(csv))
        return refuse_swallowed(csv, csv->quote_line, csv->line, err);
    if (csv->quoted_lines > 0 && csv->long_from == 0) {
        csv->long_from = csv->quote_line;
        csv->long_to = csv->line;
    }
    csv->quoted_lines = csv->quoted_separators = 0;
    size_t skipped = csv->buf.texts.len > csv->cell_at ? undo_tricks(csv) : 0;
    bool is_empty = csv->buf.texts.len == csv->cell_at + skipped;
    if (!is_empty && csv->column >= GA_SHEET_COLUMNS)
        return refuse(csv, err, "line %1 has more than %2 columns: this is not a roster, or it must be split",
                      GA_SHEET_COLUMNS);
    if (!is_empty) {
        ga_str_add_char(&csv->buf.texts, '\0');
        ga_row_buf_set(&csv->buf, csv->column, GA_CELL_TEXT, csv->cell_at + skipped, 0);
    }
    csv->column++;
    csv->cell_at = csv->buf.texts.len;
    csv->state = AT_CELL;
    csv->has_cells = true;
    return GA_OK;
}

/* One separator or line break; *ret_ends_row says which. */
static enum ga_rc end_at(struct csv *csv, bool *ret_ends_row, struct ga_error *err)
{
    char c = *csv->chunk.ptr;
    enum ga_rc rc = end_cell(csv, err);
    if (rc != GA_OK)
        return rc;
    skip(csv, 1);
    *ret_ends_row = c != csv->separator;
    csv->skips_lf = c == '\r' && c != csv->separator;
    return GA_OK;
}

static enum ga_rc read_plain(struct csv *csv, bool *ret_ends_row, struct ga_error *err)
{
    const unsigned char *text = (const unsigned char *)csv->chunk.ptr;
    size_t len = 0;
    while (len < csv->chunk.len && !csv->ends_plain[text[len]])
        len++;
    csv->state = IN_PLAIN;
    enum ga_rc rc = len > 0 ? take(csv, len, err) : GA_OK;
    return rc == GA_OK && csv->chunk.len > 0 ? end_at(csv, ret_ends_row, err) : rc;
}

static int64_t count_char(const char *text, size_t len, char c)
{
    int64_t count = 0;
    for (const char *at = text; (at = memchr(at, c, len - (size_t)(at - text))) != NULL; at++)
        count++;
    return count;
}

static enum ga_rc read_quoted(struct csv *csv, struct ga_error *err)
{
    const char *quote = memchr(csv->chunk.ptr, '"', csv->chunk.len);
    size_t len = quote == NULL ? csv->chunk.len : (size_t)(quote - csv->chunk.ptr);
    const int64_t lines = count_char(csv->chunk.ptr, len, '\n');
    csv->line += lines;
    csv->quoted_lines += lines;
    csv->quoted_separators += count_char(csv->chunk.ptr, len, csv->separator);
    enum ga_rc rc = take(csv, len, err);
    if (rc == GA_OK && quote != NULL) {
        skip(csv, 1);
        csv->state = AFTER_QUOTE;
    }
    return rc;
}

/*
 * A second mark is the mark itself; anything else ends the quoted part, as spreadsheet programs read it. Over several
 * lines that is the beginning of another cell's mark.
 */
static enum ga_rc read_after_quote(struct csv *csv, bool *ret_ends_row, struct ga_error *err)
{
    const unsigned char c = (unsigned char)*csv->chunk.ptr;
    if (c != '"' && c != ' ' && !csv->ends_plain[c] && csv->quoted_lines > 0)
        return refuse_swallowed(csv, csv->quote_line, csv->line, err);
    if (c != '"')
        return read_plain(csv, ret_ends_row, err);
    csv->state = IN_QUOTES;
    return take(csv, 1, err);
}

static enum ga_rc read_some(struct csv *csv, bool *ret_ends_row, struct ga_error *err)
{
    if (csv->state == AT_CELL && *csv->chunk.ptr == '"') {
        csv->state = IN_QUOTES;
        csv->quote_line = csv->line;
        skip(csv, 1);
        return GA_OK;
    }
    if (csv->state == IN_QUOTES)
        return read_quoted(csv, err);
    return csv->state == AFTER_QUOTE ? read_after_quote(csv, ret_ends_row, err)
                                     : read_plain(csv, ret_ends_row, err);
}

/* At the end of the file an unfinished row counts as a row. */
static enum ga_rc end_file(struct csv *csv, bool *ret_ends_row, struct ga_error *err)
{
    if (csv->state == IN_QUOTES)
        return refuse_open_quote(csv, err);
    *ret_ends_row = csv->has_cells || csv->state != AT_CELL;
    return *ret_ends_row ? end_cell(csv, err) : GA_OK;
}

/* Reads to the end of one row, blank or not; *ret_is_row is false behind the last. */
static enum ga_rc read_row(struct csv *csv, bool *ret_is_row, struct ga_error *err)
{
    bool ends_row = false;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && !ends_row) {
        if (csv->chunk.len == 0)
            rc = ga_decoder_next(csv->decoder, &csv->chunk, err);
        if (rc == GA_OK && csv->chunk.len == 0) {
            *ret_is_row = false;
            rc = end_file(csv, &ends_row, err);
            *ret_is_row = ends_row;
            return rc;
        }
        if (rc == GA_OK && csv->skips_lf && *csv->chunk.ptr == '\n')
            skip(csv, 1);
        else if (rc == GA_OK)
            rc = read_some(csv, &ends_row, err);
        csv->skips_lf = csv->skips_lf && ends_row;
    }
    *ret_is_row = true;
    return rc;
}

static enum ga_rc csv_next(void *impl, const struct ga_sheet_row **ret_row, struct ga_error *err)
{
    struct csv *csv = impl;
    const struct ga_sheet_row *row = NULL;
    bool is_row = true;
    while (row == NULL && is_row) {
        ga_row_buf_clear(&csv->buf);
        csv->column = csv->cell_at = 0;
        csv->has_cells = false;
        csv->long_from = 0;
        enum ga_rc rc = read_row(csv, &is_row, err);
        if (rc == GA_OK && has_cells_of_two(csv))
            rc = refuse_swallowed(csv, csv->long_from, csv->long_to, err);
        if (rc != GA_OK)
            return rc;
        csv->width = csv->width > (int64_t)csv->column ? csv->width : (int64_t)csv->column;
        row = ga_row_buf_row(&csv->buf, csv->row_number);
        csv->row_number++;
        csv->line++;
    }
    if (row != NULL && ++csv->rows_count > GA_SHEET_ROWS)
        return refuse(csv, err, "line %1: more than %2 rows; split the table into several files", GA_SHEET_ROWS);
    *ret_row = row;
    return GA_OK;
}

static int csv_done_permille(const void *impl)
{
    const struct csv *csv = impl;
    if (csv->decoder == NULL)
        return 0;
    int64_t done = csv->decoder->next_at - (int64_t)csv->chunk.len;
    int64_t permille = done * 1000 / csv->source->size_bytes;
    return (int)(permille < 0 ? 0 : permille > 1000 ? 1000 : permille);
}

const struct ga_book_ops *ga_csv_book_ops(void)
{
    static const struct ga_book_ops ops = {
        .open = csv_open,         .close = csv_close, .count = csv_count, .info = csv_info,
        .encoding = csv_encoding, .start = csv_start, .next = csv_next,   .done_permille = csv_done_permille,
    };
    return &ops;
}
