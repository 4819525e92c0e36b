/* A root can be had from any mix of leaves and subtrees: what store/merkle.h promises. */
#include "guanai/store/merkle.h"
#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MOST = 70 };

static void any_pruned_set_gives_the_same_root(void **state)
{
    (void)state;
    uint64_t seed = 9;
    struct ga_random random = ga_random_seeded(&seed);
    for (uint32_t count = 1; count <= MOST; count++) {
        struct ga_hash leaves[MOST], root, from_parts;
        bool is_shown[MOST];
        struct ga_vec parts;
        random.fill(random.ctx, leaves, sizeof(leaves));
        for (uint32_t i = 0; i < count; i++)
            is_shown[i] = ga_random_below(&random, 1 + count % 7) == 0;
        ga_vec_init(&parts, sizeof(struct ga_merkle_part));
        ga_merkle_prune(leaves, is_shown, count, &parts);
        ga_merkle_root_of(leaves, count, &root);
        assert_int_equal(ga_merkle_root_of_parts(parts.items, parts.len, count, &from_parts, NULL), GA_OK);
        assert_true(ga_hash_equal(&root, &from_parts));
        assert_int_equal(ga_merkle_root_of_parts(parts.items, parts.len - 1, count, &from_parts, NULL),
                         GA_DAMAGED);
        assert_int_equal(ga_merkle_root_of_parts(parts.items, parts.len, count + 1, &from_parts, NULL),
                         GA_DAMAGED);
        GA_VEC_AT(struct ga_merkle_part, &parts, parts.len / 2)->hash.bytes[0] ^= 1;
        assert_int_equal(ga_merkle_root_of_parts(parts.items, parts.len, count, &from_parts, NULL), GA_OK);
        assert_false(ga_hash_equal(&root, &from_parts));
        ga_vec_finish(&parts);
    }
}

static void a_proof_of_one_leaf_is_as_long_as_the_tree_is_deep(void **state)
{
    (void)state;
    struct ga_hash leaves[64] = {{{0}}};
    bool is_shown[64] = {[17] = true};
    struct ga_vec parts;
    ga_vec_init(&parts, sizeof(struct ga_merkle_part));
    ga_merkle_prune(leaves, is_shown, 64, &parts);
    assert_int_equal(parts.len, 7);
    ga_vec_finish(&parts);
}

static void order_and_number_of_leaves_change_the_root(void **state)
{
    (void)state;
    struct ga_hash leaves[3] = {{{1}}, {{2}}, {{2}}}, swapped[3] = {{{2}}, {{1}}, {{2}}}, a, b, c;
    ga_merkle_root_of(leaves, 3, &a);
    ga_merkle_root_of(leaves, 2, &b);
    ga_merkle_root_of(swapped, 3, &c);
    assert_false(ga_hash_equal(&a, &b));
    assert_false(ga_hash_equal(&a, &c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_pruned_set_gives_the_same_root),
        cmocka_unit_test(a_proof_of_one_leaf_is_as_long_as_the_tree_is_deep),
        cmocka_unit_test(order_and_number_of_leaves_change_the_root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
