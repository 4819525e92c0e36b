/* A chain is signed and its forks are seen: what store/transaction.h promises. */
#include "guanai/store/transaction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct signed_link {
    struct ga_transaction transaction;
    struct ga_str bytes;
    struct ga_hash hash;
    struct ga_signature signature;
};

static void sign(struct signed_link *link, uint64_t seq, const struct ga_hash *previous,
                 const struct ga_sign_key *key, uint32_t count)
{
    *link = (struct signed_link){.transaction = {.site = {{9}}, .seq = seq, .root = {{4}}, .count = count,
                                                 .local_day = 20778, .utc_offset_min = 480}};
    if (previous != NULL)
        link->transaction.previous = *previous;
    enum ga_rc rc =
        ga_transaction_sign(&link->transaction, key, &link->bytes, &link->hash, &link->signature, NULL);
    assert_int_equal(rc, GA_OK);
}

static enum ga_rc verify(const struct signed_link *link, const struct ga_sign_key *key,
                         struct ga_transaction *ret_read, struct ga_hash *ret_hash)
{
    return ga_transaction_verify(link->bytes.data, link->bytes.len, &link->signature, &key->public_key,
                                 ret_read, ret_hash, NULL);
}

static enum ga_chain relation(const struct signed_link *a, const struct signed_link *b)
{
    return ga_transaction_relation((struct ga_link){&a->transaction, &a->hash},
                                   (struct ga_link){&b->transaction, &b->hash});
}

static void a_chain_is_followed_and_a_fork_is_seen(void **state)
{
    (void)state;
    struct ga_sign_key key;
    struct signed_link first, second, third, twin, stranger;
    ga_sign_key_restore((const uint8_t[GA_SIGN_SEED_BYTES]){1}, &key);
    sign(&first, 1, NULL, &key, 1);
    sign(&second, 2, &first.hash, &key, 2);
    sign(&third, 3, &second.hash, &key, 3);
    sign(&twin, 2, &first.hash, &key, 7);
    sign(&stranger, 3, &twin.hash, &key, 1);
    assert_int_equal(relation(&first, &second), GA_CHAIN_NEXT);
    assert_int_equal(relation(&first, &third), GA_CHAIN_LATER);
    assert_int_equal(relation(&third, &first), GA_CHAIN_EARLIER);
    assert_int_equal(relation(&second, &second), GA_CHAIN_SAME);
    assert_int_equal(relation(&second, &twin), GA_CHAIN_FORK);
    assert_int_equal(relation(&second, &stranger), GA_CHAIN_FORK);
    stranger.transaction.site.bytes[0] = 1;
    assert_int_equal(relation(&second, &stranger), GA_CHAIN_OTHER_SITE);
    struct signed_link *all[] = {&first, &second, &third, &twin, &stranger};
    for (size_t i = 0; i < 5; i++)
        ga_str_finish(&all[i]->bytes);
}

static void no_flipped_bit_passes_the_signature(void **state)
{
    (void)state;
    struct ga_sign_key key;
    struct signed_link link;
    struct ga_transaction read;
    struct ga_hash hash;
    ga_sign_key_restore((const uint8_t[GA_SIGN_SEED_BYTES]){1}, &key);
    sign(&link, 1, NULL, &key, 300);
    assert_int_equal(verify(&link, &key, &read, &hash), GA_OK);
    assert_true(ga_hash_equal(&hash, &link.hash));
    assert_int_equal(read.count, 300);
    for (size_t bit = 0; bit < link.bytes.len * 8; bit++) {
        link.bytes.data[bit / 8] ^= (char)(1 << (bit % 8));
        assert_int_not_equal(verify(&link, &key, &read, &hash), GA_OK);
        link.bytes.data[bit / 8] ^= (char)(1 << (bit % 8));
    }
    for (size_t len = 0; len < link.bytes.len; len++)
        assert_int_equal(ga_transaction_decode(link.bytes.data, len, &read, NULL), GA_DAMAGED);
    ga_str_finish(&link.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_is_followed_and_a_fork_is_seen),
        cmocka_unit_test(no_flipped_bit_passes_the_signature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
