/* Duties are switched on and off, for the school or one class, after what they cost was said. */
#include "scene.h"

#include "guanai/app/duties.h"
#include "guanai/care/burden.h"
#include "guanai/screen/due.h"
#include "guanai/screen/duties.h"
#include "guanai/screen/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ADD(scene, ...) school_session_add(&(scene)->school, "child", NULL, __VA_ARGS__, NULL)

/* Two left-behind children in 三年级(2)班, one in 四年级(1)班, one who is not. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    ADD(scene, "name=何丽", "grade=三年级", "class=2", "marked_left_behind=是");
    ADD(scene, "name=崔子乐", "grade=三年级", "class=2", "marked_left_behind=是");
    ADD(scene, "name=彭英俊", "grade=四年级", "class=1", "marked_left_behind=是");
    ADD(scene, "name=余安阳", "grade=四年级", "class=1", "marked_left_behind=否");
    school_session_add(&scene->school, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01", NULL);
    ga_session_set_user(scene->school.session, "王校长", NULL);
    return 0;
}

static struct ga_care *care_of(struct scene *scene)
{
    struct ga_care *care = NULL;
    struct ga_problems problems;
    ga_problems_init(&problems);
    assert_int_equal(ga_session_care(scene->school.session, &problems, &care, NULL), GA_OK);
    ga_problems_finish(&problems);
    return care;
}

/* How many now owe the duty, in that grade (NULL: all). */
static size_t owing(struct scene *scene, const char *duty, const char *grade)
{
    struct ga_arena arena = {0};
    struct ga_due *dues;
    size_t count = 0;
    const struct ga_due_ask ask = {.duty = duty, .grade = grade};
    assert_int_equal(ga_due_list(care_of(scene), &ask, &arena, &dues, &count, NULL), GA_OK);
    ga_arena_finish(&arena);
    return count;
}

static void mark(struct scene *scene, const char *duty)
{
    const int no = ga_duties_find(ga_care_duties(care_of(scene)), duty);
    assert_true(no >= 0);
    PRESS(scene, GA_KEY_HOME);
    for (int i = 0; i < no; i++)
        PRESS(scene, GA_KEY_DOWN);
}

static void every_duty_stands_there_with_what_it_costs_a_month(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_duties, NULL);
    assert_true(fake_tui_shows(&scene->fake, "阶段家访"));
    assert_true(fake_tui_shows(&scene->fake, "期初、期中、期末"));
    scene_expect_everywhere(scene, "duties");
}

static void switched_on_for_the_school_it_is_owed_by_all_and_off_again_by_nobody(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(owing(scene, "visit_month", NULL), 0);
    scene_open(scene, &ga_screen_duties, NULL);
    mark(scene, "visit_month");
    PRESS(scene, GA_KEY_ENTER, '1');
    assert_true(fake_tui_shows(&scene->fake, "每月约多 3 条记录，平均每班 2 条，每位班主任 2 条"));
    assert_int_equal(owing(scene, "visit_month", NULL), 0); /* said before anything changes */
    scene_expect_everywhere(scene, "duties_ask");
    PRESS(scene, GA_KEY_ENTER);
    assert_int_equal(owing(scene, "visit_month", NULL), 3);
    assert_true(fake_tui_shows(&scene->fake, "家访：已启用，从今天起（全校）"));
    PRESS(scene, GA_KEY_ENTER, '1', GA_KEY_ENTER);
    assert_int_equal(owing(scene, "visit_month", NULL), 0);
}

static void switched_for_one_class_only_that_class_changes(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_duties, NULL);
    mark(scene, "visit_month");
    PRESS(scene, GA_KEY_ENTER, '2', '1');
    assert_true(fake_tui_shows(&scene->fake, "三年级(2)班启用后每月约多 2 条记录，每位班主任 2 条"));
    PRESS(scene, GA_KEY_ENTER);
    assert_int_equal(owing(scene, "visit_month", "g3"), 2);
    assert_int_equal(owing(scene, "visit_month", "g4"), 0);
    assert_true(fake_tui_shows(&scene->fake, "部分班级"));
    scene_expect_everywhere(scene, "duties_part");
    PRESS(scene, GA_KEY_ENTER, '2', '1', GA_KEY_ENTER);
    assert_int_equal(owing(scene, "visit_month", NULL), 0);
    assert_false(fake_tui_shows(&scene->fake, "部分班级"));
}

static void where_some_classes_have_it_the_school_may_have_it_on_or_off(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_duties, NULL);
    mark(scene, "visit_month");
    PRESS(scene, GA_KEY_ENTER, '2', '1', GA_KEY_ENTER, GA_KEY_ENTER, '1', '2');
    assert_int_equal(owing(scene, "visit_month", NULL), 0);
    PRESS(scene, GA_KEY_ENTER, '2', '1', GA_KEY_ENTER, GA_KEY_ENTER, '1', '1');
    assert_int_equal(owing(scene, "visit_month", NULL), 3);
}

static void esc_at_any_question_changes_nothing(void **state)
{
    struct scene *scene = *state;
    const size_t before = owing(scene, "talk_month", NULL);
    scene_open(scene, &ga_screen_duties, NULL);
    mark(scene, "talk_month");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    PRESS(scene, GA_KEY_ENTER, '1', GA_KEY_ESC);
    PRESS(scene, GA_KEY_ENTER, '2', GA_KEY_ESC);
    PRESS(scene, GA_KEY_ENTER, '2', '1', GA_KEY_ESC);
    assert_int_equal(owing(scene, "talk_month", NULL), before);
    assert_true(before > 0);
}

static void what_is_the_schools_is_not_asked_by_class_and_refused(void **state)
{
    struct scene *scene = *state;
    const struct ga_roster_class class = {.site = "", .grade = "g3", .class_no = "2"};
    const struct ga_duty_switch choice = {"summary_term", &class, true, scene->school.session->today};
    assert_int_equal(ga_session_switch_duty(scene->school.session, &choice, NULL), GA_REFUSED);
    const struct ga_duty_switch unknown = {"no_such_duty", NULL, true, scene->school.session->today};
    assert_int_equal(ga_session_switch_duty(scene->school.session, &unknown, NULL), GA_NOT_FOUND);
    scene_open(scene, &ga_screen_duties, NULL);
    mark(scene, "summary_term");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "从今天起启用"));
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "全校"));
}

static void it_is_reached_from_the_first_page_and_from_what_is_to_be_done(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_DOWN, '0');
    PRESS(scene, GA_KEY_END); /* the settings stand last */
    assert_true(fake_tui_shows(&scene->fake, "该做哪些事（任务设置）"));
    scene_open(scene, &ga_screen_due, NULL);
    PRESS(scene, 's');
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "duties");
    PRESS(scene, 'w');
    assert_true(fake_tui_shows(&scene->fake, "填写以下表格就算完成"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "due");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_duty_stands_there_with_what_it_costs_a_month, start, scene_stop),
        cmocka_unit_test_setup_teardown(switched_on_for_the_school_it_is_owed_by_all_and_off_again_by_nobody, start, scene_stop),
        cmocka_unit_test_setup_teardown(switched_for_one_class_only_that_class_changes, start, scene_stop),
        cmocka_unit_test_setup_teardown(where_some_classes_have_it_the_school_may_have_it_on_or_off, start, scene_stop),
        cmocka_unit_test_setup_teardown(esc_at_any_question_changes_nothing, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_is_the_schools_is_not_asked_by_class_and_refused, start, scene_stop),
        cmocka_unit_test_setup_teardown(it_is_reached_from_the_first_page_and_from_what_is_to_be_done, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
