/* Trips are planned by village, changed by hand, typed in by row number. */
#include "scene.h"

#include "guanai/app/trip.h"
#include "guanai/screen/trip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ADD(scene, ...)                                                                                                \
    school_session_add(&(scene)->school, "child", NULL, "grade=三年级", "class=2", "marked_left_behind=是", __VA_ARGS__, NULL)
#define VISIT(scene, child, ...) school_session_add(&(scene)->school, "home_visit", (child), __VA_ARGS__, NULL)

/* Monday 23 November 2026. Seven owe a visit; 何丽, whom nobody guards, and 余安阳 were visited, of whom only she is offered. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    setenv("HOME", scene->school.folder, 1);
    struct ga_uuid heli = ADD(scene, "name=何丽", "village=红岩村", "hamlet=1组", "absence_kind=无人监护", "father_phone=17554987915"),
                   yu = ADD(scene, "name=余安阳", "village=大湾村", "hamlet=4组");
    ADD(scene, "name=彭红军", "village=红岩村", "hamlet=1组", "guardian_name=秦文浩", "guardian_relation=母亲", "guardian_phone=13958356999");
    scene->child = ADD(scene, "name=彭英俊", "village=红岩村", "hamlet=5组", "guardian_name=段宁小", "guardian_relation=奶奶", "guardian_phone=15413405848");
    ADD(scene, "name=崔子乐", "village=红岩村", "hamlet=7组");
    ADD(scene, "name=黄宁", "village=大湾村", "hamlet=2组");
    ADD(scene, "name=杨梅", "village=大湾村", "hamlet=6组");
    ADD(scene, "name=宋涵", "village=大湾村", "hamlet=10组");
    ADD(scene, "name=李福春", "village=石桥村");
    school_session_add(&scene->school, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01", NULL);
    VISIT(scene, &heli, "visited_on=2026-11-01", "outcome=met", "met=self", "concerns=ok", "agreed=每周与父母通话一次");
    VISIT(scene, &yu, "visited_on=2026-11-02", "outcome=met", "met=grandmother_f", "concerns=ok");
    VISIT(scene, &scene->child, "visited_on=2026-10-05", "outcome=met", "met=grandmother_f", "concerns=food", "follow_up_on=2026-10-20");
    VISIT(scene, &scene->child, "visited_on=2026-11-20", "outcome=not_home"); /* a try: he was last met in October */
    ga_session_set_user(scene->school.session, "周老师", NULL);
    return 0;
}

static const char *top(struct scene *scene)
{
    return ga_ui_top(scene->fake.ui)->ops->name;
}

static void open_list(struct scene *scene)
{
    scene_open(scene, &ga_screen_trip, NULL);
    PRESS(scene, '1', '2', GA_KEY_ENTER);
    assert_string_equal(top(scene), "trip_list");
}

static size_t read_trips(struct scene *scene, struct ga_arena *arena, struct ga_trip **ret_trips)
{
    size_t count = 0;
    assert_int_equal(ga_trips_read(scene->school.session, (struct ga_days){0}, arena, ret_trips, &count, NULL), GA_OK);
    return count;
}

static void villages_are_listed_with_what_is_owed_there(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_trip, NULL);
    assert_true(fake_tui_shows(&scene->fake, "红岩村"));
    PRESS(scene, '1', '2', '2'); /* ticked, taken away again */
    scene_expect_everywhere(scene, "trip_villages");
    PRESS(scene, 'a', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "李福春"));
}

static void five_go_and_the_others_are_left_for_the_next_trip(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    assert_true(fake_tui_shows(&scene->fake, "11月28日 周六 · 5 人"));
    assert_false(fake_tui_shows(&scene->fake, "余安阳"));
    assert_false(fake_tui_shows(&scene->fake, "李福春"));
    scene_expect_everywhere(scene, "trip_list");
    PRESS(scene, '6'); /* a sixth */
    assert_true(fake_tui_shows(&scene->fake, "一趟最多 5 人"));
    PRESS(scene, '2', '5');
    assert_true(fake_tui_shows(&scene->fake, "· 5 人"));
    PRESS(scene, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "没去的排在下一趟"));
    assert_true(fake_tui_shows(&scene->fake, "11月29日 周日 · 2 人"));
    PRESS(scene, GA_CTRL('S'));
    assert_null(ga_ui_top(scene->fake.ui)); /* nobody is left: both pages have done their work */
    struct ga_arena arena = {0};
    struct ga_trip *trips;
    assert_int_equal(read_trips(scene, &arena, &trips), 2);
    assert_int_equal(trips[0].rows_count, 2);
    assert_int_equal(trips[1].rows_count, 5);
    assert_string_equal(trips[1].doer, "周老师");
    ga_arena_finish(&arena);
}

static void any_child_is_added_and_any_day_chosen(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    PRESS(scene, ' ', 'a');
    assert_false(fake_tui_shows(&scene->fake, "没有找到")); /* nothing was asked yet */
    fake_tui_type(&scene->fake, "lfc");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "石桥村"));
    assert_true(fake_tui_shows(&scene->fake, "· 5 人"));
    PRESS(scene, 'd', GA_CTRL('U'));
    fake_tui_type(&scene->fake, "29");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "11月29日 周日 · 5 人"));
}

static struct ga_uuid save_trip(struct scene *scene, struct ga_date day)
{
    struct ga_uuid id;
    assert_int_equal(ga_trip_save(scene->school.session, day, &scene->child, 1, "红岩村", &id, NULL), GA_OK);
    return id;
}

static struct ga_trip read_trip(struct scene *scene, const struct ga_uuid *id, struct ga_arena *arena)
{
    struct ga_trip trip;
    assert_int_equal(ga_trip_read(scene->school.session, id, arena, &trip, NULL), GA_OK);
    return trip;
}

/* Nothing of it is stored: a visit typed anywhere closes the row, one of another week does not. */
static void a_row_is_typed_in_once_there_is_a_visit_of_those_days(void **state)
{
    struct scene *scene = *state;
    struct ga_arena arena = {0};
    const struct ga_uuid id = save_trip(scene, (struct ga_date){2026, 11, 21});
    assert_int_equal(read_trip(scene, &id, &arena).typed, 0); /* the try of the 20th was before it */
    VISIT(scene, &scene->child, "visited_on=2026-11-22", "outcome=met", "met=grandmother_f", "concerns=ok");
    const struct ga_trip trip = read_trip(scene, &id, &arena);
    assert_int_equal(trip.typed, 1);
    assert_string_equal(trip.rows[0].outcome, "met");
    assert_int_equal(ga_trip_day(&trip).day, 22); /* the next row is of that day, too: it was a day later than planned */
    ga_arena_finish(&arena);
}

/* A plan writes trips weeks ahead; a visit of this month closes no row of the next. */
static void a_visit_closes_no_row_of_a_trip_far_ahead(void **state)
{
    struct scene *scene = *state;
    struct ga_arena arena = {0};
    struct ga_uuid id;
    assert_int_equal(ga_trip_save(scene->school.session, (struct ga_date){2026, 12, 19}, &scene->child, 1, "红岩村", &id, NULL), GA_OK);
    ga_session_set_today(scene->school.session, (struct ga_date){2026, 12, 20});
    VISIT(scene, &scene->child, "visited_on=2026-11-28", "outcome=met", "met=grandmother_f", "concerns=ok");
    assert_int_equal(read_trip(scene, &id, &arena).typed, 0);
    VISIT(scene, &scene->child, "visited_on=2026-12-18", "outcome=met", "met=grandmother_f", "concerns=ok");
    assert_int_equal(read_trip(scene, &id, &arena).typed, 1);
    ga_arena_finish(&arena);
}

/* Nobody was at home on Monday, so a sheet is written for Saturday: its row waits for Saturday's visit. */
static void what_was_tried_before_the_sheet_was_written_closes_none_of_its_rows(void **state)
{
    struct scene *scene = *state;
    struct ga_arena arena = {0};
    VISIT(scene, &scene->child, "visited_on=2026-11-23", "outcome=not_home");
    const struct ga_uuid id = save_trip(scene, (struct ga_date){2026, 11, 28});
    assert_int_equal(read_trip(scene, &id, &arena).typed, 0);
    VISIT(scene, &scene->child, "visited_on=2026-11-23", "outcome=not_home"); /* in the evening, with the sheet in hand */
    assert_int_equal(read_trip(scene, &id, &arena).typed, 1);
    ga_session_set_today(scene->school.session, (struct ga_date){2026, 11, 28});
    VISIT(scene, &scene->child, "visited_on=2026-11-28", "outcome=met", "met=grandmother_f", "concerns=ok");
    const struct ga_trip trip = read_trip(scene, &id, &arena);
    assert_int_equal(trip.typed, 1);
    assert_string_equal(trip.rows[0].outcome, "met");
    ga_arena_finish(&arena);
}

static void rows_lead_to_the_form_with_the_day_of_the_trip(void **state)
{
    struct scene *scene = *state;
    save_trip(scene, (struct ga_date){2026, 11, 21});
    ga_trip_save(scene->school.session, (struct ga_date){2026, 11, 28}, &scene->child, 1, "红岩村", NULL, NULL);
    scene_open(scene, &ga_screen_trips, NULL);
    scene_expect_everywhere(scene, "trips");
    PRESS(scene, '1'); /* the one that was made stands before the one to come */
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "2026-11-21"));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "trips");
}

/* A sheet that cannot be written is said; the trip stands and can be printed once more. */
static void a_sheet_that_cannot_be_written_loses_nothing(void **state)
{
    struct scene *scene = *state;
    setenv("HOME", "/nonexistent", 1);
    open_list(scene);
    PRESS(scene, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "/nonexistent"));
    struct ga_arena arena = {0};
    struct ga_trip *trips;
    assert_int_equal(read_trips(scene, &arena, &trips), 1);
    ga_arena_finish(&arena);
    setenv("HOME", scene->school.folder, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(villages_are_listed_with_what_is_owed_there, start, scene_stop),
        cmocka_unit_test_setup_teardown(five_go_and_the_others_are_left_for_the_next_trip, start, scene_stop),
        cmocka_unit_test_setup_teardown(any_child_is_added_and_any_day_chosen, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_row_is_typed_in_once_there_is_a_visit_of_those_days, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_visit_closes_no_row_of_a_trip_far_ahead, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_was_tried_before_the_sheet_was_written_closes_none_of_its_rows, start, scene_stop),
        cmocka_unit_test_setup_teardown(rows_lead_to_the_form_with_the_day_of_the_trip, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_sheet_that_cannot_be_written_loses_nothing, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
