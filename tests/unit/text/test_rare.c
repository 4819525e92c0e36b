/* Characters that a terminal's font may lack are told by their code points. */
#include "guanai/text/rare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_rare(const char *text, const char *wanted)
{
    struct ga_str which = {0};
    assert_int_equal(ga_rare_add(text, &which), wanted[0] != '\0');
    assert_string_equal(ga_str_text(&which), wanted);
    ga_str_finish(&which);
}

static void usual_names_have_none(void **state)
{
    (void)state;
    assert_rare("", "");
    assert_rare("何丽", "");
    assert_rare("迪丽热巴·艾力 Anna Müller", "");
    assert_rare("龥", ""); /* the last of the first basic block */
}

static void each_rare_one_is_named_once(void **state)
{
    (void)state;
    assert_rare("\xf0\xac\xba\x93", "U+2CE93");
    assert_rare("张\xf0\xac\xba\x93\xf0\xac\xba\x93", "U+2CE93");
    assert_rare("㑇\xf0\xa0\xae\xb7", "U+3447 U+20BB7");
    assert_rare("\xe9\xbe\xa6", "U+9FA6");
    assert_rare("\xee\x80\x80", "U+E000");
}

static void bytes_that_are_no_text_and_long_ones_do_no_harm(void **state)
{
    (void)state;
    assert_rare("\xf0\xac\xba", "");
    assert_rare("\xff\xfe\xf0\xac\xba\x93", "U+2CE93");
    assert_rare("㐀㐁㐂㐃㐄㐅", "U+3400 U+3401 U+3402 U+3403");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_names_have_none),
        cmocka_unit_test(each_rare_one_is_named_once),
        cmocka_unit_test(bytes_that_are_no_text_and_long_ones_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
