/* A month's talks of a class typed in the real program: walk 1.10, with its keys counted. */
#include "pty_school.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 24, TALKS = 9 };

static struct pty_school school;

static int start(void **state)
{
    *state = &school;
    school.user = "周老师";
    pty_school_start(&school, "红岩村小学");
    pty_school_import_class(&school, CHILDREN);
    return 0;
}

static void key(struct pty *pty, uint32_t code)
{
    pty_school_key(&school, pty, code, 1);
}

static void type(struct pty *pty, const char *text)
{
    pty_school_type(&school, pty, text);
}

static void open_table(struct pty *pty)
{
    pty_key(pty, GA_CTRL('B'));
    assert_true(pty_wait(pty, "填哪张表"));
    pty_type(pty, "2");
    assert_true(pty_wait(pty, "三年级(2)班 · 24人"));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "第1人，共24人"));
    school.pressed = 0;
}

/* The day, then a topic and a mood a child: down one column, down the next. */
static void nine_talks_take_a_few_keys(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_table(pty);
    type(pty, "11-20");
    for (int i = 0; i < 3; i++)
        key(pty, GA_KEY_TAB);
    for (int i = 0; i < TALKS; i++) {
        type(pty, "1");
        key(pty, GA_KEY_ENTER);
    }
    assert_true(pty_wait(pty, "已填9行"));
    key(pty, GA_KEY_TAB);
    for (int i = 0; i < TALKS; i++)
        key(pty, GA_KEY_UP);
    for (int i = 0; i < TALKS; i++) {
        type(pty, "3");
        key(pty, GA_KEY_ENTER);
    }
    key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已保存9条记录"));
    assert_true(school.pressed <= 60); /* at one key a second a quarter of the four minutes */
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "找孩子"));
    pty_school_leave(pty);
    assert_int_equal(pty_school_count(&school, "talk"), TALKS);
    assert_null(strstr(pty_school_run(&school, "list talk"), "2026-11-23")); /* the day as above, not today */
}

/*
 * Walk 1.10 as the notes lie there: of every child topic and mood by digit, a few words, Enter. The words are
 * the only thing that takes time: 5 keys a child beside them.
 */
static void a_class_of_talks_takes_five_keys_a_child(void **state)
{
    (void)state;
    static const char *const words[] = {"想妈妈", "作业没写完", "", "和同桌吵架了", "爱唱歌"};
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_table(pty);
    type(pty, "11-20");
    pty_school_key(&school, pty, GA_KEY_TAB, 3);
    for (int i = 0; i < CHILDREN; i++) {
        const char *said = words[i % 5];
        int before = school.pressed;
        type(pty, i % 2 == 0 ? "1" : "2");
        key(pty, GA_KEY_TAB);
        type(pty, "3");
        key(pty, GA_KEY_TAB);
        before = school.pressed - before;
        type(pty, said);
        key(pty, GA_KEY_ENTER);
        assert_int_equal(before, 4);
        if (i == 7 || i == 15) /* the terminal's own buffer is not endless */
            assert_true(pty_wait(pty, i == 7 ? "已填8行" : "已填16行"));
    }
    key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已保存24条记录"));
    pty_school_leave(pty);
    assert_int_equal(pty_school_count(&school, "talk"), CHILDREN);
}

/* Walk 3.3: fourteen paper sheets of a colleague, each found by its row number, with its paper number. */
static void a_colleagues_sheets_are_typed_by_row_number(void **state)
{
    (void)state;
    enum { SHEETS = 14 };
    char number[16];
    struct pty *pty = pty_school_open(&school, "找孩子");
    pty_key(pty, GA_KEY_F(12));
    assert_true(pty_wait(pty, "这些表是谁的"));
    pty_type(pty, "何老师");
    assert_true(pty_wait(pty, "新名字"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "正在代 何老师 录入"));
    pty_key(pty, GA_CTRL('B'));
    assert_true(pty_wait(pty, "填哪张表"));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "三年级(2)班 · 24人"));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "代 何老师 录入"));
    pty_type(pty, "11-21"); /* the day of the first stands for all below it */
    for (int i = 0; i < 3; i++)
        pty_key(pty, GA_KEY_TAB);
    assert_true(pty_wait(pty, "何小A0 · 结果")); /* what is begun with here is begun with in every row gone to */
    school.pressed = 0;
    for (int i = 0; i < SHEETS; i++) {
        snprintf(number, sizeof(number), "%d", i == 0 ? 1 : i + 7);
        key(pty, GA_KEY_F(4));
        assert_true(pty_wait(pty, "到哪一行"));
        type(pty, number);
        key(pty, GA_KEY_ENTER);
        assert_true(pty_wait_gone(pty, "到哪一行"));
        type(pty, "2"); /* nobody at home: no words are demanded */
        key(pty, GA_KEY_END);
        snprintf(number, sizeof(number), "DW-%02d", i + 1);
        type(pty, number);
    }
    key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已保存14条记录"));
    assert_true(school.pressed <= SHEETS * 11); /* beside what is written in words */
    pty_school_leave(pty);
    const char *visits = pty_school_run(&school, "list home_visit --where \"paper_no = 'DW-14'\"");
    assert_non_null(strstr(visits, "何老师"));
    assert_non_null(strstr(visits, "2026-11-21"));
    assert_int_equal(pty_school_count(&school, "home_visit"), SHEETS);
    assert_int_equal(pty_school_count(&school, "home_visit --where \"visited_on = '2026-11-21'\""), SHEETS);
}

static void type_two_rows(struct pty *pty)
{
    open_table(pty);
    for (int i = 0; i < 3; i++)
        key(pty, GA_KEY_TAB);
    type(pty, "1");
    key(pty, GA_KEY_ENTER);
    type(pty, "2");
    key(pty, GA_KEY_TAB);
    assert_true(pty_wait(pty, "已填2行"));
    assert_true(pty_wait(pty, "何小A1 · 情绪"));
}

static void after_a_power_cut_the_whole_table_is_there(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    type_two_rows(pty);
    pty_school_end(pty, SIGKILL);
    pty = pty_school_open(&school, "批量 谈心记录 三年级(2)班 2行？");
    pty_key(pty, GA_KEY_DOWN);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "共24人；已填2行"));
    assert_true(pty_wait(pty, "何小A1 · 话题")); /* the cell that was typed in last */
    assert_true(pty_wait(pty, "想念父母"));
    pty_key(pty, GA_KEY_TAB);
    assert_true(pty_wait(pty, "何小A1 · 情绪"));
    pty_type(pty, "3");
    assert_true(pty_wait(pty, "平常"));
    pty_key(pty, GA_KEY_UP);
    assert_true(pty_wait(pty, "何小A0 · 情绪"));
    pty_type(pty, "4");
    assert_true(pty_wait(pty, "较好"));
    pty_key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已保存2条记录"));
    pty_school_leave(pty);
    assert_int_equal(pty_school_count(&school, "talk"), 2);
}

static void leaving_without_saving_keeps_the_table(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    type_two_rows(pty);
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "批量 谈心记录 三年级(2)班 2行？"));
    pty_school_leave(pty);
    assert_int_equal(pty_school_count(&school, "talk"), 0);
}

int main(int argc, char **argv)
{
    school.program = argc > 1 ? argv[1] : "src/guanai";
    school.forms = argc > 2 ? argv[2] : "forms";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_class_of_talks_takes_five_keys_a_child, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(a_colleagues_sheets_are_typed_by_row_number, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(nine_talks_take_a_few_keys, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(after_a_power_cut_the_whole_table_is_there, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(leaving_without_saving_keeps_the_table, start, pty_school_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
