/* A signature holds for one key and one hash: what crypt/sign.h promises. */
#include "guanai/crypt/secret.h"
#include "guanai/crypt/sign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* RFC 8032 §7.1, test 1: the public key of a seed. */
static void a_seed_gives_the_public_key_of_the_standard(void **state)
{
    (void)state;
    struct ga_hash seed, expected;
    struct ga_sign_key key;
    assert_true(ga_hash_parse("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", &seed));
    assert_true(ga_hash_parse("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", &expected));
    ga_sign_key_restore(seed.bytes, &key);
    assert_memory_equal(key.public_key.bytes, expected.bytes, GA_SIGN_PUBLIC_BYTES);
}

static void a_signature_fits_its_own_key_and_hash_only(void **state)
{
    (void)state;
    struct ga_sign_key key, other;
    struct ga_signature signature;
    struct ga_hash hash = {{1, 2, 3}};
    ga_sign_key_make(ga_crypt_random(), &key);
    ga_sign_key_make(ga_crypt_random(), &other);
    ga_sign_hash(&key, &hash, &signature);
    assert_true(ga_sign_is_valid(&key.public_key, &hash, &signature));
    assert_false(ga_sign_is_valid(&other.public_key, &hash, &signature));
    hash.bytes[31] ^= 1;
    assert_false(ga_sign_is_valid(&key.public_key, &hash, &signature));
    hash.bytes[31] ^= 1;
    signature.bytes[0] ^= 1;
    assert_false(ga_sign_is_valid(&key.public_key, &hash, &signature));
}

static void wiping_leaves_nothing_of_a_key(void **state)
{
    (void)state;
    struct ga_sign_key key, empty;
    memset(&empty, 0, sizeof(empty));
    ga_sign_key_make(ga_crypt_random(), &key);
    assert_false(ga_crypt_is_equal(&key, &empty, sizeof(key)));
    ga_crypt_wipe(&key, sizeof(key));
    assert_true(ga_crypt_is_equal(&key, &empty, sizeof(key)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_gives_the_public_key_of_the_standard),
        cmocka_unit_test(a_signature_fits_its_own_key_and_hash_only),
        cmocka_unit_test(wiping_leaves_nothing_of_a_key),
    };
    return ga_crypt_start(NULL) != GA_OK || cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
