/* The headteacher lets forms stand first or behind "more …", after what they cost was said. */
#include "scene.h"

#include "guanai/app/care.h"
#include "guanai/app/form_choice.h"
#include "guanai/care/form_load.h"
#include "guanai/screen/child.h"
#include "guanai/screen/form_choices.h"
#include "guanai/screen/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ADD(scene, ...) school_session_add(&(scene)->school, "child", NULL, __VA_ARGS__, NULL)

/* Two left-behind children in 三年级(2)班, one in 四年级(1)班, one who is not; the two classes have one teacher. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    scene->child = ADD(scene, "name=何丽", "grade=三年级", "class=2", "marked_left_behind=是");
    ADD(scene, "name=崔子乐", "grade=三年级", "class=2", "marked_left_behind=是");
    ADD(scene, "name=彭英俊", "grade=四年级", "class=1", "marked_left_behind=是");
    ADD(scene, "name=余安阳", "grade=四年级", "class=1", "marked_left_behind=否");
    school_session_add(&scene->school, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01", NULL);
    school_session_add(&scene->school, "class_teacher", NULL, "class=四年级(1)班", "teacher=周老师", "from_on=2026-09-01", NULL);
    ga_session_set_user(scene->school.session, "王校长", NULL);
    return 0;
}

static bool stands_first(struct scene *scene, const char *form)
{
    struct ga_arena arena = {0};
    const char *const *names;
    size_t count = 0;
    bool is_there = false;
    ga_forms_first(scene->school.session, &arena, &names, &count);
    for (size_t i = 0; i < count; i++)
        is_there |= strcmp(names[i], form) == 0;
    ga_arena_finish(&arena);
    return is_there;
}

static struct ga_form_load load_of(struct scene *scene, const char *name)
{
    struct ga_session *session = scene->school.session;
    const struct ga_form *form = ga_forms_get(session->forms, name, NULL);
    struct ga_arena arena = {0};
    struct ga_form_load *loads, load;
    struct ga_care *care = NULL;
    struct ga_problems problems;
    ga_problems_init(&problems);
    assert_int_equal(ga_session_care(session, &problems, &care, NULL), GA_OK);
    assert_int_equal(ga_form_loads_read(care, &form, 1, &arena, &loads, NULL), GA_OK);
    load = loads[0];
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return load;
}

static void open_child(struct scene *scene)
{
    scene_open(scene, &scene_below, NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
    PRESS(scene, 'n');
}

static void every_form_stands_there_with_what_it_costs_a_month(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_form_choices, NULL);
    assert_true(fake_tui_shows(&scene->fake, "家访记录"));
    assert_true(fake_tui_shows(&scene->fake, "家访记录                              常用"));
    assert_true(fake_tui_shows(&scene->fake, "突发事件·强制报告                     Ctrl-]")); /* from everywhere, out of use nowhere */
    assert_false(fake_tui_shows(&scene->fake, "停用"));
    assert_false(fake_tui_shows(&scene->fake, "儿童档案")); /* it has a way of its own */
    assert_false(fake_tui_shows(&scene->fake, "任务启用")); /* nobody fills it in */
    scene_expect_everywhere(scene, "form_choices");
}

static void the_cost_is_that_of_the_duties_in_force_else_of_the_one_that_could_be_else_the_forms_own(void **state)
{
    struct scene *scene = *state;
    const struct ga_form_load talk = load_of(scene, "talk"), hazard = load_of(scene, "hazard");
    assert_int_equal(talk.by, GA_LOAD_DUTIES); /* monthly talks are on from the start */
    assert_int_equal(talk.records, 3);
    assert_int_equal(talk.class_most, 2);
    assert_int_equal(talk.teacher_average, 3); /* both classes are one teacher's */
    assert_int_equal(hazard.by, GA_LOAD_DUTY_OFF);
    assert_string_equal(hazard.duty->name, "hazard_month");
    assert_int_equal(hazard.records, 1);
    const struct ga_form_load living = load_of(scene, "living_care"), tutoring = load_of(scene, "tutoring");
    assert_int_equal(living.by, GA_LOAD_A_YEAR);
    assert_int_equal(living.records, 2); /* 8 a year for each of three children, in ten months */
    assert_int_equal(living.class_most, 2);
    assert_int_equal(tutoring.records, 3); /* 16 a year for each of two classes that have such children */
    assert_int_equal(tutoring.teacher_average, 3);
    assert_int_equal(load_of(scene, "incident").by, GA_LOAD_UNTOLD);
}

/* Monthly visits in the small class only: what the large one would write of them is not added to its other visits. */
static void of_a_duty_that_one_class_has_only_that_class_is_counted(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(load_of(scene, "home_visit").class_most, 1); /* a visit each phase */
    school_session_add(&scene->school, "duty_choice", NULL, "duty=visit_month", "is_on=1", "from_on=2026-11-01", "class=四年级(1)班", NULL);
    const struct ga_form_load visit = load_of(scene, "home_visit");
    assert_int_equal(visit.records, 2 + 1);
    assert_int_equal(visit.class_most, 1 + 1);
}

static void switched_on_it_is_offered_with_the_first_and_switched_off_behind_more(void **state)
{
    struct scene *scene = *state;
    open_child(scene);
    assert_false(fake_tui_shows(&scene->fake, "亲情通话"));
    scene_open(scene, &ga_screen_form_choices, NULL);
    while (!fake_tui_shows(&scene->fake, "▶ 9  亲情通话"))
        PRESS(scene, GA_KEY_DOWN);
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "每月大约 3 条记录"));
    assert_false(stands_first(scene, "family_call")); /* said before anything changes */
    scene_expect_everywhere(scene, "form_choices_ask");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(stands_first(scene, "family_call"));
    assert_true(fake_tui_shows(&scene->fake, "“亲情通话”今天起列为常用"));
    open_child(scene);
    assert_true(fake_tui_shows(&scene->fake, "亲情通话"));
    scene_open(scene, &ga_screen_form_choices, NULL);
    PRESS(scene, '1', GA_KEY_ENTER);
    assert_false(stands_first(scene, "home_visit"));
    open_child(scene);
    assert_false(fake_tui_shows(&scene->fake, "家访记录"));
    PRESS(scene, '6'); /* more … */
    fake_tui_type(&scene->fake, "jiafang");
    assert_true(fake_tui_shows(&scene->fake, "家访记录")); /* out of nobody's reach */
}

static void off_and_on_again_it_stands_where_it_stood(void **state)
{
    struct scene *scene = *state;
    struct ga_session *session = scene->school.session;
    struct ga_arena arena = {0};
    const char *const *names;
    size_t count;
    assert_int_equal(ga_session_switch_form(session, "home_visit", false, NULL), GA_OK);
    assert_false(stands_first(scene, "home_visit"));
    assert_int_equal(ga_session_switch_form(session, "home_visit", true, NULL), GA_OK);
    ga_forms_first(session, &arena, &names, &count);
    assert_string_equal(names[0], "home_visit");
    ga_arena_finish(&arena);
}

static void what_the_child_has_records_of_is_offered_for_it_at_once(void **state)
{
    struct scene *scene = *state;
    open_child(scene);
    assert_false(fake_tui_shows(&scene->fake, "成长记录"));
    school_session_add(&scene->school, "growth", &scene->child, "kind=award", "award_level=county", "what=阳光少年", NULL);
    open_child(scene);
    assert_true(fake_tui_shows(&scene->fake, "成长记录"));
    assert_false(stands_first(scene, "growth"));
}

static void what_nobody_fills_in_is_not_switched(void **state)
{
    struct scene *scene = *state;
    struct ga_session *session = scene->school.session;
    assert_int_equal(ga_session_switch_form(session, "no_such_form", true, NULL), GA_NOT_FOUND);
    assert_int_equal(ga_session_switch_form(session, "trip", true, NULL), GA_REFUSED);
    assert_int_equal(ga_session_switch_form(session, "child", false, NULL), GA_REFUSED);
    scene_open(scene, &ga_screen_form_choices, NULL);
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    assert_true(stands_first(scene, "home_visit"));
}

static void it_is_reached_from_the_first_page(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_DOWN, '0', GA_KEY_END);
    assert_true(fake_tui_shows(&scene->fake, "常用哪些表（设置）"));
}

/* By the English names of the files it was: 考核 stood before 亲情通话. */
static void what_is_behind_more_stands_by_what_it_is_about(void **state)
{
    struct scene *scene = *state;
    static const char *const rows[] = {"8  与监护人沟通", "9  亲情通话", "家长信", "突发事件", "资助"};
    scene_open(scene, &ga_screen_form_choices, NULL);
    struct ga_str page = {0};
    ga_canvas_dump(ga_ui_canvas(scene->fake.ui), false, &page);
    const char *at = ga_str_text(&page);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        at = strstr(at, rows[i]);
        assert_non_null(at);
    }
    ga_str_finish(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_form_stands_there_with_what_it_costs_a_month, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_cost_is_that_of_the_duties_in_force_else_of_the_one_that_could_be_else_the_forms_own, start, scene_stop),
        cmocka_unit_test_setup_teardown(of_a_duty_that_one_class_has_only_that_class_is_counted, start, scene_stop),
        cmocka_unit_test_setup_teardown(switched_on_it_is_offered_with_the_first_and_switched_off_behind_more, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_is_behind_more_stands_by_what_it_is_about, start, scene_stop),
        cmocka_unit_test_setup_teardown(off_and_on_again_it_stands_where_it_stood, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_the_child_has_records_of_is_offered_for_it_at_once, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_nobody_fills_in_is_not_switched, start, scene_stop),
        cmocka_unit_test_setup_teardown(it_is_reached_from_the_first_page, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
