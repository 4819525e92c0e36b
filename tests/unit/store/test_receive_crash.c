/* The power may go at any moment while a stick is taken in: all of it is there afterwards, or nothing. */
#include "guanai/base/alloc.h"
#include "guanai/store/site.h"
#include "power_cut.h"
#include "sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { CHILDREN = 8 };

static struct power_cut cut;
static struct sticks_town town;
static struct school *const other = &town.schools[0];
static struct ga_uuid children[CHILDREN];

static void know(struct school *school, struct school *of)
{
    struct ga_peer peer;
    assert_int_equal(ga_store_site(of->store, ga_store_own_site(of->store), &peer, NULL), GA_OK);
    assert_int_equal(ga_site_trust(school->store, &peer, NULL), GA_OK);
}

static void add_children(void)
{
    for (int i = 0; i < CHILDREN; i++)
        children[i] = school_add_child(other, i % 2 == 0 ? "张三" : "李四");
}

static int start(void **state)
{
    (void)state;
    power_cut_start(&cut);
    sticks_start(&town, 1);
    know(&cut.school, other);
    know(other, &cut.school);
    add_children();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    power_cut_stop(&cut);
    sticks_stop(&town);
    return 0;
}

static void what_a_stick_brings_is_there_whole_or_not_at_all(void **state)
{
    (void)state;
    power_cut_from_here(&cut);
    sticks_carry(other, &cut.school, NULL);
    power_cut_acknowledge(&cut);
    for (int i = 0; i < 2; i++) { /* each knows nothing of the other */
        school_edit(other, "child", &children[i], "village", "石桥村");
        school_edit(&cut.school, "child", &children[i], "village", "小河村");
        power_cut_acknowledge(&cut);
    }
    sticks_carry(other, &cut.school, NULL);
    power_cut_acknowledge(&cut);
    assert_int_equal(power_cut_losses(&cut, "a stick"), 0);
}

/* What its own copy wrote comes: it is there with the new id, or neither is. */
static void a_copy_of_itself_is_found_out_whole_or_not_at_all(void **state)
{
    (void)state;
    struct school twin;
    struct ga_received told;
    school_prepare(&twin, (struct school_base){0}); /* with the same random numbers, hence the same id and key */
    assert_int_equal(school_reopen(&twin, NULL), GA_OK);
    assert_int_equal(ga_uuid_compare(ga_store_own_site(twin.store), ga_store_own_site(cut.school.store)), 0);
    school_add_child(&twin, "王五");
    cut.may_fork = true;
    power_cut_from_here(&cut);
    school_add_child(&cut.school, "赵六");
    power_cut_acknowledge(&cut);
    sticks_carry(&twin, &cut.school, &told);
    assert_true(told.has_new_site);
    power_cut_acknowledge(&cut);
    school_add_child(&cut.school, "赵七");
    power_cut_acknowledge(&cut);
    assert_int_equal(power_cut_losses(&cut, "a copy of itself"), 0);
    school_stop(&twin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_a_stick_brings_is_there_whole_or_not_at_all, start, stop),
        cmocka_unit_test_setup_teardown(a_copy_of_itself_is_found_out_whole_or_not_at_all, start, stop),
    };
    return cmocka_run_group_tests_name("store: power cuts while a stick is taken in", tests, NULL, NULL);
}
