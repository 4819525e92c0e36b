/* The class month sheet: forms side by side, as the golden pages show. */
#include "record_scene.h"

#include "guanai/app/entry.h"
#include "guanai/app/send_back.h"
#include "guanai/screen/grid.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TO_SHEET = 1, CHILDREN = 8 };
static struct ga_uuid children[CHILDREN];

static void set(struct ga_entry *entry, const char *field, const char *text)
{
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, field), NULL, text, NULL, NULL), GA_OK);
}

static void add_child(struct scene *scene, size_t i, const char *name)
{
    static const char *const typed[][2] = {{"sex", "female"}, {"grade", "三年级"}, {"class", "2"}, {"village", "红岩村"}};
    struct ga_entry *entry;
    assert_int_equal(ga_entry_new(scene->school.session, "child", NULL, &entry, NULL), GA_OK);
    set(entry, "name", name);
    set(entry, "marked_left_behind", i % 2 == 0 ? "1" : "0");
    for (size_t t = 0; t < sizeof(typed) / sizeof(typed[0]); t++)
        set(entry, typed[t][0], typed[t][1]);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    children[i] = entry->now.id;
    ga_entry_destroy(entry);
}

static struct ga_uuid last_talk;

static void add_talk(struct scene *scene, size_t child, const char *day)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_new(scene->school.session, "talk", &children[child], &entry, NULL), GA_OK);
    set(entry, "talked_on", day);
    set(entry, "topics", "study");
    set(entry, "mood", "3");
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    last_talk = entry->now.id;
    ga_entry_destroy(entry);
}

static int start(void **state)
{
    static const char *const names[CHILDREN] = {"安小明", "白小丽", "陈小强", "丁小红", "冯小军", "高小雨", "欧阳小凤", "王小虎"};
    if (record_scene_start(state) != 0)
        return -1;
    for (size_t i = 0; i < CHILDREN; i++)
        add_child(*state, i, names[i]);
    add_talk(*state, 2, "2026-11-09");
    add_talk(*state, 6, "2026-11-02");
    add_talk(*state, 6, "2026-11-16");
    return 0;
}

/* The class of eight; a ninth child of the scene's own has another. */
static void open_sheet(struct scene *scene)
{
    scene_open(scene, &scene_below, NULL);
    ga_screen_grid_sheet(ga_ui_top(scene->fake.ui), NULL, (struct ga_date){0}, TO_SHEET);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "班级月记表 · 三年级(2)班"));
}

static int64_t count(struct scene *scene, const char *form)
{
    int64_t records = 0;
    assert_int_equal(ga_store_count(scene->school.session->store, form, &records, NULL), GA_OK);
    return records;
}

static void forms_stand_side_by_side_with_what_the_month_has(void **state)
{
    struct scene *scene = *state;
    open_sheet(scene);
    assert_false(fake_tui_shows(&scene->fake, "白小丽")); /* not left behind */
    scene_expect_everywhere(scene, "month_sheet");
}

static void what_is_typed_under_two_forms_is_saved_as_one_act(void **state)
{
    struct scene *scene = *state;
    open_sheet(scene);
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "4");
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "2");
    fake_tui_expect(&scene->fake, "month_sheet_typed", false);
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "已保存2条记录"));
    assert_int_equal(count(scene, "talk"), 4);
    assert_int_equal(count(scene, "guardian_talk"), 1);
    fake_tui_key(&scene->fake, GA_KEY_HOME);
    fake_tui_expect(&scene->fake, "month_sheet_saved", false);
}

/* Whoever types words right behind the digit means the column of words: they were lost. */
static void words_behind_a_digit_go_into_the_column_beside_it(void **state)
{
    struct scene *scene = *state;
    open_sheet(scene);
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "想");
    assert_true(fake_tui_shows(&scene->fake, "这里按数字选"));
    fake_tui_type(&scene->fake, "3想妈妈");
    assert_true(fake_tui_shows(&scene->fake, "孩子说了什么"));
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "平常  想妈妈"));
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "已保存1条记录"));
}

static void one_key_opens_what_is_on_record(void **state)
{
    struct scene *scene = *state;
    open_sheet(scene);
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, "本月已记：2026-11-09"));
    fake_tui_key(&scene->fake, GA_KEY_F(11));
    assert_true(fake_tui_shows(&scene->fake, "谈心记录 · 陈小强"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "班级月记表"));
    PRESS(scene, GA_KEY_DOWN, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, "本月已记 2 次"));
    fake_tui_key(&scene->fake, GA_KEY_F(11));
    fake_tui_expect(&scene->fake, "month_sheet_which", false);
    fake_tui_type(&scene->fake, "2");
    assert_true(fake_tui_shows(&scene->fake, "谈心记录 · 欧阳小凤"));
}

/* One of two; the words are gone from the line once it was changed. */
static void what_was_sent_back_is_said_beside_what_is_on_record(void **state)
{
    struct scene *scene = *state;
    struct ga_session *session = scene->school.session;
    ga_session_set_user(session, "周老师", NULL);
    add_talk(scene, 2, "2026-11-18");
    ga_session_set_user(session, "吴校长", NULL);
    assert_int_equal(ga_send_back(session, &last_talk, "写清谈了什么", NULL), GA_OK);
    ga_session_set_user(session, "周老师", NULL);
    open_sheet(scene);
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, "F11 打开 · 退回：写清谈了什么"));
    fake_tui_key(&scene->fake, GA_KEY_F(11));
    fake_tui_type(&scene->fake, "1"); /* the newest */
    assert_true(fake_tui_shows(&scene->fake, "退回：写清谈了什么"));
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ENTER, GA_KEY_ENTER, GA_KEY_ENTER, '4', GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "本月已记 2 次"));
    assert_false(fake_tui_shows(&scene->fake, "写清谈了什么"));
}

static void all_rows_are_shown_when_they_are_asked_for(void **state)
{
    struct scene *scene = *state;
    open_sheet(scene);
    fake_tui_key(&scene->fake, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "白小丽"));
    fake_tui_expect(&scene->fake, "month_sheet_all", false);
}

static void a_form_is_taken_away_by_one_tick(void **state)
{
    struct scene *scene = *state;
    open_sheet(scene);
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_expect(&scene->fake, "month_sheet_columns", false);
    fake_tui_key(&scene->fake, ' ');
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_false(fake_tui_shows(&scene->fake, "谈心"));
    assert_true(fake_tui_shows(&scene->fake, "与监护人沟通"));
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_key(&scene->fake, ' ');
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "谈心日期")); /* with its usual columns */
}

static void what_a_power_cut_left_is_opened_with_both_forms(void **state)
{
    struct scene *scene = *state;
    struct ga_arena arena = {0};
    struct ga_draft_line *lines;
    size_t drafts = 0;
    open_sheet(scene);
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "2");
    PRESS(scene, GA_KEY_TAB, GA_KEY_ESC);
    assert_int_equal(ga_draft_list(scene->school.session->store, NULL, &arena, &lines, &drafts, NULL), GA_OK);
    assert_int_equal(drafts, 2);
    ga_screen_grid_resume(ga_ui_top(scene->fake.ui), lines[0].no, TO_SHEET);
    ga_ui_paint(scene->fake.ui);
    ga_arena_finish(&arena);
    assert_true(fake_tui_shows(&scene->fake, "班级月记表 · 三年级(2)班"));
    fake_tui_key(&scene->fake, GA_KEY_HOME);
    assert_true(fake_tui_shows(&scene->fake, "待存2条"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(forms_stand_side_by_side_with_what_the_month_has),
        CASE(what_is_typed_under_two_forms_is_saved_as_one_act),
        CASE(words_behind_a_digit_go_into_the_column_beside_it),
        CASE(one_key_opens_what_is_on_record),
        CASE(what_was_sent_back_is_said_beside_what_is_on_record),
        CASE(all_rows_are_shown_when_they_are_asked_for),
        CASE(a_form_is_taken_away_by_one_tick),
        CASE(what_a_power_cut_left_is_opened_with_both_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
