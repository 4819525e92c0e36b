/* Writes the workbook that the stream describes. */
#include "page.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/date.h"
#include "guanai/text/utf8.h"
#include "guanai/text/width.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH_MAX_COLS = 60 };

/* How a kind of cell looks. Dates without words or slashes read the same in every language. */
enum look { LOOK_HEADING, LOOK_TEXT, LOOK_DAY, LOOK_NUMBER, LOOK_COUNT };

struct column {
    int width_cols;
};

struct book {
    lxw_workbook *workbook;
    lxw_worksheet *sheet; /* the one being written; NULL: none yet */
    lxw_format *looks[LOOK_COUNT], *page_looks[LOOK_COUNT];
    struct page page; /* of the sheet */
    int sheets_count;
    struct column columns[GA_PAPER_COLUMNS];
    int columns_count;
    int64_t row; /* the one being written; 0: still at the headings */
    int cell;    /* the next one */
    struct ga_str escaped;
};

static enum ga_rc refuse(const struct ga_paper_reader *reader, const char *why, struct ga_error *err)
{
    return ga_error_set(err, GA_REFUSED, "record %1 of the input %2", GA_NUM(reader->at_record), why);
}

static void make_looks(lxw_workbook *workbook, lxw_format **looks)
{
    for (int i = 0; i < LOOK_COUNT; i++)
        looks[i] = workbook_add_format(workbook);
    format_set_bold(looks[LOOK_HEADING]);
    format_set_num_format(looks[LOOK_TEXT], "@"); /* stays text when somebody edits the cell */
    format_set_num_format(looks[LOOK_DAY], "yyyy-mm-dd");
}

/* On paper every cell has its lines, what is long goes on below. */
static void make_page_looks(lxw_workbook *workbook, lxw_format **looks)
{
    make_looks(workbook, looks);
    for (int i = 0; i < LOOK_COUNT; i++) {
        format_set_border(looks[i], LXW_BORDER_THIN);
        format_set_align(looks[i], LXW_ALIGN_VERTICAL_CENTER);
        format_set_text_wrap(looks[i]);
    }
    format_set_align(looks[LOOK_HEADING], LXW_ALIGN_CENTER);
}

static lxw_format *look_of(const struct book *book, enum look look)
{
    return book->page.is_set ? book->page_looks[look] : book->looks[look];
}

/* The same rows give the same file, byte for byte: no time of making, no maker. */
static void set_properties(lxw_workbook *workbook)
{
    static char nobody[] = "guanai";
    lxw_doc_properties properties = {.author = nobody, .created = (time_t)315532800 /* 1980, as in the zip */};
    workbook_set_properties(workbook, &properties);
}

static void widen(struct book *book, int column, const char *text, size_t len)
{
    size_t cols = ga_width_text(text, len);
    if (cols > WIDTH_MAX_COLS)
        cols = WIDTH_MAX_COLS;
    if ((int)cols > book->columns[column].width_cols)
        book->columns[column].width_cols = (int)cols;
}

static double column_width(const struct book *book, int column)
{
    return book->columns[column].width_cols + 1.0;
}

/* A cell makes its column wide enough; on a page, whose widths are told, its row high enough. */
static void make_room(struct book *book, int column, const char *text, size_t len)
{
    if (!book->page.is_set)
        widen(book, column, text, len);
    else
        ga_page_raise(&book->page, text, len, book->columns[column].width_cols);
}

/* On a page also the cells that nothing was sent for have lines around them. */
static void end_row(struct book *book)
{
    if (book->sheet == NULL || !book->page.is_set || book->columns_count == 0)
        return;
    for (; book->row > 0 && book->cell < book->columns_count; book->cell++)
        worksheet_write_blank(book->sheet, (lxw_row_t)book->row, (lxw_col_t)book->cell, look_of(book, LOOK_TEXT));
    ga_page_set_row(&book->page, book->sheet, (lxw_row_t)book->row);
}

/* The first row: from now on the widths of a page stand. */
static void end_headings(struct book *book)
{
    double width = 0;
    for (int i = 0; i < book->columns_count; i++)
        width += column_width(book, i);
    if (book->page.is_set)
        ga_page_lay(&book->page, book->sheet, width, book->columns_count);
}

/* Widths are known when the last row of a sheet is. */
static void end_sheet(struct book *book)
{
    if (book->sheet != NULL && book->row == 0)
        end_headings(book);
    end_row(book);
    for (int i = 0; book->sheet != NULL && i < book->columns_count; i++)
        worksheet_set_column(book->sheet, (lxw_col_t)i, (lxw_col_t)i, column_width(book, i), NULL);
}

static enum ga_rc begin_sheet(struct book *book, const struct ga_paper_reader *reader, struct ga_error *err)
{
    const struct ga_paper_record *record = &reader->record;
    if (record->len == 0 || ga_utf8_count(record->text, record->len) > GA_PAPER_NAME_CHARS ||
        strpbrk(record->text, "[]:*?/\\") != NULL || book->sheets_count == GA_PAPER_SHEETS)
        return refuse(reader, "is no name of a sheet", err);
    if (workbook_validate_sheet_name(book->workbook, record->text) != LXW_NO_ERROR)
        return refuse(reader, "is no name of a sheet", err);
    end_sheet(book);
    book->sheet = workbook_add_worksheet(book->workbook, record->text);
    if (book->sheet == NULL)
        return refuse(reader, "is no name of a sheet", err);
    worksheet_freeze_panes(book->sheet, 1, 0);
    worksheet_repeat_rows(book->sheet, 0, 0);
    book->sheets_count++;
    book->columns_count = 0;
    book->row = 0;
    book->page.is_set = false;
    return GA_OK;
}

static enum ga_rc begin_page(struct book *book, const struct ga_paper_reader *reader, struct ga_error *err)
{
    if (book->sheet == NULL || book->columns_count > 0 || book->page.is_set ||
        !ga_page_read(&book->page, reader->record.text))
        return refuse(reader, "is no page", err);
    return GA_OK;
}

static bool looks_escaped(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") >= 4 && text[6] == '_';
}

/* ECMA-376 22.9.2.19: controls are written _x0001_, hence a text that says _x0001_ is written _x005F_x0001_. */
static void add_escaped(struct ga_str *out, const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' && *text != '\t' && *text != '\n')
            ga_str_addf(out, "_x%04X_", (unsigned)*text);
        else if (looks_escaped(text))
            ga_str_add(out, "_x005F_");
        else
            ga_str_add_char(out, *text);
}

static enum ga_rc put_text(struct book *book, lxw_row_t row, int column, const char *text, enum look look)
{
    ga_str_clear(&book->escaped);
    add_escaped(&book->escaped, text);
    lxw_error failed = worksheet_write_string(book->sheet, row, (lxw_col_t)column, ga_str_text(&book->escaped),
                                              look_of(book, look));
    return failed == LXW_NO_ERROR ? GA_OK : GA_REFUSED;
}

static enum ga_rc add_column(struct book *book, const struct ga_paper_reader *reader, struct ga_error *err)
{
    const struct ga_paper_record *record = &reader->record;
    if (book->sheet == NULL || book->row > 0 || book->columns_count == GA_PAPER_COLUMNS || record->len < 2 ||
        strchr("TIDY", record->text[0]) == NULL)
        return refuse(reader, "is no column", err);
    const int column = book->columns_count++;
    book->columns[column].width_cols = (unsigned char)record->text[1];
    if (book->columns[column].width_cols > WIDTH_MAX_COLS)
        book->columns[column].width_cols = WIDTH_MAX_COLS;
    make_room(book, column, record->text + 2, record->len - 2);
    return put_text(book, 0, column, record->text + 2, LOOK_HEADING) == GA_OK
               ? GA_OK
               : refuse(reader, "is too long for a heading", err);
}

static enum ga_rc begin_row(struct book *book, const struct ga_paper_reader *reader, struct ga_error *err)
{
    if (book->sheet == NULL || book->columns_count == 0 || book->row == GA_PAPER_ROWS)
        return refuse(reader, "is a row without a place", err);
    if (book->row == 0)
        end_headings(book);
    end_row(book);
    book->row++;
    book->cell = 0;
    return GA_OK;
}

static bool is_number(const char *text, bool is_whole)
{
    const char *digits = text + (*text == '-');
    size_t whole = strspn(digits, "0123456789");
    size_t behind = digits[whole] == '.' ? strspn(digits + whole + 1, "0123456789") : 0;
    if (whole == 0 || whole + behind > GA_PAPER_DIGITS || (is_whole && digits[whole] != '\0'))
        return false;
    return digits[whole + (digits[whole] == '.' ? 1 + behind : 0)] == '\0';
}

static enum ga_rc put_number(struct book *book, int column, const struct ga_paper_record *record)
{
    if (!is_number(record->text, record->kind == GA_PAPER_INTEGER))
        return GA_REFUSED;
    const double number = strtod(record->text, NULL);
    lxw_format *look = book->page.is_set ? book->page_looks[LOOK_NUMBER] : NULL;
    return worksheet_write_number(book->sheet, (lxw_row_t)book->row, (lxw_col_t)column, number, look) == LXW_NO_ERROR
               ? GA_OK
               : GA_REFUSED;
}

/* Excel's days begin with 1900; an older one stays a text. */
static enum ga_rc put_day(struct book *book, int column, const struct ga_paper_record *record)
{
    struct ga_date date;
    if (!ga_date_from_iso(record->text, &date) || !ga_date_is_day(date))
        return GA_REFUSED;
    if (date.year < 1900)
        return put_text(book, (lxw_row_t)book->row, column, record->text, LOOK_TEXT);
    lxw_datetime day = {.year = date.year, .month = date.month, .day = date.day};
    return worksheet_write_datetime(book->sheet, (lxw_row_t)book->row, (lxw_col_t)column, &day,
                                    look_of(book, LOOK_DAY)) == LXW_NO_ERROR ? GA_OK : GA_REFUSED;
}

static enum ga_rc put_cell(struct book *book, const struct ga_paper_reader *reader, struct ga_error *err)
{
    const struct ga_paper_record *record = &reader->record;
    if (book->sheet == NULL || book->row == 0 || book->cell == book->columns_count)
        return refuse(reader, "is a cell without a place", err);
    const int column = book->cell++;
    enum ga_rc rc = GA_OK;
    if (record->kind == GA_PAPER_INTEGER || record->kind == GA_PAPER_DECIMAL)
        rc = put_number(book, column, record);
    else if (record->kind == GA_PAPER_DAY)
        rc = put_day(book, column, record);
    else if (ga_utf8_count(record->text, record->len) > GA_PAPER_CELL_CHARS)
        rc = GA_REFUSED;
    else if (record->kind == GA_PAPER_TEXT)
        rc = put_text(book, (lxw_row_t)book->row, column, record->text, LOOK_TEXT);
    else if (book->page.is_set)
        worksheet_write_blank(book->sheet, (lxw_row_t)book->row, (lxw_col_t)column, look_of(book, LOOK_TEXT));
    make_room(book, column, record->text, record->len);
    return rc == GA_OK ? GA_OK : refuse(reader, "is a cell that cannot be", err);
}

static enum ga_rc put_record(struct book *book, const struct ga_paper_reader *reader, struct ga_error *err)
{
    switch (reader->record.kind) {
    case GA_PAPER_SHEET:
        return begin_sheet(book, reader, err);
    case GA_PAPER_PAGE:
        return begin_page(book, reader, err);
    case GA_PAPER_COLUMN:
        return add_column(book, reader, err);
    case GA_PAPER_ROW:
        return begin_row(book, reader, err);
    case GA_PAPER_HELLO:
        return refuse(reader, "greets twice", err);
    case GA_PAPER_TEXT:
    case GA_PAPER_INTEGER:
    case GA_PAPER_DECIMAL:
    case GA_PAPER_DAY:
    case GA_PAPER_EMPTY:
    case GA_PAPER_END: /* ends the loop before it comes here */
        break;
    }
    return put_cell(book, reader, err);
}

static enum ga_rc read_rows(struct book *book, struct ga_paper_reader *reader, struct ga_error *err)
{
    enum ga_rc rc = ga_paper_read(reader, err);
    if (rc == GA_OK && (reader->record.kind != GA_PAPER_HELLO || strcmp(reader->record.text, GA_PAPER_GREETING) != 0))
        rc = refuse(reader, "does not greet as expected", err);
    while (rc == GA_OK && (rc = ga_paper_read(reader, err)) == GA_OK && reader->record.kind != GA_PAPER_END)
        rc = put_record(book, reader, err);
    if (rc == GA_OK && book->sheets_count == 0)
        rc = refuse(reader, "ends without a sheet", err);
    end_sheet(book);
    return rc;
}

static enum ga_rc copy_out(FILE *from, int fd, struct ga_error *err)
{
    char bytes[32 << 10];
    size_t got;
    rewind(from);
    while ((got = fread(bytes, 1, sizeof(bytes), from)) > 0)
        for (size_t done = 0; done < got;) {
            ssize_t put = write(fd, bytes + done, got - done);
            if (put < 0 && errno == EINTR)
                continue;
            if (put <= 0)
                return ga_error_set(err, GA_IO, "cannot write the file: %1", strerror(errno));
            done += (size_t)put;
        }
    return ferror(from) ? ga_error_set(err, GA_IO, "cannot read the file back: %1", strerror(errno)) : GA_OK;
}

/* libxlsxwriter takes a path only: that of a file which has no name and goes away by itself. */
static lxw_workbook *open_workbook(FILE *file)
{
    char path[32];
    snprintf(path, sizeof(path), "/dev/fd/%d", fileno(file));
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    return workbook_new_opt(path, &options);
}

enum ga_rc ga_paper_xlsx(struct ga_paper_reader *reader, int fd, struct ga_error *err)
{
    setlocale(LC_NUMERIC, "C");
    FILE *file = tmpfile();
    if (file == NULL)
        return ga_error_set(err, GA_IO, "cannot make a temporary file: %1", strerror(errno));
    struct book *book = ga_alloc(sizeof(*book));
    book->workbook = open_workbook(file);
    enum ga_rc rc = GA_IO;
    if (book->workbook != NULL) {
        make_looks(book->workbook, book->looks);
        make_page_looks(book->workbook, book->page_looks);
        set_properties(book->workbook);
        rc = read_rows(book, reader, err);
        lxw_error closed = LXW_NO_ERROR;
        if (rc == GA_OK)
            closed = workbook_close(book->workbook);
        else
            lxw_workbook_free(book->workbook);
        if (closed != LXW_NO_ERROR)
            rc = ga_error_set(err, GA_IO, "cannot write the file: %1", lxw_strerror(closed));
    }
    if (rc == GA_OK)
        rc = copy_out(file, fd, err);
    ga_str_finish(&book->escaped);
    free(book);
    fclose(file);
    return rc;
}
