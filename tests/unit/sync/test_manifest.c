/* What a bundle says about itself is read as it was written: what sync/manifest.h promises. */
#include "history.h"

#include "guanai/crypt/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Three sites, one of them with a fork, one with a gap; two introductions. */
static struct ga_have RUNS[] = {
    {{{1}}, 1, 300, {{0x11}}}, {{{2}}, 1, 40, {{0x21}}}, {{{2}}, 41, 41, {{0x22}}}, {{{2}}, 41, 55, {{0x23}}},
    {{{3}}, 1, 9, {{0x31}}},   {{{3}}, 12, UINT64_MAX, {{0x32}}},
};
static uint64_t BUNDLES[] = {80, 95, 95, 110, 300};
static struct ga_peer PEERS[] = {
    {.id = {{9}}, .key = {{8}}, .by = GA_SITE_ENROLLED, .introducer = {{1}}, .signature = {{7}}, .label = "石桥教学点"},
    {.id = {{10}}, .key = {{6}}, .by = GA_SITE_RENEWED, .introducer = {{9}}, .seq = 70000, .head = {{5}},
     .signature = {{4}}, .label = ""},
};

static struct ga_manifest sample(void)
{
    return (struct ga_manifest){.is_complete = true, .label = "中心校", .number = 15, .local_day = 20778,
        .bundles = BUNDLES, .bundles_count = 5, .runs = RUNS, .runs_count = 6, .introductions = PEERS,
        .introductions_count = 2};
}

static enum ga_rc encode(const struct ga_manifest *manifest, struct ga_str *out)
{
    ga_str_clear(out);
    return ga_manifest_encode(manifest, out, NULL);
}

static void what_was_written_is_read(void **state)
{
    (void)state;
    struct ga_str bytes = {0};
    struct ga_arena arena;
    struct ga_manifest manifest = sample(), got;
    ga_arena_init(&arena);
    assert_int_equal(encode(&manifest, &bytes), GA_OK);
    assert_int_equal(ga_manifest_decode(bytes.data, bytes.len, &arena, &got, NULL), GA_OK);
    assert_true(got.is_complete && !got.is_clock_in_doubt);
    assert_string_equal(got.label, "中心校");
    assert_int_equal(got.number, 15);
    assert_int_equal(got.local_day, 20778);
    assert_int_equal(got.bundles_count, 5);
    assert_memory_equal(got.bundles, BUNDLES, sizeof(BUNDLES));
    assert_int_equal(got.runs_count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_memory_equal(&got.runs[i], &RUNS[i], sizeof(RUNS[i]));
    assert_int_equal(got.introductions_count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_memory_equal(&got.introductions[i], &PEERS[i], sizeof(PEERS[i]));
    ga_arena_finish(&arena);
    ga_str_finish(&bytes);
}

static void a_receiver_and_what_was_taken_in_are_read(void **state)
{
    (void)state;
    static const struct ga_manifest_taken TAKEN[] = {{{{1}}, 7}, {{{2}}, 300}};
    const struct ga_manifest_taken falling[] = {TAKEN[1], TAKEN[0]}, none = {{{1}}, 0};
    struct ga_str bytes = {0};
    struct ga_arena arena;
    struct ga_manifest manifest = sample(), got;
    ga_arena_init(&arena);
    for (int i = 1; i < 4; i++) { /* one of them, the other, both */
        manifest.has_receiver = (i & 1) != 0;
        manifest.receiver = (struct ga_uuid){{(uint8_t)(i & 1), 9}};
        manifest.taken = TAKEN;
        manifest.taken_count = (i & 2) != 0 ? 2 : 0;
        assert_int_equal(encode(&manifest, &bytes), GA_OK);
        assert_int_equal(bytes.data[1], GA_MANIFEST_FORMAT_LIMITED);
        assert_int_equal(ga_manifest_decode(bytes.data, bytes.len, &arena, &got, NULL), GA_OK);
        assert_int_equal(got.has_receiver, manifest.has_receiver);
        assert_int_equal(got.receiver.bytes[0], i & 1);
        assert_int_equal(got.taken_count, manifest.taken_count);
        assert_memory_equal(got.taken, TAKEN, got.taken_count * sizeof(*TAKEN));
        for (size_t cut = 0; cut < bytes.len; cut++)
            assert_int_not_equal(ga_manifest_decode(bytes.data, cut, &arena, &got, NULL), GA_OK);
    }
    manifest.taken = falling;
    assert_int_equal(encode(&manifest, &bytes), GA_REFUSED);
    manifest.taken = &none;
    manifest.taken_count = 1;
    assert_int_equal(encode(&manifest, &bytes), GA_REFUSED);
    ga_arena_finish(&arena);
    ga_str_finish(&bytes);
}

/* It is the only way to write it, so what is read from changed bytes is written as them. */
static void there_is_one_encoding_only(void **state)
{
    (void)state;
    struct ga_str bytes = {0}, again = {0};
    struct ga_arena arena;
    struct ga_manifest manifest = sample(), got;
    ga_arena_init(&arena);
    assert_int_equal(encode(&manifest, &bytes), GA_OK);
    for (size_t bit = 0; bit < 8 * bytes.len; bit++) {
        bytes.data[bit / 8] ^= (char)(1 << bit % 8);
        enum ga_rc rc = ga_manifest_decode(bytes.data, bytes.len, &arena, &got, NULL);
        if (rc == GA_OK) {
            assert_int_equal(encode(&got, &again), GA_OK);
            assert_int_equal(again.len, bytes.len);
            assert_memory_equal(again.data, bytes.data, bytes.len);
        } else {
            assert_true(rc == GA_DAMAGED || rc == GA_REFUSED);
        }
        bytes.data[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t len = 0; len < bytes.len; len++)
        assert_int_equal(ga_manifest_decode(bytes.data, len, &arena, &got, NULL), GA_DAMAGED);
    ga_str_add_char(&bytes, 0);
    assert_int_equal(ga_manifest_decode(bytes.data, bytes.len, &arena, &got, NULL), GA_DAMAGED);
    ga_arena_finish(&arena);
    ga_str_finish(&bytes);
    ga_str_finish(&again);
}

static void what_it_cannot_hold_is_refused(void **state)
{
    (void)state;
    struct ga_str bytes = {0};
    struct ga_manifest manifest = sample();
    struct ga_have unordered[2] = {RUNS[4], RUNS[0]}, empty = {{{1}}, 5, 4, {{1}}};
    uint64_t falling[2] = {9, 8};
    struct ga_peer own = {.by = GA_SITE_OWN};
    char label[GA_SITE_LABEL_MAX + 2];
    memset(label, 'x', sizeof(label));
    label[GA_SITE_LABEL_MAX + 1] = '\0';
    const struct ga_manifest WRONG[] = {
        {.label = label, .number = 1, .bundles = BUNDLES, .bundles_count = 1},
        {.label = "\xff", .number = 1, .bundles = BUNDLES, .bundles_count = 1},
        {.label = "", .number = 1, .bundles = BUNDLES, .bundles_count = 2}, /* more than it made */
        {.label = "", .number = 1, .bundles = BUNDLES, .bundles_count = 0},
        {.label = "", .number = 9, .bundles = falling, .bundles_count = 2},
        {.label = "", .number = 1, .bundles = BUNDLES, .bundles_count = 1, .runs = unordered, .runs_count = 2},
        {.label = "", .number = 1, .bundles = BUNDLES, .bundles_count = 1, .runs = &empty, .runs_count = 1},
        {.label = "", .number = 1, .bundles = BUNDLES, .bundles_count = 1, .introductions = &own,
         .introductions_count = 1},
        {.label = "", .number = 1, .bundles = BUNDLES, .bundles_count = 1, .local_day = 4000000},
    };
    for (size_t i = 0; i < sizeof(WRONG) / sizeof(*WRONG); i++)
        assert_int_equal(encode(&WRONG[i], &bytes), GA_REFUSED);
    assert_int_equal(bytes.len, 0);
    assert_int_equal(encode(&manifest, &bytes), GA_OK);
    bytes.data[1] = 3; /* its format */
    struct ga_arena arena;
    ga_arena_init(&arena);
    assert_int_equal(ga_manifest_decode(bytes.data, bytes.len, &arena, &manifest, NULL), GA_REFUSED);
    ga_arena_finish(&arena);
    ga_str_finish(&bytes);
}

static void assert_gap(uint64_t first_seq, uint64_t last_seq, uint64_t first, uint64_t last, bool is_older)
{
    struct ga_manifest manifest = sample();
    struct ga_manifest_gap gap = {0};
    assert_int_equal(ga_manifest_gap(&manifest, first_seq, last_seq, &gap), first > 0);
    assert_int_equal(gap.first, first);
    assert_int_equal(gap.last, last);
    assert_int_equal(gap.is_older, is_older);
}

/* Bundles 11 … 15 ended at 80, 95, 95, 110, 300. */
static void missing_transactions_are_told_by_the_bundles_that_brought_them(void **state)
{
    (void)state;
    assert_gap(81, 110, 12, 14, false); /* 13 brought nothing of its own, but lies between */
    assert_gap(96, 96, 14, 14, false);
    assert_gap(95, 95, 12, 12, false);
    assert_gap(60, 85, 11, 12, true);
    assert_gap(111, 120, 0, 0, false); /* in this very bundle */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(a_receiver_and_what_was_taken_in_are_read),
        cmocka_unit_test(there_is_one_encoding_only),
        cmocka_unit_test(what_it_cannot_hold_is_refused),
        cmocka_unit_test(missing_transactions_are_told_by_the_bundles_that_brought_them),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
