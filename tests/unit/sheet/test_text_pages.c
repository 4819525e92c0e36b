/* Texts by the million bytes come back as they were put, in any order, in less memory. */
#include "guanai/sheet/text_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 60000 };

static const char *text_of(size_t i, char *buf, size_t size)
{
    buf[0] = '\0';
    if (i % 7 != 0)
        snprintf(buf, size, "石桥镇红岩村 %zu 组，路边第 %zu 家", i % 11, i * 7919);
    return buf;
}

static void fill(struct ga_text_pages *pages)
{
    char buf[80];
    ga_text_pages_init(pages);
    for (size_t i = 0; i < MANY; i++) {
        const size_t at = pages->open.len;
        ga_str_add(&pages->open, text_of(i, buf, sizeof(buf)));
        ga_text_pages_end_text(pages, at);
    }
}

static void check(struct ga_text_pages *pages, size_t i)
{
    char buf[80];
    bool is_lasting;
    const char *text = ga_text_pages_get(pages, i, &is_lasting);
    assert_non_null(text);
    assert_string_equal(text, text_of(i, buf, sizeof(buf)));
}

static void every_text_comes_back_in_any_order(void **state)
{
    (void)state;
    struct ga_text_pages pages;
    uint32_t dice = 1;
    fill(&pages);
    for (size_t i = 0; i < MANY; i++)
        check(&pages, i);
    for (size_t i = MANY; i > 0; i--)
        check(&pages, i - 1);
    for (size_t i = 0; i < 2000; i++) {
        dice = dice * 1664525 + 1013904223;
        check(&pages, dice % MANY);
    }
    ga_text_pages_finish(&pages);
}

static void one_that_lasts_is_there_after_all_the_others(void **state)
{
    (void)state;
    struct ga_text_pages pages;
    char buf[80];
    bool is_lasting;
    size_t passing = 0;
    fill(&pages);
    const char *first = ga_text_pages_get(&pages, 1, &is_lasting);
    assert_true(is_lasting);
    for (size_t i = 0; i < MANY; i++) {
        ga_text_pages_get(&pages, i, &is_lasting);
        passing += !is_lasting;
    }
    assert_true(passing > MANY / 4); /* the rest is packed */
    assert_string_equal(first, text_of(1, buf, sizeof(buf)));
    ga_text_pages_finish(&pages);
}

static void there_is_no_text_behind_the_last(void **state)
{
    (void)state;
    struct ga_text_pages pages;
    bool is_lasting;
    fill(&pages);
    assert_null(ga_text_pages_get(&pages, MANY, &is_lasting));
    assert_null(ga_text_pages_get(&pages, SIZE_MAX, &is_lasting));
    ga_text_pages_finish(&pages);
}

static void what_cannot_be_packed_is_kept_as_it_is(void **state)
{
    enum { TEXTS = 1500, BYTES = 1000 };
    (void)state;
    struct ga_text_pages pages;
    uint32_t dice = 7;
    bool is_lasting;
    ga_text_pages_init(&pages);
    for (size_t i = 0; i < TEXTS; i++) {
        const size_t at = pages.open.len;
        for (size_t k = 0; k < BYTES; k++) {
            dice = dice * 1664525 + 1013904223;
            ga_str_add_char(&pages.open, (char)(1 + (dice >> 16) % 255));
        }
        ga_text_pages_end_text(&pages, at);
    }
    for (size_t i = 0; i < TEXTS; i++)
        assert_int_equal(strlen(ga_text_pages_get(&pages, i, &is_lasting)), BYTES);
    ga_text_pages_finish(&pages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_comes_back_in_any_order),
        cmocka_unit_test(one_that_lasts_is_there_after_all_the_others),
        cmocka_unit_test(there_is_no_text_behind_the_last),
        cmocka_unit_test(what_cannot_be_packed_is_kept_as_it_is),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
