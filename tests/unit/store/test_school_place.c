/* What a county took in by a program that let no school stand in for a place stands under its school once a newer one opens it. */
#include "guanai/sql/stmt.h"
#include "guanai/store/school.h"
#include "guanai/store/touched.h"
#include "sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 5 };

static struct sticks_town town;
static struct school *const school = &town.schools[0], *const county = &town.schools[1];

static int start(void **state)
{
    (void)state;
    sticks_start(&town, 2);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sticks_stop(&town);
    return 0;
}

static int64_t ask(const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(county->store), sql, &answer, NULL), GA_OK);
    return answer;
}

static int64_t count_in_school(void)
{
    struct ga_vec schools;
    char sql[100];
    ga_vec_init(&schools, sizeof(struct ga_school));
    assert_int_equal(ga_store_schools(county->store, &schools, NULL), GA_OK);
    assert_int_equal(schools.len, 1);
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM child WHERE site = '%s'", GA_VEC_AT(const struct ga_school, &schools, 0)->code);
    ga_vec_finish(&schools);
    return ask(sql);
}

/* As an earlier program had it: what a computer that is no county takes in names no school. */
static void take_in_without_places(void)
{
    struct ga_received told;
    struct ga_uuid child = {0};
    for (int i = 0; i < CHILDREN; i++)
        child = school_add_child(school, "张三");
    school_edit(school, "child", &child, "village", "大湾村");
    school_add_child(county, "李四"); /* the county's own, of no school */
    sticks_carry(school, county, &told);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], CHILDREN + 1);
    assert_int_equal(ask("SELECT count(*) FROM child WHERE site IS NULL"), CHILDREN + 1);
    assert_int_equal(ga_store_begin_county(county->store, NULL), GA_OK);
}

static void its_children_stand_under_their_school_at_the_first_opening(void **state)
{
    (void)state;
    take_in_without_places();
    const int64_t before = ga_store_last_op(county->store);
    bool is_touched, is_far;
    assert_int_equal(school_reopen(county, NULL), GA_OK);
    assert_int_equal(count_in_school(), CHILDREN);
    assert_int_equal(ask("SELECT count(*) FROM child WHERE site IS NULL"), 1);
    assert_int_equal(ga_store_any_touched(county->store, before, NULL, 0, &is_touched, &is_far, NULL), GA_OK);
    assert_true(is_touched); /* lists that follow the log look again */
    sticks_assert_sound(county);
}

static void that_is_done_once(void **state)
{
    (void)state;
    take_in_without_places();
    assert_int_equal(school_reopen(county, NULL), GA_OK);
    const int64_t after = ga_store_last_op(county->store);
    assert_int_equal(ga_db_exec(ga_store_db(county->store), "UPDATE child SET site = NULL", NULL), GA_OK);
    assert_int_equal(school_reopen(county, NULL), GA_OK);
    assert_int_equal(count_in_school(), 0);
    assert_int_equal(ga_store_last_op(county->store), after);
}

static void a_school_itself_is_left_as_it_is(void **state)
{
    (void)state;
    const struct ga_uuid child = school_add_child(county, "张三");
    const int64_t before = ga_store_last_op(county->store);
    assert_int_equal(school_reopen(county, NULL), GA_OK);
    assert_int_equal(ga_store_last_op(county->store), before);
    assert_string_equal(school_read(county, "child", &child, "site"), "");
    sticks_assert_sound(county);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(its_children_stand_under_their_school_at_the_first_opening),
        CASE(that_is_done_once),
        CASE(a_school_itself_is_left_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
