/* The children of one record are ticked on a list, the record of the last time is repeated. */
#include "scene.h"

#include "guanai/app/ticks.h"
#include "guanai/screen/notes.h"
#include "guanai/screen/record.h"
#include "guanai/screen/records.h"
#include "guanai/store/draft.h"
#include "guanai/store/note.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static int start(void **state)
{
    static const char *const names[] = {"安小明", "白小丽", "陈小强", "丁小红", "冯小军",   "高小雨",
                                        "何小芳", "江小龙", "李小燕", "罗小刚", "欧阳小凤", "王小虎"};
    struct scene *scene = scene_start(state, NULL);
    school_session_take_extra_forms(&scene->school);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char name[40];
        snprintf(name, sizeof(name), "name=%s", names[i]);
        school_session_add(&scene->school, "child", NULL, name, "sex=女", "grade=三年级", "class=2",
                           i % 3 == 0 ? "village=白果村" : "village=红岩村",
                           i % 2 == 0 ? "marked_left_behind=是" : "marked_left_behind=否", NULL);
    }
    school_session_add(&scene->school, "child", NULL, "name=谢小东", "sex=男", "grade=三年级", "class=1", NULL);
    scene_open(scene, &scene_below, NULL);
    return 0;
}

static void open_records(struct scene *scene)
{
    scene_open(scene, &scene_below, NULL);
    ga_screen_records_open(ga_ui_top(scene->fake.ui), "study_group", 1);
    ga_ui_paint(scene->fake.ui);
}

/* At the list of 三年级(2)班, which is the second class. */
static void open_list(struct scene *scene)
{
    open_records(scene);
    PRESS(scene, GA_KEY_F(2), GA_KEY_ENTER, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "2");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "乘法");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ENTER, GA_KEY_ENTER, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "填哪些孩子"));
    fake_tui_type(&scene->fake, "2");
    assert_true(fake_tui_shows(&scene->fake, "已选 0 / 12"));
}

static int64_t records(struct scene *scene)
{
    int64_t count = 0;
    assert_int_equal(ga_store_count(scene->school.session->store, "study_group", &count, NULL), GA_OK);
    return count;
}

static void numbers_letters_and_the_space_bar_tick(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "3");
    assert_true(fake_tui_shows(&scene->fake, "已选 1 / 12"));
    fake_tui_type(&scene->fake, "12");
    assert_true(fake_tui_shows(&scene->fake, "已选 2 / 12"));
    fake_tui_type(&scene->fake, "hxf");
    assert_true(fake_tui_shows(&scene->fake, "已选 2 / 12"));
    fake_tui_type(&scene->fake, " ");
    assert_true(fake_tui_shows(&scene->fake, "▶ [✓]   7 何小芳"));
    fake_tui_type(&scene->fake, "1 ");
    assert_true(fake_tui_shows(&scene->fake, "▶ [✓]   1 安小明"));
    fake_tui_type(&scene->fake, "1 ");
    assert_true(fake_tui_shows(&scene->fake, "▶ [ ]   1 安小明"));
    fake_tui_type(&scene->fake, "04");
    assert_true(fake_tui_shows(&scene->fake, "▶ [✓]   4 丁小红"));
    scene_expect_everywhere(scene, "ticks_class");
}

/* 1 could still become 10: it waits for what ends it. */
static void a_number_that_may_go_on_waits(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "已选 0 / 12"));
    fake_tui_key(&scene->fake, GA_KEY_BACKSPACE);
    fake_tui_type(&scene->fake, "19");
    assert_true(fake_tui_shows(&scene->fake, "这里没有 19 号"));
    assert_true(fake_tui_shows(&scene->fake, "已选 0 / 12"));
}

static void letters_that_fit_nobody_tick_nobody(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "hzz ");
    assert_true(fake_tui_shows(&scene->fake, "名单上没有这个人"));
    assert_true(fake_tui_shows(&scene->fake, "已选 0 / 12"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    fake_tui_type(&scene->fake, " ");
    assert_true(fake_tui_shows(&scene->fake, "已选 1 / 12"));
}

static void the_same_letters_go_on_to_the_next(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "l");
    assert_true(fake_tui_shows(&scene->fake, "▶ [ ]   9 李小燕"));
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, "▶ [ ]  10 罗小刚"));
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "▶ [✓]  10 罗小刚"));
}

static void who_is_shown_changes_and_the_ticked_stay_first(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "2");
    fake_tui_key(&scene->fake, GA_KEY_F(6));
    assert_true(fake_tui_shows(&scene->fake, "已选 1 / 7"));
    fake_tui_expect(&scene->fake, "ticks_left_behind", false);
    fake_tui_key(&scene->fake, GA_KEY_F(6));
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_type(&scene->fake, "1");
    fake_tui_expect(&scene->fake, "ticks_other_class", false);
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_type(&scene->fake, "4");
    assert_true(fake_tui_shows(&scene->fake, "已选 1 / 13"));
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_type(&scene->fake, "3");
    assert_true(fake_tui_shows(&scene->fake, "哪个村"));
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "已选 1 / 5 · 白果村"));
}

static void one_key_ticks_all_shown(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_key(&scene->fake, GA_KEY_F(7));
    assert_true(fake_tui_shows(&scene->fake, "已选 12 / 12"));
    fake_tui_key(&scene->fake, GA_KEY_F(7));
    assert_true(fake_tui_shows(&scene->fake, "已选 0 / 12"));
}

static void what_is_noted_of_a_child_stands_in_its_line(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "23");
    PRESS(scene, GA_KEY_HOME, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1"); /* noting something ticks: the first was not */
    assert_true(fake_tui_shows(&scene->fake, "已选 3 / 12"));
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "4");
    fake_tui_key(&scene->fake, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "感冒");
    scene_expect_everywhere(scene, "ticks_noted");
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "3: 白小丽、陈小强、安小明"));
    scene_expect_everywhere(scene, "study_group_record");
}

static void enter_goes_on_in_the_form_and_saving_needs_no_way_back(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "2");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "▶纸质编号"));
    PRESS(scene, GA_KEY_UP, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "5");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_int_equal(records(scene), 1);
    assert_true(fake_tui_shows(&scene->fake, "2026-11-23 数学 乘法 2"));
}

/* A note that is asked for when the child did not come: the place of it opens, not just the form. */
static void what_is_missing_in_a_line_opens_there(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "25");
    PRESS(scene, GA_KEY_HOME, GA_KEY_DOWN, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "4");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_int_equal(records(scene), 0);
    fake_tui_expect(&scene->fake, "ticks_missing", false);
    fake_tui_type(&scene->fake, "感冒");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_int_equal(records(scene), 1);
}

static void ticks_are_in_the_draft_at_once(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "25");
    struct ga_draft draft;
    int64_t no = 0;
    struct ga_store *store = scene->school.session->store;
    assert_int_equal(ga_draft_find(store, "study_group", NULL, NULL, "周老师", &no, NULL), GA_OK);
    assert_int_equal(ga_draft_open(store, no, &draft, NULL), GA_OK);
    const struct ga_form *form = ga_forms_get(scene->school.session->forms, "study_group", NULL);
    assert_int_equal(draft.answers.repeats[ga_form_field(form, "pupils")->index].count, 2);
    ga_draft_finish(&draft);
    open_records(scene);
    PRESS(scene, GA_KEY_F(2), GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "2: 白小丽、冯小军"));
    assert_true(fake_tui_shows(&scene->fake, "▶学生"));
}

/* Of a record not saved yet the note waits in its draft, of a saved one it is written at once; a row just ticked is asked to wait. */
static void a_note_is_written_beside_what_is_noted_of_a_child(void **state)
{
    struct scene *scene = *state;
    struct ga_arena arena = {0};
    struct ga_note *notes;
    size_t count;
    open_list(scene);
    fake_tui_type(&scene->fake, "12");
    PRESS(scene, GA_KEY_TAB, GA_KEY_F(11));
    fake_tui_type(&scene->fake, "本子上看不清");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "备注 1"));
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_int_equal(records(scene), 1);
    const struct ga_note_filter open = {0};
    assert_int_equal(ga_notes_list(scene->school.session->store, &open, &arena, &notes, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_true(!ga_uuid_is_zero(&notes[0].row));
    scene_open(scene, &ga_screen_note_list, NULL);
    PRESS(scene, GA_KEY_ENTER); /* the list, at that child */
    assert_true(fake_tui_shows(&scene->fake, "备注 1"));
    fake_tui_key(&scene->fake, GA_KEY_F(11));
    assert_true(fake_tui_shows(&scene->fake, "本子上看不清"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_DOWN, GA_KEY_F(11)); /* nobody ticked here */
    assert_true(fake_tui_shows(&scene->fake, "先保存，再写备注"));
    ga_arena_finish(&arena);
}

static void the_last_record_is_repeated(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "257");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    fake_tui_key(&scene->fake, GA_KEY_F(7));
    scene_expect_everywhere(scene, "ticks_repeated");
    fake_tui_type(&scene->fake, "5");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "▶内容"));
    fake_tui_expect(&scene->fake, "study_group_repeated", false);
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "除法");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_int_equal(records(scene), 2);
    assert_true(fake_tui_shows(&scene->fake, "▶     1 2026-11-23 数学 除法 2"));
    scene_expect_everywhere(scene, "study_group_records");
}

/* A record of a group is found by its own words when another names it. */
static void another_record_is_found_and_named(void **state)
{
    struct scene *scene = *state;
    open_list(scene);
    fake_tui_type(&scene->fake, "25");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    fake_tui_key(&scene->fake, GA_KEY_F(2));
    for (int i = 0; i < 8; i++)
        fake_tui_key(&scene->fake, GA_KEY_TAB);
    assert_true(fake_tui_shows(&scene->fake, "▶接着哪一次"));
    fake_tui_type(&scene->fake, "乘");
    assert_true(fake_tui_shows(&scene->fake, "2026-11-23 数学 乘法 2"));
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "▶接着哪一次 2026-11-23 数学 乘法 2"));
}

static void without_a_last_one_it_is_said(void **state)
{
    struct scene *scene = *state;
    open_records(scene);
    fake_tui_expect(&scene->fake, "study_group_none", false);
    fake_tui_key(&scene->fake, GA_KEY_F(2));
    fake_tui_key(&scene->fake, GA_CTRL('O'));
    assert_true(fake_tui_shows(&scene->fake, "还没有保存过"));
}

/* Found again among all names: the list opens, at the child the note is about. */
static void a_note_on_a_child_of_a_group_opens_the_list_there(void **state)
{
    struct scene *scene = *state;
    struct ga_store *store = scene->school.session->store;
    const struct ga_form *form = ga_forms_get(scene->school.session->forms, "study_group", NULL);
    const struct ga_field *pupils = ga_form_field(form, "pupils");
    struct ga_answers answers;
    struct ga_uuid id;
    size_t count = 0;
    open_list(scene);
    fake_tui_type(&scene->fake, "3");
    fake_tui_type(&scene->fake, "12");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_int_equal(ga_store_newest(store, "study_group", 0, 1, &id, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ga_store_read(store, form, &id, &answers, NULL, NULL), GA_OK);
    assert_int_equal(answers.repeats[pupils->index].count, 2);
    const struct ga_uuid row = answers.repeats[pupils->index].rows[1].id;
    ga_answers_finish(&answers);
    assert_int_equal(ga_store_note(store, &id, &pupils->fields.items[0], &row, "那天来了吗", NULL), GA_OK);
    scene_open(scene, &ga_screen_note_list, NULL);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "▶ [✓]"));
    assert_true(fake_tui_shows(&scene->fake, "王小虎"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "note_list");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)
    const struct CMUnitTest tests[] = {
        CASE(numbers_letters_and_the_space_bar_tick),
        CASE(a_number_that_may_go_on_waits),
        CASE(letters_that_fit_nobody_tick_nobody),
        CASE(the_same_letters_go_on_to_the_next),
        CASE(who_is_shown_changes_and_the_ticked_stay_first),
        CASE(one_key_ticks_all_shown),
        CASE(what_is_noted_of_a_child_stands_in_its_line),
        CASE(enter_goes_on_in_the_form_and_saving_needs_no_way_back),
        CASE(what_is_missing_in_a_line_opens_there),
        CASE(ticks_are_in_the_draft_at_once),
        CASE(a_note_on_a_child_of_a_group_opens_the_list_there),
        CASE(a_note_is_written_beside_what_is_noted_of_a_child),
        CASE(the_last_record_is_repeated),
        CASE(another_record_is_found_and_named),
        CASE(without_a_last_one_it_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
