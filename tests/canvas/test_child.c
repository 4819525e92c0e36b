/* A child's file, its records, the history of its fields look as the golden pages show. */
#include "scene.h"

#include "guanai/screen/child.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    scene->child = school_session_add(
        &scene->school, "child", NULL, "name=彭英俊", "sex=男", "birth_date=2017-3-12",
        "id_number=530325201703120016", "grade=三年级", "class=2", "village=红岩村", "hamlet=5组",
        "marked_left_behind=是", "absence_kind=双方外出", "guardian_relation=奶奶",
        "guardian_name=李桂花", "father_name=彭大勇", "father_phone=13812345678", "key_child=是",
        "key_reason=无人监护", NULL);
    school_session_add(&scene->school, "home_visit", &scene->child, "visited_on=2026-11-1",
                       "visitor=周老师", "met=奶奶", "content=一切都好", NULL);
    school_session_add(&scene->school, "talk", &scene->child, "talked_on=2026-11-12", "talker=周老师",
                       "topics=学习", "mood=4", NULL);
    scene_open(scene, &scene_below, NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
    ga_ui_paint(scene->fake.ui);
    return 0;
}

static void the_file_shows_a_page_at_a_glance(void **state)
{
    struct scene *scene = *state;
    scene_expect_everywhere(scene, "file_page_1");
    fake_tui_type(&scene->fake, "2");
    fake_tui_expect(&scene->fake, "file_page_2", false);
}

/* What the font lacks is a blank on the terminal: the code point stands beside it, in the file and the form. */
static void a_rare_character_is_said_by_its_code_point(void **state)
{
    struct scene *scene = *state;
    const struct ga_uuid rare = school_session_add(&scene->school, "child", NULL, "name=张\xf0\xac\xba\x93", "sex=男", NULL);
    scene_open(scene, &scene_below, NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &rare, 1);
    ga_ui_paint(scene->fake.ui);
    assert_true(fake_tui_shows(&scene->fake, "张\xf0\xac\xba\x93  (生僻字 U+2CE93)"));
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "生僻字 U+2CE93: 已原样保存"));
    scene->school.session->config.rare_characters = GA_RARE_SHOW;
    ga_ui_set_lang(scene->fake.ui, GA_ZH);
    ga_ui_paint(scene->fake.ui);
    assert_false(fake_tui_shows(&scene->fake, "U+2CE93"));
}

static void sensitive_answers_show_on_demand(void **state)
{
    struct scene *scene = *state;
    fake_tui_type(&scene->fake, "2");
    assert_false(fake_tui_shows(&scene->fake, "13812345678"));
    fake_tui_key(&scene->fake, GA_KEY_F(4));
    assert_true(fake_tui_shows(&scene->fake, "13812345678"));
    fake_tui_key(&scene->fake, GA_KEY_F(4));
    assert_false(fake_tui_shows(&scene->fake, "13812345678"));
}

static void records_stand_newest_first_and_open(void **state)
{
    struct scene *scene = *state;
    fake_tui_type(&scene->fake, "5");
    scene_expect_everywhere(scene, "file_records");
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "一切都好"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "谈心记录"));
}

static void a_change_comes_back_to_the_file_and_stands_in_the_history(void **state)
{
    struct scene *scene = *state;
    fake_tui_type(&scene->fake, "2");
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "13998765432");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "****5432"));
    fake_tui_key(&scene->fake, GA_KEY_F(6));
    fake_tui_key(&scene->fake, GA_KEY_F(4));
    scene_expect_everywhere(scene, "file_history");
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(scene->last.is_done);
}

static void the_history_of_a_record_names_the_child_and_the_minute(void **state)
{
    struct scene *scene = *state;
    fake_tui_type(&scene->fake, "5");
    fake_tui_key(&scene->fake, GA_KEY_F(6));
    fake_tui_expect(&scene->fake, "record_history", false);
}

/* At 40×12 a page is longer than the screen. */
static void saving_or_leaving_a_form_comes_back_to_page_row_and_scroll(void **state)
{
    struct scene *scene = *state;
    fake_tui_resize(&scene->fake, 12, 40);
    PRESS(scene, '2', GA_KEY_END, GA_KEY_UP, GA_KEY_UP, GA_KEY_UP);
    fake_tui_expect(&scene->fake, "file_place", false);
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    fake_tui_expect(&scene->fake, "file_place", false);
    PRESS(scene, GA_KEY_ENTER, GA_CTRL('S'), GA_KEY_LEFT, GA_KEY_RIGHT); /* nothing changed; a look at another page */
    fake_tui_expect(&scene->fake, "file_place", false);
    PRESS(scene, GA_KEY_ENTER, '1', GA_CTRL('S'), GA_KEY_F(8), GA_KEY_F(8)); /* F8: any key takes the message away */
    fake_tui_expect(&scene->fake, "file_place_saved", false);
}

static void the_record_that_was_written_is_marked(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, '5', GA_KEY_DOWN, GA_KEY_ENTER, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "▶ 2026-11-01"));
    school_session_add(&scene->school, "talk", &scene->child, "talked_on=2026-11-20", "talker=周老师",
                       "topics=学习", "mood=4", NULL);
    PRESS(scene, GA_KEY_UP, GA_KEY_ENTER, GA_CTRL('S')); /* one more record stands above it now */
    assert_true(fake_tui_shows(&scene->fake, "  2026-11-20"));
    assert_true(fake_tui_shows(&scene->fake, "▶ 2026-11-12"));
}

static void a_new_record_offers_the_forms_there_are(void **state)
{
    struct scene *scene = *state;
    fake_tui_type(&scene->fake, "n");
    fake_tui_expect(&scene->fake, "file_new_record", false);
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "新建"));
}

/* A lesson, an activity are records of several: from a file they begin with that child. */
static void a_record_of_several_begins_with_the_child_it_is_asked_of(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, 'n', '6'); /* more … */
    assert_true(fake_tui_shows(&scene->fake, "集体活动"));
    assert_true(fake_tui_shows(&scene->fake, "资助"));
    assert_false(fake_tui_shows(&scene->fake, "会议")); /* only some kinds of it name children */
    fake_tui_type(&scene->fake, "xxfd");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "学习辅导 · 已选 1"));
    assert_true(fake_tui_shows(&scene->fake, "[✓]"));
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "学生         1: 彭英俊"));
}

/* One key, one question: the old file again, with all its records and one more. */
static void a_child_who_left_comes_back_to_its_file(void **state)
{
    struct scene *scene = *state;
    fake_tui_type(&scene->fake, "b"); /* of no use while it is here */
    assert_false(fake_tui_shows(&scene->fake, "恢复这份档案"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    school_session_add(&scene->school, "status_change", &scene->child, "kind=转学", "from_on=2026-3-1", NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
    ga_ui_paint(scene->fake.ui);
    scene_expect_everywhere(scene, "file_left");
    fake_tui_type(&scene->fake, "b");
    fake_tui_expect(&scene->fake, "file_return", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_false(fake_tui_shows(&scene->fake, "已离校 2026"));
    fake_tui_type(&scene->fake, "5");
    assert_true(fake_tui_shows(&scene->fake, "返乡复学"));
    assert_true(fake_tui_shows(&scene->fake, "谈心记录"));
}

static void the_classes_a_child_was_in_stand_in_its_file(void **state)
{
    struct scene *scene = *state;
    fake_tui_type(&scene->fake, "c");
    fake_tui_expect(&scene->fake, "file_classes", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_file_shows_a_page_at_a_glance, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_rare_character_is_said_by_its_code_point, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_record_of_several_begins_with_the_child_it_is_asked_of, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_child_who_left_comes_back_to_its_file, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_classes_a_child_was_in_stand_in_its_file, start, scene_stop),
        cmocka_unit_test_setup_teardown(sensitive_answers_show_on_demand, start, scene_stop),
        cmocka_unit_test_setup_teardown(records_stand_newest_first_and_open, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_change_comes_back_to_the_file_and_stands_in_the_history,
                                        start, scene_stop),
        cmocka_unit_test_setup_teardown(the_history_of_a_record_names_the_child_and_the_minute, start, scene_stop),
        cmocka_unit_test_setup_teardown(saving_or_leaving_a_form_comes_back_to_page_row_and_scroll, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_record_that_was_written_is_marked, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_new_record_offers_the_forms_there_are, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
