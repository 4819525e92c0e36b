/* Packing loaded structs, reading back whatever the bytes have become. */
#include "guanai/yaml/pack.h"

#include "guanai/base/alloc.h"
#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct packed {
    struct ga_arena arena;
    struct ga_problems problems;
    struct sample sample;
    struct ga_str bytes;
};

static void pack(struct packed *packed, const char *text)
{
    memset(packed, 0, sizeof(*packed));
    ga_arena_init(&packed->arena);
    ga_problems_init(&packed->problems);
    enum ga_rc rc = ga_yaml_load(&sample_schema, text, strlen(text), "a.yaml", &packed->arena,
                                 &packed->sample, &packed->problems);
    assert_int_equal(rc, GA_OK);
    ga_yaml_pack(&sample_schema, &packed->sample, &packed->bytes);
}

static void finish(struct packed *packed)
{
    ga_str_finish(&packed->bytes);
    ga_problems_finish(&packed->problems);
    ga_arena_finish(&packed->arena);
}

static enum ga_rc unpack(const char *bytes, size_t len, struct ga_arena *arena, struct sample *ret_sample)
{
    return ga_yaml_unpack(&sample_schema, bytes, len, arena, ret_sample, NULL);
}

static void comes_back_equal_in_every_member(void **state)
{
    (void)state;
    struct packed packed;
    struct sample again;
    struct ga_str bytes = {0};
    pack(&packed, sample_text);
    assert_int_equal(unpack(packed.bytes.data, packed.bytes.len, &packed.arena, &again), GA_OK);
    ga_yaml_pack(&sample_schema, &again, &bytes);
    assert_int_equal(bytes.len, packed.bytes.len);
    assert_memory_equal(bytes.data, packed.bytes.data, bytes.len);
    assert_string_equal(again.title.zh, "家访记录");
    assert_int_equal(again.paper->copies, 2);
    assert_int_equal(again.fields.items[0].relevant.at.line, 10);
    assert_string_equal(again.fields.items[1].fields.items[0].name, "age");
    assert_int_equal(again.fields.items[0].required, REQUIRED_TYPING);
    assert_string_equal(again.roles.items[0].may.items[1].text, "write");
    assert_string_equal(again.fill.items[0].value.text, "child.address");
    assert_string_equal(ga_yaml_get(again.extra->items[1], "a")->text, "b");
    ga_str_finish(&bytes);
    finish(&packed);
}

static void texts_are_borrowed_from_the_bytes(void **state)
{
    (void)state;
    struct packed packed;
    struct sample again;
    pack(&packed, sample_text);
    assert_int_equal(unpack(packed.bytes.data, packed.bytes.len, &packed.arena, &again), GA_OK);
    assert_true(again.form > packed.bytes.data && again.form < packed.bytes.data + packed.bytes.len);
    finish(&packed);
}

static void places_do_not_change_the_content(void **state)
{
    (void)state;
    struct packed one, other;
    struct ga_str one_content = {0}, other_content = {0};
    pack(&one, "form: a\nfields: [{name: b, relevant: c}]\n");
    pack(&other, "# moved\nfields:\n  - relevant: c\n    name: b\nform: a\n");
    ga_yaml_pack_content(&sample_schema, &one.sample, &one_content);
    ga_yaml_pack_content(&sample_schema, &other.sample, &other_content);
    assert_int_equal(one_content.len, other_content.len);
    assert_memory_equal(one_content.data, other_content.data, one_content.len);
    assert_true(one.bytes.len != other.bytes.len || memcmp(one.bytes.data, other.bytes.data, one.bytes.len) != 0);
    ga_str_finish(&one_content);
    ga_str_finish(&other_content);
    finish(&one);
    finish(&other);
}

static void every_flipped_bit_and_every_cut_is_noticed(void **state)
{
    (void)state;
    struct packed packed;
    struct ga_arena arena;
    struct sample again;
    ga_arena_init(&arena);
    pack(&packed, sample_text);
    for (size_t bit = 0; bit < packed.bytes.len * 8; bit++) {
        packed.bytes.data[bit / 8] ^= (char)(1 << bit % 8);
        assert_int_equal(unpack(packed.bytes.data, packed.bytes.len, &arena, &again), GA_DAMAGED);
        packed.bytes.data[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t len = 0; len < packed.bytes.len; len++)
        assert_int_equal(unpack(packed.bytes.data, len, &arena, &again), GA_DAMAGED);
    ga_arena_finish(&arena);
    finish(&packed);
}

/* The sum as pack.h's bytes carry it, to get past it with a damaged body. */
static uint64_t step_sum(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return sum ^ sum >> 32;
}

static void seal(char *bytes, size_t len)
{
    const unsigned char *body = (const unsigned char *)bytes + 24;
    size_t body_len = len - 24;
    uint64_t sum = step_sum(1, body_len), word = 0;
    for (size_t i = 0; i < body_len; i++) {
        word |= (uint64_t)body[i] << (8 * (i % 8));
        if (i % 8 == 7) {
            sum = step_sum(sum, word);
            word = 0;
        }
    }
    sum = step_sum(sum, word);
    for (int i = 0; i < 4; i++)
        bytes[12 + i] = (char)(body_len >> (8 * i) & 0xFF);
    for (int i = 0; i < 8; i++)
        bytes[16 + i] = (char)(sum >> (8 * i) & 0xFF);
}

/* Whoever can compute the sum still gets no crash, and memory in proportion to the bytes. */
static void forged_bodies_are_read_within_bounds(void **state)
{
    (void)state;
    struct packed packed;
    struct sample again;
    pack(&packed, sample_text);
    char *copy = ga_alloc(packed.bytes.len); /* exactly as long: reading past it is seen */
    size_t accepted = 0, refused = 0;
    for (size_t i = 24; i < packed.bytes.len; i++) {
        static const unsigned char values[] = {0, 1, 2, 0x7F, 0x80, 0xFF};
        for (size_t v = 0; v < sizeof(values); v++) {
            struct ga_arena arena;
            ga_arena_init(&arena);
            memcpy(copy, packed.bytes.data, packed.bytes.len);
            copy[i] = (char)values[v];
            seal(copy, packed.bytes.len);
            enum ga_rc rc = unpack(copy, packed.bytes.len, &arena, &again);
            assert_true(rc == GA_OK || rc == GA_DAMAGED);
            accepted += rc == GA_OK;
            refused += rc == GA_DAMAGED;
            assert_true(arena.total_bytes < 64 * packed.bytes.len);
            ga_arena_finish(&arena);
        }
    }
    assert_true(accepted > 0); /* the seal fits: a changed letter of a text is another text */
    assert_true(refused > accepted / 4);
    free(copy);
    finish(&packed);
}

static void another_shape_does_not_read_it(void **state)
{
    (void)state;
    struct packed packed;
    struct sample_paper paper;
    pack(&packed, sample_text);
    assert_int_equal(ga_yaml_unpack(&paper_schema, packed.bytes.data, packed.bytes.len, &packed.arena, &paper, NULL),
                     GA_DAMAGED);
    struct ga_yaml_row rows[3];
    memcpy(rows, paper_rows, sizeof(rows));
    struct ga_yaml_schema changed = paper_schema;
    changed.rows = rows;
    assert_true(ga_yaml_shape(&changed) == ga_yaml_shape(&paper_schema));
    rows[1].max = 10;
    assert_true(ga_yaml_shape(&changed) != ga_yaml_shape(&paper_schema));
    finish(&packed);
}

/* A key that joins a table: what is packed already is read on, what does not use it keeps its content. */
static void a_row_that_came_later_leaves_what_was_packed_before_readable(void **state)
{
    (void)state;
    struct late {
        const char *name;
        int64_t late;
        int64_t last;
    } in = {"a", 0, 7}, out;
    const struct ga_yaml_row before_rows[] = {ROW(late, "name", TEXT, name, ), ROW(late, "last", INTEGER, last, ), {0}};
    const struct ga_yaml_row after_rows[] = {ROW(late, "name", TEXT, name, ),
                                             ROW(late, "late", INTEGER, late, .since = GA_YAML_EDITION),
                                             ROW(late, "last", INTEGER, last, ), {0}};
    const struct ga_yaml_schema before = {"late", sizeof(struct late), before_rows, NULL};
    const struct ga_yaml_schema after = {"late", sizeof(struct late), after_rows, NULL};
    struct ga_arena arena = {0};
    struct ga_str old = {0}, new = {0}, content = {0}, old_content = {0};
    ga_yaml_pack(&before, &in, &old);
    ga_yaml_pack_content(&before, &in, &old_content);
    ga_yaml_pack_content(&after, &in, &content);
    assert_int_equal(content.len, old_content.len);
    assert_memory_equal(content.data, old_content.data, content.len);
    assert_int_equal(ga_yaml_unpack(&after, old.data, old.len, &arena, &out, NULL), GA_OK);
    assert_string_equal(out.name, "a");
    assert_int_equal(out.late, 0);
    assert_int_equal(out.last, 7);
    in.late = 3;
    ga_str_clear(&content);
    ga_yaml_pack(&after, &in, &new);
    ga_yaml_pack_content(&after, &in, &content);
    assert_true(content.len > old_content.len);
    assert_int_equal(ga_yaml_unpack(&after, new.data, new.len, &arena, &out, NULL), GA_OK);
    assert_int_equal(out.late, 3);
    assert_int_equal(ga_yaml_unpack(&before, new.data, new.len, &arena, &out, NULL), GA_DAMAGED);
    ga_str_finish(&old);
    ga_str_finish(&new);
    ga_str_finish(&content);
    ga_str_finish(&old_content);
    ga_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_equal_in_every_member),
        cmocka_unit_test(texts_are_borrowed_from_the_bytes),
        cmocka_unit_test(places_do_not_change_the_content),
        cmocka_unit_test(every_flipped_bit_and_every_cut_is_noticed),
        cmocka_unit_test(forged_bodies_are_read_within_bounds),
        cmocka_unit_test(another_shape_does_not_read_it),
        cmocka_unit_test(a_row_that_came_later_leaves_what_was_packed_before_readable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
