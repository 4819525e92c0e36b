/*
 * What a change takes on a stick: children of four imports years apart, fields typed and saved as the screens do it, told to
 * somebody who has the imports. A field, an operation, a transaction are told apart by saving the same
 * changes in different numbers.
 */
#include "sticks.h"

#include "guanai/crypt/secret.h"
#include "guanai/sync/content.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { IMPORTS = 4, OF_IMPORT = 500, CHILDREN = IMPORTS * OF_IMPORT, CHANGED = 150, FIELDS = 6 };

static const int64_t YEAR_MS = INT64_C(365) * 86400000;

static struct sticks_town town;
static struct school *const school = &town.schools[0];
static struct ga_uuid children[CHILDREN];
static struct ga_vec theirs; /* what the reader has */

/* What one way to change things takes; compressible before and after, not compressible. */
struct cost {
    double columns, packed, drawn, fields;
};

/* Each list of one class of protection, so that they are one operation; most of them tell who somebody is. */
static const char *const alone[FIELDS] = {"father_name", "mother_name", "village", "hamlet", "class", "name"};
/* A group is said whole whichever of its fields was changed: one, two, three fields each. */
static const char *const grouped[FIELDS] = {"guardian_phone", "guardian_relation", "father_phone", "father_workplace",
                                            "father_work", "mother_phone"};

static uint32_t below(uint64_t bound)
{
    return (uint32_t)ga_random_below(&school->random, bound);
}

static void type_field(struct ga_answers *child, const char *field)
{
    static const char *const surnames[] = {"张", "李", "王", "刘", "陈", "杨", "赵", "黄"};
    static const char *const given[] = {"小明", "雨涵", "梓萱", "浩然", "思远", "欣怡", "子轩", "诗琪", "桂花"};
    static const char *const places[] = {"石桥村", "小河村", "大湾村", "上坝村", "许家村", "红岩村"};
    static const char *const hamlets[] = {"老屋湾", "三组", "五组", "水井边"};
    static const char *const relations[] = {"爷爷", "奶奶", "外公", "外婆"};
    static const char *const places_far[] = {"广东东莞", "浙江宁波", "江苏", "贵州遵义"};
    static const char *const work[] = {"电子厂", "木工", "制衣", "建筑工地"};
    char typed[40];
    if (strstr(field, "phone") != NULL)
        snprintf(typed, sizeof(typed), "139%08u", below(100000000));
    else if (strcmp(field, "guardian_relation") == 0)
        snprintf(typed, sizeof(typed), "%s", relations[below(4)]);
    else if (strstr(field, "work") != NULL)
        snprintf(typed, sizeof(typed), "%s", (strstr(field, "place") != NULL ? places_far : work)[below(4)]);
    else if (strcmp(field, "village") == 0)
        snprintf(typed, sizeof(typed), "%s", places[below(6)]);
    else if (strcmp(field, "hamlet") == 0)
        snprintf(typed, sizeof(typed), "%s", hamlets[below(4)]);
    else if (strcmp(field, "class") == 0)
        snprintf(typed, sizeof(typed), "%u", 1 + below(4));
    else
        snprintf(typed, sizeof(typed), "%s%s", surnames[below(8)], given[below(9)]);
    school_type(child, field, typed);
}

static void import_children(size_t from)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    for (size_t i = from; i < from + OF_IMPORT; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(school, "child"));
        for (size_t k = 0; k < FIELDS; k++) {
            type_field(&child, alone[k]);
            type_field(&child, grouped[k]);
        }
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        children[i] = child.id;
        ga_answers_finish(&child);
        school->now_ms += i % 3;
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static int start(void **state)
{
    (void)state;
    sticks_start(&town, 1);
    school->now_ms -= IMPORTS * YEAR_MS;
    for (size_t i = 0; i < IMPORTS; i++) {
        import_children(i * OF_IMPORT);
        school->now_ms += YEAR_MS;
    }
    ga_vec_init(&theirs, sizeof(struct ga_have));
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_vec_finish(&theirs);
    sticks_stop(&town);
    return 0;
}

/* So many fields of a child, the first of them any; a value that is there already is typed again as another. */
static void change_child(struct ga_save *save, const struct ga_uuid *id, const char *const *fields, size_t count)
{
    struct ga_answers before, after;
    struct ga_heads *heads;
    bool has_changed = false;
    const size_t from = below(FIELDS - count + 1);
    assert_int_equal(ga_store_read(school->store, school_form(school, "child"), id, &before, &heads, NULL), GA_OK);
    ga_answers_copy(&after, &before);
    for (size_t i = from; i < from + count; i++) {
        const struct ga_field *field = ga_form_field(after.form, fields[i]);
        struct ga_str was = {0}, is = {0};
        ga_field_show(field, GA_ZH, &ga_answers_at(&before, field)->value, &was);
        do {
            type_field(&after, fields[i]);
            ga_str_clear(&is);
            ga_field_show(field, GA_ZH, &ga_answers_at(&after, field)->value, &is);
        } while (strcmp(ga_str_text(&was), ga_str_text(&is)) == 0);
        ga_str_finish(&was);
        ga_str_finish(&is);
    }
    const struct ga_save_record record = {.after = &after, .before = &before, .heads = heads};
    assert_int_equal(ga_save_put(save, &record, &has_changed, NULL), GA_OK);
    assert_true(has_changed);
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
}

static enum ga_rc find_place(void *ctx, const struct ga_uuid *record, const struct ga_hash *leaf, struct ga_place *ret_place,
                             bool *ret_is_there, struct ga_error *err)
{
    return ga_send_find(ctx, record, leaf, ret_place, ret_is_there, err);
}

static enum ga_rc drop_frame(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    (void)ctx, (void)bytes, (void)len, (void)err;
    return GA_OK;
}

static size_t count_fields(const struct ga_parcel_op *op)
{
    struct ga_arena arena = {0};
    struct ga_operation operation;
    size_t count = 0;
    assert_int_equal(ga_operation_decode(op->bytes, op->len, &arena, &operation, NULL), GA_OK);
    for (size_t i = 0; i < operation.groups_count; i++)
        count += operation.groups[i].fields_count;
    ga_arena_finish(&arena);
    return count;
}

/* Answers how many fields they say. */
static size_t put_parcels(struct ga_send *send, struct ga_content_out *out)
{
    size_t count = 0;
    struct ga_parcel parcel;
    struct ga_parcel_op op;
    bool has = true;
    while (assert_int_equal(ga_send_next(send, &parcel, &has, NULL), GA_OK), has) {
        assert_int_equal(ga_content_put_parcel(out, &parcel, NULL), GA_OK);
        for (uint32_t i = 0; i < parcel.count; i++) {
            assert_int_equal(ga_send_op(send, &op, NULL), GA_OK);
            assert_int_equal(ga_content_put_op(out, &op, NULL), GA_OK);
            count += count_fields(&op);
        }
    }
    return count;
}

/* All that `theirs` does not cover, as a bundle's content. */
static struct cost weigh(void)
{
    struct ga_send *send;
    struct ga_content_out *out;
    struct ga_content_counts counts;
    struct ga_vec runs;
    uint64_t newest = 1;
    const struct ga_sync_sink sink = {drop_frame, NULL};
    ga_vec_init(&runs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(school->store, &runs, NULL), GA_OK);
    const struct ga_manifest manifest = {.label = "中心校", .number = 1, .local_day = 20780, .bundles = &newest,
                                         .bundles_count = 1, .runs = runs.items, .runs_count = runs.len};
    assert_int_equal(ga_send_begin(school->store, theirs.items, theirs.len, &send, NULL), GA_OK);
    const struct ga_content_finder finder = {find_place, send};
    assert_int_equal(ga_content_create(&manifest, &finder, &sink, &out, NULL), GA_OK);
    const size_t fields = put_parcels(send, out);
    assert_int_equal(ga_content_finish(out, &counts, NULL), GA_OK);
    ga_content_out_destroy(out);
    ga_send_end(send);
    ga_vec_finish(&runs);
    return (struct cost){(double)counts.columns_bytes, (double)counts.packed_bytes, (double)counts.drawn_bytes, (double)fields};
}

/* CHANGED saves of so many operations on so many fields. */
static struct cost measure(const char *const *fields, size_t operations, size_t count)
{
    ga_vec_clear(&theirs);
    assert_int_equal(ga_store_have(school->store, &theirs, NULL), GA_OK);
    for (size_t i = 0; i < CHANGED; i++) {
        struct ga_save *save;
        const uint32_t first = below(CHILDREN);
        school->now_ms += 20000 + below(600000);
        assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
        for (size_t k = 0; k < operations; k++) /* none twice in one save */
            change_child(save, &children[(first + k * (OF_IMPORT + 7)) % CHILDREN], fields, count);
        assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    }
    return weigh();
}

/* a − times × b, shared out among so many. */
static struct cost rest(struct cost a, struct cost b, double times, double among)
{
    return (struct cost){(a.columns - times * b.columns) / among, (a.packed - times * b.packed) / among,
                         (a.drawn - times * b.drawn) / among, (a.fields - times * b.fields) / among};
}

static void assert_cost(const char *what, struct cost cost, double before, double after)
{
    printf("# %s: %.1f bytes before compression, %.1f after\n", what, cost.columns + cost.drawn, cost.packed + cost.drawn);
    assert_true(cost.columns + cost.drawn <= before);
    assert_true(cost.packed + cost.drawn <= after);
}

/* An operation is counted without the fields it says, a transaction without its operations. */
static void assert_costs(const char *const *fields)
{
    const struct cost one = measure(fields, 1, 1), six = measure(fields, 1, FIELDS), four = measure(fields, 4, 1);
    const struct cost field = rest(six, one, 1, six.fields - one.fields);
    const struct cost more = rest(four, one, 1, 1), operation = rest(more, field, more.fields, 3 * CHANGED);
    const struct cost transaction = rest(rest(one, operation, CHANGED, 1), field, one.fields, CHANGED);
    assert_cost("field", field, 16, 8);
    assert_cost("operation", operation, 48, 48);
    assert_cost("transaction", transaction, 110, 110);
}

static void a_changed_field_takes_few_bytes(void **state)
{
    (void)state;
    assert_costs(alone);
}

static void a_changed_group_takes_few_bytes(void **state)
{
    (void)state;
    assert_costs(grouped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_field_takes_few_bytes),
        cmocka_unit_test(a_changed_group_takes_few_bytes),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests(tests, start, stop);
}
