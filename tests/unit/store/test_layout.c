/* A folder of the layout before is brought up to this one at opening; nothing of the log is lost. */
#include "guanai/store/backup.h"
#include "guanai/store/check.h"
#include "guanai/store/site.h"

#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/sql/stmt.h"
#include "private.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

static void exec(const char *sql)
{
    struct ga_error err = {0};
    assert_int_equal(ga_db_exec(ga_store_db(school.store), sql, &err), GA_OK);
}

static int64_t ask(const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school.store), sql, &answer, NULL), GA_OK);
    return answer;
}

/* Every transaction with its operations, wherever they are kept. */
static uint64_t log_now(void)
{
    struct ga_stmt *stmt;
    bool has_row;
    struct ga_str all = {0};
    const char *const queries[] = {"SELECT no || hex(site) || seq || hex(bytes) || hex(hash) || hex(signature) ||"
                                   " first_op || count || day FROM txn ORDER BY no",
                                   "SELECT record || ' ' || no FROM op ORDER BY record, no"};
    for (size_t i = 0; i < GA_COUNT(queries); i++) {
        assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), queries[i], &stmt, NULL), GA_OK);
        while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
            ga_str_addf(&all, "%s\n", ga_stmt_column_text(stmt, 0));
        ga_stmt_destroy(stmt);
    }
    const uint64_t print = ga_map_hash(ga_str_text(&all), all.len);
    ga_str_finish(&all);
    return print;
}

/* Layout 5: of sites the keys alone, no runs; 6 had no `after`, 7 did not say to whom a conflict was handed. */
static void put_back_sites(void)
{
    exec("DROP TABLE withheld; DROP TABLE handed"); /* layout 8 */
    exec("DROP INDEX conflict_handed; ALTER TABLE conflict DROP COLUMN handed_to");
    exec("ALTER TABLE tail DROP COLUMN after");
    exec("BEGIN; CREATE TABLE site5(id BLOB PRIMARY KEY, public_key BLOB NOT NULL, seed BLOB) STRICT, WITHOUT ROWID;"
         "INSERT INTO site5 SELECT id, public_key, seed FROM site; DROP TABLE site; ALTER TABLE site5 RENAME TO site;"
         "DROP TABLE _run; DROP INDEX chain_site; DROP INDEX chain_op; COMMIT; PRAGMA user_version = 5");
}

/* Layout 4: a row a transaction in txn, a row an operation in op, no mark in _count. */
static void put_back_layout(void)
{
    put_back_sites();
    exec("BEGIN;"
         "CREATE TABLE txn4(no INTEGER PRIMARY KEY, site BLOB NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL,"
         " hash BLOB NOT NULL, signature BLOB NOT NULL, first_op INTEGER NOT NULL, count INTEGER NOT NULL,"
         " day INTEGER NOT NULL) STRICT; INSERT INTO txn4 SELECT * FROM txn ORDER BY no;"
         "CREATE TABLE op4(record INTEGER NOT NULL, no INTEGER NOT NULL, PRIMARY KEY(record, no)) STRICT, WITHOUT ROWID;"
         "INSERT INTO op4 SELECT record, no FROM op;"
         "CREATE TABLE tail4(op INTEGER PRIMARY KEY, salt BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;"
         "INSERT INTO tail4 SELECT op, salt, bytes FROM tail;"
         "DROP VIEW op; DROP VIEW txn; DROP TABLE chain; DROP TABLE filed; DROP TABLE tail;"
         "ALTER TABLE txn4 RENAME TO txn; ALTER TABLE op4 RENAME TO op; ALTER TABLE tail4 RENAME TO tail;"
         "CREATE INDEX txn_site ON txn(site, seq); DELETE FROM _count WHERE form = ''; COMMIT; PRAGMA user_version = 4");
}

static void assert_sound(void)
{
    struct ga_problems problems;
    struct ga_check_report report;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_check(school.store, NULL, &problems, &report, NULL), GA_OK);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
}

static void the_layout_before_is_brought_up(void **state)
{
    (void)state;
    struct ga_uuid last = {{0}};
    for (int i = 0; i < 140; i++) { /* some in blocks, some in the tail */
        last = school_add_child(&school, "张三");
        if (i == 130)
            ga_store_idle(school.store);
    }
    school_edit(&school, "child", &last, "village", "石桥村");
    const uint64_t before = log_now();
    assert_true(ask("SELECT count(*) FROM filed") > 0);
    put_back_layout();
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ask("PRAGMA user_version"), GA_SCHEMA_VERSION);
    assert_int_equal(log_now(), before);
    assert_string_equal(school_read(&school, "child", &last, "village"), "石桥村");
    assert_sound();
    school_edit(&school, "child", &last, "village", "大湾村");
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_string_equal(school_read(&school, "child", &last, "village"), "大湾村");
    assert_sound();
}

static void one_run_of(const struct ga_have *run, uint64_t last)
{
    assert_int_equal(run->first, 1);
    assert_int_equal(run->last, last);
}

/* A school that was restored once is two sites in a row: both are known, the old one is vouched for. */
static void sites_and_runs_of_a_layout_without_them(void **state)
{
    (void)state;
    struct ga_vec runs, sites;
    for (int i = 0; i < 140; i++)
        school_add_child(&school, "张三");
    ga_store_idle(school.store);
    const struct ga_uuid old = *ga_store_own_site(school.store);
    assert_int_equal(ga_store_renew_site(school.store, NULL), GA_OK);
    for (int i = 0; i < 5; i++)
        school_add_child(&school, "李四");
    put_back_sites();
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ask("PRAGMA user_version"), GA_SCHEMA_VERSION);
    ga_vec_init(&runs, sizeof(struct ga_have));
    ga_vec_init(&sites, sizeof(struct ga_peer));
    assert_int_equal(ga_store_have(school.store, &runs, NULL), GA_OK);
    assert_int_equal(ga_store_sites(school.store, &sites, NULL), GA_OK);
    assert_int_equal(runs.len, 2);
    assert_int_equal(sites.len, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct ga_peer *site = GA_VEC_AT(struct ga_peer, &sites, i);
        const bool is_old = ga_uuid_compare(&site->id, &old) == 0;
        assert_true(site->is_own);
        assert_int_equal(site->by, is_old ? GA_SITE_ENROLLED : GA_SITE_OWN);
        one_run_of(GA_VEC_AT(struct ga_have, &runs, i), is_old ? 140 : 5);
    }
    assert_sound();
    ga_vec_finish(&runs);
    ga_vec_finish(&sites);
}

/* Nobody looked before the program ended without a word: the tables follow at the next start. */
static void what_waited_is_shown_after_a_start(void **state)
{
    (void)state;
    school_add_child(&school, "张三");
    const int64_t keys = ask("SELECT count(*) FROM _search_new");
    const struct ga_uuid id = school_add_child(&school, "李四");
    exec("DELETE FROM _roster WHERE no = 2; DELETE FROM _search_new WHERE no = 2;"
         "UPDATE _tally SET children = children - 1; UPDATE _count SET records = records - 1 WHERE form = ''");
    assert_int_equal(ask("SELECT count(*) FROM _search_new"), keys);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ask("SELECT count(*) FROM _roster"), 2);
    assert_int_equal(ask("SELECT children FROM _tally WHERE place = x''"), 2);
    school_edit(&school, "child", &id, "name", "王五");
    assert_sound();
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {TEST(the_layout_before_is_brought_up), TEST(sites_and_runs_of_a_layout_without_them),
                                       TEST(what_waited_is_shown_after_a_start)};
    return cmocka_run_group_tests_name("store: layouts", tests, NULL, NULL);
}
