/* The data clerk's Friday on the township: walks 3.3, 3.6, 3.7, 3.8, with their keys counted. */
#include "pty_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SHEETS = 14, GIRLS = 50 };

static struct pty_school school;

static int start(void **state)
{
    *state = &school;
    pty_school_begin_walk(&school);
    pty_school_run(&school, "add child name=段石生 card_no=900 grade=二年级 class=1 village=红岩村");
    pty_school_run(&school, "add status_change child=900 kind=transfer from_on=2026-03-01");
    return 0;
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(&school, pty, key, wanted);
}

static void type(struct pty *pty, const char *text)
{
    pty_school_type(&school, pty, text);
}

/* A table of several children: the form's digit, or its name behind "more …"; the class by its words. */
static void open_table(struct pty *pty, const char *form, const char *class_of)
{
    press(pty, GA_CTRL('B'), "填哪张表");
    type(pty, form);
    if (form[1] != '\0') {
        pty_school_wait(pty, "更多…"); /* what stands further back is one Enter away */
        press(pty, GA_KEY_ENTER, "输入文字查找");
        type(pty, form);
        pty_school_wait(pty, "▶");
        pty_school_key(&school, pty, GA_KEY_ENTER, 1);
    }
    if (class_of != NULL) {
        pty_school_wait(pty, "填哪些孩子");
        type(pty, class_of);
        press(pty, GA_KEY_ENTER, "批量录入");
    }
}

/*
 * Walk 3.3: fourteen sheets of the teaching point that has no computer, each found by its row number: the outcome, whom,
 * what was seen, a few words, the number of the paper.
 */
static void fourteen_paper_sheets_of_a_colleague(void **state)
{
    (void)state;
    char number[16];
    int words = 0;
    struct pty *pty = pty_school_open(&school, "找孩子");
    school.pressed = 0;
    press(pty, GA_KEY_F(12), "这些表是谁的");
    type(pty, "何老师");
    pty_school_wait(pty, "新名字");
    press(pty, GA_KEY_ENTER, "实施人 何老师，录入人 小罗");
    open_table(pty, "1", "四年级(2)班");
    pty_school_wait(pty, "代 何老师 录入 · 小罗");
    type(pty, "11-21"); /* the day of the first stands for all below it */
    pty_school_key(&school, pty, GA_KEY_TAB, 3);
    pty_school_wait(pty, "· 结果");
    for (int i = 0; i < SHEETS; i++) {
        snprintf(number, sizeof(number), "%d", 3 * i + 1);
        press(pty, GA_KEY_F(4), "到哪一行");
        type(pty, number);
        pty_school_key(&school, pty, GA_KEY_ENTER, 1);
        assert_true(pty_wait_gone(pty, "到哪一行"));
        pty_school_wait(pty, "· 结果");
        type(pty, "1");
        pty_school_key(&school, pty, GA_KEY_TAB, 1);
        pty_school_wait(pty, "· 见到谁");
        type(pty, "2");
        pty_school_key(&school, pty, GA_KEY_TAB, 2);
        pty_school_wait(pty, "· 家中情况");
        type(pty, "1");
        pty_school_key(&school, pty, GA_KEY_TAB, 1);
        pty_school_wait(pty, "· 家访内容");
        const int before = school.pressed;
        type(pty, "奶奶照看得好");
        words += school.pressed - before;
        pty_school_key(&school, pty, GA_KEY_TAB, 1);
        pty_school_key(&school, pty, GA_KEY_END, 1);
        snprintf(number, sizeof(number), "DW-%02d", i + 1);
        type(pty, number);
    }
    press(pty, GA_CTRL('S'), "已保存14条记录");
    print_message("# 3.3: %d keys for %d sheets beside %d characters of words\n", school.pressed - words, SHEETS, words);
    assert_in_range(school.pressed - words, 1, SHEETS * 20); /* of the 107 seconds a sheet has */
    pty_key(pty, GA_KEY_ESC);
    pty_school_wait(pty, "找孩子");
    press(pty, GA_KEY_F(12), "代录已结束");
    pty_school_leave(pty);
    assert_int_equal(pty_school_count(&school, "home_visit --where \"visited_on = '2026-11-21' AND visitor = '何老师'\""), SHEETS);
    pty_school_expect(&school, "list home_visit --where \"paper_no = 'DW-14'\"", "奶奶照看得好");
    char words_of[120];
    snprintf(words_of, sizeof(words_of), "history home_visit %.36s",
             strchr(pty_school_run(&school, "list home_visit --where \"paper_no = 'DW-14'\""), '\n') + 1);
    pty_school_expect(&school, words_of, "何老师");
    pty_school_expect(&school, words_of, "小罗");
}

/* Walk 3.6: she leaves with her mother. What is owed for her ends, November counts her visit as before. */
static void who_leaves_owes_nothing_any_more_and_stays_in_the_month(void **state)
{
    (void)state;
    pty_school_expect(&school, "due --class '三年级(2)班' --duty talk_month", "史晨志");
    pty_school_expect(&school, "checklist --class '三年级(2)班' --month 2026-11", "8/24");
    struct pty *pty = pty_school_open(&school, "找孩子");
    school.pressed = 0;
    type(pty, "scz");
    pty_school_wait(pty, "▶ 史晨志");
    press(pty, GA_KEY_ENTER, "[1 基本]");
    press(pty, 'l', "1 随父母外出(借读)");
    press(pty, '1', "2026-11-27");
    press(pty, GA_CTRL('S'), "[已离校 2026-11-27 随父母外出(借读)]");
    assert_in_range(school.pressed, 1, 8);
    pty_school_leave(pty);
    pty_school_expect_not(&school, "due --class '三年级(2)班' | cut -f2 | sort -u", "史晨志");
    pty_school_expect(&school, "checklist --class '三年级(2)班' --month 2026-11", "史晨志");
    pty_school_expect(&school, "checklist --class '三年级(2)班' --month 2026-11", "8/24");
    pty_school_expect(&school, "figures --on 2026-11-26", "329");
    school.today = "2026-12-02";
    pty_school_expect(&school, "checklist --class '三年级(2)班' --month 2026-12", "0/23");
    pty_school_expect_not(&school, "due --class '三年级(2)班' | cut -f2 | sort -u", "史晨志");
    school.today = "2026-11-27";
}

/* The boy who comes back has the file he had, with its number; no second one is made, and what is owed is owed again. */
static void who_comes_back_has_his_old_file(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    school.pressed = 0;
    type(pty, "dss");
    pty_school_wait(pty, "▶ 段石生");
    press(pty, GA_KEY_ENTER, "[已离校 2026-03-01 转学]");
    press(pty, 'b', "恢复这份档案");
    press(pty, GA_KEY_ENTER, "已记今天返乡复学");
    assert_true(pty_wait_gone(pty, "[已离校"));
    pty_school_wait(pty, "档号 900");
    assert_in_range(school.pressed, 1, 8);
    pty_school_leave(pty);
    pty_school_expect(&school, "find 段石生 | sed 1d | wc -l", "1\n");
    pty_school_expect(&school, "list child --class '二年级(1)班'", "段石生");
}

/* Walk 3.7: one batch, fifty girls ticked, 600 yuan each; the sum, and the list they sign. */
static void fifty_girls_receive_six_hundred_yuan_each(void **state)
{
    (void)state;
    char line[700];
    struct pty *pty = pty_school_open(&school, "找孩子");
    school.pressed = 0;
    open_table(pty, "资助", NULL);
    press(pty, GA_KEY_F(2), "* 来源");
    press(pty, GA_KEY_ENTER, "6 春蕾计划");
    press(pty, '6', "✓6 春蕾计划");
    pty_school_key(&school, pty, GA_KEY_ENTER, 4);
    pty_school_wait(pty, "▶每人金额");
    type(pty, "600");
    pty_school_key(&school, pty, GA_KEY_ENTER, 2);
    pty_school_wait(pty, "*▶受助学生");
    press(pty, GA_KEY_ENTER, "填哪些孩子");
    type(pty, "全校");
    press(pty, GA_KEY_ENTER, "已选 0 / 700");
    press(pty, GA_KEY_F(4), " · 女生");
    for (int i = 0; i < GIRLS; i++) {
        pty_school_key(&school, pty, ' ', 1);
        pty_school_key(&school, pty, GA_KEY_DOWN, 1);
        snprintf(line, sizeof(line), "已选 %d / ", i + 1);
        if (i % 10 == 9)
            pty_school_wait(pty, line);
    }
    press(pty, GA_KEY_ENTER, "受助学生       50:");
    pty_school_wait(pty, "合计（元）     30,000"); /* while it is typed, not first when it is saved */
    press(pty, GA_CTRL('S'), "2026-11-27 春蕾计划");
    press(pty, GA_KEY_ENTER, "合计（元）     30,000");
    press(pty, GA_KEY_ESC, "2026-11-27 春蕾计划");
    press(pty, GA_KEY_F(12), "已写好，可以打印");
    print_message("# 3.7: %d keys\n", school.pressed);
    assert_in_range(school.pressed, 1, 150); /* of the five minutes at a key in two seconds */
    pty_school_leave(pty);
    snprintf(line, sizeof(line),
             "python3 -c \"import zipfile,glob,sys; t=zipfile.ZipFile(glob.glob('%s/*春蕾计划.xlsx')[0]).read('xl/worksheets/sheet1.xml').decode();"
             " sys.exit(not (t.count('<row ') == 52 and t.count('>600<') == 50 and '>30000<' in t and '签名或手印' in t and '5204' not in t))\"",
             school.folder);
    assert_int_equal(system(line), 0);
    pty_school_expect(&school, "list aid --format json", "30000");
}

/* A nought before a number is as long as the numbers here are: 011 is the eleventh of 700, not the first. */
static void numbers_with_noughts_tick_whom_they_name(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_table(pty, "资助", NULL);
    press(pty, GA_KEY_F(2), "* 来源");
    pty_school_key(&school, pty, GA_KEY_TAB, 7);
    pty_school_wait(pty, "▶受助学生");
    press(pty, GA_KEY_ENTER, "填哪些孩子");
    type(pty, "全校");
    press(pty, GA_KEY_ENTER, "已选 0 / 700");
    type(pty, "011");
    pty_school_wait(pty, "已选 1 / 700");
    pty_school_wait(pty, "▶ [✓]  11 ");
    pty_school_leave(pty);
}

/* Walk 3.8: the doctor's sheet, number keys only; 31 cm is asked about at once, mended or kept with a reason. */
static void the_doctors_sheet_is_typed_with_number_keys(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_table(pty, "体检", "三年级(1)班");
    pty_school_wait(pty, "共58人");
    type(pty, "11-26");
    pty_school_key(&school, pty, GA_KEY_TAB, 2);
    pty_school_wait(pty, "· 身高（厘米）");
    static const char *const rows[][4] = {{"128.5", "26.5", "5.0", "4.9"}, {"31", "27", "5.0", "5.0"}, {"125", "24", "4.8", "4.7"}};
    school.pressed = 0;
    for (size_t i = 0; i < 3; i++) {
        for (size_t c = 0; c < 4; c++) {
            type(pty, rows[i][c]);
            if (i == 1 && c == 0)
                press(pty, GA_KEY_TAB, "身高看起来不对，请核对");
            else
                pty_school_key(&school, pty, c < 3 ? GA_KEY_TAB : GA_KEY_ENTER, 1);
        }
        pty_school_wait(pty, "· 身高（厘米）"); /* the next child, where the row began */
    }
    assert_in_range(school.pressed, 1, 3 * 20);
    press(pty, GA_CTRL('S'), "如果确实如此，请写明原因");
    pty_key(pty, GA_KEY_ESC); /* mended: back in the cell */
    assert_true(pty_wait_gone(pty, "请写明原因"));
    pty_school_wait(pty, "程燕 · 身高（厘米）");
    type(pty, "131");
    press(pty, GA_CTRL('S'), "已保存3条记录");
    pty_school_key(&school, pty, GA_KEY_DOWN, 2);
    type(pty, "31"); /* right as it is: 31 cm, with the reason */
    press(pty, GA_CTRL('S'), "如果确实如此，请写明原因");
    type(pty, "按医生的表");
    pty_key(pty, GA_KEY_ENTER);
    pty_school_wait(pty, "已保存1条记录");
    pty_school_leave(pty);
    assert_int_equal(pty_school_count(&school, "health_check --where \"checked_on = '2026-11-26'\""), 4);
    assert_int_equal(pty_school_count(&school, "health_check --where \"height_cm = 131\""), 1);
    assert_int_equal(pty_school_count(&school, "health_check --where \"height_cm = 31\""), 1);
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school = (struct pty_school){.program = argv[1], .forms = argv[2], .user = "小罗", .today = "2026-11-27"};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fourteen_paper_sheets_of_a_colleague),
        cmocka_unit_test(who_leaves_owes_nothing_any_more_and_stays_in_the_month),
        cmocka_unit_test(who_comes_back_has_his_old_file),
        cmocka_unit_test(fifty_girls_receive_six_hundred_yuan_each),
        cmocka_unit_test(numbers_with_noughts_tick_whom_they_name),
        cmocka_unit_test(the_doctors_sheet_is_typed_with_number_keys),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
