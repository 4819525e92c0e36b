/* Values come back as they went in; transactions nest; functions are called: stmt.h, transaction.h, function.h. */
#include "guanai/base/alloc.h"
#include "guanai/sql/function.h"
#include "guanai/sql/stmt.h"
#include "guanai/sql/transaction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct ga_db *db;

static int open_db(void **state)
{
    (void)state;
    if (ga_db_open(&(struct ga_db_options){.path = ":memory:", .create = true}, &db, NULL) != GA_OK)
        return 1;
    return ga_db_exec(db, "CREATE TABLE t(x)", NULL) != GA_OK;
}

static int close_db(void **state)
{
    (void)state;
    ga_db_close(db);
    return 0;
}

static int64_t count_rows(void)
{
    int64_t rows = -1;
    assert_int_equal(ga_db_query_int(db, "SELECT count(*) FROM t", &rows, NULL), GA_OK);
    return rows;
}

static void values_come_back_as_they_went_in(void **state)
{
    (void)state;
    const struct ga_value values[] = {ga_value_null(),          ga_value_int(INT64_MIN), ga_value_real(1.5),
                                      ga_value_text("王小明"),  ga_value_text(""),       ga_value_blob("\0x", 2),
                                      ga_value_blob(NULL, 0),   ga_value_text_len("a\0b", 3)};
    struct ga_stmt *stmt;
    assert_int_equal(ga_stmt_prepare(db, "SELECT ?1", &stmt, NULL), GA_OK);
    for (size_t i = 0; i < 2 * GA_COUNT(values); i++) {
        bool is_row = false;
        if (i % 2 == 0)
            ga_stmt_bind(stmt, 1, &values[i / 2]);
        else
            ga_stmt_bind_borrowed(stmt, 1, &values[i / 2]);
        assert_int_equal(ga_stmt_step(stmt, &is_row, NULL), GA_OK);
        assert_true(is_row);
        struct ga_value back = ga_stmt_column(stmt, 0);
        assert_true(ga_value_is_same(&back, &values[i / 2]));
        ga_stmt_reset(stmt);
    }
    ga_stmt_destroy(stmt);
}

/* SQLite itself is the oracle for order and truth. */
static void order_and_truth_are_sqls(void **state)
{
    (void)state;
    const struct ga_value values[] = {ga_value_int(0), ga_value_int(INT64_MAX), ga_value_real(9.2233720368547758e18),
        ga_value_real(0.5), ga_value_real(-0.5), ga_value_int(9007199254740993), ga_value_real(9007199254740992.0),
        ga_value_text("b"), ga_value_text(" 2x"), ga_value_text("0x10"), ga_value_text("inf"), ga_value_text("-1e1"),
        ga_value_text("0.0"), ga_value_text(""), ga_value_blob("b", 1), ga_value_int(-3), ga_value_text("1e-400")};
    struct ga_stmt *stmt;
    assert_int_equal(ga_stmt_prepare(db, "SELECT ?1 < ?2, ?1 = ?2, ?1 IS TRUE", &stmt, NULL), GA_OK);
    for (size_t i = 0; i < GA_COUNT(values); i++)
        for (size_t j = 0; j < GA_COUNT(values); j++) {
            bool is_row;
            ga_stmt_bind(stmt, 1, &values[i]);
            ga_stmt_bind(stmt, 2, &values[j]);
            assert_int_equal(ga_stmt_step(stmt, &is_row, NULL), GA_OK);
            assert_int_equal(ga_value_compare(&values[i], &values[j]) < 0, ga_stmt_column_int(stmt, 0));
            assert_int_equal(ga_value_compare(&values[i], &values[j]) == 0, ga_stmt_column_int(stmt, 1));
            assert_int_equal(ga_value_truth(&values[i]) == 1, ga_stmt_column_int(stmt, 2));
            ga_stmt_reset(stmt);
        }
    ga_stmt_destroy(stmt);
    assert_int_equal(ga_value_truth(&(struct ga_value){0}), -1);
}

static void a_tail_is_refused(void **state)
{
    (void)state;
    struct ga_stmt *stmt = NULL;
    assert_int_equal(ga_stmt_prepare(db, "SELECT 1; DELETE FROM t", &stmt, NULL), GA_REFUSED);
    assert_int_equal(ga_stmt_prepare(db, "", &stmt, NULL), GA_REFUSED);
    assert_null(stmt);
}

static void an_overlong_value_is_told_by_the_step(void **state)
{
    (void)state;
    struct ga_stmt *stmt;
    ga_stmt_prepare(db, "INSERT INTO t VALUES (?1)", &stmt, NULL);
    const struct ga_value huge = ga_value_text_len("x", (size_t)3 << 30);
    ga_stmt_bind_borrowed(stmt, 1, &huge);
    assert_int_equal(ga_stmt_run(stmt, NULL), GA_TOO_BIG);
    ga_stmt_bind_int(stmt, 1, 1);
    assert_int_equal(ga_stmt_run(stmt, NULL), GA_OK);
    assert_int_equal(ga_db_changes(db), 1);
    assert_int_equal(count_rows(), 1);
    ga_stmt_destroy(stmt);
}

enum { PUT, COUNT };
static const char *const SQL[] = {[PUT] = "INSERT INTO t VALUES (?1)", [COUNT] = "SELECT count(*) FROM t WHERE x = ?1"};

static void a_set_gives_each_statement_fresh(void **state)
{
    (void)state;
    struct ga_stmts stmts;
    struct ga_stmt *stmt, *again;
    bool is_row;
    ga_stmts_init(&stmts, db, SQL, GA_COUNT(SQL));
    assert_int_equal(ga_stmts_get(&stmts, PUT, &stmt, NULL), GA_OK);
    ga_stmt_bind_text(stmt, 1, "a");
    assert_int_equal(ga_stmt_run(stmt, NULL), GA_OK);
    assert_int_equal(ga_stmts_get(&stmts, COUNT, &stmt, NULL), GA_OK);
    ga_stmt_bind_text(stmt, 1, "a");
    assert_int_equal(ga_stmt_step(stmt, &is_row, NULL), GA_OK);
    assert_int_equal(ga_stmt_column_int(stmt, 0), 1);
    assert_int_equal(ga_stmts_get(&stmts, COUNT, &again, NULL), GA_OK);
    assert_ptr_equal(stmt, again);
    assert_int_equal(ga_stmt_step(again, &is_row, NULL), GA_OK); /* unbound again: NULL equals nothing */
    assert_int_equal(ga_stmt_column_int(again, 0), 0);
    ga_stmts_finish(&stmts);
}

static void an_inner_level_is_undone_alone(void **state)
{
    (void)state;
    assert_int_equal(ga_transaction_begin(db, NULL), GA_OK);
    ga_db_exec(db, "INSERT INTO t VALUES (1)", NULL);
    assert_int_equal(ga_transaction_begin(db, NULL), GA_OK);
    ga_db_exec(db, "INSERT INTO t VALUES (2)", NULL);
    assert_int_equal(ga_transaction_begin(db, NULL), GA_OK);
    ga_db_exec(db, "INSERT INTO t VALUES (3)", NULL);
    assert_int_equal(ga_transaction_depth(db), 3);
    assert_int_equal(ga_transaction_commit(db, NULL), GA_OK);
    ga_transaction_rollback(db);
    assert_int_equal(count_rows(), 1);
    assert_int_equal(ga_transaction_commit(db, NULL), GA_OK);
    assert_int_equal(ga_transaction_depth(db), 0);
    assert_int_equal(count_rows(), 1);
}

static void what_sqlite_gave_up_is_not_committed(void **state)
{
    (void)state;
    struct ga_error err = {0};
    ga_transaction_begin(db, NULL);
    ga_transaction_begin(db, NULL);
    ga_db_exec(db, "INSERT INTO t VALUES (1)", NULL);
    ga_db_exec(db, "ROLLBACK", NULL); /* as SQLite does on a full disk */
    assert_int_equal(ga_transaction_begin(db, &err), GA_IO);
    assert_int_equal(ga_transaction_commit(db, &err), GA_IO);
    assert_int_equal(ga_transaction_commit(db, &err), GA_IO);
    assert_int_equal(ga_transaction_depth(db), 0);
    assert_int_equal(count_rows(), 0);
}

static void join(struct ga_sql_call *call)
{
    char text[64] = "";
    for (int i = 0; i < ga_sql_call_args(call); i++) {
        struct ga_value arg = ga_sql_call_arg(call, i);
        if (arg.kind != GA_VALUE_TEXT) {
            ga_sql_call_fail(call, "only texts");
            return;
        }
        strncat(text, arg.text, 8);
    }
    struct ga_value all = ga_value_text(text);
    ++*(int *)ga_sql_call_ctx(call);
    ga_sql_call_return(call, &all);
}

static uint64_t hash_of(const char *select)
{
    struct ga_stmt *stmt;
    bool is_row = false;
    assert_int_equal(ga_stmt_prepare(db, select, &stmt, NULL), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &is_row, NULL), GA_OK);
    assert_true(is_row);
    const uint64_t hash = ga_stmt_hash(stmt, 0, ga_stmt_columns(stmt));
    ga_stmt_destroy(stmt);
    return hash;
}

static void rows_are_told_apart_by_kind_length_and_bytes(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "SELECT NULL, NULL", "SELECT NULL", "SELECT 0", "SELECT 1", "SELECT '1'", "SELECT x'31'", "SELECT 1.0", "SELECT ''",
        "SELECT x''", "SELECT x'00'", "SELECT x'0000'", "SELECT 'ab', 'c'", "SELECT 'a', 'bc'", "SELECT 'abc', ''", "SELECT 'c', 'ab'",
        "SELECT '王小明的外婆'", "SELECT '王小明的外公'", "SELECT '王小明的外婆 '", "SELECT 1, NULL", "SELECT NULL, 1", "SELECT 1 << 32", "SELECT -1",
        "SELECT '12345678', '90'", "SELECT '1234567890'", "SELECT '1234567809'",
    };
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        assert_true(hash_of(rows[i]) == hash_of(rows[i]));
        for (size_t k = 0; k < i; k++)
            if (hash_of(rows[i]) == hash_of(rows[k]))
                fail_msg("%s is as %s", rows[i], rows[k]);
    }
}

static void functions_of_ours_are_called(void **state)
{
    (void)state;
    static const struct ga_sql_function table[] = {{"joined", -1, GA_SQL_DETERMINISTIC, join}};
    int calls = 0;
    int64_t value = 0;
    struct ga_error err = {0};
    assert_int_equal(ga_sql_functions_add(db, table, 1, &calls, NULL), GA_OK);
    assert_int_equal(ga_db_query_int(db, "SELECT joined('1', '2', '3')", &value, NULL), GA_OK);
    assert_int_equal(value, 123);
    assert_int_equal(calls, 1);
    assert_int_equal(ga_db_query_int(db, "SELECT joined(1)", &value, &err), GA_REFUSED);
    assert_string_equal(ga_message_arg(&err.what, 0), "only texts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_come_back_as_they_went_in, open_db, close_db),
        cmocka_unit_test_setup_teardown(order_and_truth_are_sqls, open_db, close_db),
        cmocka_unit_test_setup_teardown(a_tail_is_refused, open_db, close_db),
        cmocka_unit_test_setup_teardown(an_overlong_value_is_told_by_the_step, open_db, close_db),
        cmocka_unit_test_setup_teardown(a_set_gives_each_statement_fresh, open_db, close_db),
        cmocka_unit_test_setup_teardown(an_inner_level_is_undone_alone, open_db, close_db),
        cmocka_unit_test_setup_teardown(what_sqlite_gave_up_is_not_committed, open_db, close_db),
        cmocka_unit_test_setup_teardown(rows_are_told_apart_by_kind_length_and_bytes, open_db, close_db),
        cmocka_unit_test_setup_teardown(functions_of_ours_are_called, open_db, close_db),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
