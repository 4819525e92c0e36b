/* A form is filled in for a class at once, as the golden pages show. */
#include "record_scene.h"

#include "guanai/app/entry.h"
#include "guanai/screen/grid.h"
#include "guanai/store/draft.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TO_FORM = 1 };

static void add_child(struct scene *scene, const char *name, const char *village, const char *is_left_behind)
{
    static const char *const typed[][2] = {{"sex", "female"}, {"grade", "三年级"}, {"class", "2"}};
    struct ga_session *session = scene->school.session;
    const struct ga_form *form = ga_forms_get(session->forms, "child", NULL);
    struct ga_entry *entry;
    assert_int_equal(ga_entry_new(session, "child", NULL, &entry, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(form, "name"), NULL, name, NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(form, "village"), NULL, village, NULL, NULL), GA_OK);
    assert_int_equal(
        ga_entry_set(entry, ga_form_field(form, "marked_left_behind"), NULL, is_left_behind, NULL, NULL), GA_OK);
    for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
        assert_int_equal(ga_entry_set(entry, ga_form_field(form, typed[i][0]), NULL, typed[i][1], NULL, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

static int start(void **state)
{
    static const char *const names[] = {"安小明", "白小丽", "陈小强", "丁小红", "冯小军",   "高小雨",
                                        "何小芳", "江小龙", "李小燕", "罗小刚", "欧阳小凤", "王小虎"};
    if (record_scene_start(state) != 0)
        return -1;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        add_child(*state, names[i], i % 3 == 0 ? "白果村" : "红岩村", i % 2 == 0 ? "1" : "0");
    return 0;
}

static enum ga_reply open_grid(struct ga_screen *screen, int id)
{
    (void)id;
    ga_screen_grid_new(screen, TO_FORM);
    return GA_REDRAW;
}

static int64_t talks(struct scene *scene)
{
    int64_t count = 0;
    assert_int_equal(ga_store_count(scene->school.session->store, "talk", &count, NULL), GA_OK);
    return count;
}

static size_t drafts(struct scene *scene)
{
    struct ga_arena arena = {0};
    struct ga_draft_line *lines;
    size_t count = 0;
    assert_int_equal(ga_draft_list(scene->school.session->store, NULL, &arena, &lines, &count, NULL), GA_OK);
    ga_arena_finish(&arena);
    return count;
}

/* The talks of 三年级(2)班; the first forms offered are 家访, 谈心. */
static void choose_class(struct scene *scene)
{
    scene_open(scene, &scene_below, NULL);
    open_grid(ga_ui_top(scene->fake.ui), 0);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "2");
    fake_tui_type(&scene->fake, "1");
}

static void open_class(struct scene *scene)
{
    choose_class(scene);
    assert_true(fake_tui_shows(&scene->fake, "欧阳小凤"));
}

static void a_table_has_a_row_a_child(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    scene_expect_everywhere(scene, "grid_new");
}

/* F11 is for notes here as in a form; what is noted is kept with the table. */
static void a_cell_takes_a_note(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    PRESS(scene, GA_KEY_F(11));
    assert_true(fake_tui_shows(&scene->fake, "这一行还没有填"));
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_F(11));
    assert_true(fake_tui_shows(&scene->fake, "备注 · "));
    fake_tui_type(&scene->fake, "昨天还好好的");
    PRESS(scene, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "备注 1"));
    PRESS(scene, GA_CTRL('C'));
    assert_true(fake_tui_shows(&scene->fake, "昨天还好好的"));
}

static void help_comes_back_to_the_table(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    fake_tui_key(&scene->fake, GA_KEY_F(1));
    assert_false(fake_tui_shows(&scene->fake, "欧阳小凤"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "欧阳小凤"));
}

static void form_and_children_are_asked_for(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &scene_below, NULL);
    open_grid(ga_ui_top(scene->fake.ui), 0);
    ga_ui_paint(scene->fake.ui);
    assert_true(fake_tui_shows(&scene->fake, "填哪张表")); /* which forms there are is not this test's */
    assert_true(fake_tui_shows(&scene->fake, "1   家访记录"));
    assert_true(fake_tui_shows(&scene->fake, "2   谈心记录"));
    fake_tui_type(&scene->fake, "2");
    fake_tui_expect(&scene->fake, "grid_who", false);
    fake_tui_type(&scene->fake, "2");
    assert_true(fake_tui_shows(&scene->fake, "白果村 · 4"));
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "谈心记录 · 白果村"));
    assert_false(fake_tui_shows(&scene->fake, "白小丽"));
}

/* "大湾" found nothing: the villages stood behind a line that did not say so. */
static void who_types_a_village_is_led_to_the_villages(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &scene_below, NULL);
    open_grid(ga_ui_top(scene->fake.ui), 0);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "2");
    fake_tui_type(&scene->fake, "hongyan");
    assert_true(fake_tui_shows(&scene->fake, "按村选"));
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "红岩村 · "));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    open_grid(ga_ui_top(scene->fake.ui), 0);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "2");
    fake_tui_type(&scene->fake, "wuci");
    assert_false(fake_tui_shows(&scene->fake, "按村选"));
}

/* Nobody types a capital letter to find something. */
static void a_form_is_found_by_small_letters_of_its_english_title(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &scene_below, NULL);
    fake_tui_key(&scene->fake, GA_KEY_F(9));
    open_grid(ga_ui_top(scene->fake.ui), 0);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "8");
    fake_tui_type(&scene->fake, "meet");
    assert_true(fake_tui_shows(&scene->fake, "Meeting"));
}

/* Column by column: a digit and Enter a child. */
static void digits_and_enter_fill_a_column(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    fake_tui_type(&scene->fake, "11-20");
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    for (int i = 0; i < 3; i++) {
        fake_tui_type(&scene->fake, "2");
        fake_tui_key(&scene->fake, GA_KEY_ENTER);
    }
    PRESS(scene, GA_KEY_UP, GA_KEY_UP, GA_KEY_UP, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "3");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "grid_filled");
}

static void what_is_wrong_is_listed_then_mended_then_all_is_saved(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "1");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    scene_expect_everywhere(scene, "grid_problems");
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "4");
    fake_tui_key(&scene->fake, GA_KEY_F(10));
    fake_tui_expect(&scene->fake, "grid_problem_met", true);
    fake_tui_type(&scene->fake, "2");
    assert_int_equal(talks(scene), 0);
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    scene_expect_everywhere(scene, "grid_saved");
    assert_int_equal(talks(scene), 2);
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_int_equal(talks(scene), 2);
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "已经保存"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(scene->last.is_done);
}

static void a_cell_that_is_not_asked_is_passed_over(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    for (int i = 0; i < 5; i++)
        fake_tui_key(&scene->fake, GA_KEY_TAB); /* mood, words, advice, next, paper no: when is not asked */
    fake_tui_expect(&scene->fake, "grid_not_asked", false);
    assert_true(fake_tui_shows(&scene->fake, "安小明 · 纸质编号"));
    PRESS(scene, GA_KEY_LEFT);
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "这一行不用填什么时候"));
}

static void a_wrong_day_stays_in_its_cell_and_is_said(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    fake_tui_type(&scene->fake, "13-45");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_expect(&scene->fake, "grid_wrong_day", false);
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "20");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "2026-11-20"));
}

static void a_wrong_day_gone_on_with_gives_way_to_another(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_BACKTAB, GA_KEY_BACKTAB, GA_KEY_BACKTAB);
    fake_tui_type(&scene->fake, "32");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    choose_class(scene);
    fake_tui_type(&scene->fake, "1"); /* go on with it */
    assert_true(fake_tui_shows(&scene->fake, "没有 32 日"));
    fake_tui_type(&scene->fake, "20");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "2026-11-20"));
}

static void columns_are_chosen_and_stay_chosen(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_expect(&scene->fake, "grid_columns", false);
    PRESS(scene, ' ', GA_KEY_DOWN, ' ', GA_KEY_DOWN, ' ', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "话题"));
    assert_false(fake_tui_shows(&scene->fake, "谈心人"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    open_class(scene);
    assert_false(fake_tui_shows(&scene->fake, "谈心人"));
}

static void the_row_above_is_repeated_with_one_key(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "2");
    fake_tui_key(&scene->fake, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "16");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_F(7));
    scene_expect_everywhere(scene, "grid_repeated");
}

static void one_reason_does_for_all_rows(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &scene_below, NULL);
    open_grid(ga_ui_top(scene->fake.ui), 0);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "11");
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    for (int i = 0; i < 4; i++)
        PRESS(scene, ' ', GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    for (int row = 0; row < 2; row++) {
        fake_tui_type(&scene->fake, "1");
        PRESS(scene, GA_KEY_TAB, GA_KEY_TAB);
        fake_tui_type(&scene->fake, "3");
        PRESS(scene, GA_KEY_HOME, GA_KEY_ENTER);
    }
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    fake_tui_expect(&scene->fake, "grid_reason", false);
    fake_tui_type(&scene->fake, "下周补写");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "已保存2条记录"));
}

/* Talk by talk, as the notes lie on the table: Enter begins the next one where this one was begun. */
static void row_by_row_enter_goes_back_to_where_the_row_began(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    fake_tui_type(&scene->fake, "11-20");
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    for (int row = 0; row < 2; row++) {
        fake_tui_type(&scene->fake, "1");
        fake_tui_key(&scene->fake, GA_KEY_TAB);
        fake_tui_type(&scene->fake, "3");
        fake_tui_key(&scene->fake, GA_KEY_TAB);
        fake_tui_type(&scene->fake, "想家");
        fake_tui_key(&scene->fake, GA_KEY_ENTER);
    }
    assert_true(fake_tui_shows(&scene->fake, " 3 陈小强 · 话题"));
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_int_equal(talks(scene), 2);
}

static void rows_are_narrowed_and_keep_their_numbers(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    fake_tui_key(&scene->fake, GA_KEY_F(6));
    fake_tui_expect(&scene->fake, "grid_narrow", false);
    fake_tui_type(&scene->fake, "2");
    scene_expect_everywhere(scene, "grid_narrowed");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, " 3 陈小强 · 谈心日期"));
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "3"); /* 白果村: 1, 4, 7, 10; what is filled stays in sight */
    assert_true(fake_tui_shows(&scene->fake, "\n  3 陈小强"));
    assert_true(fake_tui_shows(&scene->fake, "\n 10 罗小刚"));
    assert_false(fake_tui_shows(&scene->fake, "冯小军"));
    assert_true(fake_tui_shows(&scene->fake, "共5人"));
    PRESS(scene, GA_KEY_PAGE_DOWN, GA_KEY_PAGE_DOWN, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, " 10 罗小刚 · 话题"));
    PRESS(scene, GA_KEY_PAGE_UP, GA_KEY_UP);
    assert_true(fake_tui_shows(&scene->fake, " 1 安小明 · 话题"));
}

static void a_row_is_gone_to_by_number_or_letters(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    fake_tui_key(&scene->fake, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "2");
    fake_tui_key(&scene->fake, GA_KEY_F(4));
    fake_tui_type(&scene->fake, "12");
    fake_tui_expect(&scene->fake, "grid_row", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, " 12 彭英俊 · 谈心日期"));
    fake_tui_key(&scene->fake, GA_KEY_F(4));
    fake_tui_type(&scene->fake, "2"); /* out of sight until it is asked for */
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, " 2 白小丽 · 谈心日期"));
    fake_tui_key(&scene->fake, GA_KEY_F(4));
    fake_tui_type(&scene->fake, "oy");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, " 11 欧阳小凤 · 谈心日期"));
}

/* Two tables of one class would make two talks of each: the one left unfinished is offered first. */
static void a_second_table_over_an_unfinished_one_asks(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    choose_class(scene);
    scene_expect_everywhere(scene, "grid_unfinished");
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "已填1"));
    fake_tui_type(&scene->fake, "2");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    assert_int_equal(drafts(scene), 1);
}

/* Whose it is is said; going back is what Enter does. */
static void a_table_begun_by_somebody_else_is_said(void **state)
{
    struct scene *scene = *state;
    struct ga_store *store = scene->school.session->store;
    static char user[64];
    snprintf(user, sizeof(user), "%s", ga_store_user(store));
    ga_store_set_user(store, "王老师", NULL);
    open_class(scene);
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    ga_store_set_user(store, user, NULL);
    choose_class(scene);
    scene_expect_everywhere(scene, "grid_of_another");
    fake_tui_type(&scene->fake, "1");
    assert_false(fake_tui_shows(&scene->fake, "已填"));
    choose_class(scene);
    fake_tui_type(&scene->fake, "2");
    assert_true(fake_tui_shows(&scene->fake, "三年级(2)班"));
    assert_int_equal(drafts(scene), 1);
}

static void another_table_is_begun_only_when_it_is_said(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC);
    choose_class(scene);
    fake_tui_key(&scene->fake, GA_KEY_ESC); /* neither: no table */
    assert_false(fake_tui_shows(&scene->fake, "欧阳小凤"));
    choose_class(scene);
    fake_tui_type(&scene->fake, "2");
    assert_true(fake_tui_shows(&scene->fake, "已填0"));
    assert_true(fake_tui_shows(&scene->fake, "欧阳小凤"));
}

/* 三年级(2)班 of the teaching point is another class than that of the centre: the list says which is which. */
static void classes_of_one_name_are_told_apart_by_their_site(void **state)
{
    static const char config[] = "school: 红岩村小学\nsites:\n  - {code: main, label: {zh: 红岩中心校, en: Hongyan}, own: true}\n"
                                 "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan}, paper: true}\n";
    struct scene *scene = *state;
    char path[300];
    snprintf(path, sizeof(path), "%s/data/config.yaml", scene->school.folder);
    assert_int_equal(ga_io_write_file(ga_io_system(), path, config, sizeof(config) - 1, NULL), GA_OK);
    school_session_reopen(&scene->school);
    school_session_add(&scene->school, "child", NULL, "name=韦小湾", "sex=女", "site=dawan", "grade=三年级", "class=2", NULL);
    school_session_add(&scene->school, "child", NULL, "name=韦小四", "sex=女", "site=dawan", "grade=四年级", "class=1", NULL);
    scene_open(scene, &scene_below, NULL);
    open_grid(ga_ui_top(scene->fake.ui), 0);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "2");
    scene_expect_everywhere(scene, "grid_sites");
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "谈心记录 · 三年级(2)班 · 大湾教学点"));
}

static void type_report(struct scene *scene)
{
    fake_tui_type(&scene->fake, "1");
    fake_tui_key(&scene->fake, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "2");
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "8");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
}

static void pages_that_rows_ask_for_come_one_after_the_other(void **state)
{
    struct scene *scene = *state;
    open_class(scene);
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB, GA_KEY_TAB);
    for (int row = 0; row < 3; row++)
        type_report(scene);
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_int_equal(talks(scene), 3);
    scene_expect_everywhere(scene, "grid_offer");
    fake_tui_key(&scene->fake, GA_KEY_ESC); /* skips the first */
    assert_true(fake_tui_shows(&scene->fake, "2 白小丽"));
    assert_true(fake_tui_shows(&scene->fake, "第 2 个，共 3 个"));
    fake_tui_type(&scene->fake, "1");
    assert_true(fake_tui_shows(&scene->fake, "· 白小丽 · 新建"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "3 陈小强"));
    fake_tui_type(&scene->fake, "2");
    assert_true(fake_tui_shows(&scene->fake, "批量录入"));
    assert_false(fake_tui_shows(&scene->fake, "还需要再填一页"));
}

/* Walk 3.8: number keys only; 31 cm is asked about while the doctor's sheet lies there. */
static void a_height_of_31_cm_is_asked_about(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &scene_below, NULL);
    open_grid(ga_ui_top(scene->fake.ui), 0);
    ga_ui_paint(scene->fake.ui);
    if (!fake_tui_shows(&scene->fake, "体检")) {
        fake_tui_type(&scene->fake, "更多");
        fake_tui_key(&scene->fake, GA_KEY_ENTER);
    }
    fake_tui_type(&scene->fake, "体检");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "1");
    PRESS(scene, GA_KEY_TAB, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "128");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "31");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "grid_height");
    fake_tui_key(&scene->fake, GA_KEY_UP);
    fake_tui_type(&scene->fake, "131");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_false(fake_tui_shows(&scene->fake, "看起来不对"));
    assert_false(fake_tui_shows(&scene->fake, "!"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)
    const struct CMUnitTest tests[] = {
        CASE(a_table_has_a_row_a_child),
        CASE(a_cell_takes_a_note),
        CASE(help_comes_back_to_the_table),
        CASE(form_and_children_are_asked_for),
        CASE(a_form_is_found_by_small_letters_of_its_english_title),
        CASE(who_types_a_village_is_led_to_the_villages),
        CASE(digits_and_enter_fill_a_column),
        CASE(what_is_wrong_is_listed_then_mended_then_all_is_saved),
        CASE(a_cell_that_is_not_asked_is_passed_over),
        CASE(a_wrong_day_stays_in_its_cell_and_is_said),
        CASE(a_wrong_day_gone_on_with_gives_way_to_another),
        CASE(columns_are_chosen_and_stay_chosen),
        CASE(the_row_above_is_repeated_with_one_key),
        CASE(one_reason_does_for_all_rows),
        CASE(row_by_row_enter_goes_back_to_where_the_row_began),
        CASE(rows_are_narrowed_and_keep_their_numbers),
        CASE(a_row_is_gone_to_by_number_or_letters),
        CASE(a_second_table_over_an_unfinished_one_asks),
        CASE(a_table_begun_by_somebody_else_is_said),
        CASE(another_table_is_begun_only_when_it_is_said),
        CASE(classes_of_one_name_are_told_apart_by_their_site),
        CASE(pages_that_rows_ask_for_come_one_after_the_other),
        CASE(a_height_of_31_cm_is_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
