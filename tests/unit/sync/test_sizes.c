/*
 * What a change costs on a stick, counted: 1,000 changed children of 100,000. A field, an operation, a
 * transaction are told apart by writing the same changes in different numbers. An operation has the moment of its
 * transaction, as saving gives it (test_sizes_saved.c).
 */
#include "history.h"

#include "guanai/crypt/secret.h"
#include "guanai/store/operation_order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { CHANGED = 1000, CHILDREN = 100000, FIELDS_MAX = 6 };

/* What one way to change things takes. */
struct cost {
    double columns, packed, drawn; /* compressible before and after; not compressible */
};

static const char *const NAMES[] = {"张小明", "李雨涵", "王梓萱", "刘浩然", "陈思远", "杨欣怡", "赵子轩", "黄诗琪"};
static const char *const PLACES[] = {"广东省东莞市", "浙江省宁波市", "江苏省苏州市", "贵州省遵义市"};
static const char *const CODES[] = {"grandmother_f", "mother", "uncle_m", "grandfather_m", "nobody"};
/* In the order of their ids. */
static const char *const FIELDS[FIELDS_MAX] = {"class", "father_phone", "father_workplace", "guardian_name",
                                               "guardian_phone", "guardian_relation"};

static uint32_t below(struct history *history, uint64_t bound)
{
    return (uint32_t)ga_random_below(&history->random, bound);
}

static const char *make_value(struct history *history, size_t field)
{
    char *phone = ga_arena_printf(&history->arena, "1%010llu",
                                  (unsigned long long)ga_random_below(&history->random, UINT64_C(10000000000)));
    const char *const values[FIELDS_MAX] = {"三年级(2)班", phone, PLACES[below(history, 4)], NAMES[below(history, 8)],
                                            phone, CODES[below(history, 5)]};
    return values[field];
}

/* `fields` fields of a child from one of four imports years apart, which the reader has. */
static void change_child(struct history *history, size_t fields, struct ga_operation *op)
{
    static const uint32_t first = 0;
    struct ga_uuid record;
    uint32_t child = below(history, CHILDREN), import = child % 4;
    history->random.fill(history->random.ctx, record.bytes, sizeof(record.bytes));
    memcpy(record.bytes, (uint8_t[]){0x01, (uint8_t)(0x90 + import), 0x33, (uint8_t)(child >> 12), (uint8_t)(child >> 4)}, 5);
    struct ga_hash *leaf = ga_arena_alloc(&history->arena, sizeof(*leaf));
    *leaf = history_refer(history, &(struct ga_place){history->sites[import].id, 2 + 300 * import, child / 4}, &record);
    struct ga_operation_group *groups = ga_arena_array(&history->arena, fields, sizeof(*groups));
    struct ga_operation_field *values = ga_arena_array(&history->arena, fields, sizeof(*values));
    size_t from = fields == FIELDS_MAX ? 0 : below(history, (uint64_t)(FIELDS_MAX - fields + 1));
    for (size_t i = 0; i < fields; i++) {
        const char *text = make_value(history, from + i);
        values[i] = (struct ga_operation_field){
            FIELDS[from + i], {.kind = GA_OPERATION_TEXT, .text = text, .text_len = strlen(text)}};
        groups[i] = (struct ga_operation_group){FIELDS[from + i], &first, 1, &values[i], 1};
    }
    const struct ga_transaction *end = &history->ends[3];
    *op = (struct ga_operation){.kind = GA_OPERATION_PUT, .protection = GA_OPERATION_ORDINARY, .record = record,
        .form = "child", .form_version = 3, .form_hash = {{0xF0, 0x12}}, .user = NAMES[below(history, 3)],
        .local_day = 20778 + (int32_t)(end->seq / 5), .local_ms = history->local_ms, .utc_offset_min = 480,
        .replaced = leaf, .replaced_count = 1, .groups = groups, .groups_count = fields};
}

/* CHANGED transactions of the fourth site, each of so many operations on so many fields. */
static struct cost measure(size_t operations, size_t fields)
{
    struct history history;
    struct frames frames;
    struct ga_sync_sink sink = frames_sink(&frames);
    struct ga_content_counts counts;
    struct ga_operation ops[4];
    history_init(&history, 3);
    history.ends[3].seq = 4000;
    history.hashes[3].bytes[0] = 1;
    for (size_t i = 0; i < 3; i++)
        history.ends[i].seq = 2 + 300 * i; /* so that the manifest knows them */
    for (size_t i = 0; i < CHANGED; i++) {
        history.local_ms = 28800000 + (int32_t)below(&history, 36000000);
        for (size_t k = 0; k < operations; k++)
            change_child(&history, fields, &ops[k]);
        history_add(&history, 3, ops, operations, NULL);
    }
    frames_init(&frames);
    struct ga_content_finder finder = history_finder(&history);
    history_write(&history, 0, &finder, &sink, &counts);
    frames_finish(&frames);
    history_finish(&history);
    return (struct cost){(double)counts.columns_bytes, (double)counts.packed_bytes, (double)counts.drawn_bytes};
}

static struct cost per(struct cost more, struct cost less, double times)
{
    return (struct cost){(more.columns - less.columns) / times, (more.packed - less.packed) / times,
                         (more.drawn - less.drawn) / times};
}

static void assert_cost(const char *what, struct cost cost, double before, double after)
{
    printf("# a %s: %.1f bytes before compression, %.1f after\n", what, cost.columns + cost.drawn,
           cost.packed + cost.drawn);
    assert_true(cost.columns + cost.drawn <= before);
    assert_true(cost.packed + cost.drawn <= after);
}

/* An operation is counted without its fields, a transaction without its operations. */
static void a_change_takes_few_bytes(void **state)
{
    (void)state;
    struct cost one = measure(1, 1), six = measure(1, FIELDS_MAX), four = measure(4, 1);
    struct cost field = per(six, one, CHANGED * (FIELDS_MAX - 1));
    struct cost operation = per(four, one, CHANGED * 3);
    operation = per(operation, field, 1);
    struct cost transaction = per(per(per(one, (struct cost){0}, CHANGED), operation, 1), field, 1);
    assert_cost("changed field", field, 16, 8);
    assert_cost("changed operation", operation, 48, 48);
    assert_cost("transaction", transaction, 110, 110);
}

/* Without its padding: a header for one group, a manifest of two sites, nothing changed. */
static void a_bundle_takes_few_bytes(void **state)
{
    (void)state;
    struct history history;
    struct frames frames;
    struct ga_sync_sink sink = frames_sink(&frames);
    history_init(&history, 4);
    history.ends[0].seq = 4000;
    history.ends[1].seq = 900;
    frames_init(&frames);
    history_write(&history, 0, NULL, &sink, NULL);
    size_t header = 10 + GA_SEAL_PUBLIC_BYTES + GA_SEAL_CLOSED_BYTES, plain = frames_bytes(&frames);
    for (size_t i = 0; i < frames.frames.len; i++)
        plain += GA_VEC_AT(struct ga_str, &frames.frames, i)->len < 128 ? 1 : 2;
    size_t whole = header + sizeof(struct ga_uuid) + plain + 1 + sizeof(struct ga_signature) + 17;
    printf("# a bundle: %zu bytes; each further site %d, each further holder %d\n", whole, 16 + 1 + 1 + 2 + 32,
           GA_SEAL_CLOSED_BYTES);
    assert_true(whole <= 400);
    frames_finish(&frames);
    history_finish(&history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_takes_few_bytes),
        cmocka_unit_test(a_bundle_takes_few_bytes),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
