/* A folder of the layout before is brought up to this one at opening; nothing of the log is lost. */
#include "guanai/store/check.h"

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

/* As the program before wrote it: a row a transaction in txn, a row an operation in op, no mark in _count. */
static void put_back_layout(void)
{
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
    const struct CMUnitTest tests[] = {TEST(the_layout_before_is_brought_up), TEST(what_waited_is_shown_after_a_start)};
    return cmocka_run_group_tests_name("store: layouts", tests, NULL, NULL);
}
