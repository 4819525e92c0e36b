/* Where a key waits is nobody's business: children are found the same before and after keys move to their places. */
#include "guanai/store/search.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "index/index_delta.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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

static int64_t ask(const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school.store), sql, &answer, NULL), GA_OK);
    return answer;
}

static int64_t waiting(void)
{
    return ask("SELECT count(DISTINCT no) FROM _search_new");
}

static void merge(void)
{
    assert_int_equal(ga_db_exec(ga_store_db(school.store), "BEGIN", NULL), GA_OK);
    assert_int_equal(ga_delta_merge(school.store, NULL), GA_OK);
    assert_int_equal(ga_db_exec(ga_store_db(school.store), "COMMIT", NULL), GA_OK);
    assert_int_equal(waiting(), 0);
}

/* Names with reasons of all who are found, in order. */
static const char *found(const char *typed, size_t limit)
{
    struct ga_search_hit *hits;
    size_t count;
    bool has_more;
    struct ga_str all = {0};
    const struct ga_search_options options = {.limit = limit};
    assert_int_equal(ga_store_search(school.store, typed, &options, &school.arena, &hits, &count, &has_more, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        ga_str_addf(&all, "%s/%s/%s ", hits[i].name, hits[i].village, hits[i].why);
    ga_str_add(&all, has_more ? "+" : ".");
    char *kept = ga_arena_strdup(&school.arena, ga_str_text(&all));
    ga_str_finish(&all);
    return kept;
}

static const char *const NAMES[] = {"王小明", "李小红", "王晓敏", "单英", "欧阳春燕", "李明", "曾小宁", "王明"};
static const char *const VILLAGES[] = {"红岩村", "大湾村", "大坪村"};
static const char *const QUERIES[] = {"王",   "wang", "w",     "wxm",  "li",   "xiao", "x",      "shan", "ouyang",
                                      "红岩", "dw",   "dawan", "1234", "0007", "l m",  "王 大湾", "zeng", "明"};

/* Made one by one, as a teacher types them. */
static void add_children(int count, int from)
{
    char phone[24];
    for (int i = from; i < from + count; i++) {
        const struct ga_uuid id = school_add_child(&school, NAMES[i % 8]);
        school_edit(&school, "child", &id, "village", VILLAGES[i % 3]);
        snprintf(phone, sizeof(phone), "1398555%04d", i % 2 == 0 ? 1234 : i);
        school_edit(&school, "child", &id, "guardian_phone", phone);
        if (i % 5 == 0)
            school_edit(&school, "child", &id, "name", NAMES[(i + 3) % 8]);
        if (i % 3 == 0) /* the index follows when somebody looks */
            waiting();
    }
}

static void assert_same_after_moving(void)
{
    const char *before[2 * GA_COUNT(QUERIES)];
    assert_true(waiting() > 0);
    for (size_t i = 0; i < GA_COUNT(before); i++)
        before[i] = found(QUERIES[i / 2], i % 2 == 0 ? 5 : 100);
    merge();
    for (size_t i = 0; i < GA_COUNT(before); i++)
        assert_string_equal(found(QUERIES[i / 2], i % 2 == 0 ? 5 : 100), before[i]);
}

static void children_are_found_the_same_while_their_keys_wait(void **state)
{
    (void)state;
    add_children(24, 0);
    assert_same_after_moving();
    add_children(10, 24); /* some wait, most are in their places */
    assert_same_after_moving();
}

static void an_edit_hides_the_key_that_is_in_its_place(void **state)
{
    (void)state;
    const struct ga_uuid id = school_add_child(&school, "王小明");
    school_edit(&school, "child", &id, "guardian_phone", "13985551234");
    school_edit(&school, "child", &id, "village", "红岩村");
    merge();
    school_edit(&school, "child", &id, "name", "李大山");
    school_edit(&school, "child", &id, "guardian_phone", "13985559999");
    school_edit(&school, "child", &id, "village", "大湾村");
    assert_same_after_moving();
    static const char *const OLD[] = {"王", "wxm", "1234", "红岩"}, *const NEW[] = {"李", "lds", "9999", "大湾"};
    for (size_t i = 0; i < GA_COUNT(OLD); i++) {
        assert_string_equal(found(OLD[i], 5), ".");
        assert_non_null(strstr(found(NEW[i], 5), "李大山"));
    }
}

static void an_edit_taken_back_leaves_nothing_waiting(void **state)
{
    (void)state;
    const struct ga_uuid id = school_add_child(&school, "王小明");
    merge();
    school_edit(&school, "child", &id, "name", "李大山");
    assert_int_equal(waiting(), 1);
    assert_string_equal(found("王", 5), ".");
    school_edit(&school, "child", &id, "name", "王小明");
    assert_int_equal(waiting(), 0);
    assert_non_null(strstr(found("王", 5), "王小明"));
}

static void one_who_looks_alike_is_seen_while_the_keys_wait(void **state)
{
    (void)state;
    struct ga_search_hit *hits;
    size_t count;
    struct ga_answers child;
    const struct ga_uuid id = school_add_child(&school, "王小明");
    school_edit(&school, "child", &id, "birth_date", "2015-03-02");
    ga_answers_init(&child, school_form(&school, "child"));
    const struct ga_value name = ga_value_text("王小明"), birth = ga_value_text("2015-03-02");
    ga_answers_set(&child, ga_form_field(child.form, "name"), &name);
    ga_answers_set(&child, ga_form_field(child.form, "birth_date"), &birth);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ga_store_lookalikes(school.store, &child, &school.arena, &hits, &count, NULL), GA_OK);
        assert_int_equal(count, 1);
        merge();
    }
    school_edit(&school, "child", &id, "name", "李大山");
    assert_int_equal(ga_store_lookalikes(school.store, &child, &school.arena, &hits, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    ga_answers_finish(&child);
}

static struct ga_save *begin_many(int count)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (int i = 0; i < count; i++) {
        struct ga_answers child;
        const struct ga_value name = ga_value_text(NAMES[i % 8]);
        ga_answers_init(&child, school_form(&school, "child"));
        ga_answers_set(&child, ga_form_field(child.form, "name"), &name);
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    return save;
}

static void put_many(int count)
{
    assert_int_equal(ga_save_commit(begin_many(count), NULL), GA_OK);
}

static void a_save_of_many_children_goes_to_the_places(void **state)
{
    (void)state;
    school_add_child(&school, "王小明");
    assert_int_equal(waiting(), 1);
    put_many(20);
    assert_int_equal(waiting(), 0);
    assert_non_null(strstr(found("wxm", 100), "王小明"));
    put_many(3); /* the next one is a small one again */
    assert_int_equal(waiting(), 3);
}

static void the_pages_many_children_take_in_memory_are_given_back_when_the_save_is_given_up(void **state)
{
    (void)state;
    const int64_t usual = ask("PRAGMA cache_size");
    for (int is_given_up = 0; is_given_up < 2; is_given_up++) {
        struct ga_save *save = begin_many(60); /* the first forty wait to be looked for */
        assert_int_not_equal(ask("PRAGMA cache_size"), usual);
        if (is_given_up)
            ga_save_abandon(save);
        else
            assert_int_equal(ga_save_commit(save, NULL), GA_OK);
        assert_int_equal(ask("PRAGMA cache_size"), usual);
    }
}

static int cache_at(int64_t last_op)
{
    const int64_t real = school.store->last_op;
    school.store->last_op = last_op;
    const int kib = ga_store_cache_kib(school.store);
    school.store->last_op = real;
    return kib;
}

/* A county's search stays within its bound of memory, one of 100,000 children within its bound of work. */
static void a_larger_archive_keeps_more_pages_in_memory_up_to_a_bound(void **state)
{
    (void)state;
    assert_int_equal(cache_at(0), 384);
    assert_int_equal(cache_at(25356), 384); /* 6,577 children */
    assert_int_equal(cache_at(384 * 128), 384);
    assert_int_equal(cache_at(1000 * 128), 1000);
    assert_int_equal(cache_at(392676), 2048); /* 100,000 */
    assert_int_equal(cache_at(INT64_MAX), 2048);
}

/* After an import the same is kept as after the next start, the size the archive has now. */
static void after_many_children_at_once_the_archive_keeps_what_its_size_asks_for(void **state)
{
    (void)state;
    school.store->last_op = 1000 * 128; /* as if so much had been saved before */
    struct ga_save *save = begin_many(60);
    ga_save_abandon(save);
    assert_int_equal(ask("PRAGMA cache_size"), -ga_store_cache_kib(school.store));
    assert_true(ask("PRAGMA cache_size") < -384);
}

static void rename_in(struct ga_save *save, const struct ga_uuid *id, const char *name)
{
    struct ga_answers before, after;
    struct ga_heads *heads;
    assert_int_equal(ga_store_read(school.store, school_form(&school, "child"), id, &before, &heads, NULL), GA_OK);
    ga_answers_copy(&after, &before);
    school_type(&after, "name", name);
    assert_int_equal(ga_save_put(save, &(struct ga_save_record){&after, &before, heads}, NULL, NULL), GA_OK);
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
}

static size_t rebuild(void);

static void what_one_big_save_changes_twice_stands_as_it_was_last(void **state)
{
    (void)state;
    struct ga_uuid ids[20];
    struct ga_save *save;
    for (size_t i = 0; i < GA_COUNT(ids); i++)
        ids[i] = school_add_child(&school, NAMES[i % 8]);
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (size_t i = 0; i < GA_COUNT(ids); i++)
        rename_in(save, &ids[i], "覃大山");
    for (size_t i = 0; i < GA_COUNT(ids); i += 2) /* back again */
        rename_in(save, &ids[i], NAMES[i % 8]);
    for (size_t i = 0; i < GA_COUNT(ids); i += 4)
        rename_in(save, &ids[i], "覃大山");
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    assert_int_equal(waiting(), 0);
    assert_int_equal(rebuild(), 0);
    size_t count;
    struct ga_search_hit *hits;
    const struct ga_search_options options = {.limit = 100};
    assert_int_equal(ga_store_search(school.store, "qds", &options, &school.arena, &hits, &count, NULL, NULL), GA_OK);
    assert_int_equal(count, 15);
}

static void what_waits_stays_little_and_moves_when_nobody_waits(void **state)
{
    (void)state;
    for (int i = 0; i < GA_DELTA_CHILDREN_MAX + 5; i++) {
        school_add_child(&school, NAMES[i % 8]);
        assert_true(waiting() <= GA_DELTA_CHILDREN_MAX);
    }
    put_many(5);
    ga_store_idle(school.store);
    assert_true(waiting() > 0); /* a few are left in peace */
    for (int i = 0; i < 7; i++)
        put_many(6);
    ga_store_idle(school.store);
    assert_int_equal(waiting(), 0);
    assert_non_null(strstr(found("oycy", 5), "欧阳春燕"));
}

/* How many tables were not what the log makes of them. */
static size_t rebuild(void)
{
    struct ga_problems problems;
    char words[GA_MESSAGE_BYTES];
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    for (size_t i = 0; i < problems.list.len; i++)
        print_message("# %s\n", ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, words,
                                                sizeof(words)));
    const size_t count = problems.list.len;
    ga_problems_finish(&problems);
    return count;
}

static void rebuilding_does_not_mind_what_waits(void **state)
{
    (void)state;
    add_children(12, 0);
    merge();
    add_children(5, 12);
    assert_int_equal(rebuild(), 0);
    assert_non_null(strstr(found("oycy", 5), "欧阳春燕"));
    static const char *const HARM[] = {"DELETE FROM _search WHERE key = (SELECT max(key) FROM _search)",
                                       "UPDATE _search SET page = x'FF2929'", "UPDATE _search SET page = x'07'",
                                       "UPDATE _search SET page = zeroblob(5000)"};
    for (size_t i = 0; i < GA_COUNT(HARM); i++) {
        assert_int_equal(ga_db_exec(ga_store_db(school.store), HARM[i], NULL), GA_OK);
        assert_int_equal(rebuild(), 1);
        assert_int_equal(rebuild(), 0);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(children_are_found_the_same_while_their_keys_wait), TEST(an_edit_hides_the_key_that_is_in_its_place),
        TEST(an_edit_taken_back_leaves_nothing_waiting),         TEST(one_who_looks_alike_is_seen_while_the_keys_wait),
        TEST(a_save_of_many_children_goes_to_the_places),        TEST(what_waits_stays_little_and_moves_when_nobody_waits),
        TEST(a_larger_archive_keeps_more_pages_in_memory_up_to_a_bound),
        TEST(after_many_children_at_once_the_archive_keeps_what_its_size_asks_for),
        TEST(the_pages_many_children_take_in_memory_are_given_back_when_the_save_is_given_up),
        TEST(rebuilding_does_not_mind_what_waits),               TEST(what_one_big_save_changes_twice_stands_as_it_was_last),
    };
    return cmocka_run_group_tests_name("store: newest keys", tests, NULL, NULL);
}
