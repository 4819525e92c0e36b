/* CSV as schools and their programs write it: what sheet/sheet.h promises. */
#include "guanai/base/alloc.h"
#include "guanai/base/random.h"
#include "guanai/base/str.h"
#include "guanai/sheet/sheet.h"
#include "guanai/text/translate.h"

#include "memory_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Rows as "1:a|b/3:c|" – number, cells, slash between rows; or the English sentence of the refusal. */
static enum ga_rc dump(struct memory_file *file, struct ga_str *out)
{
    struct ga_io_ops io = memory_io(file);
    struct ga_sheet_book *book = NULL;
    const struct ga_sheet_row *row = NULL;
    struct ga_error err = {0};
    enum ga_rc rc = ga_sheet_open(&io, "t.csv", &book, &err);
    if (rc == GA_OK)
        rc = ga_sheet_start(book, 0, &err);
    while (rc == GA_OK && (rc = ga_sheet_next(book, &row, &err)) == GA_OK && row != NULL) {
        ga_str_addf(out, "%s%lld:", out->len > 0 ? "/" : "", (long long)row->number);
        for (size_t i = 0; i < row->cells_count; i++)
            ga_str_addf(out, "%s%s", i > 0 ? "|" : "", row->cells[i].text);
    }
    if (rc != GA_OK) {
        ga_str_clear(out);
        ga_error_text(&err, GA_EN, out);
    }
    ga_sheet_close(book);
    return rc;
}

static void check_bytes(const char *bytes, size_t len, const char *expected)
{
    struct memory_file file = {bytes, len, -1};
    struct ga_str out = {0};
    dump(&file, &out);
    if (strcmp(ga_str_text(&out), expected) != 0)
        fail_msg("%s\nread as    %s\nexpected   %s", bytes, ga_str_text(&out), expected);
    ga_str_finish(&out);
}

#define check(literal, expected) check_bytes((literal), sizeof(literal) - 1, (expected))

static void check_refused(const char *bytes, size_t len, enum ga_rc expected, const char *part)
{
    struct memory_file file = {bytes, len, -1};
    struct ga_str out = {0};
    assert_int_equal(dump(&file, &out), expected);
    if (strstr(ga_str_text(&out), part) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", ga_str_text(&out), part);
    ga_str_finish(&out);
}

static void line_ends_of_all_systems_end_rows(void **state)
{
    (void)state;
    check("a,b\r\nc,d\r\n", "1:a|b/2:c|d");
    check("a,b\nc,d", "1:a|b/2:c|d");
    check("a,b\rc,d\r", "1:a|b/2:c|d");
    check("a,b\n\n\r\n,,\nc,d", "1:a|b/5:c|d");
    check("a,,\n,b", "1:a/2:|b");
}

static void quotes_hold_separators_newlines_quotes(void **state)
{
    (void)state;
    check("\"a,1\",\"b\r\nc\",\"d\"\"e\"\nx", "1:a,1|b\r\nc|d\"e/2:x");
    check("a\"b,\"c\"d\n", "1:a\"b|cd");
    check("\"\",\"\"\n\"z\"", "2:z");
    check("\"a\"", "1:a");
}

static void separators_are_found(void **state)
{
    (void)state;
    check("a;b;c\n1,5;2;3\n", "1:a|b|c/2:1,5|2|3");
    check("a\tb\n1,2\t3\n", "1:a|b/2:1,2|3");
    check("\"x;y;z\",b\n\"x;y;z\",c\n", "1:x;y;z|b/2:x;y;z|c");
    check("title\na,b,c\n1,2,3\n", "1:title/2:a|b|c/3:1|2|3");
    check("alone\n", "1:alone");
}

static void encodings_are_told_apart(void **state)
{
    (void)state;
    check("\xEF\xBB\xBF姓名,年级\n", "1:姓名|年级");
    check("姓名,𠮷\n", "1:姓名|𠮷");
    check("\xD0\xD5\xC3\xFB,\xC4\xEA\xBC\xB6\n\x95\x32\x82\x36\n", "1:姓名|年级/2:𠀀");
    check("\xFF\xFE\xD3\x59,\0a\0\n\0", "1:姓|a");
    check("\xFE\xFF\x59\xD3\0,\0a\0\n", "1:姓|a");
    check("\x84\x31\x95\x33\xD0\xD5", "1:姓");
}

static void what_is_no_text_is_refused_with_its_line(void **state)
{
    (void)state;
    check_refused("a\nb\0c", 5, GA_REFUSED, "line 2 holds bytes");
    check_refused("a\nb\n\xFF\xFF", 6, GA_REFUSED, "line 3 holds characters");
    check_refused("\xEF\xBB\xBFgood\nbad \xC3(", 13, GA_REFUSED, "line 2 holds characters");
    check_refused("\x81", 1, GA_REFUSED, "line 1 holds characters");
    const char long_text[] = "一二三四五六七八九十一二三四五六七八九十一二\n\xE4\xB8, \n";
    check_refused(long_text, sizeof(long_text) - 1, GA_REFUSED, "line 2");
    check_refused("", 0, GA_REFUSED, "empty");
}

static void an_unclosed_quote_is_named_where_it_opened(void **state)
{
    (void)state;
    check_refused("a,b\nc,\"d\ne,f\n", 13, GA_REFUSED, "line 2 is never closed");
    check_refused("\"a\nb\",\"c", 8, GA_REFUSED, "line 2 is never closed");
}

#define check_swallowed(literal, part) check_refused((literal), sizeof(literal) - 1, GA_REFUSED, (part))

static void marks_without_partners_do_not_swallow_rows(void **state)
{
    (void)state;
    check_swallowed("n,v,m\na,\"b,c\nd,\"e,f\ng,h,i\n", "lines 2 to 3");   /* before two texts */
    check_swallowed("n,v,m\na,\"b,c\nd,e,f\ng,h\",i\n", "lines 2 to 4");   /* before one, behind another */
    check_swallowed("n,v,m\na,b,\"c\nd\",e,f\ng,h,i\n", "lines 2 to 3");   /* last cell, first cell */
    check_swallowed("n,v,m\na,b,\"c\nd,e,f\n", "never closed");
}

static void what_people_write_over_several_lines_stays_one_cell(void **state)
{
    (void)state;
    check("n,v,m\na,\"1,2\n3\n4, 5\",c\n", "1:n|v|m/2:a|1,2\n3\n4, 5|c");
    check("n,v,m\n\"a\nb\",\"c\nd\",\"e\nf\"\n", "1:n|v|m/2:a\nb|c\nd|e\nf");
    check("School,Hill\na,\"b\n1\",c,d\n1,2,3,4\n", "1:School|Hill/2:a|b\n1|c|d/3:1|2|3|4");
    check("n,v,m\na,\"b\" x,c\n", "1:n|v|m/2:a|b x|c");
}

/* A table of `columns` with a mark before or behind two cells of rows apart; the headings are whole. */
static void write_swallowing(const struct ga_random *random, struct ga_str *out)
{
    enum { ROWS = 7 };
    const uint32_t columns = 3 + (uint32_t)ga_random_below(random, 6), first = 1 + (uint32_t)ga_random_below(random, ROWS - 2);
    const uint32_t second = first + 1 + (uint32_t)ga_random_below(random, ROWS - 1 - first);
    const uint32_t from = (uint32_t)ga_random_below(random, columns), to = (uint32_t)ga_random_below(random, columns);
    const bool is_behind = ga_random_below(random, 2) == 0;
    for (uint32_t row = 0; row < ROWS; row++)
        for (uint32_t column = 0; column < columns; column++) {
            const bool is_second = row == second && column == to;
            ga_str_add(out, (row == first && column == from) || (is_second && !is_behind) ? "\"" : "");
            ga_str_add(out, ga_random_below(random, 5) == 0 && row > 0 ? "" : "石大山");
            ga_str_add(out, is_second && is_behind ? "\"" : "");
            ga_str_add(out, column + 1 < columns ? "," : "\r\n");
        }
}

static void wherever_two_marks_without_partners_stand_no_row_is_lost_in_silence(void **state)
{
    (void)state;
    uint64_t seed = 20261122;
    struct ga_random random = ga_random_seeded(&seed);
    for (int round = 0; round < 400; round++) {
        struct ga_str text = {0};
        write_swallowing(&random, &text);
        check_refused(text.data, text.len, GA_REFUSED, "");
        ga_str_finish(&text);
    }
}

static void tricks_that_guard_text_are_undone(void **state)
{
    (void)state;
    check("=\"00123\",\"=\"\"00123\"\"\",'=1+1,''=1,'-5,-5,'x,'\n",
          "1:00123|00123|=1+1|'=1|-5|-5|'x|'");
    check("'＝x,'@x\n", "1:＝x|@x");
    check("=1+1,=\"a\"&\"b\"\n", "1:=1+1|=\"a\"&\"b\"");
}

static void other_kinds_of_file_are_named(void **state)
{
    (void)state;
    check_refused("%PDF-1.4 ....", 13, GA_REFUSED, "is a PDF document");
    check_refused("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 ..", 11, GA_REFUSED, "old .xls file");
    check_refused("  <html><table><tr><td>1", 24, GA_REFUSED, "is a web page");
    check_refused("\x89PNG\r\n\x1a\n", 8, GA_REFUSED, "is a picture");
    check_refused("PK\5\6", 4, GA_DAMAGED, "damaged");
}

static char *repeat(const char *piece, size_t times)
{
    size_t len = strlen(piece);
    char *text = ga_alloc(len * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * len, piece, len);
    return text;
}

static void check_repeated(const char *piece, size_t times, const char *part)
{
    char *text = repeat(piece, times);
    check_refused(text, strlen(text), GA_TOO_BIG, part);
    free(text);
}

static void every_length_is_bounded(void **state)
{
    (void)state;
    check_repeated("x,", 100000, "more than 500 columns");
    check_repeated("long", 10000, "longer than 32768 bytes");
    struct ga_str row = {0};
    for (int i = 0; i < 100; i++) {
        char *cell = repeat("0123456789", 2000);
        ga_str_addf(&row, "%s,", cell);
        free(cell);
    }
    check_refused(row.data, row.len, GA_TOO_BIG, "longer than 1048576 bytes");
    ga_str_finish(&row);
}

/* A cell may lie across any border between two pieces of the file. */
static void pieces_of_the_file_join(void **state)
{
    (void)state;
    struct ga_str text = {0}, expected = {0};
    for (int i = 1; i <= 3000; i++) {
        ga_str_addf(&text, "\"儿童%d\r\n\"\"\",=\"0%d\"\r\n", i, i);
        ga_str_addf(&expected, "%s%d:儿童%d\r\n\"|0%d", i > 1 ? "/" : "", i, i, i);
    }
    check_bytes(text.data, text.len, expected.data);
    ga_str_finish(&text);
    ga_str_finish(&expected);
}

static void every_failing_read_is_reported(void **state)
{
    (void)state;
    char *text = repeat("姓名,年级\n", 8000);
    enum ga_rc rc = GA_IO;
    int n = 0;
    for (; rc == GA_IO && n < 100; n++) {
        struct memory_file file = {text, strlen(text), n};
        struct ga_str out = {0};
        rc = dump(&file, &out);
        ga_str_finish(&out);
    }
    assert_int_equal(rc, GA_OK);
    assert_in_range(n, 5, 99);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends_of_all_systems_end_rows),
        cmocka_unit_test(quotes_hold_separators_newlines_quotes),
        cmocka_unit_test(separators_are_found),
        cmocka_unit_test(encodings_are_told_apart),
        cmocka_unit_test(what_is_no_text_is_refused_with_its_line),
        cmocka_unit_test(marks_without_partners_do_not_swallow_rows),
        cmocka_unit_test(what_people_write_over_several_lines_stays_one_cell),
        cmocka_unit_test(wherever_two_marks_without_partners_stand_no_row_is_lost_in_silence),
        cmocka_unit_test(an_unclosed_quote_is_named_where_it_opened),
        cmocka_unit_test(tricks_that_guard_text_are_undone),
        cmocka_unit_test(other_kinds_of_file_are_named),
        cmocka_unit_test(every_length_is_bounded),
        cmocka_unit_test(pieces_of_the_file_join),
        cmocka_unit_test(every_failing_read_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
