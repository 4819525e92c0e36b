/* What an earlier program could not read and kept as bytes comes to its record once a program comes that can. */
#include "private.h"

#include "guanai/store/check.h"
#include "guanai/store/record.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school school;
static struct ga_uuid child;
static int64_t edit; /* the operation that a program of before could not read */

static int start(void **state)
{
    (void)state;
    school_start(&school);
    child = school_add_child(&school, "张三");
    school_edit(&school, "child", &child, "village", "大湾村");
    edit = school.store->last_op;
    for (int i = 0; i < 64; i++) /* a block is made of so many */
        school_add_child(&school, "李四");
    assert_int_equal(ga_log_pack_tail(school.store, NULL), GA_OK);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

static void set_apart(void)
{
    char sql[200];
    snprintf(sql, sizeof(sql), "UPDATE filed SET record = 0 WHERE no = %lld", (long long)edit);
    assert_int_equal(ga_db_exec(school.store->db, sql, NULL), GA_OK);
}

/* As it stands in the data folder of a program that knows no operation of this format, and had its tables made anew. */
static void forget_edit(void)
{
    struct ga_problems problems;
    ga_problems_init(&problems);
    set_apart();
    assert_int_equal(ga_store_set_setting(school.store, "operation.format", "0", NULL), GA_OK);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    ga_problems_finish(&problems);
}

static int64_t count(const char *sql)
{
    int64_t found = -1;
    assert_int_equal(ga_db_query_int(school.store->db, sql, &found, NULL), GA_OK);
    return found;
}

static void it_is_shown_after_the_upgrade_as_if_it_had_always_been_read(void **state)
{
    (void)state;
    struct ga_problems problems;
    forget_edit();
    assert_int_equal(count("SELECT count(*) FROM child WHERE village = '大湾村'"), 0);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(count("SELECT count(*) FROM child WHERE village = '大湾村'"), 1);
    assert_int_equal(count("SELECT count(*) FROM filed WHERE record = 0"), 0);
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
}

static void what_belongs_to_no_record_stays_where_it_is(void **state)
{
    (void)state;
    set_apart();
    assert_int_equal(school_reopen(&school, NULL), GA_OK); /* nothing new can be read: nobody looks */
    assert_int_equal(count("SELECT count(*) FROM filed WHERE record = 0"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_shown_after_the_upgrade_as_if_it_had_always_been_read, start, stop),
        cmocka_unit_test_setup_teardown(what_belongs_to_no_record_stays_where_it_is, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
