/* Rows written as CSV that spreadsheet programs open unharmed. */
#include "guanai/sheet/csv_write.h"

#include "guanai/base/alloc.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A sign, digits, perhaps a point with digits: nothing a spreadsheet program could run. */
static bool is_plain_number(const char *text, size_t len)
{
    size_t i = len > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    size_t whole = i;
    while (i < len && is_digit(text[i]))
        i++;
    if (i == whole)
        return false;
    if (i == len)
        return true;
    size_t part = ++i;
    if (text[part - 1] != '.')
        return false;
    while (i < len && is_digit(text[i]))
        i++;
    return i == len && i > part;
}

static bool starts_formula(const char *text, size_t len)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};
    if (len == 0)
        return false;
    if (memchr("=+-@\t\r\n", text[0], 7) != NULL)
        return true;
    for (size_t i = 0; i < GA_COUNT(wide); i++)
        if (len >= 3 && memcmp(text, wide[i], 3) == 0)
            return true;
    return false;
}

bool ga_csv_is_formula_like(const char *text, size_t len)
{
    size_t marks = 0;
    while (marks < len && text[marks] == '\'')
        marks++;
    return starts_formula(text + marks, len - marks) && !(marks == 0 && is_plain_number(text, len));
}

enum ga_rc ga_csv_writer_init(struct ga_csv_writer *writer, enum ga_csv_encoding encoding,
                              enum ga_rc (*put)(void *ctx, const void *bytes, size_t len,
                                                struct ga_error *err),
                              void *put_ctx, struct ga_error *err)
{
    iconv_t converter = NULL;
    if (encoding == GA_CSV_GB18030 && (converter = iconv_open("GB18030", "UTF-8")) == (iconv_t)-1)
        return ga_error_set(err, GA_IO, "this computer cannot write %1: choose UTF-8", "GB18030");
    *writer = (struct ga_csv_writer){
        .put = put, .put_ctx = put_ctx, .encoding = encoding, .converter = converter};
    return GA_OK;
}

void ga_csv_writer_finish(struct ga_csv_writer *writer)
{
    if (writer->converter != NULL)
        iconv_close(writer->converter);
    ga_str_finish(&writer->row);
    ga_str_finish(&writer->encoded);
    writer->converter = NULL;
}

static void add_quoted(struct ga_str *row, const char *text, size_t len)
{
    ga_str_add_char(row, '"');
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"')
            ga_str_add_char(row, '"');
        ga_str_add_char(row, text[i]);
    }
    ga_str_add_char(row, '"');
}

void ga_csv_write_cell(struct ga_csv_writer *writer, const char *text)
{
    struct ga_str *row = &writer->row;
    size_t len = text == NULL ? 0 : strlen(text);
    if (writer->has_cells)
        ga_str_add_char(row, ',');
    writer->has_cells = true;
    if (len == 0)
        return;
    /* A reader counts separators in the first lines, so foreign ones are quoted as well. */
    bool needs_quotes = strpbrk(text, ",;\t\r\n\"") != NULL;
    if (!ga_csv_is_formula_like(text, len)) {
        needs_quotes ? add_quoted(row, text, len) : ga_str_add_bytes(row, text, len);
        return;
    }
    size_t marked_at = row->len;
    ga_str_add_char(row, '\'');
    ga_str_add_bytes(row, text, len);
    if (needs_quotes) {
        char *marked = ga_strndup(row->data + marked_at, row->len - marked_at);
        row->len = marked_at;
        add_quoted(row, marked, len + 1);
        free(marked);
    }
}

/* Fails for a few private characters and for bytes that are no UTF-8; the row is then not written. */
static enum ga_rc encode_row(struct ga_csv_writer *writer, struct ga_error *err)
{
    char *from = writer->row.data;
    size_t left = writer->row.len;
    ga_str_clear(&writer->encoded);
    ga_str_reserve(&writer->encoded, left * 2 + 4); /* at most 4 bytes for 2 */
    char *to = writer->encoded.data;
    size_t room = left * 2 + 4;
    size_t rc = iconv(writer->converter, &from, &left, &to, &room);
    if (rc == (size_t)-1 || left > 0)
        return ga_error_set(err, GA_REFUSED, "a text cannot be written in %1: choose UTF-8", "GB18030");
    writer->encoded.len = (size_t)(to - writer->encoded.data);
    return GA_OK;
}

enum ga_rc ga_csv_end_row(struct ga_csv_writer *writer, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    ga_str_add(&writer->row, "\r\n");
    struct ga_str *out = &writer->row;
    if (writer->encoding == GA_CSV_GB18030) {
        rc = encode_row(writer, err);
        out = &writer->encoded;
    } else if (!writer->is_begun) {
        rc = writer->put(writer->put_ctx, "\xEF\xBB\xBF", 3, err);
    }
    writer->is_begun = true;
    if (rc == GA_OK)
        rc = writer->put(writer->put_ctx, out->data, out->len, err);
    ga_str_clear(&writer->row);
    writer->has_cells = false;
    return rc;
}

enum ga_rc ga_csv_put_str(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    (void)err;
    ga_str_add_bytes(ctx, bytes, len);
    return GA_OK;
}
