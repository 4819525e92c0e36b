/* Numbers of persons do not stand in sentences that others may read: what text/hide.h promises. */
#include "guanai/text/hide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect(const char *text, const char *wanted)
{
    struct ga_str out = {0};
    ga_hide_add_numbers(&out, text);
    assert_string_equal(ga_str_text(&out), wanted);
    ga_str_finish(&out);
}

static void of_long_numbers_the_tail_stays(void **state)
{
    (void)state;
    expect("电话：库里 13885412345，表里 13900002222", "电话：库里 ****2345，表里 ****2222");
    expect("520424202008218441", "****8441");
    expect("52042420200821844X", "****1844X");
    expect("座机 8612345", "座机 ****2345");
    expect("全角 １３８８５４１２３４５", "全角 ****２３４５");
    expect("1388541２３４５", "****２３４５");
}

static void dates_and_short_numbers_stay(void **state)
{
    (void)state;
    expect("第 123456 行，2015-02-30 三年级(2)班", "第 123456 行，2015-02-30 三年级(2)班");
    expect("", "");
    expect("\xEF\xBC", "\xEF\xBC");
    expect("123456\xEF\xBC", "123456\xEF\xBC");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_long_numbers_the_tail_stays),
        cmocka_unit_test(dates_and_short_numbers_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
