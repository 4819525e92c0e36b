/* Hashes are BLAKE2b's: what crypt/hash.h promises. */
#include "guanai/crypt/hash.h"
#include "guanai/crypt/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_hash(const struct ga_hash *hash, const char *hex)
{
    char text[GA_HASH_TEXT_SIZE];
    assert_string_equal(ga_hash_text(hash, text), hex);
}

/* Expected values: Python's hashlib.blake2b(b"abc", digest_size=32[, person=b"guanai.leaf"]). */
static void plain_and_personal_hashes_are_those_of_python(void **state)
{
    (void)state;
    struct ga_hash hash;
    ga_hash_bytes("", "abc", 3, &hash);
    assert_hash(&hash, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    ga_hash_bytes("guanai.leaf", "abc", 3, &hash);
    assert_hash(&hash, "e96b55b002009e3c7689f201c0a63abf69c1d0af304300654f4d55ca66b67dce");
}

static void pieces_hash_like_the_whole(void **state)
{
    (void)state;
    char bytes[1000];
    memset(bytes, 'x', sizeof(bytes));
    struct ga_hash whole, pieces;
    ga_hash_bytes("p", bytes, sizeof(bytes), &whole);
    for (size_t piece = 1; piece < 400; piece += 37) {
        struct ga_hasher hasher;
        ga_hasher_start(&hasher, "p");
        for (size_t at = 0; at < sizeof(bytes); at += piece)
            ga_hasher_add(&hasher, bytes + at, piece < sizeof(bytes) - at ? piece : sizeof(bytes) - at);
        ga_hasher_finish(&hasher, &pieces);
        assert_true(ga_hash_equal(&whole, &pieces));
    }
}

static void a_node_may_overwrite_its_own_child(void **state)
{
    (void)state;
    struct ga_hash left = {{1}}, right = {{2}}, node;
    ga_hash_node("n", &left, &right, &node);
    ga_hash_node("n", &left, &right, &right);
    assert_true(ga_hash_equal(&node, &right));
    assert_false(ga_hash_is_zero(&node));
}

static void only_sixty_four_hex_digits_are_a_hash(void **state)
{
    (void)state;
    struct ga_hash hash = {{7}};
    char text[GA_HASH_TEXT_SIZE];
    assert_true(ga_hash_parse("00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff", &hash));
    assert_string_equal(ga_hash_text(&hash, text), "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    struct ga_hash before = hash;
    assert_false(ga_hash_parse("", &hash));
    assert_false(ga_hash_parse("00112233445566778899aabbccddeeff00112233445566778899aabbccddeef", &hash));
    assert_false(ga_hash_parse("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0", &hash));
    assert_false(ga_hash_parse("0g112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", &hash));
    assert_true(ga_hash_equal(&before, &hash));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_personal_hashes_are_those_of_python),
        cmocka_unit_test(pieces_hash_like_the_whole),
        cmocka_unit_test(a_node_may_overwrite_its_own_child),
        cmocka_unit_test(only_sixty_four_hex_digits_are_a_hash),
    };
    return ga_crypt_start(NULL) != GA_OK || cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
