/* Answers of every kind, given, withheld, hidden, mended. */
#include "scene.h"

#include "guanai/screen/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char trip[] =
    "form: trip\nversion: 1\nprotect: ordinary\ntitle: {zh: 秋游, en: Trip}\n"
    "roles: {read: [teacher], write: [teacher]}\nsummary: place\nfields:\n"
    "  - {name: place, type: text, label: {zh: 去哪里, en: Where}}\n"
    "  - {name: seats, type: integer, label: {zh: 座位, en: Seats}, required: answered}\n"
    "  - {name: leader, type: choice, list: relation, label: {zh: 谁带队, en: Led by}}\n"
    "  - {name: deputy, type: choice, list: relation, filter: seats IS NULL OR seats < 50, label: {zh: 副手, en: Deputy}}\n"
    "  - {name: rain, type: boolean, label: {zh: 下雨, en: Rain}, required: true}\n"
    "  - {name: cover, type: text, relevant: rain = 1, label: {zh: 雨具, en: Cover}}\n"
    "  - name: meals\n    type: repeat\n    label: {zh: 餐, en: Meals}\n    required: true\n    fields:\n"
    "      - {name: dish, type: text, label: {zh: 菜, en: Dish}}\n"
    "  - {name: remark, type: text, label: {zh: 备注, en: Remark}}\n";

static int start(void **state)
{
    const struct school_session_form form = {"trip.yaml", trip};
    struct scene *scene = scene_start(state, &form);
    scene_open(scene, &scene_below, NULL);
    ga_screen_record_new(ga_ui_top(scene->fake.ui), "trip", NULL, 1);
    ga_ui_paint(scene->fake.ui);
    return 0;
}

static void keys(struct scene *scene, uint32_t key, int times)
{
    for (int i = 0; i < times; i++)
        fake_tui_key(&scene->fake, key);
}

/* A field that must be answered offers no way to say why there is none. */
static void what_must_be_answered_cannot_be_withheld(void **state)
{
    struct scene *scene = *state;
    assert_true(fake_tui_shows(&scene->fake, "F3 不详"));
    keys(scene, GA_KEY_ENTER, 1);
    assert_false(fake_tui_shows(&scene->fake, "F3 不详"));
    fake_tui_key(&scene->fake, GA_KEY_F(3));
    assert_false(fake_tui_shows(&scene->fake, "为什么没有答案"));
}

/* Saying why there is no answer mends a field that was found empty. */
static void a_withheld_answer_ends_its_problem(void **state)
{
    struct scene *scene = *state;
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "有 3 处"));
    fake_tui_type(&scene->fake, "2"); /* the digit goes there at once */
    assert_true(fake_tui_shows(&scene->fake, "!▶下雨"));
    PRESS(scene, GA_KEY_F(3), '1');
    assert_true(fake_tui_shows(&scene->fake, "  下雨     不知道"));
    assert_true(fake_tui_shows(&scene->fake, "! 座位"));
}

/* What was wrong is gone from the hint as soon as it is being mended. */
static void typing_takes_the_fault_away(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, GA_CTRL('S'), '1');
    assert_true(fake_tui_shows(&scene->fake, "“座位”必须填写"));
    fake_tui_type(&scene->fake, "4");
    assert_false(fake_tui_shows(&scene->fake, "“座位”必须填写"));
}

/* Rows are added from behind the last one, too; the list is no longer missing then. */
static void the_only_list_of_a_page_grows_from_anywhere(void **state)
{
    struct scene *scene = *state;
    PRESS(scene, GA_CTRL('S'), GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "! 餐"));
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    assert_true(fake_tui_shows(&scene->fake, "▶1 菜"));
    assert_false(fake_tui_shows(&scene->fake, "! 餐"));
    fake_tui_type(&scene->fake, "面条");
    keys(scene, GA_KEY_ENTER, 1);
    assert_true(fake_tui_shows(&scene->fake, "▶备注"));
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    assert_true(fake_tui_shows(&scene->fake, "▶2 菜"));
}

/* One key must not lose a row that holds something. */
static void a_row_with_words_is_asked_for_before_it_goes(void **state)
{
    struct scene *scene = *state;
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_key(&scene->fake, GA_KEY_F(7));
    assert_true(fake_tui_shows(&scene->fake, "0 行"));
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_type(&scene->fake, "面条");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_UP, GA_KEY_F(7));
    assert_true(fake_tui_shows(&scene->fake, "删去这一行吗"));
    assert_true(fake_tui_shows(&scene->fake, "1 面条"));
    fake_tui_type(&scene->fake, "n");
    assert_true(fake_tui_shows(&scene->fake, "1 行"));
    PRESS(scene, GA_KEY_F(7), 'y');
    assert_true(fake_tui_shows(&scene->fake, "0 行"));
}

/* A choice that another answer took off the list is marked at once, before anything is saved. */
static void a_choice_no_longer_offered_is_marked_at_once(void **state)
{
    struct scene *scene = *state;
    keys(scene, GA_KEY_ENTER, 3);
    fake_tui_type(&scene->fake, "2");
    keys(scene, GA_KEY_ENTER, 1);
    assert_false(fake_tui_shows(&scene->fake, "! 副手"));
    keys(scene, GA_KEY_UP, 3);
    fake_tui_type(&scene->fake, "60");
    keys(scene, GA_KEY_ENTER, 1);
    assert_true(fake_tui_shows(&scene->fake, "! 副手"));
    keys(scene, GA_KEY_ENTER, 1);
    assert_true(fake_tui_shows(&scene->fake, "或与别的答案不合"));
}

/* Typed, then hidden by another answer: kept, and said so. */
static void what_hides_after_it_was_typed_is_kept_and_named(void **state)
{
    struct scene *scene = *state;
    keys(scene, GA_KEY_ENTER, 1);
    fake_tui_type(&scene->fake, "40");
    keys(scene, GA_KEY_ENTER, 3);
    fake_tui_type(&scene->fake, "1");
    keys(scene, GA_KEY_ENTER, 1);
    fake_tui_type(&scene->fake, "雨衣");
    PRESS(scene, GA_KEY_UP, '2');
    assert_false(fake_tui_shows(&scene->fake, "雨衣"));
    fake_tui_key(&scene->fake, '1');
    assert_true(fake_tui_shows(&scene->fake, "雨衣")); /* as it was */
    PRESS(scene, '2', GA_KEY_F(5));
    fake_tui_type(&scene->fake, "面条");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(scene->last.is_done);
    assert_true(fake_tui_shows(&scene->fake, "仍保留：雨具"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_must_be_answered_cannot_be_withheld, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_withheld_answer_ends_its_problem, start, scene_stop),
        cmocka_unit_test_setup_teardown(typing_takes_the_fault_away, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_only_list_of_a_page_grows_from_anywhere, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_row_with_words_is_asked_for_before_it_goes, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_choice_no_longer_offered_is_marked_at_once, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_hides_after_it_was_typed_is_kept_and_named, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
