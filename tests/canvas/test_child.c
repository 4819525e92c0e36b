/* A child's file, its records, the history of its fields look as the golden pages show. */
#include "fake_tui.h"
#include "school_session.h"

#include "guanai/base/alloc.h"
#include "guanai/screen/child.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct ga_tui_result last;

static void note_result(struct ga_screen *screen, const struct ga_tui_result *result)
{
    (void)screen;
    last = *result;
    last.text = NULL;
}

static const struct ga_screen_ops below = {
    .name = "below", .title = "首页", .state_bytes = 1, .resumed = note_result};

struct scene {
    struct school_session school;
    struct fake_tui fake;
    struct ga_uuid child;
};

static int start(void **state)
{
    static struct scene scene;
    memset(&scene, 0, sizeof(scene));
    memset(&last, 0, sizeof(last));
    school_session_start(&scene.school, NULL);
    scene.child = school_session_add(
        &scene.school, "child", NULL, "name=彭英俊", "sex=男", "birth_date=2017-3-12",
        "id_number=530325201703120016", "grade=三年级", "class=2", "village=红岩村", "hamlet=5组",
        "marked_left_behind=是", "absence_kind=双方外出", "guardian_relation=奶奶",
        "guardian_name=李桂花", "father_name=彭大勇", "father_phone=13812345678", "key_child=是",
        "key_reason=无人监护", NULL);
    school_session_add(&scene.school, "home_visit", &scene.child, "visited_on=2026-11-1",
                       "visitor=周老师", "met=奶奶", "content=一切都好", NULL);
    school_session_add(&scene.school, "talk", &scene.child, "talked_on=2026-11-12", "talker=周老师",
                       "topics=学习", "mood=4", NULL);
    struct ga_ui_config config = {
        .lang = GA_ZH, .program = "红岩村小学", .app = scene.school.session};
    fake_tui_start(&scene.fake, 24, 80, &config, &below, NULL);
    ga_screen_child_open(ga_ui_top(scene.fake.ui), &scene.child, 1);
    ga_ui_paint(scene.fake.ui);
    *state = &scene;
    return 0;
}

static int stop(void **state)
{
    struct scene *scene = *state;
    fake_tui_stop(&scene->fake);
    school_session_stop(&scene->school);
    return 0;
}

static void expect_everywhere(struct scene *scene, const char *name)
{
    static const struct {
        int rows, cols;
    } sizes[] = {{18, 60}, {43, 132}, {12, 40}, {24, 80}};
    char golden[80];
    for (size_t i = 0; i < GA_COUNT(sizes); i++) {
        fake_tui_resize(&scene->fake, sizes[i].rows, sizes[i].cols);
        snprintf(golden, sizeof(golden), "%s_%dx%d", name, sizes[i].cols, sizes[i].rows);
        fake_tui_expect(&scene->fake, golden, false);
    }
    ga_ui_set_lang(scene->fake.ui, GA_EN);
    ga_ui_paint(scene->fake.ui);
    snprintf(golden, sizeof(golden), "%s_en", name);
    fake_tui_expect(&scene->fake, golden, false);
    ga_ui_set_lang(scene->fake.ui, GA_ZH);
    ga_ui_paint(scene->fake.ui);
}

static void the_file_shows_a_page_at_a_glance(void **state)
{
    struct scene *scene = *state;
    expect_everywhere(scene, "file_page_1");
    fake_tui_type(&scene->fake, "2");
    fake_tui_expect(&scene->fake, "file_page_2", false);
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
    expect_everywhere(scene, "file_records");
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
    expect_everywhere(scene, "file_history");
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(last.is_done);
}

static void a_new_record_offers_the_forms_there_are(void **state)
{
    struct scene *scene = *state;
    fake_tui_type(&scene->fake, "n");
    fake_tui_expect(&scene->fake, "file_new_record", false);
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "新建"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_file_shows_a_page_at_a_glance, start, stop),
        cmocka_unit_test_setup_teardown(sensitive_answers_show_on_demand, start, stop),
        cmocka_unit_test_setup_teardown(records_stand_newest_first_and_open, start, stop),
        cmocka_unit_test_setup_teardown(a_change_comes_back_to_the_file_and_stands_in_the_history,
                                        start, stop),
        cmocka_unit_test_setup_teardown(a_new_record_offers_the_forms_there_are, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
