/* Expressions of others can read what they may, stop in time: what sql/guard.h promises. */
#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/sql/function.h"
#include "guanai/sql/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct ga_db *db;
static const char *const repeat_views[] = {"siblings"};
static const struct ga_guard_scope rule = {.kind = GA_GUARD_RULE, .views = repeat_views, .views_count = 1};
static const char *const child_views[] = {"v_child", "v_young"};
static const struct ga_guard_scope view = {.kind = GA_GUARD_VIEW, .views = child_views, .views_count = 2};

static void today(struct ga_sql_call *call)
{
    struct ga_value day = ga_value_text("2026-11-20");
    ga_sql_call_return(call, &day);
}

static const struct ga_sql_function functions[] = {
    {"today", 0, GA_SQL_DETERMINISTIC | GA_SQL_GUARDED, today},
    {"secret", 0, GA_SQL_DETERMINISTIC, today},
};

static int open_db(void **state)
{
    (void)state;
    const char *script = "CREATE TABLE child(id INTEGER PRIMARY KEY, name, class);"
                         "CREATE TABLE visit(child, met); CREATE TABLE phone(number);"
                         "INSERT INTO child VALUES (1, 'A', 1), (2, 'B', 2), (3, 'C', 1);"
                         "CREATE TEMP TABLE mine(class); INSERT INTO mine VALUES (1);"
                         "CREATE TEMP VIEW v_child AS SELECT id, name FROM child WHERE class IN (SELECT class FROM mine);"
                         "CREATE TEMP VIEW v_young AS SELECT id, (SELECT count(*) FROM visit) AS visits FROM child;"
                         "CREATE TEMP VIEW siblings AS SELECT value ->> '$.age' AS age FROM json_each('[{\"age\":5},{\"age\":9}]')";
    if (ga_db_open(&(struct ga_db_options){.path = ":memory:", .create = true}, &db, NULL) != GA_OK)
        return 1;
    return ga_sql_functions_add(db, functions, GA_COUNT(functions), NULL, NULL) != GA_OK ||
           ga_db_exec(db, script, NULL) != GA_OK;
}

static int close_db(void **state)
{
    (void)state;
    ga_db_close(db);
    return 0;
}

/* The answer of preparing, else of stepping to the end; steps are bounded either way. */
static enum ga_rc evaluate(const struct ga_guard_scope *scope, const char *expr, char *ret_text, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool is_row;
    enum ga_rc rc = ga_guard_prepare_one(db, scope, expr, NULL, NULL, &stmt, NULL, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_stmt_step(stmt, &is_row, err);
    const char *text = rc == GA_OK ? ga_stmt_column_text(stmt, 0) : NULL;
    snprintf(ret_text, 64, "%s", text == NULL ? "NULL" : text);
    assert_true(ga_guard_steps(stmt) <= GA_GUARD_RULE_STEPS + 1000);
    ga_stmt_destroy(stmt);
    return rc;
}

static void harmless_expressions_are_computed(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"1 + 1", "2"},
        {"today() >= '2026-11-01'", "1"},
        {"'it''s' || x'41' || \n upper('a')", "it'sAA"},
        {"(SELECT count(*) FROM siblings WHERE age < 6)", "1"},
        {"(SELECT count(*) FROM siblings)", "2"},
        {"(SELECT sum(value) FROM json_each('[1,2,3]'))", "6"},
        {"CASE WHEN 1 IN (1, 2) THEN 'y' ELSE 'n' END", "y"},
        {"NULL", "NULL"},
        {"date('2026-01-31', '+1 day')", "2026-02-01"},
        {"trim('--a-', '-')", "a"},
        {"trim('（王）', '（）')", "王"},
    };
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        char text[64];
        struct ga_error err = {0};
        if (evaluate(&rule, rows[i][0], text, &err) != GA_OK)
            fail_msg("%s: %s %s", rows[i][0], err.what.id, ga_message_arg(&err.what, 0));
        assert_string_equal(text, rows[i][1]);
    }
}

static void hostile_rules_are_refused(void **state)
{
    (void)state;
    static const char *const exprs[] = {
        "(SELECT sql FROM sqlite_master)", "(SELECT count(*) FROM sqlite_schema)", "(SELECT count(*) FROM child)",
        "EXISTS (SELECT 1 FROM main.child)", "(SELECT 1 FROM child, siblings)", "1 IN mine", "1 IN main . phone",
        "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n)",
        "(WITH siblings AS (SELECT name FROM child) SELECT name FROM siblings)",
        "1 -- )", "1 /* */", "1); DROP TABLE child; SELECT (1", "1;", "1) UNION SELECT (2", "1, 2", "", "  ",
        "1) FROM child WHERE (1", "(SELECT 1, 2)", "\"name\"", "[name]", "`name`", "?1", ":a", "@a", "$a", "'open",
        "randomblob(10)", "hex(zeroblob(1000000000))", "printf('%.*c', 100000000, 'x')", "format('%d', 1)",
        "load_extension('x')", "random()", "sqlite_version()", "changes()", "last_insert_rowid()", "secret()",
        "readfile('/etc/passwd')", "(SELECT count(*) FROM pragma_table_info('child'))", "current_date", "date('now')",
        "date()", "(SELECT count(*) FROM json_tree('[1]'))", "(SELECT name FROM v_child)", "EXPLAIN SELECT 1",
        "(PRAGMA user_version)", "(DELETE FROM child)", "(SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5)",
    };
    for (size_t i = 0; i < GA_COUNT(exprs); i++) {
        char text[64];
        struct ga_error err = {0};
        enum ga_rc rc = evaluate(&rule, exprs[i], text, &err);
        if (rc != GA_REFUSED)
            fail_msg("%s: %d", exprs[i], rc);
        assert_int_equal(err.rc, GA_REFUSED);
    }
}

static void bombs_end_within_their_bounds(void **state)
{
    (void)state;
    static const char *const exprs[] = {
        ("(SELECT count(*) FROM json_each('[1,2,3,4,5,6,7,8,9,0]') a, json_each('[1,2,3,4,5,6,7,8,9,0]') b,"
        " json_each('[1,2,3,4,5,6,7,8,9,0]') c, json_each('[1,2,3,4,5,6,7,8,9,0]') d,"
        " json_each('[1,2,3,4,5,6,7,8,9,0]') e, json_each('[1,2,3,4,5,6,7,8,9,0]') f)"),
        ("length(replace(replace(replace(replace(replace(replace('aaaaaaaa', 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'),"
        " 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'))"),
        "trim('a', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb')",
        "'a' LIKE replace('aaaaaaaa', 'a', '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a')",
        "'a' GLOB replace('aaaaaaaa', 'a', '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a')",
    };
    for (size_t i = 0; i < GA_COUNT(exprs); i++) {
        char text[64];
        struct ga_error err = {0};
        if (evaluate(&rule, exprs[i], text, &err) != GA_REFUSED)
            fail_msg("%s", exprs[i]);
    }
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    char expr[12000] = "", text[64];
    for (int i = 0; i < 3000; i++)
        strcpy(expr + 2 * i, "-(");
    assert_int_equal(evaluate(&rule, expr, text, NULL), GA_REFUSED);
    for (int i = 0; i < 3000; i++)
        strcpy(expr + 2 * i, "~ ");
    strcat(expr, "1");
    assert_int_equal(evaluate(&rule, expr, text, NULL), GA_REFUSED);
}

static void a_view_shows_its_rows_only(void **state)
{
    (void)state;
    char text[64];
    static const char *const fine[][2] = {
        {"(SELECT count(*) FROM v_child)", "2"},
        {"(SELECT group_concat(name, '') FROM v_child AS child)", "AC"},
        {"(SELECT sum(visits) FROM v_young)", "0"},
        {"EXISTS (SELECT 1 FROM v_child)", "1"},
        {"(SELECT count(*) FROM v_child a, v_child b)", "4"},
    };
    for (size_t i = 0; i < GA_COUNT(fine); i++) {
        struct ga_error err = {0};
        if (evaluate(&view, fine[i][0], text, &err) != GA_OK)
            fail_msg("%s: %s %s", fine[i][0], err.what.id, ga_message_arg(&err.what, 0));
        assert_string_equal(text, fine[i][1]);
    }
    static const char *const refused[] = {
        "(SELECT count(*) FROM child)", "(SELECT name FROM child AS v_child)", "(SELECT count(*) FROM v_child, phone)",
        "(SELECT count(*) FROM child v_child)", "(SELECT 1 FROM v_child WHERE EXISTS (SELECT 1 FROM main.visit))",
        "(SELECT count(*) FROM (SELECT name FROM child) AS v_child)", "(SELECT class FROM mine)",
        "(SELECT v_child.name FROM phone AS v_child, v_child)", "(SELECT age FROM siblings)",
        "(SELECT count(*) FROM json_each('[1]'))", "(SELECT class FROM v_child)",
    };
    for (size_t i = 0; i < GA_COUNT(refused); i++)
        if (evaluate(&view, refused[i], text, NULL) != GA_REFUSED)
            fail_msg("%s", refused[i]);
}

static void a_list_may_have_our_own_columns(void **state)
{
    (void)state;
    const char *where = "name <> 'A'";
    const struct ga_guard_shape shape = {.prefix = "SELECT id, name FROM v_child WHERE (", .suffix = ") ORDER BY id",
                                         .exprs = &where, .exprs_count = 1, .columns = 2};
    struct ga_stmt *stmt;
    bool is_row;
    assert_int_equal(ga_guard_prepare(db, &view, &shape, &stmt, NULL, NULL), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &is_row, NULL), GA_OK);
    assert_int_equal(ga_stmt_column_int(stmt, 0), 3);
    assert_int_equal(ga_stmt_step(stmt, &is_row, NULL), GA_OK);
    assert_false(is_row);
    ga_stmt_destroy(stmt);
}

static int give_param(void *ctx, const struct ga_guard_name *name)
{
    (void)ctx;
    if (name->len == 3 && memcmp(name->text, "met", 3) == 0 && name->select_depth == 0)
        return 1;
    return name->len == 11 && memcmp(name->text, "child.grade", 11) == 0 ? 2 : 0;
}

static void names_become_parameters_whose_faults_are_placed(void **state)
{
    (void)state;
    struct ga_stmt *stmt;
    struct ga_guard_place place;
    struct ga_error err = {0};
    bool is_row;
    assert_int_equal(ga_guard_prepare_one(db, &rule, "met = 'met' AND child.grade+1 = 4", give_param, NULL, &stmt,
                                          &place, NULL), GA_OK);
    ga_stmt_bind_text(stmt, 1, "met");
    ga_stmt_bind_int(stmt, 2, 3);
    assert_int_equal(ga_stmt_step(stmt, &is_row, NULL), GA_OK);
    assert_int_equal(ga_stmt_column_int(stmt, 0), 1);
    ga_stmt_destroy(stmt);
    static const struct {
        const char *expr;
        int character;
        const char *sentence, *arg;
    } rows[] = {
        {"met = '关爱' AND nosuch > 1", 15, "there is no field called %1 here", "nosuch"},
        {"child.grade > nosuch(1)", 14, "there is no function called %1", "nosuch"},
        {"met || printf('x')", 7, "the function %1 may not be used here", "printf"},
        {"met = 1 +* 2", 9, NULL, NULL},
        {"met = '关'; 1", 9, "a semicolon may not stand in an expression", ""},
        {"met IN (SELECT number FROM phone)", -2, "%1 may not be read here", "phone"},
    };
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        enum ga_rc rc = ga_guard_prepare_one(db, &rule, rows[i].expr, give_param, NULL, &stmt, &place, &err);
        assert_int_equal(rc, GA_REFUSED);
        if (rows[i].character != -2 && place.character != rows[i].character)
            fail_msg("%s: %d", rows[i].expr, place.character);
        if (rows[i].sentence != NULL) {
            assert_string_equal(err.what.id, rows[i].sentence);
            assert_string_equal(ga_message_arg(&err.what, 0), rows[i].arg);
        }
    }
}

static void a_fault_in_a_combined_statement_is_told_apart(void **state)
{
    (void)state;
    const char *const exprs[] = {"1 = 1", "2 > nosuch", "3"};
    const struct ga_guard_shape shape = {.exprs = exprs, .exprs_count = 3};
    struct ga_stmt *stmt;
    struct ga_guard_place place;
    assert_int_equal(ga_guard_prepare(db, &rule, &shape, &stmt, &place, NULL), GA_REFUSED);
    assert_int_equal(place.expr, 1);
    assert_int_equal(place.character, 4);
}

static void collect(void *ctx, const struct ga_guard_name *name)
{
    struct ga_str *all = ctx;
    ga_str_addf(all, "%.*s%s@%zu/%d ", (int)name->len, name->text, name->is_call ? "()" : "", name->offset,
                name->select_depth);
}

static void names_are_listed_with_their_places(void **state)
{
    (void)state;
    struct ga_str all = {0};
    assert_int_equal(ga_guard_names("met = 'a b' AND age(child.birth) > 1e5 OR (SELECT x FROM s) IS NOT y", collect,
                                    &all, NULL, NULL), GA_OK);
    assert_string_equal(ga_str_text(&all), "met@0/0 age()@16/0 child.birth@20/0 x@50/1 s@57/1 y@67/0 ");
    ga_str_finish(&all);
    int character = -1;
    assert_int_equal(ga_guard_names("'关' = \"x\"", collect, &all, &character, NULL), GA_REFUSED);
    assert_int_equal(character, 6);
    ga_str_finish(&all);
    assert_true(ga_guard_is_keyword("order"));
    assert_false(ga_guard_is_keyword("met"));
}

static void unguarded_statements_are_not_touched(void **state)
{
    (void)state;
    struct ga_stmt *own, *guarded;
    bool is_row;
    assert_int_equal(ga_stmt_prepare(db, "SELECT length(randomblob(100000))", &own, NULL), GA_OK);
    assert_int_equal(ga_guard_prepare_one(db, &rule, "1", NULL, NULL, &guarded, NULL, NULL), GA_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ga_stmt_step(guarded, &is_row, NULL), GA_OK);
        assert_int_equal(ga_stmt_step(own, &is_row, NULL), GA_OK);
        assert_int_equal(ga_stmt_column_int(own, 0), 100000); /* over the guard's 64 KiB */
        ga_stmt_reset(own);
        ga_stmt_reset(guarded);
    }
    /* a changed schema makes SQLite prepare the guarded one anew, which must not open the gate */
    assert_int_equal(ga_db_exec(db, "CREATE TABLE later(x)", NULL), GA_OK);
    assert_int_equal(ga_stmt_step(guarded, &is_row, NULL), GA_OK);
    ga_stmt_destroy(own);
    ga_stmt_destroy(guarded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(harmless_expressions_are_computed), cmocka_unit_test(hostile_rules_are_refused),
        cmocka_unit_test(bombs_end_within_their_bounds),     cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(a_view_shows_its_rows_only),        cmocka_unit_test(a_list_may_have_our_own_columns),
        cmocka_unit_test(names_become_parameters_whose_faults_are_placed),
        cmocka_unit_test(a_fault_in_a_combined_statement_is_told_apart),
        cmocka_unit_test(names_are_listed_with_their_places),
        cmocka_unit_test(unguarded_statements_are_not_touched),
    };
    return cmocka_run_group_tests(tests, open_db, close_db);
}
