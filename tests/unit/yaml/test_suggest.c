/* The nearest known name. */
#include "guanai/yaml/suggest.h"

#include "guanai/base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {"label", "name", "of", "required", "relevant", "warn_message", "父亲电话"};

static const char *suggest(const char *word)
{
    return ga_yaml_suggest(word, names, GA_COUNT(names));
}

static void finds_the_name_meant_by_each_kind_of_slip(void **state)
{
    (void)state;
    assert_string_equal(suggest("lable"), "label");       /* swapped */
    assert_string_equal(suggest("labell"), "label");      /* one more */
    assert_string_equal(suggest("nme"), "name");          /* one less */
    assert_string_equal(suggest("relevent"), "relevant"); /* another */
    assert_string_equal(suggest("REQUIRED"), "required");
    assert_string_equal(suggest("warn-message"), "warn_message");
    assert_string_equal(suggest("父亲的电话"), "父亲电话"); /* counted in characters */
}

static void keeps_silent_when_nothing_is_near(void **state)
{
    (void)state;
    assert_null(suggest("section"));
    assert_null(suggest("zz")); /* all of a short word differs */
    assert_null(suggest(""));
    assert_null(ga_yaml_suggest("label", names, 0));
}

static void survives_long_and_malformed_words(void **state)
{
    (void)state;
    char word[400];
    memset(word, 'l', sizeof(word) - 1);
    word[sizeof(word) - 1] = '\0';
    assert_null(suggest(word));
    assert_null(suggest("\xFF\xFE"));
}

static void takes_the_nearest_of_several(void **state)
{
    (void)state;
    static const char *const near[] = {"fields", "field", "filled"};
    assert_string_equal(ga_yaml_suggest("fiel", near, GA_COUNT(near)), "field");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_name_meant_by_each_kind_of_slip),
        cmocka_unit_test(keeps_silent_when_nothing_is_near),
        cmocka_unit_test(survives_long_and_malformed_words),
        cmocka_unit_test(takes_the_nearest_of_several),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
