/* The page of figures: numbers to walk over, the children behind each, what is missing. */
#include "scene.h"

#include "guanai/base/alloc.h"
#include "guanai/screen/figures.h"
#include "guanai/screen/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ADD(scene, ...) school_session_add(&(scene)->school, "child", NULL, __VA_ARGS__, NULL)

static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    ADD(scene, "name=严翔超", "birth_date=2018-8-21", "grade=三年级", "class=2", "village=上坝村", "marked_left_behind=是",
        "absence_kind=双方外出", "guardian_relation=爷爷");
    ADD(scene, "name=何丽", "birth_date=2018-11-2", "grade=三年级", "class=2", "village=红岩村", "marked_left_behind=是",
        "absence_kind=无人监护");
    ADD(scene, "name=彭英俊", "birth_date=2017-3-12", "grade=三年级", "class=2", "village=红岩村", "marked_left_behind=是",
        "absence_kind=父亲外出", "guardian_relation=母亲");
    ADD(scene, "name=迪丽热巴·艾力", "sex=女", "birth_date=2016-5", "grade=四年级", "class=1", "village=大湾村", "marked_left_behind=是",
        "absence_kind=母亲外出", "guardian_relation=奶奶");
    ADD(scene, "name=汪俊晨", "birth_date=2016-9-20", "grade=四年级", "class=1", "village=石桥村", "marked_left_behind=否");
    return 0;
}

static const char *top(struct scene *scene)
{
    return ga_ui_top(scene->fake.ui)->ops->name;
}

static void each_definition_has_a_row_and_each_difference_its_lines(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_figures, NULL);
    assert_true(fake_tui_shows(&scene->fake, "4 / 5  80.0 %"));
    scene_expect_everywhere(scene, "figures");
}

static void the_first_page_leads_here(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_DOWN, '8');
    assert_string_equal(top(scene), "figures");
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "home");
}

static void a_number_opens_its_children_and_esc_leads_back_to_it(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_figures, NULL);
    PRESS(scene, GA_KEY_DOWN, GA_KEY_RIGHT, GA_KEY_RIGHT);
    assert_true(fake_tui_shows(&scene->fake, "▶2"));
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "figures_list");
    scene_expect_everywhere(scene, "figures_missing");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "child");
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC);
    assert_string_equal(top(scene), "figures");
    assert_true(fake_tui_shows(&scene->fake, "▶2"));
}

static void what_is_filled_in_moves_the_child_to_another_number(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_figures, NULL);
    PRESS(scene, GA_KEY_DOWN, GA_KEY_RIGHT, GA_KEY_RIGHT, GA_KEY_ENTER, GA_KEY_END, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "迪丽热巴·艾力"));
    assert_true(fake_tui_shows(&scene->fake, "▶ 父亲现状")); /* the file opens where the fact is missing */
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    PRESS(scene, '2', GA_CTRL('S'));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "figures_list");
    assert_true(fake_tui_shows(&scene->fake, " 1 / 1"));
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "▶1"));
}

static void a_line_of_a_difference_opens_its_children(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_figures, NULL);
    PRESS(scene, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "一方外出、另一方在家 · 是 / 否"));
    assert_true(fake_tui_shows(&scene->fake, "彭英俊"));
    assert_true(fake_tui_shows(&scene->fake, " 1 / 1"));
}

static void another_day_and_one_class_are_asked_for(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_figures, NULL);
    PRESS(scene, 'd'); /* what stands there gives way */
    fake_tui_type(&scene->fake, "2034-08-21");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "2034年8月21日"));
    assert_true(fake_tui_shows(&scene->fake, "0 / 5   0.0 %"));
    PRESS(scene, '-');
    assert_true(fake_tui_shows(&scene->fake, "2034年8月20日"));
    assert_true(fake_tui_shows(&scene->fake, "1 / 5  20.0 %"));
    PRESS(scene, 'c', '1');
    assert_true(fake_tui_shows(&scene->fake, "统计口径 · 三年级(2)班"));
    assert_true(fake_tui_shows(&scene->fake, "1 / 3  33.3 %"));
    PRESS(scene, 'a');
    assert_true(fake_tui_shows(&scene->fake, "1 / 5  20.0 %"));
    PRESS(scene, 'd', GA_CTRL('U'), 'x', GA_KEY_ENTER); /* no day: asked again, what was typed stands there */
    assert_string_equal(top(scene), "dialog");
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "2034年8月20日"));
}

static void pick_class(struct scene *scene, const char *typed)
{
    PRESS(scene, 'a', 'c');
    fake_tui_type(&scene->fake, typed);
    PRESS(scene, GA_KEY_ENTER);
}

static void a_class_is_found_by_its_spellings_and_by_pinyin(void **state)
{
    struct scene *scene = *state;
    static const char *const spellings[] = {"四1", "四年级1", "四（1）班", "snj", "sinian", "四年级一班"};
    scene_open(scene, &ga_screen_figures, NULL);
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
        pick_class(scene, spellings[i]);
        if (strcmp(spellings[i], "snj") == 0) /* either */
            assert_true(fake_tui_shows(&scene->fake, "统计口径 · 三年级(2)班"));
        else if (!fake_tui_shows(&scene->fake, "统计口径 · 四年级(1)班"))
            fail_msg("%s", spellings[i]);
    }
}

static void children_without_a_class_have_a_line_of_their_own(void **state)
{
    struct scene *scene = *state;
    ADD(scene, "name=新来的", "birth_date=2018-1-1", "grade=", "class=");
    scene_open(scene, &ga_screen_figures, NULL);
    PRESS(scene, 'c');
    assert_true(fake_tui_shows(&scene->fake, "未分班"));
    fake_tui_type(&scene->fake, "wfb");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "统计口径 · 未分班"));
    assert_true(fake_tui_shows(&scene->fake, "在校 1 人"));
}

static void the_rule_is_shown_as_it_is_worded(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_figures, NULL);
    PRESS(scene, GA_KEY_DOWN, 's');
    assert_true(fake_tui_shows(&scene->fake, "国务院关于加强农村留守儿童关爱保护工作的意见"));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "figures");
}

static void a_broken_definition_is_said_and_the_last_good_one_used(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_figures, NULL);
    school_session_put_form(&scene->school, "definitions/school.yaml", "definition: [");
    scene_open(scene, &ga_screen_figures, NULL);
    assert_true(fake_tui_shows(&scene->fake, "口径或任务的文件里有"));
    assert_true(fake_tui_shows(&scene->fake, "4 / 5  80.0 %"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_definition_has_a_row_and_each_difference_its_lines),
        TEST(the_first_page_leads_here),
        TEST(a_number_opens_its_children_and_esc_leads_back_to_it),
        TEST(what_is_filled_in_moves_the_child_to_another_number),
        TEST(a_line_of_a_difference_opens_its_children),
        TEST(another_day_and_one_class_are_asked_for),
        TEST(a_class_is_found_by_its_spellings_and_by_pinyin),
        TEST(children_without_a_class_have_a_line_of_their_own),
        TEST(the_rule_is_shown_as_it_is_worded),
        TEST(a_broken_definition_is_said_and_the_last_good_one_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
