/* Pages of search keys hold what was put into them, however it came. */
#include "index/index_gather.h"
#include "index/index_page.h"

#include "guanai/base/alloc.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school school;
static uint64_t seed;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    assert_int_equal(ga_db_exec(ga_store_db(school.store), "BEGIN", NULL), GA_OK);
    seed = 88172645463325252u;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_db_exec(ga_store_db(school.store), "ROLLBACK", NULL);
    school_stop(&school);
    return 0;
}

static unsigned draw(unsigned below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed >> 20) % below;
}

/* Few letters, all lengths: neighbours share much or nothing, many are one key. */
static struct ga_index_entry draw_entry(void)
{
    struct ga_index_entry entry = {.no = draw(5) == 0 ? 1 + draw(3) : 1 + draw(2000000)};
    entry.key.len = (uint8_t)(1 + draw(draw(4) == 0 ? GA_INDEX_VILLAGE_KEY_MAX : 6));
    for (size_t i = 0; i < entry.key.len; i++)
        entry.key.bytes[i] = (uint8_t)(i == 0 ? 'A' + draw(2) : draw(20) == 0 ? 0 : 'a' + draw(2));
    return entry;
}

static int compare(const void *a, const void *b)
{
    return ga_index_entry_compare(a, b);
}

/* What the pages ought to hold: sorted, each once. */
static void model_put(struct ga_vec *model, const struct ga_index_entry *entry, bool is_gone)
{
    size_t i = 0;
    int order = 1;
    while (i < model->len && (order = compare(ga_vec_at(model, i), entry)) < 0)
        i++;
    const bool is_there = i < model->len && order == 0;
    if (is_there && is_gone)
        ga_vec_remove(model, i);
    else if (!is_there && !is_gone)
        *(struct ga_index_entry *)ga_vec_insert(model, i) = *entry;
}

static void assert_holds(const struct ga_vec *model)
{
    struct ga_index_cursor cursor;
    bool has = true;
    size_t i = 0;
    assert_int_equal(ga_index_cursor_seek(&cursor, school.store, (const uint8_t *)"", 0, NULL), GA_OK);
    for (; ga_index_cursor_next(&cursor, &has, NULL) == GA_OK && has; i++)
        assert_int_equal(compare(&cursor.page.entry, ga_vec_at(model, i)), 0);
    assert_int_equal(i, model->len);
    for (int n = 0; n < 20; n++) { /* from any key on: the first not below it */
        const struct ga_index_entry from = draw_entry();
        for (i = 0; i < model->len; i++)
            if (ga_index_entry_compare_key(ga_vec_at(model, i), from.key.bytes, from.key.len) > 0)
                break;
        assert_int_equal(
            ga_index_cursor_seek(&cursor, school.store, from.key.bytes, from.key.len, NULL), GA_OK);
        assert_int_equal(ga_index_cursor_next(&cursor, &has, NULL), GA_OK);
        assert_int_equal(has, i < model->len);
        if (has)
            assert_int_equal(compare(&cursor.page.entry, ga_vec_at(model, i)), 0);
    }
}

static void put_some(struct ga_vec *model, unsigned count, unsigned gone_of_ten)
{
    struct ga_vec changes;
    struct ga_index_placing *placing = ga_index_placing_start(school.store);
    ga_vec_init(&changes, sizeof(struct ga_index_entry));
    for (unsigned i = 0; i < count; i++) {
        const bool is_old = model->len > 0 && draw(3) == 0;
        const struct ga_index_entry entry =
            is_old ? *GA_VEC_AT(struct ga_index_entry, model, draw((unsigned)model->len)) : draw_entry();
        *(struct ga_index_entry *)ga_vec_push(&changes) = entry;
    }
    qsort(changes.items, changes.len, changes.item_bytes, compare);
    for (size_t i = 0; i < changes.len; i++) {
        const struct ga_index_entry *entry = ga_vec_at(&changes, i);
        if (i > 0 && compare(entry, ga_vec_at(&changes, i - 1)) == 0)
            continue;
        const bool is_gone = draw(10) < gone_of_ten;
        assert_int_equal(ga_index_placing_put(placing, entry, is_gone, NULL), GA_OK);
        model_put(model, entry, is_gone);
    }
    assert_int_equal(ga_index_placing_finish(placing, NULL), GA_OK);
    ga_index_placing_end(placing);
    ga_vec_finish(&changes);
}

static void pages_hold_what_was_put(void **state)
{
    (void)state;
    struct ga_vec model;
    ga_vec_init(&model, sizeof(struct ga_index_entry));
    for (int round = 0; round < 60; round++) {
        static const unsigned counts[] = {1, 3, 30, 400};
        put_some(&model, counts[draw(4)], draw(9));
        assert_holds(&model);
    }
    ga_vec_finish(&model);
}

static void pages_are_neither_long_nor_many(void **state)
{
    (void)state;
    struct ga_vec model;
    int64_t pages, longest, bytes;
    ga_vec_init(&model, sizeof(struct ga_index_entry));
    for (int round = 0; round < 100; round++) /* a few at a time, the worst there is */
        put_some(&model, 40, 1);
    struct ga_db *db = ga_store_db(school.store);
    assert_int_equal(ga_db_query_int(db, "SELECT count(*) FROM _search", &pages, NULL), GA_OK);
    assert_int_equal(ga_db_query_int(db, "SELECT sum(length(page)) FROM _search", &bytes, NULL), GA_OK);
    assert_int_equal(ga_db_query_int(db, "SELECT max(length(page)) FROM _search", &longest, NULL), GA_OK);
    assert_true(longest <= GA_INDEX_PAGE_BYTES + 60);
    assert_true(pages <= 2 * bytes / GA_INDEX_PAGE_BYTES + 1);
    ga_vec_finish(&model);
}

/* Bytes drawn at random are read without going astray, or called bad. */
static void a_damaged_page_is_told(void **state)
{
    (void)state;
    unsigned bad = 0;
    for (int round = 0; round < 3000; round++) {
        struct ga_index_page page;
        uint8_t bytes[64];
        for (size_t i = 0; i < sizeof(bytes); i++)
            bytes[i] = (uint8_t)(draw(4) == 0 ? draw(256) : draw(4) * 16 + draw(4));
        assert_true(ga_index_page_open(&page, ga_value_blob(bytes, draw(sizeof(bytes)))));
        while (ga_index_page_next(&page))
            assert_true(page.entry.key.len <= sizeof(page.entry.key.bytes));
        bad += page.is_bad;
    }
    assert_true(bad > 1000);
}

static size_t count_entries(void)
{
    struct ga_index_cursor cursor;
    bool has = true;
    size_t count = 0;
    assert_int_equal(ga_index_cursor_seek(&cursor, school.store, (const uint8_t *)"", 0, NULL), GA_OK);
    for (; ga_index_cursor_next(&cursor, &has, NULL) == GA_OK && has; count++)
        ;
    return count;
}

/* What waits to be written is two pages, after however many. */
static void keys_in_order_do_not_pile_up(void **state)
{
    (void)state;
    enum { KEYS = 20000 };
    struct ga_index_placing *placing = ga_index_placing_start(school.store);
    for (int i = 0; i < KEYS; i++) {
        struct ga_index_entry entry = {.key = {.len = 14}, .no = i};
        for (size_t b = 0; b < entry.key.len; b++)
            entry.key.bytes[b] = b < 10 ? 'k' : (uint8_t)(i >> 8 * (13 - b));
        assert_int_equal(ga_index_placing_put(placing, &entry, false, NULL), GA_OK);
    }
    assert_true(count_entries() + 2 * GA_INDEX_PAGE_BYTES / 4 > KEYS);
    assert_int_equal(ga_index_placing_finish(placing, NULL), GA_OK);
    assert_int_equal(count_entries(), KEYS);
    ga_index_placing_end(placing);
}

/* Added, taken back, added again in any order: what was said last holds. */
static void gathered_keys_come_to_what_was_said_last_however_few_are_held(void **state)
{
    (void)state;
    static const size_t held[] = {3, 64, 1000, 100000};
    struct ga_vec model;
    ga_vec_init(&model, sizeof(struct ga_index_entry));
    for (size_t h = 0; h < GA_COUNT(held); h++) {
        struct ga_gather *gather = ga_gather_create(school.store);
        ga_gather_limit(gather, held[h]);
        for (int i = 0; i < 2000; i++) {
            const bool is_old = model.len > 0 && draw(2) == 0, is_gone = draw(3) == 0;
            const struct ga_index_entry entry =
                is_old ? *GA_VEC_AT(struct ga_index_entry, &model, draw((unsigned)model.len)) : draw_entry();
            assert_int_equal(ga_gather_put(gather, &entry.key, entry.no, is_gone, NULL), GA_OK);
            model_put(&model, &entry, is_gone);
        }
        assert_int_equal(ga_gather_place(gather, NULL), GA_OK);
        assert_holds(&model);
        assert_int_equal(ga_gather_place(gather, NULL), GA_OK); /* nothing is left */
        ga_gather_destroy(gather);
    }
    ga_vec_finish(&model);
}

/* Of keys that were forgotten nothing comes. */
static void forgotten_keys_are_put_nowhere(void **state)
{
    (void)state;
    struct ga_gather *gather = ga_gather_create(school.store);
    ga_gather_limit(gather, 10);
    for (int i = 0; i < 100; i++) {
        const struct ga_index_entry entry = draw_entry();
        assert_int_equal(ga_gather_put(gather, &entry.key, entry.no, false, NULL), GA_OK);
    }
    ga_gather_forget(gather);
    assert_int_equal(ga_gather_place(gather, NULL), GA_OK);
    assert_int_equal(count_entries(), 0);
    ga_gather_destroy(gather);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(pages_hold_what_was_put),
        TEST(pages_are_neither_long_nor_many),
        TEST(a_damaged_page_is_told),
        TEST(keys_in_order_do_not_pile_up),
        TEST(gathered_keys_come_to_what_was_said_last_however_few_are_held),
        TEST(forgotten_keys_are_put_nowhere),
    };
    return cmocka_run_group_tests_name("store: pages of search keys", tests, NULL, NULL);
}
