/* The page after a long pause. */
#include "scene.h"

#include "guanai/app/catch_up.h"
#include "guanai/screen/catch_up.h"
#include "guanai/screen/home.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define CHILD(scene, name, class) \
    school_session_add(&(scene)->school, "child", NULL, "name=" name, "grade=三年级", "class=" class, "marked_left_behind=是", NULL)

static void set_day(struct scene *scene, int month, int day)
{
    ga_session_set_today(scene->school.session, (struct ga_date){2026, (int8_t)month, (int8_t)day});
}

/* Entered on 2 September, then nothing until 23 November. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    bool is_new = false;
    set_day(scene, 9, 2);
    CHILD(scene, "何丽", "2");
    CHILD(scene, "崔子乐", "2");
    CHILD(scene, "杨梅", "1");
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    set_day(scene, 11, 23);
    assert_int_equal(ga_catch_up_notice(scene->school.session, &is_new, NULL), GA_OK);
    assert_true(is_new);
    return 0;
}

static void open_page(struct scene *scene)
{
    scene_open(scene, &ga_screen_catch_up, NULL);
    scene_let_work(scene);
}

static bool shows(struct scene *scene, const char *text)
{
    return fake_tui_shows(&scene->fake, text);
}

static int64_t count_reasons(struct scene *scene)
{
    int64_t count;
    assert_int_equal(ga_store_count(scene->school.session->store, GA_PAUSE_REASON_FORM, &count, NULL), GA_OK);
    return count;
}

static void it_says_what_ran_out_by_duty_and_class(void **state)
{
    struct scene *scene = *state;
    open_page(scene);
    assert_true(shows(scene, "9月2日 – 11月23日"));
    scene_expect_everywhere(scene, "catch_up");
}

static void how_many_records_it_makes_is_said_before_one_reason_is_given_for_all(void **state)
{
    struct scene *scene = *state;
    open_page(scene);
    PRESS(scene, 'a');
    assert_true(shows(scene, "共写 4 条记录"));
    scene_expect_everywhere(scene, "catch_up_reason");
    fake_tui_type(&scene->fake, "停电");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(shows(scene, "都有记录，或者写了原因"));
    assert_int_equal(count_reasons(scene), 4);
}

static void a_line_its_class_or_its_duty_can_have_a_reason_of_its_own(void **state)
{
    struct scene *scene = *state;
    open_page(scene);
    PRESS(scene, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "catch_up_extent");
    PRESS(scene, '2');
    fake_tui_type(&scene->fake, "停电");
    PRESS(scene, GA_KEY_ENTER);
    assert_false(shows(scene, "三年级(1)班"));
    assert_true(shows(scene, "三年级(2)班"));
    PRESS(scene, GA_KEY_ENTER, '3', GA_KEY_ENTER); /* the reason stands there from the last time */
    assert_true(shows(scene, "待校长确认"));
}

/* Several stood in the file with the same words: of which duty was not to be seen. */
static void in_the_childs_file_a_reason_says_of_which_duty_it_is(void **state)
{
    struct scene *scene = *state;
    open_page(scene);
    PRESS(scene, GA_KEY_ENTER, '1');
    fake_tui_type(&scene->fake, "停电");
    PRESS(scene, GA_KEY_ENTER);
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_type(&scene->fake, "yangmei");
    PRESS(scene, GA_KEY_ENTER, '5');
    assert_true(shows(scene, "阶段家访 三年级(1)班 停电"));
}

static void one_class_is_one_in_the_other_language_too(void **state)
{
    struct scene *scene = *state;
    open_page(scene);
    PRESS(scene, GA_KEY_F(9));
    assert_true(shows(scene, "in 2 classes"));
    PRESS(scene, GA_KEY_F(9));
    PRESS(scene, GA_KEY_ENTER, '2');
    fake_tui_type(&scene->fake, "停电");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_F(9));
    assert_true(shows(scene, "in 1 class"));
    assert_false(shows(scene, "1 classes"));
}

/* The class stayed in the language the page had been read in. */
static void the_question_changes_its_language_with_the_page(void **state)
{
    struct scene *scene = *state;
    open_page(scene);
    PRESS(scene, GA_KEY_ENTER, GA_KEY_F(9));
    assert_true(shows(scene, "Grade 3 Class 1"));
    assert_false(shows(scene, "三年级"));
    PRESS(scene, '1', GA_KEY_F(9));
    assert_true(shows(scene, "1 项：三年级(1)班 阶段家访"));
    assert_false(shows(scene, "Grade"));
    fake_tui_type(&scene->fake, "停电");
    PRESS(scene, GA_KEY_F(9));
    assert_true(shows(scene, "停电"));
    assert_false(shows(scene, "三年级"));
    PRESS(scene, GA_KEY_ENTER);
    assert_int_equal(count_reasons(scene), 1);
}

static void what_is_left_open_is_had_again_but_not_offered(void **state)
{
    struct scene *scene = *state;
    struct ga_days pause;
    open_page(scene);
    PRESS(scene, 'l');
    assert_false(ga_catch_up_noted(scene->school.session, &pause));
    assert_int_equal(count_reasons(scene), 0);
    scene_open(scene, &ga_screen_catch_up, NULL);
    scene_let_work(scene);
    assert_true(shows(scene, "三年级(2)班"));
}

/* A teaching point has a class that is called the same. */
static void classes_of_one_name_are_told_apart_by_their_sites(void **state)
{
    static const char config[] = "school: 石桥小学\n"
                                 "sites:\n"
                                 "  - {code: main, label: {zh: 中心校, en: Central}, own: true}\n"
                                 "  - {code: dawan, label: {zh: 大湾, en: Dawan}, paper: true}\n";
    struct scene *scene = *state;
    char path[160];
    snprintf(path, sizeof(path), "%s/config.yaml", scene->school.options.data);
    assert_int_equal(ga_io_write_file(ga_io_system(), path, config, strlen(config), NULL), GA_OK);
    school_session_reopen(&scene->school);
    set_day(scene, 9, 2);
    school_session_add(&scene->school, "child", NULL, "name=韦小湾", "site=dawan", "grade=三年级", "class=2", "marked_left_behind=是", NULL);
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    set_day(scene, 11, 23);
    open_page(scene);
    assert_true(shows(scene, "三年级(2)班 · 大湾"));
    assert_false(shows(scene, "三年级(1)班 · "));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(it_says_what_ran_out_by_duty_and_class),
        CASE(classes_of_one_name_are_told_apart_by_their_sites),
        CASE(how_many_records_it_makes_is_said_before_one_reason_is_given_for_all),
        CASE(a_line_its_class_or_its_duty_can_have_a_reason_of_its_own),
        CASE(in_the_childs_file_a_reason_says_of_which_duty_it_is),
        CASE(one_class_is_one_in_the_other_language_too),
        CASE(the_question_changes_its_language_with_the_page),
        CASE(what_is_left_open_is_had_again_but_not_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
