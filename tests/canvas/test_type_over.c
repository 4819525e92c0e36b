/* What stands in a field by itself gives way to what is typed, and comes back by Ctrl-Z. */
#include "record_scene.h"

#include "guanai/screen/grid.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char lesson[] =
    "form: lesson\nversion: 1\nprotect: ordinary\ntitle: {zh: 补课, en: Lesson}\n"
    "roles: {read: [teacher], write: [teacher]}\nsummary: topic\nfields:\n"
    "  - {name: held_on, type: date, label: {zh: 日期, en: Held on}, default: today(), constraint: held_on <= today(), "
    "message: {zh: 不能晚于今天, en: Not after today}}\n"
    "  - {name: topic, type: text, label: {zh: 内容, en: Topic}, prefill: last}\n"
    "  - {name: minutes, type: integer, label: {zh: 分钟, en: Minutes}, default: 40, constraint: minutes <= 480, "
    "message: {zh: 一次补课不超过 480 分钟，按时钟上的整段时间填，中间休息也算在内，不清楚的问一下上课的老师, en: At most 480}}\n"
    "  - name: pupils\n    type: repeat\n    label: {zh: 学生, en: Pupils}\n    fields:\n"
    "      - {name: pupil, type: record, of: child, label: {zh: 孩子, en: Child}, required: true}\n"
    "      - {name: score, type: integer, label: {zh: 得分, en: Score}}\n"
    "      - {name: remark, type: text, label: {zh: 备注, en: Remark}}\n";

static int start(void **state)
{
    const struct school_session_form form = {"lesson.yaml", lesson};
    struct scene *scene = scene_start(state, &form);
    scene->child = school_session_add(&scene->school, "child", NULL, "name=彭英俊", "sex=男", "grade=三年级", "class=2",
                                      NULL);
    school_session_add(&scene->school, "lesson", NULL, "topic=两位数乘法", NULL);
    scene_open(scene, &scene_below, NULL);
    return 0;
}

/* With nothing behind it. */
static void expect_field(struct scene *scene, const char *field)
{
    char line[200], end[200];
    snprintf(line, sizeof(line), "%s ", field);
    snprintf(end, sizeof(end), "%s\n", field);
    if (!fake_tui_shows(&scene->fake, line) && !fake_tui_shows(&scene->fake, end))
        fail_msg("not on the page: %s", field);
}

static void a_day_filled_in_gives_way_to_the_one_typed(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    fake_tui_expect(&scene->fake, "type_over_day", true); /* reversed: without colours, too */
    fake_tui_type(&scene->fake, "9-15");
    expect_field(scene, "▶日期     9-15");
    fake_tui_key(&scene->fake, GA_CTRL('Z'));
    expect_field(scene, "▶日期     2026-11-23");
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "21");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    expect_field(scene, " 日期     2026年11月21日");
}

static void a_topic_of_the_last_time_gives_way_and_comes_back(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_expect(&scene->fake, "type_over_topic", true);
    fake_tui_type(&scene->fake, "三位数乘法");
    expect_field(scene, "▶内容     三位数乘法");
    fake_tui_key(&scene->fake, GA_CTRL('Z'));
    expect_field(scene, "▶内容     两位数乘法");
    fake_tui_type(&scene->fake, "二");
    expect_field(scene, "▶内容     两位数乘法二"); /* asked back, it is meant */
    PRESS(scene, GA_KEY_ENTER, GA_KEY_UP);
    fake_tui_type(&scene->fake, "三");
    expect_field(scene, "▶内容     两位数乘法二三"); /* words typed here are added to */
}

static void an_input_method_gives_its_words_whole(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_paste(&scene->fake, "小数");
    expect_field(scene, "▶内容     小数");
    fake_tui_paste(&scene->fake, "加法");
    expect_field(scene, "▶内容     小数加法");
}

static void keys_that_mend_go_into_what_stands_there(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_END);
    fake_tui_type(&scene->fake, "二");
    expect_field(scene, "▶内容     两位数乘法二");
    PRESS(scene, GA_KEY_ENTER);
    PRESS(scene, GA_KEY_BACKSPACE);
    expect_field(scene, "▶分钟     4");
    fake_tui_type(&scene->fake, "5");
    expect_field(scene, "▶分钟     45");
    PRESS(scene, GA_KEY_UP, GA_KEY_DOWN);
    fake_tui_type(&scene->fake, "9");
    expect_field(scene, "▶分钟     9"); /* a number is typed once more, whoever wrote it */
}

static void enter_takes_what_stands_there(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    record_scene_keys(scene, GA_KEY_ENTER, 3);
    expect_field(scene, "日期     2026年11月23日");
    expect_field(scene, "内容     两位数乘法");
    expect_field(scene, "分钟     40");
}

static void a_day_moved_by_plus_gives_way_as_well(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    fake_tui_type(&scene->fake, "+");
    expect_field(scene, "▶日期     2026-11-24");
    fake_tui_type(&scene->fake, "5");
    expect_field(scene, "▶日期     5");
    PRESS(scene, GA_CTRL('Z'), GA_CTRL('Z'));
    expect_field(scene, "▶日期     2026-11-23");
}

/* The power went in the middle of a number: its last digits are still to be typed. */
static void what_was_being_typed_when_the_power_went_is_gone_on_with(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    record_scene_keys(scene, GA_KEY_ENTER, 2);
    fake_tui_type(&scene->fake, "12");
    fake_tui_wait(&scene->fake, 3000);
    scene_open(scene, &scene_below, NULL);
    record_scene_new(scene, "lesson");
    expect_field(scene, "▶分钟     12");
    PRESS(scene, GA_KEY_ENTER); /* go on with it */
    fake_tui_type(&scene->fake, "0");
    expect_field(scene, "▶分钟     120");
}

static void a_number_in_a_tick_list_gives_way(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    record_scene_keys(scene, GA_KEY_ENTER, 3);
    PRESS(scene, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "95");
    PRESS(scene, GA_KEY_ENTER);
    fake_tui_expect(&scene->fake, "type_over_ticks", true);
    fake_tui_type(&scene->fake, "88");
    expect_field(scene, " 88");
    assert_false(fake_tui_shows(&scene->fake, "95"));
}

/* Half a number in a list of children is no answer yet: it stands in its cell again. */
static void half_a_number_in_a_tick_list_is_kept(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    record_scene_keys(scene, GA_KEY_ENTER, 4);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "9x");
    fake_tui_wait(&scene->fake, 3000);
    scene_open(scene, &scene_below, NULL);
    record_scene_new(scene, "lesson");
    assert_true(fake_tui_shows(&scene->fake, "上次没有填完"));
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "已选 1 / 1"));
    expect_field(scene, " 9x");
    PRESS(scene, GA_KEY_BACKSPACE);
    fake_tui_type(&scene->fake, "5");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC, GA_KEY_ESC);
    scene_open(scene, &scene_below, NULL);
    record_scene_new(scene, "lesson");
    PRESS(scene, GA_KEY_ENTER); /* nothing is half typed any more: the form itself */
    assert_true(fake_tui_shows(&scene->fake, "1: 彭英俊"));
}

/* A rule of the form speaks when its field is left; it does not hold anybody there, saving does. */
static void what_a_rule_refuses_is_said_on_leaving_the_field(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    record_scene_keys(scene, GA_KEY_ENTER, 2);
    fake_tui_type(&scene->fake, "481");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "▶学生"));
    assert_true(fake_tui_shows(&scene->fake, "不超过 480 分钟"));
    assert_true(fake_tui_shows(&scene->fake, "! 分钟"));
    PRESS(scene, GA_KEY_UP);
    fake_tui_type(&scene->fake, "48");
    PRESS(scene, GA_KEY_ENTER);
    assert_false(fake_tui_shows(&scene->fake, "不超过 480 分钟"));
    assert_false(fake_tui_shows(&scene->fake, "! 分钟"));
    PRESS(scene, GA_KEY_UP);
    fake_tui_type(&scene->fake, "999");
    PRESS(scene, GA_KEY_UP, GA_KEY_UP);
    fake_tui_type(&scene->fake, "2026-12-25");
    PRESS(scene, GA_CTRL('S'), GA_KEY_DOWN);
    fake_tui_expect(&scene->fake, "type_over_problem", false);
}

static void a_day_in_the_table_gives_way(void **state)
{
    struct scene *scene = *state;
    ga_screen_grid_new(ga_ui_top(scene->fake.ui), 1);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "2"); /* talks */
    fake_tui_type(&scene->fake, "1");
    fake_tui_type(&scene->fake, "20");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_UP);
    fake_tui_expect(&scene->fake, "type_over_grid", true);
    fake_tui_type(&scene->fake, "9-15");
    expect_field(scene, " 9-15");
    assert_false(fake_tui_shows(&scene->fake, "2026-11-209"));
    PRESS(scene, GA_CTRL('Z'));
    expect_field(scene, " 2026-11-20");
}

/* Its digits are typed once more from the sheet, not behind the ones that were wrong. */
static void a_day_that_cannot_be_gives_way(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "lesson");
    fake_tui_type(&scene->fake, "9-31");
    PRESS(scene, GA_KEY_ENTER);
    expect_field(scene, "▶日期     9-31");
    fake_tui_type(&scene->fake, "9-30");
    expect_field(scene, "▶日期     9-30");
    fake_tui_type(&scene->fake, "x");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_BACKSPACE); /* the last character alone was wrong */
    expect_field(scene, "▶日期     9-30");
    PRESS(scene, GA_KEY_ENTER);
    expect_field(scene, " 日期     2026年9月30日");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_day_filled_in_gives_way_to_the_one_typed, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_topic_of_the_last_time_gives_way_and_comes_back, start, scene_stop),
        cmocka_unit_test_setup_teardown(an_input_method_gives_its_words_whole, start, scene_stop),
        cmocka_unit_test_setup_teardown(keys_that_mend_go_into_what_stands_there, start, scene_stop),
        cmocka_unit_test_setup_teardown(enter_takes_what_stands_there, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_day_moved_by_plus_gives_way_as_well, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_was_being_typed_when_the_power_went_is_gone_on_with, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_number_in_a_tick_list_gives_way, start, scene_stop),
        cmocka_unit_test_setup_teardown(half_a_number_in_a_tick_list_is_kept, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_a_rule_refuses_is_said_on_leaving_the_field, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_day_in_the_table_gives_way, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_day_that_cannot_be_gives_way, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
