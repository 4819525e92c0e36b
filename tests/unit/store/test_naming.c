/* What tells who somebody is can be left out of an operation, and the rest is still bound: store/naming.h. */
#include "sample.h"

#include "guanai/store/naming.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t SALT[GA_OPERATION_SALT_BYTES] = {4, 5, 6};

/* Marks every third value; at least one. The arrays are the arena's. */
static void mark_some(struct ga_operation *op, unsigned seed)
{
    unsigned i = seed;
    for (size_t g = 0; g < op->groups_count; g++)
        for (size_t f = 0; f < op->groups[g].fields_count; f++, i++)
            ((struct ga_operation_field *)&op->groups[g].fields[f])->value.is_naming = i % 3 == 0;
    ((struct ga_operation_field *)op->groups[0].fields)->value.is_naming = true;
}

struct made {
    struct ga_arena arena;
    struct ga_str whole, nameless;
    uint8_t open_salt[GA_OPERATION_SALT_BYTES];
    struct ga_operation op, read;
};

static void make(struct made *made, const struct ga_random *random, unsigned seed)
{
    *made = (struct made){.read = {.format = 0}};
    sample_any(&made->op, &made->arena, random);
    mark_some(&made->op, seed);
    sample_encode(&made->op, &made->whole);
    ga_naming_withhold(SALT, made->whole.data, made->whole.len, made->open_salt, &made->nameless);
}

static void drop(struct made *made)
{
    ga_arena_finish(&made->arena);
    ga_str_finish(&made->whole);
    ga_str_finish(&made->nameless);
}

static void names_survive_encoding_and_decoding(void **state)
{
    (void)state;
    uint64_t seed = 31;
    struct ga_random random = ga_random_seeded(&seed);
    for (unsigned i = 0; i < 1000; i++) {
        struct made made;
        struct ga_str again = {0};
        make(&made, &random, i);
        assert_int_equal(made.whole.data[0], GA_NAMING_FORMAT);
        assert_int_equal(ga_operation_decode(made.whole.data, made.whole.len, &made.arena, &made.read, NULL), GA_OK);
        sample_encode(&made.read, &again);
        assert_int_equal(again.len, made.whole.len);
        assert_memory_equal(again.data, made.whole.data, again.len);
        ga_str_clear(&again);
        assert_int_equal(ga_operation_decode(made.nameless.data, made.nameless.len, &made.arena, &made.read, NULL), GA_OK);
        assert_true(made.read.is_nameless);
        sample_encode(&made.read, &again);
        assert_int_equal(again.len, made.nameless.len);
        assert_memory_equal(again.data, made.nameless.data, again.len);
        ga_str_finish(&again);
        drop(&made);
    }
}

static void both_have_one_name_and_differ_in_salt(void **state)
{
    (void)state;
    uint64_t seed = 32;
    struct ga_random random = ga_random_seeded(&seed);
    for (unsigned i = 0; i < 200; i++) {
        struct made made;
        struct ga_hash whole, nameless;
        make(&made, &random, i);
        ga_operation_leaf(SALT, made.whole.data, made.whole.len, &whole);
        ga_operation_leaf(made.open_salt, made.nameless.data, made.nameless.len, &nameless);
        assert_true(ga_hash_equal(&whole, &nameless));
        assert_memory_not_equal(SALT, made.open_salt, sizeof(SALT));
        ga_operation_leaf(SALT, made.nameless.data, made.nameless.len, &nameless);
        assert_false(ga_hash_equal(&whole, &nameless));
        drop(&made);
    }
}

static void nothing_that_names_is_left(void **state)
{
    (void)state;
    static const char name[] = "欧阳锋的电话";
    uint64_t seed = 33;
    struct ga_random random = ga_random_seeded(&seed);
    struct made made;
    make(&made, &random, 0);
    ((struct ga_operation_field *)made.op.groups[0].fields)->value =
        (struct ga_operation_value){.kind = GA_OPERATION_TEXT, .text = name, .text_len = strlen(name), .is_naming = true};
    ga_str_clear(&made.whole);
    ga_str_clear(&made.nameless);
    sample_encode(&made.op, &made.whole);
    ga_naming_withhold(SALT, made.whole.data, made.whole.len, made.open_salt, &made.nameless);
    assert_non_null(memmem(made.whole.data, made.whole.len, name, strlen(name)));
    assert_null(memmem(made.nameless.data, made.nameless.len, name, strlen(name)));
    assert_int_equal(ga_operation_decode(made.nameless.data, made.nameless.len, &made.arena, &made.read, NULL), GA_OK);
    for (size_t g = 0; g < made.read.groups_count; g++)
        for (size_t f = 0; f < made.read.groups[g].fields_count; f++) {
            const struct ga_operation_value *value = &made.read.groups[g].fields[f].value;
            assert_int_equal(value->kind == GA_OPERATION_WITHHELD, value->is_naming);
        }
    drop(&made);
}

/* As it is here, or with any bit turned: another name, or none. */
static void assert_other(const uint8_t *salt, const struct ga_str *bytes, const struct ga_hash *leaf)
{
    struct ga_arena arena = {0};
    struct ga_operation read;
    struct ga_str again = {0};
    struct ga_hash other;
    if (ga_operation_decode(bytes->data, bytes->len, &arena, &read, NULL) == GA_OK && !read.is_opaque) {
        sample_encode(&read, &again);
        assert_int_equal(bytes->len, again.len);
        assert_memory_equal(bytes->data, again.data, bytes->len);
    }
    ga_operation_leaf(salt, bytes->data, bytes->len, &other);
    assert_false(ga_hash_equal(leaf, &other));
    ga_str_finish(&again);
    ga_arena_finish(&arena);
}

static void turn_every_bit(const uint8_t *salt, struct ga_str *bytes)
{
    struct ga_hash leaf;
    ga_operation_leaf(salt, bytes->data, bytes->len, &leaf);
    for (size_t bit = 0; bit < bytes->len * 8; bit++) {
        bytes->data[bit / 8] ^= (char)(1 << (bit % 8));
        assert_other(salt, bytes, &leaf);
        bytes->data[bit / 8] ^= (char)(1 << (bit % 8));
    }
}

static void an_altered_part_is_refused_or_another_operation(void **state)
{
    (void)state;
    uint64_t seed = 34;
    struct ga_random random = ga_random_seeded(&seed);
    for (unsigned i = 0; i < 4; i++) {
        struct made made;
        make(&made, &random, i);
        turn_every_bit(SALT, &made.whole);
        turn_every_bit(made.open_salt, &made.nameless);
        drop(&made);
    }
}

static void every_cut_operation_is_refused(void **state)
{
    (void)state;
    uint64_t seed = 35;
    struct ga_random random = ga_random_seeded(&seed);
    struct made made;
    make(&made, &random, 1);
    for (int k = 0; k < 2; k++) {
        struct ga_str *bytes = k == 0 ? &made.whole : &made.nameless;
        for (size_t len = 0; len < bytes->len; len++) {
            char *exact = malloc(len > 0 ? len : 1); /* reads past the end are found */
            struct ga_hash leaf;
            memcpy(exact, bytes->data, len);
            assert_int_equal(ga_operation_decode(exact, len, &made.arena, &made.read, NULL), GA_DAMAGED);
            ga_operation_leaf(SALT, exact, len, &leaf);
            free(exact);
        }
        ga_str_add_char(bytes, '\0');
        assert_int_equal(ga_operation_decode(bytes->data, bytes->len, &made.arena, &made.read, NULL), GA_DAMAGED);
    }
    drop(&made);
}

static void what_names_nobody_is_written_as_before(void **state)
{
    (void)state;
    uint64_t seed = 36;
    struct ga_random random = ga_random_seeded(&seed);
    struct ga_arena arena = {0};
    struct ga_str bytes = {0};
    struct ga_operation op;
    sample_any(&op, &arena, &random);
    sample_encode(&op, &bytes);
    assert_int_equal(bytes.data[0], 1);
    assert_false(ga_naming_is_parted(bytes.data, bytes.len));
    ga_str_finish(&bytes);
    ga_arena_finish(&arena);
}

static void a_value_is_withheld_from_a_nameless_operation_alone(void **state)
{
    (void)state;
    uint64_t seed = 37;
    struct ga_random random = ga_random_seeded(&seed);
    struct made made;
    struct ga_str out = {0};
    make(&made, &random, 1);
    made.op.is_nameless = true; /* but its values are there */
    assert_int_equal(ga_operation_encode(&made.op, &out, NULL), GA_REFUSED);
    made.op.is_nameless = false;
    ((struct ga_operation_field *)made.op.groups[0].fields)->value.kind = GA_OPERATION_WITHHELD;
    assert_int_equal(ga_operation_encode(&made.op, &out, NULL), GA_REFUSED);
    ga_str_finish(&out);
    drop(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_survive_encoding_and_decoding),
        cmocka_unit_test(both_have_one_name_and_differ_in_salt),
        cmocka_unit_test(nothing_that_names_is_left),
        cmocka_unit_test(an_altered_part_is_refused_or_another_operation),
        cmocka_unit_test(every_cut_operation_is_refused),
        cmocka_unit_test(what_names_nobody_is_written_as_before),
        cmocka_unit_test(a_value_is_withheld_from_a_nameless_operation_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
