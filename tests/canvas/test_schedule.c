/* The week and the month: what is due when, trips, appointments, school days. */
#include "scene.h"

#include "guanai/app/schedule.h"
#include "guanai/screen/home.h"
#include "guanai/screen/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ADD(scene, ...)                                                                                                \
    school_session_add(&(scene)->school, "child", NULL, "grade=三年级", "class=2", "marked_left_behind=是", __VA_ARGS__, NULL)
#define VISIT(scene, child, ...) school_session_add(&(scene)->school, "home_visit", (child), __VA_ARGS__, NULL)

/* Monday 23 November 2026: two children; 崔子乐 is to be seen again on Saturday, a trip leads to 何丽 that day. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    struct ga_uuid heli = ADD(scene, "name=何丽", "village=红岩村");
    scene->child = ADD(scene, "name=崔子乐", "village=大湾村");
    school_session_add(&scene->school, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01", NULL);
    ga_session_set_user(scene->school.session, "周老师", NULL);
    VISIT(scene, &scene->child, "visited_on=2026-11-21", "outcome=not_home", "follow_up_on=2026-11-28", "visitor=周老师");
    assert_int_equal(ga_trip_save(scene->school.session, (struct ga_date){2026, 11, 28}, &heli, 1, "红岩村", NULL, NULL), GA_OK);
    return 0;
}

static const char *top(struct scene *scene)
{
    return ga_ui_top(scene->fake.ui)->ops->name;
}

static void the_week_says_what_stands_on_each_day(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_schedule, NULL);
    assert_true(fake_tui_shows(&scene->fake, "11月23日 – 11月29日 · 周老师"));
    assert_true(fake_tui_shows(&scene->fake, "出门1人 · 再看1人"));
    scene_expect_everywhere(scene, "schedule_week");
    PRESS(scene, '+');
    assert_true(fake_tui_shows(&scene->fake, "11月30日 – 12月6日"));
    assert_true(fake_tui_shows(&scene->fake, "谈心 2"));
}

static void the_month_knows_holidays_and_phases(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_schedule, NULL);
    PRESS(scene, 'n');
    assert_true(fake_tui_shows(&scene->fake, "本月安排 · 11月1日 – 11月30日"));
    assert_true(fake_tui_shows(&scene->fake, "出门1人 · 再看1人")); /* what is to come is in sight */
    scene_expect_everywhere(scene, "schedule_month");
    PRESS(scene, '-');
    scene_expect_everywhere(scene, "schedule_october");
    assert_true(fake_tui_shows(&scene->fake, "国庆"));
    assert_true(fake_tui_shows(&scene->fake, "期中开始"));
    PRESS(scene, 'w');
    assert_true(fake_tui_shows(&scene->fake, "本周安排 · "));
}

static size_t trips_of_month(struct scene *scene)
{
    struct ga_arena arena = {0};
    struct ga_trip *trips;
    size_t count = 0;
    assert_int_equal(ga_trips_read(scene->school.session, (struct ga_days){0}, &arena, &trips, &count, NULL), GA_OK);
    ga_arena_finish(&arena);
    return count;
}

/* 何丽 is on a trip already and 崔子乐 alone waits: Saturday is taken by that trip, so Sunday it is. */
static void a_key_plans_the_visits_of_the_week_and_another_takes_that_back(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_schedule, NULL);
    PRESS(scene, 'p');
    assert_true(fake_tui_shows(&scene->fake, "周老师的家访安排：1 张出门单，1 次家访"));
    assert_true(fake_tui_shows(&scene->fake, "11月29日 周日  崔子乐"));
    scene_expect_everywhere(scene, "schedule_plan");
    PRESS(scene, 'n');
    assert_int_equal(trips_of_month(scene), 1);
    PRESS(scene, 'p', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "已写下 1 张出门单"));
    assert_int_equal(trips_of_month(scene), 2);
    PRESS(scene, 'p');
    assert_true(fake_tui_shows(&scene->fake, "没有要排的家访"));
    PRESS(scene, 'u');
    assert_true(fake_tui_shows(&scene->fake, "收回 1 张出门单"));
    scene_expect_everywhere(scene, "schedule_undo");
    PRESS(scene, 'y');
    assert_true(fake_tui_shows(&scene->fake, "已收回 1 张出门单"));
    assert_int_equal(trips_of_month(scene), 1);
    PRESS(scene, 'm'); /* of the whole school nobody plans */
    assert_false(fake_tui_shows(&scene->fake, "排家访"));
}

static void a_day_lists_trips_and_appointments_before_what_is_due(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_schedule, NULL);
    PRESS(scene, GA_KEY_END, GA_KEY_UP, GA_KEY_ENTER);
    assert_string_equal(top(scene), "schedule_day");
    scene_expect_everywhere(scene, "schedule_day");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "trips");
    PRESS(scene, GA_KEY_ESC, GA_KEY_DOWN, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "家访记录 · 崔子乐"));
}

static struct ga_schedule read_month(struct scene *scene, struct ga_date day, struct ga_arena *arena)
{
    struct ga_schedule schedule;
    assert_int_equal(ga_schedule_read(scene->school.session, "周老师", ga_days_of_month(day), arena, &schedule, NULL), GA_OK);
    return schedule;
}

static size_t count_kind(const struct ga_schedule *schedule, enum ga_schedule_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < schedule->count; i++)
        count += schedule->items[i].kind == kind;
    return count;
}

/* Whoever goes there ends it; nothing need be ticked off. */
static void an_appointment_ends_with_the_next_visit(void **state)
{
    struct scene *scene = *state;
    struct ga_arena arena = {0};
    struct ga_schedule schedule = read_month(scene, (struct ga_date){2026, 11, 1}, &arena);
    assert_int_equal(count_kind(&schedule, GA_SCHEDULE_APPOINTMENT), 1);
    VISIT(scene, &scene->child, "visited_on=2026-11-22", "outcome=met", "met=grandmother_f", "concerns=ok", "visitor=何老师");
    schedule = read_month(scene, (struct ga_date){2026, 11, 1}, &arena);
    assert_int_equal(count_kind(&schedule, GA_SCHEDULE_APPOINTMENT), 0);
    ga_arena_finish(&arena);
}

/* Every thing owed stands on one day of the year, no other stands there: lists and calendar are one. */
static void the_calendar_holds_what_the_lists_hold(void **state)
{
    struct scene *scene = *state;
    struct ga_arena arena = {0};
    struct ga_care *care;
    struct ga_due *dues;
    size_t open = 0, coming = 0, shown = 0;
    const struct ga_due_ask now = {.owner = "周老师"},
                            later = {.owner = "周老师", .span = {{2026, 11, 1}, {2027, 1, 31}}, .states = 1u << GA_DUE_COMING};
    assert_int_equal(ga_session_care(scene->school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_due_list(care, &now, &arena, &dues, &open, NULL), GA_OK);
    assert_int_equal(ga_due_list(care, &later, &arena, &dues, &coming, NULL), GA_OK);
    for (size_t i = 0; i < coming; i++) /* those due behind January stand in a later month */
        shown += ga_date_compare(dues[i].window.due_on, (struct ga_date){2027, 1, 31}) <= 0;
    size_t expected = open + shown, found = 0;
    for (int month = 0; month < 3; month++) {
        const struct ga_schedule schedule = read_month(scene, ga_date_add_months((struct ga_date){2026, 11, 1}, month), &arena);
        found += count_kind(&schedule, GA_SCHEDULE_DUE);
        for (size_t i = 0; i < schedule.count; i++)
            assert_true(ga_days_has(schedule.span, schedule.items[i].day));
    }
    assert_true(expected > 0);
    assert_int_equal(found, expected);
    ga_arena_finish(&arena);
}

static void the_first_page_leads_there(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "本周本月"));
    assert_true(fake_tui_shows(&scene->fake, "按出门单录入"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_week_says_what_stands_on_each_day, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_key_plans_the_visits_of_the_week_and_another_takes_that_back, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_month_knows_holidays_and_phases, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_day_lists_trips_and_appointments_before_what_is_due, start, scene_stop),
        cmocka_unit_test_setup_teardown(an_appointment_ends_with_the_next_visit, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_calendar_holds_what_the_lists_hold, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_first_page_leads_there, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
