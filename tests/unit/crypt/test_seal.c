/* Who holds one of the secrets takes the key out, nobody else: what crypt/seal.h promises. */
#include "guanai/crypt/seal.h"
#include "guanai/crypt/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

enum { HOLDERS = 4 };

struct sealed {
    struct ga_seal_key holders[HOLDERS];
    uint8_t key[GA_SEAL_KEY_BYTES];
    uint8_t once[GA_SEAL_PUBLIC_BYTES];
    uint8_t closed[HOLDERS * GA_SEAL_CLOSED_BYTES];
};

static void seal(struct sealed *sealed)
{
    struct ga_seal_public whom[HOLDERS];
    ga_crypt_random()->fill(ga_crypt_random()->ctx, sealed->key, sizeof(sealed->key));
    for (size_t i = 0; i < HOLDERS; i++) {
        ga_seal_key_make(ga_crypt_random(), &sealed->holders[i]);
        whom[i] = sealed->holders[i].public_key;
    }
    assert_true(ga_seal_close(ga_crypt_random(), whom, HOLDERS, sealed->key, sealed->once, sealed->closed));
}

static void each_holder_takes_the_key_out(void **state)
{
    (void)state;
    struct sealed sealed;
    seal(&sealed);
    for (size_t i = 0; i < HOLDERS; i++) {
        uint8_t key[GA_SEAL_KEY_BYTES] = {0};
        assert_true(ga_seal_open(&sealed.holders[i], sealed.once, sealed.closed, HOLDERS, key));
        assert_memory_equal(key, sealed.key, sizeof(key));
    }
}

static void nobody_else_does(void **state)
{
    (void)state;
    struct sealed sealed;
    struct ga_seal_key stranger;
    uint8_t key[GA_SEAL_KEY_BYTES] = {0};
    seal(&sealed);
    ga_seal_key_make(ga_crypt_random(), &stranger);
    assert_false(ga_seal_open(&stranger, sealed.once, sealed.closed, HOLDERS, key));
    assert_false(ga_seal_open(&sealed.holders[3], sealed.once, sealed.closed, 3, key));
    assert_true(sodium_is_zero(key, sizeof(key)));
}

static void a_changed_bit_is_noticed(void **state)
{
    (void)state;
    struct sealed sealed;
    uint8_t key[GA_SEAL_KEY_BYTES];
    seal(&sealed);
    for (size_t bit = 0; bit < 8 * GA_SEAL_CLOSED_BYTES; bit++) {
        sealed.closed[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(ga_seal_open(&sealed.holders[0], sealed.once, sealed.closed, 1, key));
        sealed.closed[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    sealed.once[0] ^= 1;
    assert_false(ga_seal_open(&sealed.holders[0], sealed.once, sealed.closed, 1, key));
}

/* Anybody with libsodium in any language can open what is sealed for one. */
static void for_one_holder_it_is_libsodiums_own_form(void **state)
{
    (void)state;
    struct ga_seal_key mine;
    uint8_t key[GA_SEAL_KEY_BYTES] = "a key of thirty-two bytes in all", opened[GA_SEAL_KEY_BYTES];
    uint8_t whole[GA_SEAL_PUBLIC_BYTES + GA_SEAL_CLOSED_BYTES];
    ga_seal_key_make(ga_crypt_random(), &mine);
    assert_true(ga_seal_close(ga_crypt_random(), &mine.public_key, 1, key, whole, whole + GA_SEAL_PUBLIC_BYTES));
    assert_int_equal(crypto_box_seal_open(opened, whole, sizeof(whole), mine.public_key.bytes, mine.secret), 0);
    assert_memory_equal(opened, key, sizeof(key));
    assert_int_equal(crypto_box_seal(whole, key, sizeof(key), mine.public_key.bytes), 0);
    memset(opened, 0, sizeof(opened));
    assert_true(ga_seal_open(&mine, whole, whole + GA_SEAL_PUBLIC_BYTES, 1, opened));
    assert_memory_equal(opened, key, sizeof(key));
}

static void nothing_is_trusted_to_a_public_key_that_is_none(void **state)
{
    (void)state;
    struct ga_seal_public none = {{0}};
    uint8_t key[GA_SEAL_KEY_BYTES] = {1}, once[GA_SEAL_PUBLIC_BYTES], closed[GA_SEAL_CLOSED_BYTES];
    assert_false(ga_seal_close(ga_crypt_random(), &none, 1, key, once, closed));
}

static void the_secret_restores_the_pair(void **state)
{
    (void)state;
    struct ga_seal_key made, restored;
    ga_seal_key_make(ga_crypt_random(), &made);
    ga_seal_key_restore(made.secret, &restored);
    assert_memory_equal(&made, &restored, sizeof(made));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_holder_takes_the_key_out),
        cmocka_unit_test(nobody_else_does),
        cmocka_unit_test(a_changed_bit_is_noticed),
        cmocka_unit_test(for_one_holder_it_is_libsodiums_own_form),
        cmocka_unit_test(nothing_is_trusted_to_a_public_key_that_is_none),
        cmocka_unit_test(the_secret_restores_the_pair),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
