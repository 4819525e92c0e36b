/* What is written as CSV is read back the same and runs nowhere. */
#include "guanai/base/random.h"
#include "guanai/base/str.h"
#include "guanai/sheet/csv_write.h"
#include "guanai/sheet/sheet.h"

#include "memory_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void write_one(const char *text, struct ga_str *out)
{
    struct ga_csv_writer writer;
    assert_int_equal(ga_csv_writer_init(&writer, GA_CSV_UTF8, ga_csv_put_str, out, NULL), GA_OK);
    ga_csv_write_cell(&writer, text);
    assert_int_equal(ga_csv_end_row(&writer, NULL), GA_OK);
    ga_csv_writer_finish(&writer);
}

static void check(const char *text, const char *expected)
{
    struct ga_str out = {0};
    write_one(text, &out);
    assert_memory_equal(out.data, "\xEF\xBB\xBF", 3);
    assert_string_equal(out.data + 3, expected);
    ga_str_finish(&out);
}

static void formula_like_texts_are_harmless(void **state)
{
    (void)state;
    check("=1+1", "'=1+1\r\n");
    check("@x", "'@x\r\n");
    check("\tx", "\"'\tx\"\r\n");
    check("＝1", "'＝1\r\n");
    check("-x", "'-x\r\n");
    check("'=1", "''=1\r\n");
    check("=\"a\"", "\"'=\"\"a\"\"\"\r\n");
}

static void numbers_stay_numbers(void **state)
{
    (void)state;
    check("-5", "-5\r\n");
    check("+3.20", "+3.20\r\n");
    check("-5-5", "'-5-5\r\n");
    check("-5.", "'-5.\r\n");
    check("-", "'-\r\n");
    check("520424202008218443", "520424202008218443\r\n");
}

static void quotes_stand_only_where_needed(void **state)
{
    (void)state;
    check("a", "a\r\n");
    check("a,b", "\"a,b\"\r\n");
    check("a\"b", "\"a\"\"b\"\r\n");
    check("a\nb", "\"a\nb\"\r\n");
    check(NULL, "\r\n");
}

enum { ROWS = 400, COLUMNS = 6 };

static const char *const pieces[] = {"'", "=", "-", "+", "@", "\t", "\r", "\n", "\"", ",", ";", "1", "5", ".",
                                     "＝", "－", "姓", "𠮷", " ", "x", "=\"", "\r\n", "é"};

static void make_text(const struct ga_random *random, struct ga_str *text)
{
    ga_str_clear(text);
    for (uint64_t n = ga_random_below(random, 6); n > 0; n--)
        ga_str_add(text, pieces[ga_random_below(random, sizeof(pieces) / sizeof(pieces[0]))]);
}

/* Reads `bytes` and compares with the texts that the same seed makes again. */
static void check_same(const struct ga_str *bytes, uint64_t seed)
{
    struct memory_file file = {bytes->data, bytes->len, -1};
    struct ga_io_ops io = memory_io(&file);
    struct ga_random random = ga_random_seeded(&seed);
    struct ga_sheet_book *book = NULL;
    const struct ga_sheet_row *row;
    struct ga_str text = {0};
    assert_int_equal(ga_sheet_open(&io, "t.csv", &book, NULL), GA_OK);
    assert_int_equal(ga_sheet_start(book, 0, NULL), GA_OK);
    assert_int_equal(ga_sheet_next(book, &row, NULL), GA_OK); /* the header */
    for (int r = 0; r < ROWS; r++) {
        assert_int_equal(ga_sheet_next(book, &row, NULL), GA_OK);
        assert_non_null(row);
        assert_int_equal(row->cells_count, COLUMNS + 1);
        for (int c = 0; c < COLUMNS; c++) {
            make_text(&random, &text);
            assert_string_equal(row->cells[c].text, ga_str_text(&text));
        }
    }
    ga_sheet_close(book);
    ga_str_finish(&text);
}

static void write_table(enum ga_csv_encoding encoding, uint64_t seed, struct ga_str *out)
{
    struct ga_random random = ga_random_seeded(&seed);
    struct ga_csv_writer writer;
    struct ga_str text = {0};
    assert_int_equal(ga_csv_writer_init(&writer, encoding, ga_csv_put_str, out, NULL), GA_OK);
    for (int c = 0; c <= COLUMNS; c++)
        ga_csv_write_cell(&writer, "姓名");
    assert_int_equal(ga_csv_end_row(&writer, NULL), GA_OK);
    for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
            make_text(&random, &text);
            ga_csv_write_cell(&writer, ga_str_text(&text));
        }
        ga_csv_write_cell(&writer, "end");
        assert_int_equal(ga_csv_end_row(&writer, NULL), GA_OK);
    }
    ga_csv_writer_finish(&writer);
    ga_str_finish(&text);
}

static void any_text_comes_back_as_it_was(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        for (int encoding = GA_CSV_UTF8; encoding <= GA_CSV_GB18030; encoding++) {
            struct ga_str bytes = {0};
            write_table(encoding, seed, &bytes);
            check_same(&bytes, seed);
            ga_str_finish(&bytes);
        }
    }
}

static void add_utf8(struct ga_str *text, uint32_t code)
{
    if (code < 0x80)
        ga_str_add_char(text, (char)code);
    else if (code < 0x800)
        ga_str_addf(text, "%c%c", 0xC0 | code >> 6, 0x80 | (code & 0x3F));
    else if (code < 0x10000)
        ga_str_addf(text, "%c%c%c", 0xE0 | code >> 12, 0x80 | (code >> 6 & 0x3F), 0x80 | (code & 0x3F));
    else
        ga_str_addf(text, "%c%c%c%c", 0xF0 | code >> 18, 0x80 | (code >> 12 & 0x3F), 0x80 | (code >> 6 & 0x3F),
                    0x80 | (code & 0x3F));
}

/* 24 private places, from U+E78D to U+E864, whose characters have had real ones since 2005. */
static bool is_private(uint32_t code)
{
    return code >= 0xE78D && code <= 0xE864;
}

static void every_character_has_a_place_in_gb18030(void **state)
{
    (void)state;
    struct ga_csv_writer writer;
    struct ga_str out = {0};
    struct ga_error err = {0};
    assert_int_equal(ga_csv_writer_init(&writer, GA_CSV_GB18030, ga_csv_put_str, &out, NULL), GA_OK);
    for (uint32_t from = 0x20; from < 0x110000; from += 0x100) {
        struct ga_str text = {0};
        for (uint32_t code = from; code < from + 0x100 && code < 0x110000; code++)
            if ((code < 0xD800 || code > 0xDFFF) && !is_private(code))
                add_utf8(&text, code);
        ga_csv_write_cell(&writer, ga_str_text(&text));
        if (ga_csv_end_row(&writer, &err) != GA_OK)
            fail_msg("not written: U+%04X and following", from);
        ga_str_clear(&out);
        ga_str_finish(&text);
    }
    ga_csv_writer_finish(&writer);
    ga_str_finish(&out);
}

static enum ga_rc put_nothing(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    (void)ctx, (void)bytes, (void)len;
    return ga_error_set(err, GA_IO, "disk full");
}

static void a_full_disk_is_passed_up(void **state)
{
    (void)state;
    struct ga_csv_writer writer;
    struct ga_error err = {0};
    assert_int_equal(ga_csv_writer_init(&writer, GA_CSV_UTF8, put_nothing, NULL, NULL), GA_OK);
    ga_csv_write_cell(&writer, "a");
    assert_int_equal(ga_csv_end_row(&writer, &err), GA_IO);
    assert_string_equal(err.what.id, "disk full");
    ga_csv_writer_finish(&writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formula_like_texts_are_harmless),
        cmocka_unit_test(numbers_stay_numbers),
        cmocka_unit_test(quotes_stand_only_where_needed),
        cmocka_unit_test(any_text_comes_back_as_it_was),
        cmocka_unit_test(every_character_has_a_place_in_gb18030),
        cmocka_unit_test(a_full_disk_is_passed_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
