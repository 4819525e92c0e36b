/* One roster says the same in every kind of file. */
#include "guanai/base/io_ops.h"
#include "guanai/sheet/sheet.h"

#include "memory_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "tests/data/rosters/"

static struct ga_sheet_book *open_book(const char *path)
{
    struct ga_sheet_book *book = NULL;
    assert_int_equal(ga_sheet_open(ga_io_system(), path, &book, NULL), GA_OK);
    assert_int_equal(ga_sheet_start(book, 0, NULL), GA_OK);
    return book;
}

static const struct ga_sheet_row *next(struct ga_sheet_book *book)
{
    const struct ga_sheet_row *row = NULL;
    assert_int_equal(ga_sheet_next(book, &row, NULL), GA_OK);
    return row;
}

/* The roster has dates typed as 2018.9.21, which the spreadsheet program made real dates. */
static void assert_same(const struct ga_cell *csv, const struct ga_cell *xlsx)
{
    int year, month, day;
    char iso[64];
    bool is_dotted = xlsx->kind == GA_CELL_DATE && sscanf(csv->text, "%d.%d.%d", &year, &month, &day) == 3;
    if (is_dotted)
        snprintf(iso, sizeof(iso), "%04d-%02d-%02d", year, month, day);
    assert_string_equal(is_dotted ? iso : csv->text, xlsx->text);
}

static void the_workbook_equals_the_csv(void **state)
{
    (void)state;
    struct ga_sheet_book *csv = open_book(FOLDER "township-700.csv");
    struct ga_sheet_book *xlsx = open_book(FOLDER "township-700.xlsx");
    assert_string_equal(ga_sheet_encoding(csv), "utf-8");
    assert_string_equal(ga_sheet_info(xlsx, 0)->name, "township-700");
    assert_string_equal(next(xlsx)->cells[0].text, "小溪乡中心学校学生花名册（2026年秋季学期）");
    int rows = 0;
    for (const struct ga_sheet_row *a; (a = next(csv)) != NULL; rows++) {
        const struct ga_sheet_row *b = next(xlsx);
        assert_non_null(b);
        assert_int_equal(b->number, a->number + 1);
        assert_int_equal(b->cells_count, a->cells_count);
        for (size_t i = 0; i < a->cells_count; i++)
            assert_same(&a->cells[i], &b->cells[i]);
    }
    assert_null(next(xlsx));
    assert_int_equal(rows, 705);
    assert_int_equal(ga_sheet_done_permille(xlsx), 1000);
    ga_sheet_close(csv);
    ga_sheet_close(xlsx);
}

static void a_sheet_can_be_read_again(void **state)
{
    (void)state;
    struct ga_sheet_book *book = open_book(FOLDER "township-700.xlsx");
    for (int i = 0; i < 100; i++)
        next(book);
    assert_int_equal(ga_sheet_start(book, 0, NULL), GA_OK);
    assert_int_equal(next(book)->number, 1);
    ga_sheet_close(book);
}

static void a_class_in_gb18030_is_read(void **state)
{
    (void)state;
    struct ga_sheet_book *book = open_book(FOLDER "class-28-gb18030.csv");
    assert_string_equal(ga_sheet_encoding(book), "gb18030");
    assert_string_equal(next(book)->cells[2].text, "姓名");
    assert_string_equal(next(book)->cells[2].text, "彭思");
    ga_sheet_close(book);
}

static enum ga_rc read_all(const struct ga_io_ops *io)
{
    struct ga_sheet_book *book = NULL;
    const struct ga_sheet_row *row = NULL;
    enum ga_rc rc = ga_sheet_open(io, "t.xlsx", &book, NULL);
    if (rc == GA_OK)
        rc = ga_sheet_start(book, 0, NULL);
    while (rc == GA_OK && (rc = ga_sheet_next(book, &row, NULL)) == GA_OK && row != NULL)
        ;
    ga_sheet_close(book);
    return rc;
}

static void every_failing_read_of_a_workbook_is_reported(void **state)
{
    (void)state;
    struct ga_str bytes = {0};
    assert_int_equal(ga_io_read_file(ga_io_system(), FOLDER "township-700.xlsx", 1 << 20, &bytes, NULL), GA_OK);
    enum ga_rc rc = GA_IO;
    int n = 0;
    for (; rc != GA_OK && n < 200; n++) {
        struct memory_file file = {bytes.data, bytes.len, n};
        struct ga_io_ops io = memory_io(&file);
        rc = read_all(&io);
        assert_true(rc == GA_OK || rc == GA_IO);
    }
    assert_int_equal(rc, GA_OK);
    ga_str_finish(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_workbook_equals_the_csv),
        cmocka_unit_test(a_sheet_can_be_read_again),
        cmocka_unit_test(a_class_in_gb18030_is_read),
        cmocka_unit_test(every_failing_read_of_a_workbook_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
