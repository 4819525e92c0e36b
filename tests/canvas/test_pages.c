/* The first page, the roster, taking a sheet in look and answer as a teacher and a clerk expect. */
#include "scene.h"

#include "guanai/app/entry.h"
#include "guanai/app/names.h"
#include "guanai/base/alloc.h"
#include "guanai/screen/day.h"
#include "guanai/screen/export.h"
#include "guanai/screen/guide.h"
#include "guanai/screen/home.h"
#include "guanai/screen/import.h"
#include "guanai/screen/name.h"
#include "guanai/screen/roster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int start_empty(void **state)
{
    scene_start(state, NULL);
    return 0;
}

/* Two of one name in one class, one more in another; a nickname; a boarder; one whom nobody guards. */
static int start_school(void **state)
{
    struct school_session *school = &scene_start(state, NULL)->school;
    school_session_add(school, "child", NULL, "name=彭英俊", "sex=男", "birth_date=2017-3-12", "grade=三年级", "class=2",
                       "village=红岩村", "marked_left_behind=是", "guardian_relation=奶奶", "guardian_name=李桂花",
                       "nickname=石头", "father_phone=13812345678", NULL);
    school_session_add(school, "child", NULL, "name=何丽", "sex=女", "birth_date=2018-11-2", "grade=三年级", "class=2",
                       "village=红岩村", "marked_left_behind=是", "guardian_kind=无人监护", "key_child=是",
                       "key_reason=无人监护", NULL);
    school_session_add(school, "child", NULL, "name=迪丽热巴·艾力", "sex=女", "birth_date=2016-5-1", "grade=四年级",
                       "class=1", "village=大湾村", NULL);
    school_session_add(school, "child", NULL, "name=迪丽热巴·艾力", "sex=女", "birth_date=2016-9-20", "grade=四年级",
                       "class=1", "village=石桥村", "boarding=是", NULL);
    school_session_add(school, "child", NULL, "name=迪丽热巴·艾力", "sex=女", "birth_date=2014-2-7", "grade=六年级",
                       "class=1", "village=大湾村", "marked_left_behind=是", NULL);
    return 0;
}

static void an_empty_archive_says_what_to_do_first(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    scene_expect_everywhere(scene, "home_empty");
    PRESS(scene, GA_KEY_F(2));
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "record");
}

static void leave_a_draft(struct scene *scene, const char *name)
{
    struct ga_entry *entry;
    struct ga_error err = {0};
    assert_int_equal(ga_entry_new(scene->school.session, "child", NULL, &entry, &err), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "name"), NULL, name, NULL, &err), GA_OK);
    assert_int_equal(ga_entry_keep_draft(entry, "sex", &err), GA_OK);
    ga_entry_destroy(entry);
}

static void what_was_left_unfinished_is_offered_by_digit(void **state)
{
    struct scene *scene = *state;
    leave_a_draft(scene, "崔子乐");
    ga_session_set_user(scene->school.session, "罗老师", NULL);
    leave_a_draft(scene, "黄宁");
    scene_open(scene, &ga_screen_home, NULL);
    assert_true(fake_tui_shows(&scene->fake, "黄宁 的"));
    assert_false(fake_tui_shows(&scene->fake, "崔子乐"));
    scene_expect_everywhere(scene, "home_drafts");
    PRESS(scene, GA_KEY_DOWN, '1');
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "record");
    assert_true(fake_tui_shows(&scene->fake, "黄宁"));
}

static void typing_finds_at_once_and_tells_two_of_a_name_apart(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_type(&scene->fake, "/dlrb"); /* whoever learnt that / finds presses it here too */
    scene_expect_everywhere(scene, "home_finding");
    PRESS(scene, GA_KEY_DOWN, GA_KEY_ENTER);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "child");
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "在校学生"));
}

static void a_nickname_and_the_tail_of_a_phone_find(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_type(&scene->fake, "石头");
    assert_true(fake_tui_shows(&scene->fake, "小名 石头"));
    assert_true(fake_tui_shows(&scene->fake, "彭英俊"));
    PRESS(scene, GA_KEY_ESC);
    fake_tui_type(&scene->fake, "5678");
    assert_true(fake_tui_shows(&scene->fake, "父亲电话"));
    assert_false(fake_tui_shows(&scene->fake, "13812345678"));
}

static void a_former_name_finds_and_says_so(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "child", NULL, "name=周明", "former_name=周大毛", NULL);
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_type(&scene->fake, "damao");
    assert_true(fake_tui_shows(&scene->fake, "曾用名 周大毛"));
    assert_true(fake_tui_shows(&scene->fake, "周明"));
}

static void characters_nobody_can_read_are_in_lists(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "child", NULL, "name=王\xF0\xAC\x91\x96", NULL); /* U+2C456: no reading known */
    school_session_add(&scene->school, "child", NULL, "name=李㛃", NULL);
    school_session_add(&scene->school, "child", NULL, "name=张𠮷", NULL);
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_type(&scene->fake, "u+2c456");
    assert_true(fake_tui_shows(&scene->fake, "王\xF0\xAC\x91\x96"));
    assert_true(fake_tui_shows(&scene->fake, "姓名中有 U+2C456"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_F(3));
    assert_true(fake_tui_shows(&scene->fake, "王\xF0\xAC\x91\x96"));
    assert_true(fake_tui_shows(&scene->fake, "李㛃"));
    assert_true(fake_tui_shows(&scene->fake, "张𠮷"));
    PRESS(scene, GA_KEY_END);
    assert_true(fake_tui_shows(&scene->fake, "姓名中有 U+"));
}

/* The digit that stands before a line of the first page: with every line above it becomes another one. */
static uint32_t digit_of(struct scene *scene, const char *text)
{
    char line[80];
    for (char digit = '1'; digit <= '9'; digit++) {
        snprintf(line, sizeof(line), "%c   %s", digit, text);
        if (fake_tui_shows(&scene->fake, line))
            return (uint32_t)digit;
    }
    return 0;
}

static void a_number_opens_the_children_behind_it(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_TAB);
    PRESS(scene, digit_of(scene, "留守"));
    assert_true(fake_tui_shows(&scene->fake, "花名册 · 留守"));
    assert_true(fake_tui_shows(&scene->fake, " 1 / 3"));
    PRESS(scene, GA_KEY_ESC);
    PRESS(scene, digit_of(scene, "无人监护"));
    assert_true(fake_tui_shows(&scene->fake, "何丽"));
    assert_true(fake_tui_shows(&scene->fake, " 1 / 1"));
    PRESS(scene, GA_KEY_ESC);
    PRESS(scene, digit_of(scene, "住校"));
    assert_true(fake_tui_shows(&scene->fake, "石桥村"));
    assert_true(fake_tui_shows(&scene->fake, " 1 / 1"));
}

static void chinese_typed_below_goes_into_the_box(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_TAB);
    fake_tui_type(&scene->fake, "何");
    assert_true(fake_tui_shows(&scene->fake, "找孩子 何"));
    assert_true(fake_tui_shows(&scene->fake, "何丽"));
}

static void letters_typed_below_are_a_name_and_no_command(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_TAB);
    assert_true(digit_of(scene, "留守") != 0);
    fake_tui_type(&scene->fake, "qnieshl"); /* each was a command once */
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "home");
    assert_true(fake_tui_shows(&scene->fake, "找孩子 qnieshl"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_TAB, GA_KEY_TAB);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "home");
    assert_true(digit_of(scene, "留守") == 0); /* it would go into the box */
}

static void enter_in_the_empty_box_opens_nothing(void **state)
{
    struct scene *scene = *state;
    leave_a_draft(scene, "崔子乐");
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ENTER);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "home");
    assert_true(fake_tui_shows(&scene->fake, "请先输入姓名"));
    PRESS(scene, 'h', 'l');
    assert_true(fake_tui_shows(&scene->fake, "找孩子 hl"));
}

static void nobody_found_says_what_else_can_be_done(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_type(&scene->fake, "张无忌");
    scene_expect_everywhere(scene, "home_nobody");
    assert_false(fake_tui_shows(&scene->fake, "选择"));
    PRESS(scene, GA_KEY_ENTER, GA_KEY_F(2));
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "record");
}

static void the_child_that_was_opened_stays_marked(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_type(&scene->fake, "dlrb");
    PRESS(scene, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "2014年2月7日"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_F(9), GA_KEY_F(9), GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "2014年2月7日"));
    scene_open(scene, &ga_screen_roster, NULL);
    PRESS(scene, '/');
    fake_tui_type(&scene->fake, "dlrb");
    PRESS(scene, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_ENTER, GA_KEY_ESC, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "2014年2月7日"));
}

static void the_mark_goes_along_with_a_child_that_changed_class(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_roster, NULL);
    assert_true(fake_tui_shows(&scene->fake, "▶ 何丽"));
    PRESS(scene, GA_KEY_ENTER, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_DOWN);
    PRESS(scene, GA_KEY_ENTER, '6', GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "六年级"));
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "▶ 何丽"));
    assert_false(fake_tui_shows(&scene->fake, " 1 / 5"));
}

static void a_question_mark_asks_for_help_in_an_empty_box(void **state)
{
    struct scene *scene = *state;
    const struct ga_screen_ops *const pages[] = {&ga_screen_home, &ga_screen_import_file};
    for (size_t i = 0; i < GA_COUNT(pages); i++) {
        scene_open(scene, pages[i], NULL);
        PRESS(scene, '?');
        assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "help");
    }
}

static void the_roster_shows_marks_in_words(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_roster, NULL);
    scene_expect_everywhere(scene, "roster");
    assert_false(fake_tui_shows(&scene->fake, "无人监护"));
}

static void a_cursor_key_repaints_two_rows_and_the_place(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_roster, NULL);
    PRESS(scene, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, " 2 / 5"));
    assert_int_equal(scene->fake.rows_sent, 3);
}

static void the_roster_is_searched_and_filtered(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_roster, NULL);
    PRESS(scene, '/', 'h', 'l');
    assert_true(fake_tui_shows(&scene->fake, "1 / 5"));
    assert_true(fake_tui_shows(&scene->fake, "何丽"));
    assert_false(fake_tui_shows(&scene->fake, "彭英俊"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC, 'c', '2');
    assert_true(fake_tui_shows(&scene->fake, "花名册 · 四年级(1)班"));
    assert_true(fake_tui_shows(&scene->fake, " 1 / 2"));
    PRESS(scene, 'l');
    assert_true(fake_tui_shows(&scene->fake, "这里没有孩子"));
    PRESS(scene, 'a', GA_KEY_END);
    assert_true(fake_tui_shows(&scene->fake, " 5 / 5"));
}

static void the_roster_names_those_who_are_in_no_class(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "child", NULL, "name=新来的", "grade=", "class=", NULL);
    scene_open(scene, &ga_screen_roster, NULL);
    PRESS(scene, 'c');
    fake_tui_type(&scene->fake, "未分");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "花名册 · 未分班"));
    assert_true(fake_tui_shows(&scene->fake, "新来的"));
    assert_true(fake_tui_shows(&scene->fake, " 1 / 1"));
}

static void open_file(struct scene *scene, const char *name)
{
    char path[400];
    snprintf(path, sizeof(path), "%s/%s", GUANAI_ROSTERS, name);
    scene_open(scene, &ga_screen_import_preview, path);
    scene_let_work(scene);
}

static void a_roster_is_previewed_taken_in_and_then_the_same(void **state)
{
    struct scene *scene = *state;
    open_file(scene, "class-28-gb18030.csv");
    scene_expect_everywhere(scene, "import_preview");
    PRESS(scene, '1');
    fake_tui_expect(&scene->fake, "import_new_rows", false);
    PRESS(scene, GA_KEY_ESC, 'y');
    scene_let_work(scene);
    fake_tui_expect(&scene->fake, "import_done", false);
    struct ga_roster_class totals;
    assert_int_equal(ga_store_totals(scene->school.session->store, &totals, NULL), GA_OK);
    assert_int_equal(totals.children, 28);
    fake_tui_stop(&scene->fake);
    open_file(scene, "class-28-gb18030.csv");
    assert_true(fake_tui_shows(&scene->fake, "没有需要导入的内容"));
}

static void what_is_no_table_is_refused_in_a_sentence(void **state)
{
    struct scene *scene = *state;
    char path[200];
    snprintf(path, sizeof(path), "%s/data/guanai.db", scene->school.folder);
    scene_open(scene, &ga_screen_home, NULL);
    assert_int_not_equal(ga_screen_push(ga_ui_top(scene->fake.ui), &ga_screen_import_preview, path, 1), GA_OK);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "home");
}

static void esc_while_reading_changes_nothing(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_F(4));
    char path[400];
    snprintf(path, sizeof(path), "%s/township-700.csv", GUANAI_ROSTERS);
    fake_tui_paste(&scene->fake, path);
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "import");
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "import_file");
    struct ga_roster_class totals;
    assert_int_equal(ga_store_totals(scene->school.session->store, &totals, NULL), GA_OK);
    assert_int_equal(totals.children, 0);
}

static void a_row_is_shown_as_the_file_has_it(void **state)
{
    struct scene *scene = *state;
    open_file(scene, "township-700.csv");
    PRESS(scene, '5', GA_KEY_ENTER);
    fake_tui_expect(&scene->fake, "import_row", false);
    assert_true(fake_tui_shows(&scene->fake, "身份证件号: ****8692"));
    assert_true(fake_tui_shows(&scene->fake, "学籍号: ****869X"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_F(4), GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "身份证件号: 520424201812248692"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC, '4', GA_KEY_ENTER); /* of a double its own row, not the first one */
    assert_true(fake_tui_shows(&scene->fake, "姓名: 余云强"));
}

static void an_import_that_was_stopped_can_be_done_once_more(void **state)
{
    struct scene *scene = *state;
    struct ga_roster_class totals;
    scene_open(scene, &ga_screen_home, NULL);
    ga_screen_push(ga_ui_top(scene->fake.ui), &ga_screen_import_preview, GUANAI_ROSTERS "/township-700.csv", 1);
    scene_let_work(scene);
    scene->fake.tick_ms = 600; /* slow enough for progress to be shown, keys to be looked at */
    PRESS(scene, 'y');
    scene->fake.waiting = (struct ga_event){.kind = GA_EVENT_KEY, .key = GA_KEY_ESC};
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "已停止"));
    assert_int_equal(ga_store_totals(scene->school.session->store, &totals, NULL), GA_OK);
    assert_int_equal(totals.children, 0);
    PRESS(scene, 'y');
    scene_let_work(scene);
    assert_int_equal(ga_store_totals(scene->school.session->store, &totals, NULL), GA_OK);
    assert_int_equal(totals.children, 694);
    PRESS(scene, 'o'); /* six rows are in no file yet */
    assert_true(fake_tui_shows(&scene->fake, "有 6 行没有导入"));
}

static void ask_for_rejects(struct scene *scene, const char *path)
{
    PRESS(scene, 'w', GA_CTRL('U'));
    fake_tui_paste(&scene->fake, path);
    PRESS(scene, GA_KEY_ENTER);
}

static void refused_rows_go_to_a_workbook_and_over_no_other_file(void **state)
{
    struct scene *scene = *state;
    char path[200];
    scene->school.session->tools.helper = "/usr/libexec/guanai-paper";
    open_file(scene, "township-700.csv");
    PRESS(scene, 'w'); /* a spreadsheet program rounds the ID numbers of a .csv */
    assert_true(fake_tui_shows(&scene->fake, "-未收.xlsx"));
    PRESS(scene, GA_KEY_ESC);
    snprintf(path, sizeof(path), "%s/rejects.csv", scene->school.folder);
    ask_for_rejects(scene, path);
    assert_true(fake_tui_shows(&scene->fake, "6 行已写到"));
    ask_for_rejects(scene, path);
    assert_true(fake_tui_shows(&scene->fake, "已有同名文件"));
}

static void a_long_sentence_is_said_whole(void **state)
{
    struct scene *scene = *state;
    char command[300], path[200];
    snprintf(path, sizeof(path), "%s/a-folder-with-a-rather-long-name-2026.xls", scene->school.folder);
    snprintf(command, sizeof(command), "printf '\\320\\317\\021\\340\\241\\261\\032\\341' > '%s'", path);
    assert_int_equal(system(command), 0);
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_F(4));
    fake_tui_paste(&scene->fake, path);
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "另存为 .xlsx"));
    fake_tui_resize(&scene->fake, 12, 40);
    assert_true(fake_tui_shows(&scene->fake, ".xlsx"));
    fake_tui_resize(&scene->fake, 24, 80);
    PRESS(scene, GA_KEY_LEFT);
    assert_false(fake_tui_shows(&scene->fake, ".xlsx"));
}

static void the_forms_to_choose_from_have_titles(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_export, NULL);
    PRESS(scene, '1');
    fake_tui_type(&scene->fake, "家访");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "家访记录"));
    open_file(scene, "class-28-gb18030.csv");
    PRESS(scene, 'f');
    fake_tui_type(&scene->fake, "谈心");
    PRESS(scene, GA_KEY_ENTER);
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "谈心记录"));
}

static void files_on_the_desktop_are_listed(void **state)
{
    struct scene *scene = *state;
    char command[900];
    snprintf(command, sizeof(command), "mkdir '%s/Desktop' && cp '%s/class-28-gb18030.csv' '%s/Desktop/名册.csv'",
             scene->school.folder, GUANAI_ROSTERS, scene->school.folder);
    assert_int_equal(system(command), 0);
    setenv("HOME", scene->school.folder, 1);
    scene_open(scene, &ga_screen_import_file, NULL);
    assert_true(fake_tui_shows(&scene->fake, "名册.csv"));
    PRESS(scene, GA_KEY_ENTER);
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "文件共 28 行"));
}

static void write_to(struct scene *scene, const char *path)
{
    PRESS(scene, '6', GA_CTRL('U'));
    fake_tui_paste(&scene->fake, path);
    PRESS(scene, GA_KEY_ENTER);
}

static void a_table_is_written_for_others(void **state)
{
    struct scene *scene = *state;
    scene->school.session->helper = NULL;
    scene_open(scene, &ga_screen_export, NULL);
    write_to(scene, "/nowhere/名册.csv"); /* a stick in this computer would be offered first */
    scene_expect_everywhere(scene, "export");
    PRESS(scene, 'y');
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "/nowhere")); /* there is no such folder: said, nothing written */
    char path[200];
    snprintf(path, sizeof(path), "%s/table.csv", scene->school.folder);
    write_to(scene, path);
    PRESS(scene, 'y');
    scene_let_work(scene);
    struct ga_str text = {0};
    assert_int_equal(ga_io_read_file(ga_io_system(), path, 1 << 20, &text, NULL), GA_OK);
    assert_non_null(strstr(ga_str_text(&text), "彭英俊"));
    ga_str_finish(&text);
    PRESS(scene, 'y');
    assert_true(fake_tui_shows(&scene->fake, "已有同名文件"));
}

static void help_names_the_keys_that_work_now(void **state)
{
    struct scene *scene = *state;
    scene->school.session->helper = NULL;
    scene_open(scene, &ga_screen_export, NULL);
    PRESS(scene, GA_KEY_F(1));
    assert_true(fake_tui_shows(&scene->fake, "GB18030"));
    PRESS(scene, GA_KEY_ESC, '2', '3', GA_KEY_ENTER, GA_KEY_F(1));
    assert_true(fake_tui_shows(&scene->fake, "F4"));
    assert_false(fake_tui_shows(&scene->fake, "GB18030")); /* JSON has but one way to write characters */
    assert_false(fake_tui_shows(&scene->fake, "?"));       /* in a box it is a character */
    PRESS(scene, GA_KEY_ESC, '?');
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "help");
}

/* The digit belongs to the box and so does the Enter out of habit behind it: it must not write the file. */
static void enter_after_a_digit_writes_nothing_yet(void **state)
{
    struct scene *scene = *state;
    struct ga_io_stat stat;
    scene_open(scene, &ga_screen_export, NULL);
    char path[200];
    snprintf(path, sizeof(path), "%s/table.xlsx", scene->school.folder);
    write_to(scene, path);
    PRESS(scene, '2', '2');
    assert_true(fake_tui_shows(&scene->fake, "▶ 2 CSV"));
    PRESS(scene, GA_KEY_ENTER);
    scene_let_work(scene);
    assert_false(fake_tui_shows(&scene->fake, "▶ 2 CSV"));
    assert_true(fake_tui_shows(&scene->fake, ".csv"));
    assert_false(fake_tui_shows(&scene->fake, "已写"));
    PRESS(scene, '1', '2', GA_KEY_ENTER, GA_KEY_ENTER); /* another form: Enter opens the next step */
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "▶ 2 CSV"));
    PRESS(scene, GA_KEY_ESC);
    assert_true(ga_io_system()->stat(ga_io_system()->ctx, path, &stat) != 0);
}

/* One key hides wherever it is pressed; none of it means something else on a page. */
static void the_page_hides_by_the_same_keys_everywhere(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_CTRL('X'));
    assert_true(ga_ui_is_hidden(scene->fake.ui));
    PRESS(scene, ' ', GA_CTRL('B'));
    assert_false(ga_ui_is_hidden(scene->fake.ui));
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "picker");
    PRESS(scene, GA_CTRL('X'));
    assert_true(ga_ui_is_hidden(scene->fake.ui));
    PRESS(scene, ' ', GA_KEY_F(8));
    assert_true(ga_ui_is_hidden(scene->fake.ui));
}

static void only_ticked_columns_leave(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_export, NULL);
    char path[200];
    snprintf(path, sizeof(path), "%s/table.csv", scene->school.folder);
    write_to(scene, path);
    PRESS(scene, '4', '3', GA_KEY_DOWN, ' ', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "已选 1 列"));
    PRESS(scene, 'y');
    scene_let_work(scene);
    struct ga_str text = {0};
    assert_int_equal(ga_io_read_file(ga_io_system(), path, 1 << 20, &text, NULL), GA_OK);
    assert_non_null(strstr(ga_str_text(&text), "name"));
    assert_null(strstr(ga_str_text(&text), "13812345678"));
    ga_str_finish(&text);
}

static void switching_names_keeps_the_other_draft_and_says_so(void **state)
{
    struct scene *scene = *state;
    leave_a_draft(scene, "崔子乐");
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "罗老师");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_store_user(scene->school.session->store), "罗老师");
    assert_true(fake_tui_shows(&scene->fake, "现在是 罗老师。其他人没做完的 1 份已为他们留着。"));
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "周老师");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_F(6));
    fake_tui_expect(&scene->fake, "name", false);
    PRESS(scene, '2');
    assert_string_equal(ga_store_user(scene->school.session->store), "罗老师");
    ga_session_close(scene->school.session);
    scene->school.options.user = NULL; /* as on the next morning */
    scene->school.session = NULL;
    fake_tui_stop(&scene->fake);
    struct ga_problems problems;
    ga_problems_init(&problems);
    assert_int_equal(ga_session_open(&scene->school.options, &problems, &scene->school.session, NULL), GA_OK);
    ga_problems_finish(&problems);
    assert_string_equal(ga_store_user(scene->school.session->store), "罗老师");
}

/* As everywhere: nobody becomes "lls" by being quick. */
static void letters_at_the_name_mean_who_is_known(void **state)
{
    struct scene *scene = *state;
    static const char *const sat[] = {"李老师", "罗老师", "周老师"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ga_names_remember(scene->school.session->store, sat[i], NULL), GA_OK);
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "luo");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_store_user(scene->school.session->store), "罗老师");
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "lls");
    PRESS(scene, GA_KEY_ENTER); /* 李 or 罗? */
    assert_true(fake_tui_shows(&scene->fake, "请输入姓名"));
    fake_tui_type(&scene->fake, "x");
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ENTER);
    assert_string_equal(ga_store_user(scene->school.session->store), "llsx"); /* who may be called so */
    assert_int_equal(ga_names_remember(scene->school.session->store, "luo", NULL), GA_OK);
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "luo");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_store_user(scene->school.session->store), "luo"); /* is called so */
}

/* "周" typed in haste: nobody is called so, and everything saved would be signed by it. */
static void a_surname_at_the_name_means_who_is_known(void **state)
{
    struct scene *scene = *state;
    static const char *const sat[] = {"罗老师", "周老师", "周永红"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ga_names_remember(scene->school.session->store, sat[i], NULL), GA_OK);
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "罗");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_store_user(scene->school.session->store), "罗老师");
    PRESS(scene, GA_KEY_F(6));
    fake_tui_type(&scene->fake, "周");
    PRESS(scene, GA_KEY_ENTER); /* 周老师 or 周永红? */
    assert_true(fake_tui_shows(&scene->fake, "请输入全名"));
    fake_tui_type(&scene->fake, "永");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_store_user(scene->school.session->store), "周永"); /* two may be a name */
}

/* Del on the line of a draft; what was thrown away comes back by a key, also after leaving the program. */
static void what_is_unfinished_is_thrown_away_and_brought_back(void **state)
{
    struct scene *scene = *state;
    leave_a_draft(scene, "崔子乐");
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_DELETE); /* in the box it takes letters away */
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "home");
    PRESS(scene, GA_KEY_DOWN, GA_KEY_DELETE);
    scene_expect_everywhere(scene, "home_drop");
    PRESS(scene, GA_KEY_ENTER); /* no is the first answer */
    assert_true(fake_tui_shows(&scene->fake, "上次没有填完"));
    PRESS(scene, GA_KEY_DELETE);
    fake_tui_type(&scene->fake, "y");
    assert_true(fake_tui_shows(&scene->fake, "已丢掉"));
    assert_false(fake_tui_shows(&scene->fake, "上次没有填完"));
    scene_open(scene, &ga_screen_home, NULL);
    assert_false(fake_tui_shows(&scene->fake, "上次没有填完"));
    PRESS(scene, GA_CTRL('Z'));
    assert_true(fake_tui_shows(&scene->fake, "继续"));
    PRESS(scene, GA_KEY_DOWN, '1');
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "record");
    assert_true(fake_tui_shows(&scene->fake, "崔子乐"));
}

static void a_day_before_the_newest_record_wants_enter_twice(void **state)
{
    struct scene *scene = *state;
    scene->school.session->today = (struct ga_date){2009, 1, 1}; /* by the clock: nobody said so */
    ga_store_set_today(scene->school.session->store, scene->school.session->today, true);
    scene_open(scene, &ga_screen_home, NULL);
    ga_screen_push(ga_ui_top(scene->fake.ui), &ga_screen_day, NULL, 1);
    scene_expect_everywhere(scene, "day_behind");
    fake_tui_type(&scene->fake, "2026-11-2");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "day");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "home");
    assert_int_equal(scene->school.session->today.day, 2);
}

static void a_day_typed_in_part_is_of_this_year_though_something_was_saved_in_2099(void **state)
{
    struct scene *scene = *state;
    struct ga_session *session = scene->school.session;
    ga_store_set_today(session->store, (struct ga_date){2099, 12, 31}, false);
    school_session_add(&scene->school, "child", NULL, "name=何丽", NULL);
    session->today = (struct ga_date){2026, 11, 24};
    ga_store_set_today(session->store, session->today, true);
    scene_open(scene, &ga_screen_home, NULL);
    ga_screen_push(ga_ui_top(scene->fake.ui), &ga_screen_day, NULL, 1);
    fake_tui_type(&scene->fake, "1124");
    assert_true(fake_tui_shows(&scene->fake, "2026年11月24日"));
    PRESS(scene, GA_KEY_ENTER); /* it is before 2099 */
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "day");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "home");
    assert_int_equal(session->today.year, 2026);
}

static void the_day_is_asked_for(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    ga_screen_push(ga_ui_top(scene->fake.ui), &ga_screen_day, NULL, 1);
    fake_tui_type(&scene->fake, "2026-13-1");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "day");
    fake_tui_expect(&scene->fake, "day_wrong", false);
    PRESS(scene, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "20261124");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "home");
    assert_int_equal(scene->school.session->today.day, 24);
    assert_true(fake_tui_shows(&scene->fake, "11月24日"));
}

static void one_page_says_how_it_works(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_guide, NULL);
    fake_tui_expect(&scene->fake, "guide", false);
    PRESS(scene, GA_KEY_F(9));
    fake_tui_expect(&scene->fake, "guide_en", false);
}

#define IN_EMPTY(test) cmocka_unit_test_setup_teardown(test, start_empty, scene_stop)
#define IN_SCHOOL(test) cmocka_unit_test_setup_teardown(test, start_school, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY(an_empty_archive_says_what_to_do_first),
        IN_EMPTY(a_day_typed_in_part_is_of_this_year_though_something_was_saved_in_2099),
        IN_SCHOOL(what_was_left_unfinished_is_offered_by_digit),
        IN_SCHOOL(typing_finds_at_once_and_tells_two_of_a_name_apart),
        IN_SCHOOL(a_nickname_and_the_tail_of_a_phone_find),
        IN_SCHOOL(a_former_name_finds_and_says_so),
        IN_SCHOOL(characters_nobody_can_read_are_in_lists),
        IN_SCHOOL(a_number_opens_the_children_behind_it),
        IN_SCHOOL(chinese_typed_below_goes_into_the_box),
        IN_SCHOOL(letters_typed_below_are_a_name_and_no_command),
        IN_SCHOOL(enter_in_the_empty_box_opens_nothing),
        IN_SCHOOL(nobody_found_says_what_else_can_be_done),
        IN_SCHOOL(the_child_that_was_opened_stays_marked),
        IN_SCHOOL(the_mark_goes_along_with_a_child_that_changed_class),
        IN_SCHOOL(a_question_mark_asks_for_help_in_an_empty_box),
        IN_SCHOOL(the_roster_shows_marks_in_words),
        IN_SCHOOL(a_cursor_key_repaints_two_rows_and_the_place),
        IN_SCHOOL(the_roster_is_searched_and_filtered),
        IN_SCHOOL(the_roster_names_those_who_are_in_no_class),
        IN_EMPTY(a_roster_is_previewed_taken_in_and_then_the_same),
        IN_EMPTY(what_is_no_table_is_refused_in_a_sentence),
        IN_EMPTY(esc_while_reading_changes_nothing),
        IN_EMPTY(a_row_is_shown_as_the_file_has_it),
        IN_EMPTY(an_import_that_was_stopped_can_be_done_once_more),
        IN_EMPTY(refused_rows_go_to_a_workbook_and_over_no_other_file),
        IN_EMPTY(a_long_sentence_is_said_whole),
        IN_SCHOOL(the_forms_to_choose_from_have_titles),
        IN_EMPTY(files_on_the_desktop_are_listed),
        IN_SCHOOL(a_table_is_written_for_others),
        IN_SCHOOL(help_names_the_keys_that_work_now),
        IN_SCHOOL(enter_after_a_digit_writes_nothing_yet),
        IN_SCHOOL(the_page_hides_by_the_same_keys_everywhere),
        IN_SCHOOL(only_ticked_columns_leave),
        IN_SCHOOL(switching_names_keeps_the_other_draft_and_says_so),
        IN_SCHOOL(letters_at_the_name_mean_who_is_known),
        IN_SCHOOL(a_surname_at_the_name_means_who_is_known),
        IN_SCHOOL(what_is_unfinished_is_thrown_away_and_brought_back),
        IN_SCHOOL(a_day_before_the_newest_record_wants_enter_twice),
        IN_SCHOOL(the_day_is_asked_for),
        IN_EMPTY(one_page_says_how_it_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
