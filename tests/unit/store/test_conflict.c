/* What two computers answered differently is listed until somebody settles it; equal answers are nobody's business. */
#include "guanai/store/conflict.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/site.h"
#include "guanai/store/undo.h"
#include "sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sticks_town town;
static struct school *const a = &town.schools[0], *const b = &town.schools[1];
static struct ga_uuid child;

static int start(void **state)
{
    (void)state;
    sticks_start(&town, 2);
    child = school_add_child(a, "张三");
    sticks_carry(a, b, NULL);
    ga_site_set_label(a->store, ga_store_own_site(a->store), "中心校", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sticks_stop(&town);
    return 0;
}

static void meet(void)
{
    sticks_carry(a, b, NULL);
    sticks_carry(b, a, NULL);
}

static struct ga_conflict *list(struct school *school, size_t *ret_count)
{
    struct ga_conflict *conflicts;
    int64_t count;
    assert_int_equal(ga_conflict_list(school->store, NULL, 100, GA_ZH, &school->arena, &conflicts, ret_count, NULL), GA_OK);
    assert_int_equal(ga_conflict_count(school->store, &count, NULL), GA_OK);
    assert_int_equal(count, *ret_count);
    return conflicts;
}

static void settle(struct school *school, size_t pick)
{
    size_t count;
    const struct ga_conflict *conflicts = list(school, &count);
    assert_int_equal(count, 1);
    assert_int_equal(ga_conflict_settle(school->store, &conflicts[0], pick, NULL, 0, NULL), GA_OK);
    list(school, &count);
    assert_int_equal(count, 0);
}

static void both_values_are_told_with_who_wrote_them_where(void **state)
{
    (void)state;
    size_t count;
    school_edit(a, "child", &child, "village", "石桥村");
    school_edit(b, "child", &child, "village", "小河村");
    meet();
    const struct ga_conflict *conflicts = list(a, &count);
    assert_int_equal(count, 1);
    assert_int_equal(conflicts[0].kind, GA_CONFLICT_ANSWER);
    assert_int_equal(ga_uuid_compare(&conflicts[0].record, &child), 0);
    assert_int_equal(conflicts[0].values_count, 2);
    assert_int_equal(conflicts[0].fields_count, 1);
    assert_string_equal(conflicts[0].fields[0].label, "村");
    const char *shown = school_read(a, "child", &child, "village");
    assert_string_equal(conflicts[0].values[0].texts[0], shown);
    for (size_t i = 0; i < 2; i++) {
        const struct ga_conflict_value *value = &conflicts[0].values[i];
        const bool is_first = strcmp(value->texts[0], "石桥村") == 0;
        assert_string_equal(value->user, is_first ? "周老师" : "王老师");
        assert_string_equal(value->when, "2026-11-23 12:41");
        if (is_first)
            assert_string_equal(value->site_label, "中心校");
        else
            assert_int_equal(strlen(value->site_label), 8);
    }
}

/* Whichever of the two is told first. */
static void who_said_more_of_a_unit_said_something_else(void **state)
{
    (void)state;
    enum { CHILDREN = 12 };
    struct ga_uuid children[CHILDREN];
    size_t count;
    for (size_t i = 0; i < CHILDREN; i++)
        children[i] = school_add_child(a, "张三");
    meet();
    for (size_t i = 0; i < CHILDREN; i++) {
        school_edit(a, "child", &children[i], "guardian_name", "李桂兰");
        school_edit(b, "child", &children[i], "guardian_name", "李桂兰");
        school_edit(b, "child", &children[i], "guardian_phone", "13900002222");
    }
    meet();
    list(a, &count);
    assert_int_equal(count, CHILDREN);
    list(b, &count);
    assert_int_equal(count, CHILDREN);
}

static void picking_one_settles_it_everywhere(void **state)
{
    (void)state;
    size_t count;
    school_edit(a, "child", &child, "village", "石桥村");
    school_edit(b, "child", &child, "village", "小河村");
    meet();
    const struct ga_conflict *conflicts = list(a, &count);
    const char *picked = conflicts[0].values[1].texts[0];
    settle(a, 1);
    assert_string_equal(school_read(a, "child", &child, "village"), picked);
    meet();
    list(b, &count);
    assert_int_equal(count, 0);
    assert_string_equal(school_read(b, "child", &child, "village"), picked);
    assert_int_equal(ga_conflict_settle(a->store, &conflicts[0], 0, NULL, 0, NULL), GA_REFUSED); /* meanwhile settled */
    sticks_assert_sound(a);
    sticks_assert_sound(b);
}

/* Of a unit just the fields that differ are shown; a third value for one of them, the rest as picked. */
static void a_third_value_can_be_typed(void **state)
{
    (void)state;
    size_t count;
    school_edit(a, "child", &child, "guardian_name", "李桂兰");
    sticks_carry(a, b, NULL);
    school_edit(a, "child", &child, "guardian_phone", "13800001111");
    school_edit(b, "child", &child, "guardian_phone", "13900002222");
    meet();
    const struct ga_conflict *conflicts = list(a, &count);
    assert_int_equal(count, 1);
    assert_int_equal(conflicts[0].fields_count, 1);
    assert_string_equal(conflicts[0].fields[0].id, "guardian_phone");
    struct ga_answers typed;
    ga_answers_init(&typed, school_form(a, "child"));
    school_type(&typed, "guardian_phone", "13700003333");
    struct ga_conflict_typed third = {"guardian_phone", *ga_answers_at(&typed, ga_form_field(typed.form, "guardian_phone"))};
    assert_int_equal(ga_conflict_settle(a->store, &conflicts[0], 0, &third, 1, NULL), GA_OK);
    third.field = "name";
    assert_int_equal(ga_conflict_settle(a->store, &conflicts[0], 0, &third, 1, NULL), GA_REFUSED);
    ga_answers_finish(&typed);
    meet();
    assert_string_equal(school_read(b, "child", &child, "guardian_phone"), "13700003333");
    assert_string_equal(school_read(b, "child", &child, "guardian_name"), "李桂兰");
    list(b, &count);
    assert_int_equal(count, 0);
}

static void equal_values_are_no_conflict(void **state)
{
    (void)state;
    size_t count;
    school_edit(a, "child", &child, "village", "石桥村");
    school_edit(b, "child", &child, "village", "石桥村");
    meet();
    list(a, &count);
    assert_int_equal(count, 0);
    school_edit(a, "child", &child, "village", "小河村"); /* replaces both */
    meet();
    list(b, &count);
    assert_int_equal(count, 0);
    assert_string_equal(school_read(b, "child", &child, "village"), "小河村");
}

/* What came after the list was drawn up is no part of the choice. */
static void a_value_that_arrives_while_somebody_chooses_stays(void **state)
{
    (void)state;
    size_t count;
    school_edit(a, "child", &child, "village", "石桥村");
    school_edit(b, "child", &child, "village", "小河村");
    sticks_carry(b, a, NULL);
    const struct ga_conflict *conflicts = list(a, &count);
    school_edit(b, "child", &child, "village", "大湾村");
    sticks_carry(b, a, NULL);
    const size_t ours = strcmp(conflicts[0].values[0].texts[0], "石桥村") == 0 ? 0 : 1;
    assert_int_equal(ga_conflict_settle(a->store, &conflicts[0], ours, NULL, 0, NULL), GA_OK);
    conflicts = list(a, &count);
    assert_int_equal(count, 1);
    meet();
    list(b, &count);
    assert_int_equal(count, 1);
}

static void remove_child(struct school *school)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_remove(save, &child, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static int64_t children(struct school *school)
{
    int64_t count = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school->store), "SELECT count(*) FROM child", &count, NULL), GA_OK);
    return count;
}

static void an_edit_against_a_removal_stays_visible_until_settled(void **state)
{
    (void)state;
    size_t count;
    for (size_t pick = 0; pick < 2; pick++) {
        remove_child(a);
        school_edit(b, "child", &child, "village", pick == 0 ? "石桥村" : "小河村");
        list(a, &count);
        assert_int_equal(count, 0);
        meet();
        const struct ga_conflict *conflicts = list(b, &count);
        assert_int_equal(count, 1);
        assert_int_equal(conflicts[0].kind, GA_CONFLICT_REMOVAL);
        assert_string_equal(conflicts[0].values[0].user, "周老师");
        assert_string_equal(conflicts[0].values[1].user, "王老师");
        assert_int_equal(children(a), 1);
        settle(b, pick == 0 ? 1 : 0); /* first it is kept */
        meet();
        list(a, &count);
        assert_int_equal(count, 0);
        assert_int_equal(children(a), pick == 0 ? 1 : 0);
        assert_int_equal(children(b), pick == 0 ? 1 : 0);
        sticks_assert_sound(a);
    }
}

/* Somebody edits the field as ever: that settles it as well. */
static void an_ordinary_save_settles_what_it_saw(void **state)
{
    (void)state;
    size_t count;
    school_edit(a, "child", &child, "village", "石桥村");
    school_edit(b, "child", &child, "village", "小河村");
    meet();
    school_edit(a, "child", &child, "village", "大湾村");
    list(a, &count);
    assert_int_equal(count, 0);
}

static int64_t handed(struct school *school, const char *to)
{
    int64_t count = -1;
    assert_int_equal(ga_conflict_count_handed(school->store, to, &count, NULL), GA_OK);
    return count;
}

static void hand(struct school *school, const char *to)
{
    size_t count;
    const struct ga_conflict *conflicts = list(school, &count);
    assert_int_equal(count, 1);
    assert_int_equal(ga_conflict_hand(school->store, &conflicts[0], to, NULL), GA_OK);
    conflicts = list(school, &count);
    assert_string_equal(conflicts[0].handed_to, to);
}

/* On every computer; what is given back waits for nobody, neither does another question about the same field. */
static void what_is_handed_to_somebody_is_counted_for_that_person(void **state)
{
    (void)state;
    size_t count;
    school_edit(a, "child", &child, "village", "石桥村");
    school_edit(b, "child", &child, "village", "小河村");
    meet();
    assert_int_equal(handed(a, "李校长"), 0);
    hand(a, "李校长");
    meet();
    assert_int_equal(handed(a, "李校长"), 1);
    assert_int_equal(handed(b, "李校长"), 1);
    assert_int_equal(handed(b, "周老师") + handed(b, ""), 0);
    sticks_assert_sound(b);
    hand(b, "");
    assert_int_equal(handed(b, "李校长") + handed(b, ""), 0);
    hand(b, "吴校长");
    meet();
    assert_int_equal(handed(a, "吴校长"), 1);
    school_edit(a, "child", &child, "village", "茶园村"); /* somebody else: it waits still */
    assert_int_equal(handed(a, "吴校长"), 1);
    ga_store_set_user(a->store, "吴校长", NULL);
    ga_store_set_user(b->store, "吴校长", NULL);
    meet();
    school_edit(a, "child", &child, "village", "大湾村"); /* settles it */
    assert_int_equal(handed(a, "吴校长"), 0);
    school_edit(b, "child", &child, "village", "上坝村"); /* not knowing of that */
    assert_int_equal(handed(b, "吴校长"), 0);
    meet();
    list(a, &count);
    assert_int_equal(count, 1);
    assert_int_equal(handed(a, "吴校长"), 0);
    sticks_assert_sound(a);
}

static void a_removal_can_be_handed_to_somebody_as_well(void **state)
{
    (void)state;
    remove_child(a);
    school_edit(b, "child", &child, "village", "石桥村");
    meet();
    hand(b, "李校长");
    meet();
    assert_int_equal(handed(a, "李校长"), 1);
    sticks_assert_sound(a);
}

static void exec(struct school *school, const char *sql)
{
    assert_int_equal(ga_db_exec(ga_store_db(school->store), sql, NULL), GA_OK);
}

static void what_was_handed_in_the_layout_before_is_counted(void **state)
{
    (void)state;
    school_edit(a, "child", &child, "village", "石桥村");
    school_edit(b, "child", &child, "village", "小河村");
    meet();
    hand(a, "李校长");
    exec(a, "DROP INDEX conflict_handed; ALTER TABLE conflict DROP COLUMN handed_to; DROP TABLE withheld; DROP TABLE handed; PRAGMA user_version = 7");
    assert_int_equal(school_reopen(a, NULL), GA_OK);
    assert_int_equal(handed(a, "李校长"), 1);
    sticks_assert_sound(a);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(both_values_are_told_with_who_wrote_them_where),
        CASE(who_said_more_of_a_unit_said_something_else),
        CASE(picking_one_settles_it_everywhere),
        CASE(a_third_value_can_be_typed),
        CASE(equal_values_are_no_conflict),
        CASE(a_value_that_arrives_while_somebody_chooses_stays),
        CASE(an_edit_against_a_removal_stays_visible_until_settled),
        CASE(an_ordinary_save_settles_what_it_saw),
        CASE(what_is_handed_to_somebody_is_counted_for_that_person),
        CASE(a_removal_can_be_handed_to_somebody_as_well),
        CASE(what_was_handed_in_the_layout_before_is_counted),
    };
    return cmocka_run_group_tests_name("store: conflicts", tests, NULL, NULL);
}
