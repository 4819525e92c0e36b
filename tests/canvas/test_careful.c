/* Sheets of others are typed, and nobody's name stands there unseen. */
#include "record_scene.h"

#include "guanai/screen/child.h"
#include "guanai/screen/home.h"
#include "guanai/store/draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int start(void **state)
{
    int rc = record_scene_start(state);
    struct scene *scene = *state;
    ga_session_set_user(scene->school.session, "小罗", NULL);
    scene_open(scene, &ga_screen_home, NULL);
    return rc;
}

static void type_for(struct scene *scene, const char *name)
{
    PRESS(scene, GA_KEY_F(12));
    fake_tui_type(&scene->fake, name);
    PRESS(scene, GA_KEY_ENTER);
}

static void open_visit(struct scene *scene)
{
    scene_open(scene, &ga_screen_home, NULL);
    record_scene_visit(scene);
}

/* The visit that the form has on the screen, saved with what it needs. */
static void save_visit(struct scene *scene, const char *day)
{
    fake_tui_type(&scene->fake, day);
    record_scene_keys(scene, GA_KEY_ENTER, 6);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_CTRL('S'));
}

static const char *user_of(struct scene *scene)
{
    return ga_store_user(scene->school.session->store);
}

static void the_name_is_asked_and_stands_in_every_title(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, GA_KEY_F(12));
    scene_expect_everywhere(scene, "doer_asked");
    fake_tui_type(&scene->fake, "何老师");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "doer_home");
    assert_string_equal(user_of(scene), "何老师");
    assert_string_equal(ga_store_typist(scene->school.session->store), "小罗");
    PRESS(scene, GA_KEY_F(3));
    assert_true(fake_tui_shows(&scene->fake, "花名册"));
    assert_true(fake_tui_shows(&scene->fake, "代 何老师 录入 · 小罗"));
}

static void the_same_key_ends_it(void **state)
{
    struct scene *scene = *state;
    type_for(scene, "何老师");
    assert_true(fake_tui_shows(&scene->fake, "代 何老师 录入"));
    PRESS(scene, GA_CTRL('K'));
    assert_false(fake_tui_shows(&scene->fake, "代 何老师 录入"));
    assert_true(fake_tui_shows(&scene->fake, "代录已结束"));
    assert_string_equal(user_of(scene), "小罗");
}

static void names_used_before_are_found_by_initials_and_digits(void **state)
{
    struct scene *scene = *state;
    type_for(scene, "何老师");
    PRESS(scene, GA_KEY_F(12));
    type_for(scene, "彭老师");
    PRESS(scene, GA_KEY_F(12), GA_KEY_F(12));
    assert_true(fake_tui_shows(&scene->fake, "1 彭老师"));
    assert_true(fake_tui_shows(&scene->fake, "2 何老师"));
    fake_tui_type(&scene->fake, "hls");
    assert_false(fake_tui_shows(&scene->fake, "彭老师"));
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(user_of(scene), "何老师");
    PRESS(scene, GA_KEY_F(12), GA_KEY_F(12), '2');
    assert_string_equal(user_of(scene), "彭老师");
}

static void who_sits_here_is_nobody_else(void **state)
{
    struct scene *scene = *state;
    type_for(scene, "小罗");
    assert_true(fake_tui_shows(&scene->fake, "小罗 就是现在的录入人"));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(user_of(scene), "小罗");
}

static void somebody_else_sitting_down_ends_it(void **state)
{
    struct scene *scene = *state;
    type_for(scene, "何老师");
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "周老师");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(user_of(scene), "周老师");
    assert_string_equal(ga_store_typist(scene->school.session->store), "周老师");
    assert_false(fake_tui_shows(&scene->fake, "代 何老师"));
}

/* Initials of somebody the program never heard of became a person of that name, who then signed everything. */
static void letters_that_mean_nobody_are_asked_about_once(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "周老师");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "wls");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "认识的人里没有"));
    assert_string_equal(user_of(scene), "周老师");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(user_of(scene), "wls"); /* who is called so is taken */
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "zls");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(user_of(scene), "周老师");
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "wls");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(user_of(scene), "wls");
}

static void a_new_sitting_begins_without_it(void **state)
{
    struct scene *scene = *state;
    type_for(scene, "何老师");
    fake_tui_stop(&scene->fake);
    memset(&scene->fake, 0, sizeof(scene->fake));
    scene->school.options.user = NULL;
    school_session_reopen(&scene->school);
    assert_string_equal(user_of(scene), "小罗");
    assert_false(ga_session_is_for_other(scene->school.session));
    scene_open(scene, &ga_screen_home, NULL);
}

static void what_is_typed_is_the_doers_with_the_typist_beside(void **state)
{
    struct scene *scene = *state;
    type_for(scene, "何老师");
    open_visit(scene);
    scene_expect_everywhere(scene, "doer_visit");
    save_visit(scene, "21");
    scene_open(scene, &ga_screen_home, NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
    fake_tui_type(&scene->fake, "5");
    scene_expect_everywhere(scene, "doer_records");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_F(6));
    assert_true(fake_tui_shows(&scene->fake, "何老师（小罗 代录）"));
}

static void the_number_of_the_paper_sheet_stands_beside_the_record(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "talk", &scene->child, "talker=何老师", "topics=学习", "mood=4", "paper_no=DW-07",
                       NULL);
    scene_open(scene, &ga_screen_home, NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
    fake_tui_type(&scene->fake, "5");
    assert_true(fake_tui_shows(&scene->fake, "[纸质 DW-07]"));
    ga_ui_set_lang(scene->fake.ui, GA_EN);
    ga_ui_paint(scene->fake.ui);
    assert_true(fake_tui_shows(&scene->fake, "[sheet DW-07]"));
}

/* Begun for somebody else it is unfinished all the same: the next sitting offers it, for them. */
static void what_was_begun_for_others_is_offered_without_asking_for_whom(void **state)
{
    struct scene *scene = *state;
    type_for(scene, "何老师");
    open_visit(scene);
    fake_tui_type(&scene->fake, "21");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    fake_tui_stop(&scene->fake);
    memset(&scene->fake, 0, sizeof(scene->fake));
    scene->school.options.user = NULL;
    school_session_reopen(&scene->school);
    scene_open(scene, &ga_screen_home, NULL);
    assert_false(fake_tui_shows(&scene->fake, "代 何老师 录入"));
    fake_tui_expect(&scene->fake, "doer_unfinished", false);
    PRESS(scene, GA_KEY_DOWN, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "代 何老师 录入 · 小罗"));
    assert_true(fake_tui_shows(&scene->fake, "2026年11月21日"));
    assert_string_equal(user_of(scene), "何老师");
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC, GA_KEY_DOWN, GA_KEY_DELETE, '1'); /* thrown away, brought back */
    assert_false(fake_tui_shows(&scene->fake, "（代 何老师）"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_F(12), GA_CTRL('Z'));
    assert_true(fake_tui_shows(&scene->fake, "（代 何老师）"));
    PRESS(scene, GA_KEY_F(6)); /* another person's unfinished forms are kept for them */
    fake_tui_type(&scene->fake, "周老师");
    PRESS(scene, GA_KEY_ENTER);
    assert_false(fake_tui_shows(&scene->fake, "（代 何老师）"));
}

static void a_form_that_is_open_changes_hands_with_its_draft(void **state)
{
    struct scene *scene = *state;
    struct ga_session *session = scene->school.session;
    open_visit(scene);
    assert_true(fake_tui_shows(&scene->fake, "小罗"));
    fake_tui_type(&scene->fake, "21");
    PRESS(scene, GA_KEY_ENTER);
    type_for(scene, "何老师");
    fake_tui_expect(&scene->fake, "doer_changed", false);
    struct ga_arena arena = {0};
    struct ga_draft_line *lines;
    size_t count;
    assert_int_equal(ga_draft_list(session->store, NULL, &arena, &lines, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(lines[0].user, "何老师");
    ga_arena_finish(&arena);
    PRESS(scene, GA_KEY_F(12));
    assert_true(fake_tui_shows(&scene->fake, "代录已结束"));
    assert_false(fake_tui_shows(&scene->fake, "何老师"));
}

static void anothers_unfinished_form_is_not_written_over(void **state)
{
    struct scene *scene = *state;
    type_for(scene, "何老师");
    open_visit(scene);
    fake_tui_type(&scene->fake, "20");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_F(12));
    open_visit(scene);
    type_for(scene, "何老师");
    assert_true(fake_tui_shows(&scene->fake, "何老师 已经有一份没填完的"));
    assert_string_equal(user_of(scene), "小罗");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)
    const struct CMUnitTest tests[] = {
        TEST(the_name_is_asked_and_stands_in_every_title),
        TEST(the_same_key_ends_it),
        TEST(names_used_before_are_found_by_initials_and_digits),
        TEST(who_sits_here_is_nobody_else),
        TEST(somebody_else_sitting_down_ends_it),
        TEST(letters_that_mean_nobody_are_asked_about_once),
        TEST(a_new_sitting_begins_without_it),
        TEST(what_is_typed_is_the_doers_with_the_typist_beside),
        TEST(the_number_of_the_paper_sheet_stands_beside_the_record),
        TEST(what_was_begun_for_others_is_offered_without_asking_for_whom),
        TEST(a_form_that_is_open_changes_hands_with_its_draft),
        TEST(anothers_unfinished_form_is_not_written_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
