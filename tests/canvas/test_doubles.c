/* Two files of one child: listed, compared, linked, parted look and answer as a clerk expects. */
#include "scene.h"

#include "guanai/screen/child.h"
#include "guanai/screen/doubles.h"
#include "guanai/screen/home.h"
#include "guanai/store/note.h"
#include "guanai/store/same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct ga_uuid other;

static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    scene->child = school_session_add(&scene->school, "child", NULL, "name=李子轩", "sex=男", "birth_date=2017-5-3",
                                      "father_phone=13812345678", "grade=三年级", "class=2", "village=红岩村", NULL);
    other = school_session_add(&scene->school, "child", NULL, "name=李梓萱", "sex=男", "birth_date=2017-5-3",
                               "father_phone=13812345678", "grade=四年级", "class=1", "village=红岩村", "nickname=石头",
                               "boarding=是", NULL);
    school_session_add(&scene->school, "child", NULL, "name=王五", "sex=男", "birth_date=2016-5-3", "grade=四年级",
                       "class=1", "village=大湾村", NULL);
    school_session_add(&scene->school, "home_visit", &other, "visited_on=2026-11-1", "visitor=周老师", "met=奶奶",
                       "content=一切都好", NULL);
    return 0;
}

static bool are_one(const struct scene *scene)
{
    struct ga_uuid main;
    assert_int_equal(ga_same_main(scene->school.session->store, &other, &main, NULL), GA_OK);
    return ga_uuid_compare(&main, &scene->child) == 0;
}

static void the_first_page_names_pairs_while_there_are_some(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    assert_true(fake_tui_shows(&scene->fake, "可能重复的档案")); /* counted when the second file was saved */
    scene_expect_everywhere(scene, "home_doubles");
    PRESS(scene, GA_KEY_F(11));
    scene_expect_everywhere(scene, "doubles_list");
    PRESS(scene, GA_KEY_ENTER, '1');
    assert_true(are_one(scene));
    assert_true(fake_tui_shows(&scene->fake, "没有发现"));
    PRESS(scene, GA_KEY_ESC);
    assert_false(fake_tui_shows(&scene->fake, "可能重复的档案"));
}

static void two_files_stand_side_by_side_what_differs_first(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_doubles, NULL);
    PRESS(scene, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "pair_open");
    assert_false(fake_tui_shows(&scene->fake, "13812345678"));
    PRESS(scene, '3');
    assert_false(are_one(scene));
    assert_true(fake_tui_shows(&scene->fake, "李梓萱")); /* later: still on the list */
    PRESS(scene, GA_KEY_ENTER, '2');
    assert_false(are_one(scene));
    assert_true(fake_tui_shows(&scene->fake, "没有发现"));
}

static void link_them(struct scene *scene)
{
    assert_int_equal(ga_same_say(scene->school.session->store, &scene->child, &other, GA_SAME_LINKED, "户口簿", NULL),
                     GA_OK);
    scene_open(scene, &scene_below, NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &other, 1); /* leads to the file that leads */
    ga_ui_paint(scene->fake.ui);
}

static void link_off(struct scene *scene)
{
    scene_open(scene, &scene_below, NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
    ga_ui_paint(scene->fake.ui);
}

static void a_linked_file_leads_to_the_one_that_leads_with_all_records(void **state)
{
    struct scene *scene = *state;
    link_them(scene);
    scene_expect_everywhere(scene, "file_linked");
    assert_true(fake_tui_shows(&scene->fake, "李子轩"));
    PRESS(scene, '5');
    assert_true(fake_tui_shows(&scene->fake, "家访记录"));
    assert_true(fake_tui_shows(&scene->fake, "重复档案核对"));
}

static void what_the_other_file_says_is_taken_over_by_an_edit(void **state)
{
    struct scene *scene = *state;
    link_them(scene);
    PRESS(scene, '=');
    scene_expect_everywhere(scene, "pair_linked");
    while (!fake_tui_shows(&scene->fake, "▶ 小名"))
        PRESS(scene, GA_KEY_DOWN);
    PRESS(scene, GA_KEY_ENTER, 'y', GA_KEY_ESC);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "child");
    PRESS(scene, '4');
    assert_true(fake_tui_shows(&scene->fake, "石头"));
    assert_true(are_one(scene));
}

static void notes_on_the_other_file_stand_here_too_and_say_whose_they_are(void **state)
{
    struct scene *scene = *state;
    struct ga_session *session = scene->school.session;
    const struct ga_form *form = ga_forms_get(session->forms, "child", NULL);
    assert_int_equal(ga_store_note(session->store, &other, ga_form_field(form, "village"), NULL, "村名要核对", NULL), GA_OK);
    link_them(scene);
    while (!fake_tui_shows(&scene->fake, "▶ 村"))
        PRESS(scene, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, "+ 红岩村"));
    PRESS(scene, GA_KEY_F(11));
    scene_expect_everywhere(scene, "notes_of_linked");
    assert_true(fake_tui_shows(&scene->fake, "村名要核对"));
    assert_true(fake_tui_shows(&scene->fake, "李梓萱"));
    PRESS(scene, GA_KEY_F(5), GA_KEY_ESC); /* done */
    assert_true(fake_tui_shows(&scene->fake, ". 红岩村"));
    assert_int_equal(ga_same_say(session->store, &scene->child, &other, GA_SAME_DIFFERENT, NULL, NULL), GA_OK);
    link_off(scene);
    assert_false(fake_tui_shows(&scene->fake, ". 红岩村"));
}

static void files_are_parted_again_with_a_reason(void **state)
{
    struct scene *scene = *state;
    link_them(scene);
    PRESS(scene, '=', 'u');
    fake_tui_type(&scene->fake, "是双胞胎");
    PRESS(scene, GA_KEY_ENTER);
    assert_false(are_one(scene));
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "child");
    assert_false(fake_tui_shows(&scene->fake, "[另有 档号"));
    PRESS(scene, '5');
    assert_true(fake_tui_shows(&scene->fake, "是双胞胎"));
    assert_false(fake_tui_shows(&scene->fake, "家访记录"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_first_page_names_pairs_while_there_are_some),
        CASE(two_files_stand_side_by_side_what_differs_first),
        CASE(a_linked_file_leads_to_the_one_that_leads_with_all_records),
        CASE(what_the_other_file_says_is_taken_over_by_an_edit),
        CASE(notes_on_the_other_file_stand_here_too_and_say_whose_they_are),
        CASE(files_are_parted_again_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
