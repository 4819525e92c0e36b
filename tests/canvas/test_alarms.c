/* What must not wait: on the first page, as a list, in the child's file; birthdays. */
#include "scene.h"

#include "guanai/app/care.h"
#include "guanai/screen/alarms.h"
#include "guanai/screen/child.h"
#include "guanai/screen/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ADD(scene, ...) school_session_add(&(scene)->school, "child", NULL, "grade=三年级", "marked_left_behind=是", __VA_ARGS__, NULL)
#define RECORD(scene, form, child, ...) school_session_add(&(scene)->school, (form), (child), __VA_ARGS__, NULL)

static struct ga_uuid ye; /* 叶嘉博 */

/* 周老师 has 三年级(2)班: 何丽 whom nobody guards and whose report is open; 查天 is of another class. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    const struct ga_uuid heli = ADD(scene, "name=何丽", "class=2", "village=红岩村", "birth_date=2018-03-29", "guardian_kind=none"),
                         tian = ADD(scene, "name=姚田华", "class=2", "village=许家村", "birth_date=2017-11-27"),
                         peng = ADD(scene, "name=彭英俊", "class=2", "village=红岩村", "key_child=是", "key_reason=poor");
    ADD(scene, "name=查天", "class=1", "village=红岩村", "birth_date=2018-08-18", "guardian_kind=none", "lunar_birthday=十月十五");
    ye = ADD(scene, "name=叶嘉博", "class=1", "village=石桥村", "birth_date=2017-09-26", "guardian_kind=none");
    RECORD(scene, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    RECORD(scene, "incident", &heli, "written_on=2026-11-22", "written_at=15:00", "kind=unguarded", "what=一个人", "found_by=周老师");
    RECORD(scene, "talk", &peng, "talked_on=2026-11-19", "topics=study", "mood=1");
    RECORD(scene, "talk", &peng, "talked_on=2026-11-20", "topics=study", "mood=1");
    RECORD(scene, "living_care", &tian, "cared_on=2026-11-20", "carer=周老师", "kind=ill", "what=送医", "guardian_told=0");
    scene->child = heli;
    ga_store_set_setting(scene->school.session->store, "administrator", "吴校长", NULL); /* who sees the whole school */
    ga_session_set_user(scene->school.session, "周老师", NULL);
    return 0;
}

static const char *top(struct scene *scene)
{
    return ga_ui_top(scene->fake.ui)->ops->name;
}

static void the_first_page_names_the_child_and_the_hours(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    assert_true(fake_tui_shows(&scene->fake, "! 何丽 报告未上报"));
    assert_true(fake_tui_shows(&scene->fake, "21 小时没有上报"));
    assert_true(fake_tui_shows(&scene->fake, "! 何丽 无人监护"));
    assert_true(fake_tui_shows(&scene->fake, "姚田华 (11月27日，9 岁)"));
    assert_false(fake_tui_shows(&scene->fake, "查天")); /* of another's class */
    scene_expect_everywhere(scene, "home_alarms");
}

static void who_has_no_children_sees_the_schools(void **state)
{
    struct scene *scene = *state;
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    scene_open(scene, &ga_screen_home, NULL);
    assert_true(fake_tui_shows(&scene->fake, "! 无人监护"));
    assert_true(fake_tui_shows(&scene->fake, "3 人：何丽 查天 叶嘉博"));
    assert_true(fake_tui_shows(&scene->fake, "农历")); /* 查天, on the 15th of the tenth month */
}

static void a_digit_opens_the_list_and_enter_the_report_itself(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_DOWN, '1');
    assert_string_equal(top(scene), "reports"); /* they are passed on there */
    PRESS(scene, GA_KEY_ESC, '4');
    assert_string_equal(top(scene), "alarms");
    assert_true(fake_tui_shows(&scene->fake, "▶ 报告未上报"));
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "一个人"));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "alarms");
}

static void the_list_says_why_and_opens_a_new_form_or_the_file(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_alarms, NULL);
    scene_expect_everywhere(scene, "alarms");
    PRESS(scene, GA_KEY_DOWN, 'w');
    assert_true(fake_tui_shows(&scene->fake, "不满 16 岁的孩子不能独自生活"));
    scene_expect_everywhere(scene, "alarms_why");
    PRESS(scene, GA_KEY_ESC, 'o');
    assert_string_equal(top(scene), "child");
    assert_true(fake_tui_shows(&scene->fake, "! 报告未上报"));
    PRESS(scene, GA_KEY_ESC, 'c', '1');
    assert_true(fake_tui_shows(&scene->fake, "不能等 · 全校"));
    assert_true(fake_tui_shows(&scene->fake, "叶嘉博"));
    PRESS(scene, 'm');
    assert_false(fake_tui_shows(&scene->fake, "叶嘉博"));
}

static void the_file_says_it_below_the_name(void **state)
{
    struct scene *scene = *state;
    struct ga_care *care;
    assert_int_equal(ga_session_care(scene->school.session, NULL, &care, NULL), GA_OK);
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_type(&scene->fake, "hl");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "· 无人监护"));
    scene_expect_everywhere(scene, "child_alarms");
}

static void birthdays_of_two_weeks_are_a_page(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_birthdays, NULL);
    assert_true(fake_tui_shows(&scene->fake, "11月27日 周五"));
    assert_false(fake_tui_shows(&scene->fake, "查天"));
    PRESS(scene, 'm');
    assert_true(fake_tui_shows(&scene->fake, "农历生日"));
    scene_expect_everywhere(scene, "birthdays");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "child");
}

/* 何丽 was reported: what waits is to pass that on. 查天 was not: the report opens. */
static void a_reported_child_leads_to_its_report_not_to_a_second_one(void **state)
{
    struct scene *scene = *state;
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    scene_open(scene, &ga_screen_alarms, "unguarded");
    while (!fake_tui_shows(&scene->fake, "▶ 无人监护       何丽"))
        PRESS(scene, GA_KEY_DOWN);
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "reports");
    assert_true(fake_tui_shows(&scene->fake, "何丽"));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "alarms");
    while (!fake_tui_shows(&scene->fake, "▶ 无人监护       查天"))
        PRESS(scene, GA_KEY_DOWN);
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "强制报告 · 查天"));
}

/* 叶嘉博 was passed on to civil affairs without a report: the line says so and leads there, not to a first report. */
static void a_child_passed_on_without_a_report_leads_to_what_waits_for_its_answer(void **state)
{
    struct scene *scene = *state;
    RECORD(scene, "referral", &ye, "sent_on=2026-11-20", "sent_to=civil", "asked_for=落实委托监护人");
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    scene_open(scene, &ga_screen_alarms, "unguarded");
    while (!fake_tui_shows(&scene->fake, "▶ 无人监护       叶嘉博"))
        PRESS(scene, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, "已上报"));
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "reports");
    assert_true(fake_tui_shows(&scene->fake, "落实委托监护人"));
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_reported_child_leads_to_its_report_not_to_a_second_one),
        CASE(a_child_passed_on_without_a_report_leads_to_what_waits_for_its_answer),
        CASE(the_first_page_names_the_child_and_the_hours),
        CASE(who_has_no_children_sees_the_schools),
        CASE(a_digit_opens_the_list_and_enter_the_report_itself),
        CASE(the_list_says_why_and_opens_a_new_form_or_the_file),
        CASE(the_file_says_it_below_the_name),
        CASE(birthdays_of_two_weeks_are_a_page),
    };
    return cmocka_run_group_tests_name("canvas_alarms", tests, NULL, NULL);
}
