/* A closed box opens only as it was closed: what crypt/box.h promises. */
#include "guanai/crypt/box.h"
#include "guanai/crypt/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char TEXT[] = "罗小梅 522127201402290019";

static void what_is_closed_is_not_seen_and_comes_back(void **state)
{
    (void)state;
    const uint8_t key[GA_BOX_KEY_BYTES] = {1, 2, 3};
    uint8_t tag[GA_BOX_TAG_BYTES];
    char bytes[sizeof(TEXT)];
    memcpy(bytes, TEXT, sizeof(TEXT));
    ga_box_close(key, 7, bytes, sizeof(bytes), tag);
    assert_null(memmem(bytes, sizeof(bytes), "522127", 6));
    assert_true(ga_box_open(key, 7, bytes, sizeof(bytes), tag));
    assert_string_equal(bytes, TEXT);
}

static bool opens(const uint8_t *key, uint64_t number, const char *closed, const uint8_t *tag)
{
    char bytes[sizeof(TEXT)];
    memcpy(bytes, closed, sizeof(TEXT));
    return ga_box_open(key, number, bytes, sizeof(bytes), tag) && strcmp(bytes, TEXT) == 0;
}

static void a_changed_bit_another_number_and_another_key_are_noticed(void **state)
{
    (void)state;
    const uint8_t key[GA_BOX_KEY_BYTES] = {1}, other[GA_BOX_KEY_BYTES] = {2};
    uint8_t tag[GA_BOX_TAG_BYTES];
    char bytes[sizeof(TEXT)];
    memcpy(bytes, TEXT, sizeof(TEXT));
    ga_box_close(key, 0, bytes, sizeof(bytes), tag);
    assert_true(opens(key, 0, bytes, tag));
    assert_false(opens(key, 1, bytes, tag));
    assert_false(opens(other, 0, bytes, tag));
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] ^= 1;
        assert_false(opens(key, 0, bytes, tag));
        bytes[i] ^= 1;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_closed_is_not_seen_and_comes_back),
        cmocka_unit_test(a_changed_bit_another_number_and_another_key_are_noticed),
    };
    if (ga_crypt_start(NULL) != GA_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
