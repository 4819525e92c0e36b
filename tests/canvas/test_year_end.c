/* The end of the school year, as it is gone through on its pages. */
#include "scene.h"

#include "guanai/screen/home.h"
#include "guanai/screen/year_end.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ADD(scene, name, grade, class) \
    school_session_add(&(scene)->school, "child", NULL, "name=" name, "grade=" grade, "class=" class, NULL)

/* 1 September 2027: everything was entered the year before. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    ADD(scene, "何丽", "g3", "2");
    ADD(scene, "崔子乐", "g3", "2");
    ADD(scene, "黄宁", "g6", "1");
    ADD(scene, "彭红军", "g5", "1");
    school_session_add(&scene->school, "child", NULL, "name=不知道", "grade=", "class=", NULL);
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    ga_session_set_today(scene->school.session, (struct ga_date){2027, 9, 1});
    scene_open(scene, &ga_screen_year_end, NULL);
    return 0;
}

static bool shows(struct scene *scene, const char *text)
{
    return fake_tui_shows(&scene->fake, text);
}

static void it_says_who_goes_where_step_by_step(void **state)
{
    struct scene *scene = *state;
    assert_true(shows(scene, "升级 3 人、毕业 1 人、不知道年级 1 人"));
    assert_true(shows(scene, "还没升：4 人在等"));
    scene_expect_everywhere(scene, "year_end");
}

/* Walked down to and opened by Enter. */
static void whoever_comes_back_from_a_step_finds_it_marked(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_ENTER, GA_KEY_DOWN, GA_KEY_ENTER);
    PRESS(scene, GA_KEY_ESC);
    assert_true(scene_marks(scene, "不能等"));
    PRESS(scene, GA_KEY_ESC);
    assert_true(scene_marks(scene, "还没做完的事"));
}

/* Nothing is owed on the first of September, and yet much of the year is open. */
static void what_is_open_is_shown_by_kinds_and_each_leads_to_its_page(void **state)
{
    struct scene *scene = *state;
    ga_session_set_today(scene->school.session, (struct ga_date){2026, 9, 20});
    const struct ga_uuid child = ADD(scene, "侯冬凤", "g1", "2");
    school_session_add(&scene->school, "incident", &child, "happened_on=2026-09-19", "kind=unguarded", "what=一个人过夜", "found_by=周老师", NULL);
    ga_session_set_today(scene->school.session, (struct ga_date){2027, 9, 1});
    scene_open(scene, &ga_screen_year_end, NULL);
    assert_true(shows(scene, "未上报 1"));
    PRESS(scene, '3');
    scene_expect_everywhere(scene, "year_matters");
    PRESS(scene, '1');
    assert_true(shows(scene, "侯冬凤"));
    PRESS(scene, GA_KEY_ESC, '2');
    assert_true(shows(scene, "不能等"));
    PRESS(scene, GA_KEY_ESC, '4');
    assert_true(shows(scene, "各班检查表 · 6月")); /* of the year that is over: in September nothing is owed yet */
}

static void a_class_is_told_where_to_go_and_its_children_follow(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, '2');
    scene_expect_everywhere(scene, "year_classes");
    PRESS(scene, 'g', '2', '7', GA_KEY_ENTER);
    assert_true(shows(scene, "四年级(7)班"));
    PRESS(scene, GA_KEY_ENTER);
    assert_true(shows(scene, "何丽"));
    assert_true(shows(scene, "四年级(7)班"));
}

static void who_repeats_is_said_with_one_key_and_taken_back_with_another(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, '2', GA_KEY_ENTER, 'r');
    assert_true(shows(scene, "! 留级"));
    scene_expect_everywhere(scene, "year_children");
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC, '1');
    assert_true(shows(scene, "崔子乐"));
    assert_true(shows(scene, "不知道年级"));
    assert_false(shows(scene, "何丽"));
    PRESS(scene, 'u');
    assert_false(shows(scene, "崔子乐")); /* with the class again, no exception any more */
    PRESS(scene, GA_KEY_ESC);
    assert_true(shows(scene, "还没升：4 人在等"));
}

static void one_key_takes_everybody_up_after_a_question_and_another_takes_it_back(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, '5');
    assert_true(shows(scene, "全体升级？"));
    PRESS(scene, '2');
    assert_true(shows(scene, "还没升：4 人在等"));
    PRESS(scene, '5', '1');
    assert_true(shows(scene, "已于 2027-09-01 完成"));
    PRESS(scene, '5'); /* asks nothing that would only be refused */
    assert_true(shows(scene, "大家都已经在本学年的年级里了"));
    PRESS(scene, GA_KEY_ESC, 'z', '1');
    assert_true(shows(scene, "还没升：4 人在等"));
    PRESS(scene, '5', '1', '8', '1');
    assert_true(shows(scene, "吴校长 已于 2027-09-01 封存"));
    PRESS(scene, 'z');
    assert_false(shows(scene, "撤销升级？"));
}

static bool home_says_it_waits(struct scene *scene, int month, int day)
{
    ga_session_set_today(scene->school.session, (struct ga_date){2027, (int8_t)month, (int8_t)day});
    scene_open(scene, &ga_screen_home, NULL);
    scene_let_work(scene);
    return shows(scene, "2027–2028学年还没有升级");
}

/* Nobody looks for the page in the menu: the first one says that it is time. */
static void the_first_page_says_in_autumn_that_nobody_went_up_until_they_did(void **state)
{
    struct scene *scene = *state;
    assert_false(home_says_it_waits(scene, 8, 19));
    assert_true(home_says_it_waits(scene, 8, 20));
    assert_false(home_says_it_waits(scene, 11, 1));
    assert_true(home_says_it_waits(scene, 9, 1));
    PRESS(scene, GA_KEY_DOWN, GA_KEY_ENTER);
    assert_true(shows(scene, "还没升：4 人在等"));
    PRESS(scene, '5', '1');
    assert_false(home_says_it_waits(scene, 9, 1));
    scene_open(scene, &ga_screen_year_end, NULL);
    PRESS(scene, 'z', '1');
    assert_true(home_says_it_waits(scene, 9, 1));
}

static void sealing_what_was_not_done_is_refused_in_words(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, '8', '1');
    assert_true(shows(scene, "本学年还没有升级过"));
}

static void in_the_other_language_the_question_stands_in_it(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, '2', 'g', GA_KEY_F(9));
    assert_true(shows(scene, "Where to in the new school year?"));
    PRESS(scene, '3');
    assert_true(shows(scene, "Repeats"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(it_says_who_goes_where_step_by_step),
        CASE(whoever_comes_back_from_a_step_finds_it_marked),
        CASE(what_is_open_is_shown_by_kinds_and_each_leads_to_its_page),
        CASE(a_class_is_told_where_to_go_and_its_children_follow),
        CASE(who_repeats_is_said_with_one_key_and_taken_back_with_another),
        CASE(one_key_takes_everybody_up_after_a_question_and_another_takes_it_back),
        CASE(the_first_page_says_in_autumn_that_nobody_went_up_until_they_did),
        CASE(sealing_what_was_not_done_is_refused_in_words),
        CASE(in_the_other_language_the_question_stands_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
