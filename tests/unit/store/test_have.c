/* What of each site's history is here is told in runs, whatever order it came in. */
#include "guanai/store/have.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/transaction.h"
#include "private.h"
#include "dice.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school school;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

static void import_children(int count)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (int i = 0; i < count; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(&school, "child"));
        school_type(&child, "name", "李四");
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static void assert_own_run(uint64_t last)
{
    struct ga_vec runs;
    ga_vec_init(&runs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(school.store, &runs, NULL), GA_OK);
    assert_int_equal(runs.len, 1);
    const struct ga_have *run = GA_VEC_AT(struct ga_have, &runs, 0);
    assert_int_equal(run->first, 1);
    assert_int_equal(run->last, last);
    assert_true(ga_hash_equal(&run->hash, &school.store->head));
    ga_vec_finish(&runs);
}

/* Some lie in blocks, some wait in the tail; an import's transaction lies in neither. */
static void own_saves_are_one_run_wherever_they_lie(void **state)
{
    (void)state;
    struct ga_vec runs;
    ga_vec_init(&runs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(school.store, &runs, NULL), GA_OK);
    assert_int_equal(runs.len, 0);
    ga_vec_finish(&runs);
    for (uint64_t i = 1; i <= 140; i++) {
        school_add_child(&school, "张三");
        if (i % 35 == 0)
            assert_own_run(i);
        if (i == 130)
            ga_store_idle(school.store);
    }
    import_children(300);
    assert_own_run(141);
    school_add_child(&school, "张三");
    assert_own_run(142);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_own_run(142);
}

/* Transactions of one site: 1 … 6, and two branches that leave them behind 3 and behind 5. */
enum { LINKS = 12 };
static struct ga_run_link links[LINKS];

static void fill_hash(struct ga_hash *hash, int number)
{
    memset(hash->bytes, number, sizeof(hash->bytes));
}

static void make_links(void)
{
    static const int before[LINKS] = {0, 1, 2, 3, 4, 5, 3, 7, 8, 5, 10, 11};
    static const uint64_t seq[LINKS] = {1, 2, 3, 4, 5, 6, 4, 5, 6, 6, 7, 8};
    for (int i = 0; i < LINKS; i++) {
        links[i] = (struct ga_run_link){.site = {{9}}, .seq = seq[i]};
        fill_hash(&links[i].previous, before[i]);
        fill_hash(&links[i].hash, i + 1);
    }
}

static const struct ga_run_link *link_of(const struct ga_hash *hash)
{
    for (size_t i = 0; i < LINKS; i++)
        if (ga_hash_equal(&links[i].hash, hash))
            return &links[i];
    return NULL;
}

/* Walks each run back from its hash: every transaction that came is in just one of them. */
static void assert_runs_tell(const bool *has_come, size_t come)
{
    struct ga_vec runs;
    bool is_told[LINKS] = {false};
    size_t told = 0;
    ga_vec_init(&runs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(school.store, &runs, NULL), GA_OK);
    for (size_t i = 0; i < runs.len; i++) {
        const struct ga_have *run = GA_VEC_AT(struct ga_have, &runs, i);
        const struct ga_run_link *link = link_of(&run->hash);
        for (uint64_t seq = run->last;; seq--, link = link_of(&link->previous)) {
            assert_non_null(link);
            assert_int_equal(link->seq, seq);
            assert_true(has_come[link - links] && !is_told[link - links]);
            is_told[link - links] = true;
            told++;
            if (seq == run->first)
                break;
        }
    }
    assert_int_equal(told, come);
    ga_vec_finish(&runs);
}

static void runs_in_whatever_order_transactions_come(void **state)
{
    (void)state;
    uint64_t random = 3;
    make_links();
    for (int round = 0; round < 60; round++) {
        bool has_come[LINKS] = {false};
        assert_int_equal(ga_db_exec(school.store->db, "DELETE FROM _run", NULL), GA_OK);
        for (size_t come = 1; come <= LINKS; come++) {
            size_t next = dice_draw(&random, LINKS);
            while (has_come[next])
                next = (next + 1) % LINKS;
            has_come[next] = true;
            assert_int_equal(ga_have_add(school.store, &links[next], NULL), GA_OK);
            assert_runs_tell(has_come, come);
        }
        struct ga_vec runs;
        struct ga_have_state whole;
        ga_vec_init(&runs, sizeof(struct ga_have));
        assert_int_equal(ga_store_have(school.store, &runs, NULL), GA_OK);
        ga_have_state(runs.items, runs.len, &whole);
        assert_int_equal(runs.len, 3); /* no run is left in two pieces */
        assert_int_equal(whole.forks, 2);
        assert_int_equal(whole.gaps, 0);
        assert_int_equal(whole.last, 8);
        ga_vec_finish(&runs);
    }
    assert_int_equal(ga_db_exec(school.store->db, "DELETE FROM _run", NULL), GA_OK);
}

static void gaps_are_told_apart_from_forks(void **state)
{
    (void)state;
    struct ga_have_state told;
    const struct ga_have gaps[] = {{.first = 3, .last = 5}, {.first = 9, .last = 9}};
    const struct ga_have forks[] = {{.first = 1, .last = 9}, {.first = 4, .last = 5}, {.first = 12, .last = 12}};
    const struct ga_have cut_off[] = {{.first = 1, .last = 5}, {.first = 6, .last = 7}}; /* 6 is not built on this 5 */
    ga_have_state(gaps, 2, &told);
    assert_true(told.gaps == 2 && told.forks == 0 && told.last == 9);
    ga_have_state(forks, 3, &told);
    assert_true(told.gaps == 1 && told.forks == 1 && told.last == 12);
    ga_have_state(cut_off, 2, &told);
    assert_true(told.gaps == 0 && told.forks == 1 && told.last == 7);
    ga_have_state(NULL, 0, &told);
    assert_true(told.gaps == 0 && told.forks == 0 && told.last == 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(own_saves_are_one_run_wherever_they_lie),
        CASE(runs_in_whatever_order_transactions_come),
        cmocka_unit_test(gaps_are_told_apart_from_forks),
    };
    return cmocka_run_group_tests_name("store: what is here", tests, NULL, NULL);
}
