/* Private characters of GB18030-2000 get their real ones, whatever stands around them. */
#include "../../../src/sheet/gb18030.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *text, const char *real)
{
    char buffer[64];
    const size_t len = strlen(text);
    memcpy(buffer, text, len);
    const size_t got = ga_gb18030_make_real(buffer, len);
    assert_int_equal(got, strlen(real));
    assert_memory_equal(buffer, real, got);
}

static void private_characters_become_real(void **state)
{
    (void)state;
    expect("", "");
    expect("abc", "abc");
    expect("\uE81E", "\u9FB4");
    expect("\uE816", "\U00020087"); /* three bytes become four */
    expect("a\uE816\uE855b\uE7C7", "a\U00020087\U000241FEb\u1E3F");
    expect("\uE81F\uE000\uF8FF", "\uE81F\uE000\uF8FF"); /* somebody's own stay */
    expect("\U00020BB7·é\uE864", "\U00020BB7·é\u9FBB");
}

static void four_bytes_are_known_only_whole(void **state)
{
    (void)state;
    char utf8[4];
    const unsigned char bytes[] = {0x82, 0x35, 0x90, 0x37, 0x81};
    assert_int_equal(ga_gb18030_four(bytes, 5, utf8), 3);
    assert_memory_equal(utf8, "\u9FB4", 3);
    assert_int_equal(ga_gb18030_four(bytes, 3, utf8), 0);
    assert_int_equal(ga_gb18030_four(bytes + 1, 4, utf8), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(private_characters_become_real),
        cmocka_unit_test(four_bytes_are_known_only_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
