/* A new child is entered by its number, or found to be there already. */
#include "record_scene.h"

#include "guanai/app/entry.h"
#include "guanai/screen/record.h"
#include "guanai/store/draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static size_t count_drafts(struct scene *scene)
{
    struct ga_arena arena = {0};
    struct ga_draft_line *lines;
    size_t count = 0;
    assert_int_equal(ga_draft_list(scene->school.session->store, NULL, &arena, &lines, &count, NULL), GA_OK);
    ga_arena_finish(&arena);
    return count;
}

/* In the box that asks: the file there is stands below the marked way on. */
static void open_the_first(struct scene *scene)
{
    assert_true(fake_tui_shows(&scene->fake, "是不是同一个孩子"));
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
}

/* A fault is read to its end at every size, in the help page too. */
static void a_long_fault_takes_the_rows_it_needs(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    fake_tui_type(&scene->fake, "530325201703120018");
    scene_expect_everywhere(scene, "child_fault");
    fake_tui_key(&scene->fake, GA_KEY_BACKSPACE);
    assert_false(fake_tui_shows(&scene->fake, "校验码"));
    assert_true(fake_tui_shows(&scene->fake, "谁照看孩子"));
}

/* Name typed first, number after it: the next thing that is still empty, not the name again. */
static void another_child_goes_on_with_what_is_still_empty(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "彭英杰");
    fake_tui_key(&scene->fake, GA_KEY_UP);
    fake_tui_type(&scene->fake, "530325201703120016");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "是不是同一个孩子"));
    fake_tui_key(&scene->fake, GA_KEY_ESC); /* the number again: it may be mistyped */
    assert_true(fake_tui_shows(&scene->fake, "▶身份证号"));
    record_scene_keys(scene, GA_KEY_ENTER, 2);
    assert_true(fake_tui_shows(&scene->fake, "▶是否留守"));
}

static void what_was_wrong_is_said_until_it_is_being_mended(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    record_scene_keys(scene, GA_KEY_DOWN, 3);
    fake_tui_type(&scene->fake, "x9");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "请这样写：2015-9-1"));
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "2015-9-1");
    assert_true(fake_tui_shows(&scene->fake, "2015年9月1日 周二"));
    assert_false(fake_tui_shows(&scene->fake, "请这样写"));
}

/* Of two things in the way the double comes first: it makes the rest moot. */
static void a_double_heads_the_problems(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    fake_tui_type(&scene->fake, "530325201703120016");
    record_scene_keys(scene, GA_KEY_ENTER, 2);
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    fake_tui_expect(&scene->fake, "child_double_problems", false);
    fake_tui_type(&scene->fake, "1"); /* the file that is there can still be opened */
    assert_true(fake_tui_shows(&scene->fake, "是不是同一个孩子"));
    assert_true(fake_tui_shows(&scene->fake, "已有 彭英俊")); /* below it, before what the number tells */
    open_the_first(scene);
    assert_true(fake_tui_shows(&scene->fake, "****0016"));
}

/* The next thing, a visit or the guardian, is at hand in the file. */
static void a_new_child_is_saved_into_its_file(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "周小草");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "2");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "2018.5.6");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(scene->last.is_done);
    assert_true(fake_tui_shows(&scene->fake, "已保存"));
    fake_tui_expect(&scene->fake, "child_saved", false);
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "首页"));
}

/* No ID number: the sound of the name with the birth date tell as well; the file there is opens in place of the form. */
static void the_file_there_is_opens_instead_of_a_second_one(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "彭英军"); /* sounds the same */
    record_scene_keys(scene, GA_KEY_ENTER, 2);
    fake_tui_type(&scene->fake, "2017.3.12");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "姓名同音、出生日期"));
    open_the_first(scene);
    assert_true(fake_tui_shows(&scene->fake, "****0016"));
    assert_true(fake_tui_shows(&scene->fake, "已留作草稿，首页可以接着填"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "首页"));
    assert_int_equal(count_drafts(scene), 1);
}

/* Eyes on the keys: the box that came up is typed through, and nothing goes into the other child's file. */
static void typing_on_stays_in_the_new_file(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "彭英军");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "1");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "2017.3.12");
    fake_tui_key(&scene->fake, GA_KEY_TAB);
    assert_true(fake_tui_shows(&scene->fake, "是不是同一个孩子"));
    fake_tui_type(&scene->fake, "7"); /* of the card number: no line of the box */
    assert_false(fake_tui_shows(&scene->fake, "是不是同一个孩子"));
    assert_true(fake_tui_shows(&scene->fake, "新建"));
    assert_false(fake_tui_shows(&scene->fake, "****0016"));
    fake_tui_expect(&scene->fake, "child_typed_on", false);
    fake_tui_key(&scene->fake, GA_CTRL('S')); /* typed through, not answered: asked once more */
    assert_true(fake_tui_shows(&scene->fake, "是不是同一个孩子"));
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "已保存"));
    assert_int_equal(count_drafts(scene), 0);
}

/* What was begun is another child: an ID number typed blindly neither goes into it nor throws it away for good. */
static void typing_on_leaves_what_was_begun_alone(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "王小明");
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "首页"));
    record_scene_new(scene, "child");
    assert_true(fake_tui_shows(&scene->fake, "上次没有填完"));
    assert_true(fake_tui_shows(&scene->fake, "王小明"));
    fake_tui_type(&scene->fake, "120");
    assert_false(fake_tui_shows(&scene->fake, "王小明"));
    assert_true(fake_tui_shows(&scene->fake, "身份证号   120"));
    assert_int_equal(count_drafts(scene), 0);
    int64_t aside = 0;
    assert_int_equal(ga_draft_find_aside(scene->school.session->store, "周老师", &aside, NULL), GA_OK);
    assert_int_not_equal(aside, 0);
}

/* What was typed beyond who it is may be new to the file: the user says what becomes of it. */
static void typed_answers_are_not_lost_to_the_file_there_is(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    record_scene_keys(scene, GA_KEY_ENTER, 8);
    fake_tui_type(&scene->fake, "大湾村");
    record_scene_keys(scene, GA_KEY_UP, 8);
    fake_tui_type(&scene->fake, "530325201703120016");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    open_the_first(scene);
    scene_expect_everywhere(scene, "child_existing");
    fake_tui_type(&scene->fake, "3"); /* go on here */
    assert_true(fake_tui_shows(&scene->fake, "大湾村"));
    assert_true(fake_tui_shows(&scene->fake, "新建"));
    record_scene_keys(scene, GA_KEY_UP, 2);
    open_the_first(scene);
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "****0016"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "首页"));
    assert_int_equal(count_drafts(scene), 1);
}

static void an_id_number_tells_the_rest_of_a_new_child(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "child");
    fake_tui_type(&scene->fake, "53032520170312");
    assert_true(fake_tui_shows(&scene->fake, "14"));
    fake_tui_type(&scene->fake, "0018");
    fake_tui_expect(&scene->fake, "child_id_wrong", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER); /* refused: the focus stays */
    fake_tui_key(&scene->fake, GA_KEY_BACKSPACE);
    fake_tui_type(&scene->fake, "6");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "child_double");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "2017-03-12") ||
                fake_tui_shows(&scene->fake, "2017年3月12日"));
    fake_tui_expect(&scene->fake, "child_new", false);
}

/* Nobody gets a second file for having been away: one key opens the old one, in force again. */
static void a_child_who_left_comes_back_by_one_key(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "status_change", &scene->child, "kind=转学", "from_on=2026-3-1", NULL);
    record_scene_new(scene, "child");
    fake_tui_type(&scene->fake, "530325201703120016");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "child_returns");
    open_the_first(scene);
    assert_true(fake_tui_shows(&scene->fake, "****0016"));
    assert_true(fake_tui_shows(&scene->fake, "已记今天返乡复学"));
    assert_false(fake_tui_shows(&scene->fake, "已离校 2026"));
    fake_tui_type(&scene->fake, "5");
    assert_true(fake_tui_shows(&scene->fake, "2026-11-23"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_long_fault_takes_the_rows_it_needs, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(another_child_goes_on_with_what_is_still_empty, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(a_child_who_left_comes_back_by_one_key, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(what_was_wrong_is_said_until_it_is_being_mended, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_double_heads_the_problems, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_new_child_is_saved_into_its_file, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(the_file_there_is_opens_instead_of_a_second_one, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(typing_on_stays_in_the_new_file, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(typing_on_leaves_what_was_begun_alone, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(typed_answers_are_not_lost_to_the_file_there_is, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(an_id_number_tells_the_rest_of_a_new_child, record_scene_start,
                                        scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
