/* A trip from the first screen to the last row typed in: walks 1.2, 1.5, 1.6, 1.7. */
#include "pty_school.h"

#include "guanai/base/io_ops.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FIELDS_BEFORE_CONCERNS = 6, PRINT_KEYS_MAX = 12, VISIT_KEYS_MAX = 20 };

static struct pty_school school = {.today = "2026-11-20"};

/* Walks' set-up: the roster, its refused rows mended, the visits; the monthly visit on for this class. */
static int start(void **state)
{
    *state = &school;
    pty_school_begin_walk(&school);
    return 0;
}

/* From the first screen to the villages: by the duty's line and v there, so that nothing hangs on where lines stand. */
static void open_villages(struct pty *pty)
{
    pty_school_press(&school, pty, GA_KEY_DOWN, "按数字选择");
    pty_school_press(&school, pty, pty_school_digit_of(pty, "阶段家访"), "该做的事");
    pty_school_press(&school, pty, 'v', "去哪些村");
}

static void open_trips(struct pty *pty, const char *wanted)
{
    open_villages(pty);
    pty_school_press(&school, pty, 'l', wanted);
}

/* Are these texts on the screen, each below the one before? */
static void expect_in_order(struct pty *pty, const char *const *texts, size_t count)
{
    struct ga_str screen = {0};
    pty_dump(pty, &screen);
    const char *at = ga_str_text(&screen);
    for (size_t i = 0; i < count; i++) {
        at = strstr(at, texts[i]);
        if (at == NULL)
            print_message("# no '%s' in its place on:\n%s\n", texts[i], ga_str_text(&screen));
        assert_non_null(at);
    }
    ga_str_finish(&screen);
}

/* The workbook as tests/harness/sheet_text.py reads it. */
static void read_sheet(struct ga_str *sheet)
{
    char words[900], path[200];
    snprintf(path, sizeof(path), "%s/sheet.txt", school.folder);
    snprintf(words, sizeof(words), "python3 '%s/../tests/harness/sheet_text.py' '%s/出门单-2026-11-21.xlsx' > '%s'", school.forms, school.folder, path);
    assert_int_equal(system(words), 0);
    assert_int_equal(ga_io_read_file(ga_io_system(), path, 1 << 20, sheet, NULL), GA_OK);
}

/* "mm=172": how high the rows come out of the printer. */
static int printed_mm(const char *sheet)
{
    const char *at = strstr(sheet, " mm=");
    assert_non_null(at);
    return atoi(at + 4);
}

/* Walk 1.2: two villages, five children in the order of the way, one A4. */
static void plan_a_trip(void)
{
    static const char *const rows[] = {"1 !何丽", "1组", "2 彭红军", "1组", "3 彭英俊", "5组", "4 崔子乐", "7组", "5 黄宁", "大湾村 2组"};
    static const char *const printed[] = {"paper=9 landscape pages_wide=1", "&L石桥镇中心小学", "红岩村、大湾村", "2026-11-21", "制表人：", "行\t孩子\t", "\n1\t! 何丽\\n三年级(2)班\\n红岩村 1组\t何晨凤 父亲\\n17554987915", "[ ]2家中无人", "[ ]7夜间独处", "\n2\t彭红军", "\n3\t彭英俊", "15413405848", "\n4\t崔子乐", "\n5\t黄宁"};
    struct pty *pty = pty_school_open(&school, "阶段家访");
    school.pressed = 0;
    open_villages(pty);
    pty_school_key(&school, pty, pty_school_digit_of(pty, "红岩村"), 1);
    pty_school_key(&school, pty, pty_school_digit_of(pty, "大湾村"), 1);
    pty_school_press(&school, pty, GA_KEY_ENTER, "11月21日 周六 · 5 人");
    expect_in_order(pty, rows, 10);
    pty_school_press(&school, pty, GA_CTRL('S'), "出门单已写好");
    assert_true(school.pressed <= PRINT_KEYS_MAX);
    pty_school_wait(pty, "该做的事"); /* back where the trip was asked for */
    pty_school_leave(pty);
    struct ga_str sheet = {0};
    read_sheet(&sheet);
    const char *at = ga_str_text(&sheet);
    for (size_t i = 0; i < sizeof(printed) / sizeof(printed[0]); i++) {
        at = strstr(at, printed[i]);
        assert_non_null(at);
    }
    assert_in_range(printed_mm(ga_str_text(&sheet)), 5 * 25, 210 - 22 - 18); /* room to write, and one A4 */
    assert_null(strstr(ga_str_text(&sheet), "5204242018")); /* no ID number lies about on paper */
    assert_null(strstr(ga_str_text(&sheet), "低保"));
    assert_null(strstr(ga_str_text(&sheet), "无人监护"));
    ga_str_finish(&sheet);
}

/* The digit of its row; day, visitor, with, outcome, met stand there; then what was seen. Counted but for the words. */
static int type_visit(struct pty *pty, uint32_t row, const char *name, const char *concerns, const char *words)
{
    char title[80];
    school.pressed = 0;
    snprintf(title, sizeof(title), "家访记录 · %s", name);
    pty_school_press(&school, pty, row, title);
    pty_school_wait(pty, "2026-11-21");
    pty_school_type(&school, pty, "21");
    pty_school_wait(pty, "2026年11月21日 周六");
    pty_school_key(&school, pty, GA_KEY_ENTER, FIELDS_BEFORE_CONCERNS);
    pty_school_wait(pty, "1 无异常");
    pty_school_type(&school, pty, concerns);
    pty_school_press(&school, pty, GA_KEY_ENTER, "一两句即可");
    pty_type(pty, words);
    return school.pressed;
}

/* Walk 1.5: the father's new number; the old one stays in history. */
static void type_row_3(struct pty *pty)
{
    open_trips(pty, "已录 0/5");
    int keys = type_visit(pty, '3', "彭英俊", "1", "奶奶身体好。爱画画。");
    pty_school_wait(pty, "爱画画。");
    school.pressed = 0;
    pty_school_key(&school, pty, GA_KEY_ENTER, 3);
    pty_school_type(&school, pty, "y");
    pty_school_press(&school, pty, GA_CTRL('S'), "现在打开吗");
    pty_school_press(&school, pty, GA_KEY_ENTER, "▶父亲电话");
    pty_school_key(&school, pty, GA_CTRL('U'), 1);
    pty_type(pty, "13998765432");
    pty_school_press(&school, pty, GA_CTRL('S'), "已录 1/5");
    keys += school.pressed;
    assert_true(keys <= VISIT_KEYS_MAX);
    pty_school_wait(pty, "▶    4 崔子乐"); /* the next row */
}

/* Walk 1.6: nobody at home. No text is asked for, the duty stays open, the try is counted. */
static void type_row_4(struct pty *pty)
{
    school.pressed = 0;
    pty_school_press(&school, pty, '4', "家访记录 · 崔子乐");
    pty_school_wait(pty, "2026-11-21");
    pty_school_key(&school, pty, GA_KEY_ENTER, 3);
    pty_school_press(&school, pty, '2', "✓2 家中无人");
    pty_school_key(&school, pty, GA_KEY_ENTER, 2);
    pty_school_wait(pty, "▶下次查看");
    pty_school_type(&school, pty, "28");
    pty_school_press(&school, pty, GA_KEY_ENTER, "2026年11月28日");
    pty_school_press(&school, pty, GA_CTRL('S'), "已录 2/5");
    assert_true(school.pressed <= VISIT_KEYS_MAX);
    pty_school_wait(pty, "家中无人");
}

/* Walk 1.7. */
static void type_quiet_row(struct pty *pty, uint32_t row, const char *name, const char *saved)
{
    const int keys = type_visit(pty, row, name, "1", "没有什么不一样。");
    pty_school_wait(pty, "没有什么不一样。");
    pty_key(pty, GA_CTRL('S'));
    pty_school_wait(pty, saved);
    assert_true(keys + 1 <= VISIT_KEYS_MAX);
}

static void expect_row(const char *words, const char *wanted)
{
    const char *said = pty_school_run(&school, words);
    if (strstr(said, wanted) == NULL)
        print_message("# no '%s' in:\n%s\n", wanted, said);
    assert_non_null(strstr(said, wanted));
}

static void a_trip_is_planned_printed_and_typed_in_by_row_number(void **state)
{
    (void)state;
    plan_a_trip();
    school.today = "2026-11-23";
    struct pty *pty = pty_school_open(&school, "阶段家访");
    type_row_3(pty);
    type_row_4(pty);
    type_quiet_row(pty, '2', "彭红军", "已录 3/5");
    type_quiet_row(pty, '5', "黄宁", "已录 4/5");
    pty_school_wait(pty, "▶    1 何丽");
    pty_school_leave(pty);
    expect_row("list child --where \"name = '彭英俊'\"", "13998765432");
    char words[80];
    snprintf(words, sizeof(words), "history child %.36s", strchr(pty_school_run(&school, "list child --where \"name = '彭英俊'\""), '\n') + 1);
    expect_row(words, "13345803940"); /* the old number is not lost */
    expect_row("list home_visit --where \"visited_on = '2026-11-21'\"", "not_home");
    expect_row("checklist --class '三年级(2)班' --month 2026-11", "11/24");
    assert_non_null(strstr(pty_school_run(&school, "due --class '三年级(2)班' --duty visit_month"), "崔子乐")); /* a try leaves it open */
}

/* Walk 3.3: the clerk types a colleague's trip: it is the colleague's, the title says so, and it ends with the page. */
static void a_colleagues_trip_is_typed_in_for_the_colleague(void **state)
{
    (void)state;
    school.user = "小罗";
    struct pty *pty = pty_school_open(&school, "按出门单录入");
    pty_school_press(&school, pty, GA_KEY_DOWN, "按数字选择");
    pty_school_press(&school, pty, pty_school_digit_of(pty, "按出门单录入"), "已录 4/5"); /* the first screen leads there */
    pty_school_press(&school, pty, '1', "家访记录 · 何丽");
    pty_school_wait(pty, "代 周老师 录入 · 小罗");
    pty_school_key(&school, pty, GA_KEY_ENTER, 3);
    pty_school_press(&school, pty, '2', "✓2 家中无人");
    pty_school_press(&school, pty, GA_CTRL('S'), "已保存");
    pty_school_wait(pty, "已录 5/5");
    pty_school_press(&school, pty, GA_KEY_ESC, "找孩子");
    assert_true(pty_wait_gone(pty, "代 周老师"));
    pty_school_leave(pty);
    expect_row("list home_visit --where \"visited_on = '2026-11-21' AND outcome = 'not_home' AND visitor = '周老师'\"", "周老师");
    school.user = "周老师";
}

int main(int argc, char **argv)
{
    school.program = argc > 1 ? argv[1] : "src/guanai";
    school.forms = argc > 2 ? argv[2] : "forms";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trip_is_planned_printed_and_typed_in_by_row_number),
        cmocka_unit_test(a_colleagues_trip_is_typed_in_for_the_colleague),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
