/* Which student numbers are taken, and what is said of them: text/student_number.h. */
#include "guanai/text/student_number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct ga_date today = {2026, 11, 22}; /* a Sunday */

static const char *const id = "11010519491231002X";

static void numbers_are_cleaned_and_compared_with_the_id_number(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"G11010519491231002X", "G11010519491231002X", NULL},
        {" g110105 19491231 002x", "G11010519491231002X", NULL},
        {"Ｇ１１０１０５１９４９１２３１００２Ｘ", "G11010519491231002X", NULL},
        {"L530326201509010012", "L530326201509010012", NULL},
        {"2015-0326-0012", "201503260012", NULL},
        {"G110105194912310038", "G110105194912310038", "The student number holds another ID number: %1"},
        {"11010519491231002X", "11010519491231002X",
         "This is the ID number; the national student number has a G before it"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[GA_STUDENT_NUMBER_SIZE];
        struct ga_message warning;
        assert_int_equal(ga_student_number_parse(cases[i][0], id, today, text, &warning, NULL), GA_OK);
        assert_string_equal(text, cases[i][1]);
        if (cases[i][2] == NULL)
            assert_null(warning.id);
        else
            assert_string_equal(warning.id, cases[i][2]);
    }
    char text[GA_STUDENT_NUMBER_SIZE];
    struct ga_message warning;
    assert_int_equal(ga_student_number_parse("G110105194912310021", NULL, today, text, &warning, NULL),
                     GA_OK);
    assert_string_equal(warning.id, "The ID number within the student number is wrong");
}

static void what_is_no_student_number_is_refused(void **state)
{
    (void)state;
    const char *bad[] = {
        "", "1234567", "123456789012345678901", "学籍号12345678", "12345678?", "2.01503E+11", "\xFF"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        char text[GA_STUDENT_NUMBER_SIZE] = "kept";
        struct ga_error err = {0};
        assert_int_equal(ga_student_number_parse(bad[i], id, today, text, NULL, &err), GA_REFUSED);
        assert_string_equal(text, "kept");
        assert_string_not_equal(ga_tr(GA_ZH, err.what.id), err.what.id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_cleaned_and_compared_with_the_id_number),
        cmocka_unit_test(what_is_no_student_number_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
