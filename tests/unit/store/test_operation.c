/* An operation has one encoding: what store/operation.h promises. */
#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t SALT[GA_OPERATION_SALT_BYTES] = {1, 2, 3};

static void any_operation_survives_decoding_and_encoding(void **state)
{
    (void)state;
    uint64_t seed = 5;
    struct ga_random random = ga_random_seeded(&seed);
    for (int i = 0; i < 2000; i++) {
        struct ga_arena arena;
        struct ga_str bytes = {0}, again = {0};
        struct ga_operation op, read;
        ga_arena_init(&arena);
        sample_any(&op, &arena, &random);
        sample_encode(&op, &bytes);
        assert_int_equal(ga_operation_decode(bytes.data, bytes.len, &arena, &read, NULL), GA_OK);
        sample_encode(&read, &again);
        assert_int_equal(bytes.len, again.len);
        assert_memory_equal(bytes.data, again.data, bytes.len);
        ga_str_finish(&bytes);
        ga_str_finish(&again);
        ga_arena_finish(&arena);
    }
}

static void assert_refused_or_canonical(const struct ga_str *bytes, const struct ga_hash *leaf)
{
    struct ga_arena arena;
    struct ga_operation read;
    struct ga_str again = {0};
    struct ga_hash other;
    ga_arena_init(&arena);
    if (ga_operation_decode(bytes->data, bytes->len, &arena, &read, NULL) == GA_OK && !read.is_opaque) {
        sample_encode(&read, &again);
        assert_int_equal(bytes->len, again.len);
        assert_memory_equal(bytes->data, again.data, bytes->len);
    }
    ga_operation_leaf(SALT, bytes->data, bytes->len, &other);
    assert_false(ga_hash_equal(leaf, &other));
    ga_str_finish(&again);
    ga_arena_finish(&arena);
}

static void every_flipped_bit_is_refused_or_another_operation(void **state)
{
    (void)state;
    uint64_t seed = 6;
    struct ga_random random = ga_random_seeded(&seed);
    for (int i = 0; i < 6; i++) {
        struct ga_arena arena;
        struct ga_str bytes = {0};
        struct ga_operation op;
        struct ga_hash leaf;
        ga_arena_init(&arena);
        sample_any(&op, &arena, &random);
        sample_encode(&op, &bytes);
        ga_operation_leaf(SALT, bytes.data, bytes.len, &leaf);
        for (size_t bit = 0; bit < bytes.len * 8; bit++) {
            bytes.data[bit / 8] ^= (char)(1 << (bit % 8));
            assert_refused_or_canonical(&bytes, &leaf);
            bytes.data[bit / 8] ^= (char)(1 << (bit % 8));
        }
        ga_str_finish(&bytes);
        ga_arena_finish(&arena);
    }
}

static void every_cut_operation_is_refused(void **state)
{
    (void)state;
    uint64_t seed = 7;
    struct ga_random random = ga_random_seeded(&seed);
    struct ga_arena arena;
    struct ga_str bytes = {0};
    struct ga_operation op, read;
    ga_arena_init(&arena);
    sample_roster(&op, &arena, &random, 0);
    sample_encode(&op, &bytes);
    for (size_t len = 0; len < bytes.len; len++)
        assert_int_equal(ga_operation_decode(bytes.data, len, &arena, &read, NULL), GA_DAMAGED);
    ga_str_add_char(&bytes, '\0');
    assert_int_equal(ga_operation_decode(bytes.data, bytes.len, &arena, &read, NULL), GA_DAMAGED);
    ga_str_finish(&bytes);
    ga_arena_finish(&arena);
}

static void a_later_format_is_kept_as_bytes(void **state)
{
    (void)state;
    struct ga_arena arena;
    struct ga_operation read;
    ga_arena_init(&arena);
    assert_int_equal(ga_operation_decode("\x09whatever", 9, &arena, &read, NULL), GA_OK);
    assert_true(read.is_opaque);
    assert_int_equal(read.format, 9);
    assert_int_equal(ga_operation_decode("\x82\x00", 2, &arena, &read, NULL), GA_DAMAGED);
    assert_int_equal(ga_operation_header_bytes("\x09whatever", 9), 9);
    ga_arena_finish(&arena);
}

static enum ga_rc encode_one(const char *group, const char *id, struct ga_operation_value value)
{
    struct ga_arena arena;
    uint64_t seed = 8;
    struct ga_random random = ga_random_seeded(&seed);
    struct ga_str out = {0};
    struct ga_operation op;
    ga_arena_init(&arena);
    sample_roster(&op, &arena, &random, 0);
    struct ga_operation_field field = {id, value};
    struct ga_operation_group one = {.id = group, .fields = &field, .fields_count = 1};
    op.groups = &one;
    op.groups_count = 1;
    ga_str_add(&out, "before");
    enum ga_rc rc = ga_operation_encode(&op, &out, NULL);
    if (rc != GA_OK)
        assert_string_equal(ga_str_text(&out), "before");
    ga_str_finish(&out);
    ga_arena_finish(&arena);
    return rc;
}

static void what_has_no_canonical_form_is_not_written(void **state)
{
    (void)state;
    static const char *const bad_decimals[] = {"", "-", "1.", "1.0", "01", "-0", "+1", ".5", "1e3", "1.50"};
    static const char *const bad_ids[] = {"", "A", "1a", "__a", "a-b", "siblings/1", "a b"};
    struct ga_operation_value clear = {.kind = GA_OPERATION_CLEAR};
    assert_int_equal(encode_one("name", "name", clear), GA_OK);
    for (size_t i = 0; i < sizeof(bad_ids) / sizeof(bad_ids[0]); i++) {
        assert_int_equal(encode_one(bad_ids[i], "name", clear), GA_REFUSED);
        assert_int_equal(encode_one("name", bad_ids[i], clear), GA_REFUSED);
    }
    for (size_t i = 0; i < sizeof(bad_decimals) / sizeof(bad_decimals[0]); i++) {
        struct ga_operation_value value = {GA_OPERATION_DECIMAL, 0, bad_decimals[i], strlen(bad_decimals[i])};
        assert_int_equal(encode_one("name", "name", value), GA_REFUSED);
    }
    struct ga_operation_value no_text = {GA_OPERATION_TEXT, 0, "\xff", 1};
    struct ga_operation_value empty = {GA_OPERATION_TEXT, 0, "", 0};
    struct ga_operation_value too_long = {GA_OPERATION_TEXT, 0, "a", GA_OPERATION_TEXT_MAX + 1};
    assert_int_equal(encode_one("name", "name", no_text), GA_REFUSED);
    assert_int_equal(encode_one("name", "name", empty), GA_REFUSED);
    assert_int_equal(encode_one("name", "name", too_long), GA_TOO_BIG);
}

/* Groups with as many fields each, all of the same text; asserts that what can be written can be read. */
static enum ga_rc round_trip(size_t groups_count, size_t fields_count, size_t text_len)
{
    struct ga_arena arena;
    struct ga_operation op = {.kind = GA_OPERATION_PUT, .form = "child", .form_version = 1, .user = "a"};
    struct ga_operation read;
    struct ga_str bytes = {0};
    ga_arena_init(&arena);
    struct ga_operation_group *groups = ga_arena_array(&arena, groups_count, sizeof(*groups));
    struct ga_operation_field *fields = ga_arena_array(&arena, fields_count, sizeof(*fields));
    char *text = ga_arena_alloc(&arena, text_len + 1);
    memset(text, 'x', text_len);
    for (size_t i = 0; i < fields_count; i++) {
        fields[i].id = ga_arena_printf(&arena, "f%06zu", i);
        fields[i].value = (struct ga_operation_value){GA_OPERATION_TEXT, 0, text, text_len};
    }
    for (size_t i = 0; i < groups_count; i++)
        groups[i] = (struct ga_operation_group){.id = ga_arena_printf(&arena, "g%06zu", i), .fields = fields,
                                                .fields_count = fields_count};
    op.groups = groups;
    op.groups_count = groups_count;
    enum ga_rc rc = ga_operation_encode(&op, &bytes, NULL);
    assert_true(rc == GA_OK || bytes.len == 0);
    if (rc == GA_OK)
        assert_int_equal(ga_operation_decode(bytes.data, bytes.len, &arena, &read, NULL), GA_OK);
    ga_str_finish(&bytes);
    ga_arena_finish(&arena);
    return rc;
}

static void the_bounds_are_kept_to_the_last_one(void **state)
{
    (void)state;
    assert_int_equal(round_trip(0, 1, 1), GA_REFUSED);
    assert_int_equal(round_trip(1, 0, 1), GA_REFUSED);
    assert_int_equal(round_trip(GA_OPERATION_GROUPS_MAX, 1, 1), GA_OK);
    assert_int_equal(round_trip(GA_OPERATION_GROUPS_MAX + 1, 1, 1), GA_TOO_BIG);
    assert_int_equal(round_trip(1, GA_OPERATION_FIELDS_MAX, 1), GA_OK);
    assert_int_equal(round_trip(1, GA_OPERATION_FIELDS_MAX + 1, 1), GA_TOO_BIG);
    assert_int_equal(round_trip(2, GA_OPERATION_FIELDS_MAX / 2 + 1, 1), GA_TOO_BIG);
    assert_int_equal(round_trip(15, 1, GA_OPERATION_TEXT_MAX), GA_OK);
    assert_int_equal(round_trip(16, 1, GA_OPERATION_TEXT_MAX), GA_TOO_BIG); /* longer than 1 MiB */
}

static void an_operation_longer_than_a_mebibyte_is_not_read(void **state)
{
    (void)state;
    struct ga_arena arena;
    struct ga_operation read;
    struct ga_str bytes = {0};
    ga_arena_init(&arena);
    ga_str_reserve(&bytes, GA_OPERATION_BYTES_MAX + 1);
    memset(bytes.data, 9, GA_OPERATION_BYTES_MAX + 1); /* a later format */
    size_t most = GA_OPERATION_BYTES_MAX;
    assert_int_equal(ga_operation_decode(bytes.data, most, &arena, &read, NULL), GA_OK);
    assert_int_equal(ga_operation_decode(bytes.data, most + 1, &arena, &read, NULL), GA_TOO_BIG);
    ga_str_finish(&bytes);
    ga_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_operation_survives_decoding_and_encoding),
        cmocka_unit_test(every_flipped_bit_is_refused_or_another_operation),
        cmocka_unit_test(every_cut_operation_is_refused),
        cmocka_unit_test(a_later_format_is_kept_as_bytes),
        cmocka_unit_test(the_bounds_are_kept_to_the_last_one),
        cmocka_unit_test(an_operation_longer_than_a_mebibyte_is_not_read),
        cmocka_unit_test(what_has_no_canonical_form_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
