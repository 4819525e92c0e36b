/* The papers for an inspection in the real program: walks 1.12 and 2.9 on the township, what is printed read back. */
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

static struct pty_school school = {.today = "2026-11-23", .user = "周老师"};

/* Those met on Saturday's trip; 何丽 was seen before, of 崔子乐 nobody was at home. */
static void type_saturday(const char *name)
{
    char words[300], id[64] = "";
    snprintf(words, sizeof(words), "find %s", name);
    const char *row = strstr(pty_school_run(&school, words), "三年级(2)班");
    assert_non_null(row);
    while (row[-1] != '\n')
        row--;
    snprintf(id, sizeof(id), "%.36s", row);
    snprintf(words, sizeof(words), "add home_visit child=%s visited_on=2026-11-21 outcome=met met=grandmother_f child_present=1 concerns=ok", id);
    pty_school_run(&school, words);
}

static int start(void **state)
{
    *state = &school;
    pty_school_start(&school, "石桥镇中心小学");
    setenv("HOME", school.folder, 1); /* where the sheets are written */
    pty_school_take_township(&school);
    pty_school_run(&school, "add duty_choice duty=visit_month is_on=1 from_on=2026-11-01 'class=三年级(2)班'");
    pty_school_run(&school, "add class_teacher 'class=三年级(2)班' teacher=周老师 from_on=2026-09-01");
    type_saturday("彭英俊");
    type_saturday("彭红军");
    type_saturday("黄宁");
    pty_school_run(&school, "add activity title=防溺水教育 kind=law held_on=2026-10-16 place=操场 organiser=school open_to=school sessions=1 other_pupils=30");
    return 0;
}

/* The workbooks so named as tests/harness/sheet_text.py reads them. */
static void read_sheet(const char *name, struct ga_str *sheet)
{
    char words[900], path[200];
    snprintf(path, sizeof(path), "%s/sheet.txt", school.folder);
    snprintf(words, sizeof(words), "python3 '%s/../tests/harness/sheet_text.py' '%s'/%s > '%s'", school.forms, school.folder, name, path);
    assert_int_equal(system(words), 0);
    ga_str_finish(sheet);
    assert_int_equal(ga_io_read_file(ga_io_system(), path, 1 << 20, sheet, NULL), GA_OK);
}

static void expect(const struct ga_str *sheet, const char *wanted)
{
    if (strstr(ga_str_text(sheet), wanted) == NULL)
        print_message("# no '%s' in\n%.3000s\n", wanted, ga_str_text(sheet));
    assert_non_null(strstr(ga_str_text(sheet), wanted));
}

/* How many lines further down: no new row above moves the test. */
static int lines_between(struct pty *pty, const char *from, const char *to)
{
    struct ga_str screen = {0};
    int lines = 0;
    pty_dump(pty, &screen);
    const char *at = strstr(ga_str_text(&screen), from), *end = strstr(ga_str_text(&screen), to);
    assert_true(at != NULL && end > at);
    for (; at < end; at++)
        lines += *at == '\n';
    ga_str_finish(&screen);
    return lines;
}

static struct pty *open_papers(void)
{
    struct pty *pty = pty_school_open(&school, "找孩子");
    pty_school_press(&school, pty, GA_KEY_DOWN, "按数字选择");
    pty_school_press(&school, pty, '0', "迎检资料");
    pty_school_key(&school, pty, GA_KEY_DOWN, lines_between(pty, "▶", "迎检资料"));
    pty_school_wait(pty, "▶ e  迎检资料");
    pty_school_press(&school, pty, GA_KEY_ENTER, "全学期");
    return pty;
}

/* Walk 1.12: 11 of 24 on the checklist, in the list of dues, on the printed class sheet, and in the papers. */
static void eleven_of_twenty_four_stands_everywhere(void **state)
{
    (void)state;
    int done = 0;
    struct ga_str sheet = {0};
    assert_non_null(strstr(pty_school_run(&school, "checklist --class '三年级(2)班' --month 2026-11"), "11/24"));
    for (const char *p = pty_school_run(&school, "due --class '三年级(2)班' --duty visit_month --from 2026-11-01 --to 2026-11-30 --state done,done_late");
         (p = strchr(p, '\n')) != NULL && p[1] != '\0'; p++)
        done++;
    assert_int_equal(done, 11);
    assert_non_null(strstr(pty_school_run(&school, "materials"), "visit_month\t家访\t0/0\t0/0\t11/24"));
    struct pty *pty = pty_school_open(&school, "找孩子");
    pty_school_press(&school, pty, GA_KEY_F(3), "花名册");
    pty_school_press(&school, pty, 'c', "三年级(2)班");
    pty_school_type(&school, pty, "7");
    pty_school_press(&school, pty, GA_KEY_ENTER, "花名册 · 三年级(2)班");
    pty_school_press(&school, pty, 'm', "班级月记表 · 三年级(2)班");
    pty_school_wait(pty, "第1人，共24人");
    pty_school_press(&school, pty, GA_KEY_F(12), "已写好，可以打印");
    pty_school_leave(pty);
    read_sheet("班级月记表*2026-11.xlsx", &sheet);
    expect(&sheet, "家访 11/24");
    expect(&sheet, "paper=9 portrait pages_wide=1");
    ga_str_finish(&sheet);
}

/* Walk 2.9: what is there by month, what is missing, from which class; back to the same cell; the files. */
static void the_papers_of_the_term_show_what_is_missing(void **state)
{
    (void)state;
    static const char *const wanted[] = {"# 迎检资料 2026年秋季学期", "家访\t\t\t11/24 !", "集体活动\t缺\t1\t缺", "家访记录\t127\t129 !\t77 !", "家访记录\t10月\t",
                                         "# 缺什么 2026年秋季学期", "家访\t11月\t三年级(2)班\t11\t24\t13", "# 活动 2026年秋季学期", "防溺水教育",
                                         "# 各月记录 2026年秋季学期"};
    struct ga_str sheet = {0};
    school.user = "吴校长";
    struct pty *pty = open_papers();
    pty_school_wait(pty, "11/24 !");
    for (int i = 0; i < 5; i++)
        pty_school_key(&school, pty, GA_KEY_DOWN, 1);
    pty_school_wait(pty, "家访 · 11月: 已有 11，应有 24，缺 13");
    pty_school_press(&school, pty, GA_KEY_ENTER, "已有 11/24，缺 13");
    pty_school_wait(pty, "1 / 12"); /* one class, eleven visits */
    pty_school_press(&school, pty, GA_KEY_ENTER, "检查表 · 三年级(2)班 · 11月");
    pty_school_press(&school, pty, GA_KEY_ESC, "1 / 12");
    pty_school_press(&school, pty, GA_KEY_DOWN, "2 / 12");
    pty_school_press(&school, pty, GA_KEY_ENTER, "家访记录 · 汤红博");
    pty_school_press(&school, pty, GA_KEY_ESC, "2 / 12");
    pty_school_press(&school, pty, GA_KEY_ESC, "家访 · 11月: 已有 11，应有 24，缺 13");
    pty_school_press(&school, pty, GA_KEY_F(12), "迎检资料-2026-1.xlsx");
    pty_school_press(&school, pty, GA_KEY_F(11), "活动一览表-2026-1.xlsx");
    pty_school_leave(pty);
    read_sheet("迎检资料-2026-1.xlsx", &sheet);
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
        expect(&sheet, wanted[i]);
    assert_null(strstr(ga_str_text(&sheet), "5204242018")); /* no ID number goes into the folder */
    read_sheet("活动一览表-2026-1.xlsx", &sheet);
    expect(&sheet, "paper=9 landscape");
    expect(&sheet, "1\t2026-10-16\t防溺水教育\t法制教育\t操场\t周老师\t0\t0/30 0.0 %");
    ga_str_finish(&sheet);
}

int main(int argc, char **argv)
{
    school.program = argc > 1 ? argv[1] : "src/guanai";
    school.forms = argc > 2 ? argv[2] : "forms";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eleven_of_twenty_four_stands_everywhere),
        cmocka_unit_test(the_papers_of_the_term_show_what_is_missing),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
