/* What the first pages count before and after Saturday's trip, the reasons that wait with it: walks 1.1, 2.1, 2.6 of the township. */
#include "pty_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CLASS "--class '三年级(2)班'"

static struct pty_school school;

static struct pty *sit_down(const char *user, const char *today, const char *wanted)
{
    school.user = user;
    school.today = today;
    return pty_school_open(&school, wanted);
}

/* Walks' set-up; of this class only the visit of the month is owed. */
static int start(void **state)
{
    *state = &school;
    school.user = "吴校长";
    school.today = "2026-11-20";
    pty_school_begin_walk(&school);
    pty_school_owe_visits_only(&school);
    return 0;
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(&school, pty, key, wanted);
}

/* By the numbers before the lines, which come with the mark. */
static void open_line(struct pty *pty, const char *line, const char *wanted)
{
    press(pty, GA_KEY_DOWN, "按数字选择");
    press(pty, pty_school_digit_of(pty, line), wanted);
}

/* Is all of it on the page at once, one below the other? */
static void expect_in_order(struct pty *pty, const char *const *texts, size_t count)
{
    struct ga_str page = {0};
    pty_dump(pty, &page);
    const char *at = ga_str_text(&page);
    for (size_t i = 0; i < count; i++) {
        at = at == NULL ? NULL : strstr(at, texts[i]);
        if (at == NULL)
            fail_msg("no '%s' in its place on:\n%s", texts[i], ga_str_text(&page));
    }
    ga_str_finish(&page);
}

/* The sheet on paper, read as text. */
static void expect_printed(const char *wanted)
{
    char words[900];
    snprintf(words, sizeof(words), "python3 '%s/../tests/harness/sheet_text.py' '%s'/*2026-11.xlsx > '%s/sheet.txt' && grep -q '%s' '%s/sheet.txt'",
             school.forms, school.folder, school.folder, wanted, school.folder);
    assert_int_equal(system(words), 0);
}

/* 58 pupils, 24 marked, these eight visited by the import; the same on the first page, checklist, command line, paper. */
static void before_the_trip_eight_of_twenty_four_stand_everywhere(void **state)
{
    (void)state;
    static const char *const visited[] = {"汤红博", "杨梅", "姚田华", "余安阳", "杨龙", "何丽", "史晨志", "宋涵"};
    pty_school_expect(&school, "list child " CLASS " | sed 1d | wc -l", "58\n");
    pty_school_expect(&school, "list child --where \"marked_left_behind = 1 AND grade = 'g3' AND class = '2'\" | sed 1d | wc -l", "24\n");
    pty_school_expect(&school, "due " CLASS " --duty visit_month --state done | sed 1d | wc -l", "8\n");
    for (size_t i = 0; i < sizeof(visited) / sizeof(visited[0]); i++)
        pty_school_expect(&school, "due " CLASS " --duty visit_month --state done", visited[i]);
    pty_school_expect(&school, "due " CLASS " --duty visit_month | sed 1d | wc -l", "16\n");
    pty_school_expect(&school, "checklist " CLASS " --month 2026-11", "8/24");
    struct pty *pty = sit_down("周老师", "2026-11-20", "16 人，最晚 11月30日（8/24 已完成）");
    open_line(pty, "各班检查表", "8/24");
    press(pty, GA_KEY_ENTER, "检查表 · 三年级(2)班 · 11月");
    pty_school_wait(pty, "8/24");
    press(pty, 'm', "班级月记表 · 三年级(2)班");
    press(pty, GA_KEY_F(12), "已写好，可以打印");
    pty_school_leave(pty);
    expect_printed("家访 8/24");
}

static void say_why(const char *name)
{
    char words[300], id[37];
    snprintf(words, sizeof(words), "find %s | sed -n 2p", name);
    memcpy(id, pty_school_run(&school, words), 36);
    id[36] = '\0';
    snprintf(words, sizeof(words), "excuses say visit_month ill --child %s --period 2026-11 --because 住院 >/dev/null 2>&1", id);
    pty_school_run(&school, words);
}

static void after_saturday(void)
{
    char words[300], id[37];
    school.user = "周老师";
    school.today = "2026-11-23";
    pty_school_visit(&school, "彭英俊", "outcome=met met=grandmother_f concerns=ok");
    pty_school_visit(&school, "彭红军", "outcome=met met=grandmother_f concerns=ok");
    pty_school_visit(&school, "黄宁", "outcome=met met=grandmother_f concerns=ok");
    pty_school_visit(&school, "崔子乐", "outcome=not_home");
    memcpy(id, pty_school_run(&school, "find 何丽 | sed -n 2p"), 36);
    id[36] = '\0';
    snprintf(words, sizeof(words), "add incident child=%s happened_on=2026-11-23 written_at=12:50 kind=unguarded what=一个人做饭 found_by=周老师"
             " >/dev/null 2>&1", id);
    pty_school_run(&school, words);
    say_why("李福春");
    say_why("林娜艳");
}

/* Walk 2.1: the open report, the ten nobody guards, what the classes have done, what is sent back, the two reasons that wait: in this order. */
static void the_headteachers_monday_stands_on_one_page(void **state)
{
    (void)state;
    static const char *const lines[] = {"! 何丽 报告未上报", "小时没有上报（11月23日 12:50）", "! 无人监护", "10 人：何丽 侯冬凤",
                                        "各班检查表", "应做 22，已做 11（50.0 %）", /* who lies ill owes no visit */
                                        "退回", "未补 0", "待确认", "说明 2 条"};
    after_saturday();
    struct pty *pty = sit_down("吴校长", "2026-11-30", "报告未上报");
    expect_in_order(pty, lines, sizeof(lines) / sizeof(lines[0]));
    open_line(pty, "各班检查表", "▶ 三年级(2)班      50.0 %     11 待确认 2");
    pty_school_leave(pty);
}

/* Walk 2.5: what goes back is counted on both first pages until it is mended, there and on the list. */
static void what_is_sent_back_is_counted_until_it_is_mended(void **state)
{
    (void)state;
    struct pty *pty = sit_down("吴校长", "2026-11-30", "报告未上报");
    open_line(pty, "各班检查表", "11/22");
    press(pty, GA_KEY_ENTER, "检查表 · 三年级(2)班 · 11月");
    while (!pty_shows(pty, "彭英俊 · 家访"))
        pty_school_key(&school, pty, GA_KEY_DOWN, 1), pty_pump(pty, 50);
    press(pty, 'b', "退回：彭英俊 11-21 家访");
    pty_type(pty, "写清孩子睡在哪里");
    press(pty, GA_KEY_ENTER, "已退回：写清孩子睡在哪里");
    pty_school_leave(pty);
    pty = sit_down("吴校长", "2026-11-30", "未补 1");
    pty_school_leave(pty);
    pty = sit_down("周老师", "2026-11-30", "退回 1");
    pty_school_wait(pty, "写清孩子睡在哪里");
    pty_school_leave(pty);
}

/* Walk 2.6: the signature confirms the class's reasons by the same act; nothing of them waits any more. */
static void the_months_signature_confirms_both_reasons(void **state)
{
    (void)state;
    struct pty *pty = sit_down("吴校长", "2026-11-30", "说明 2 条");
    open_line(pty, "待确认", "待确认 2");
    school.pressed = 0;
    press(pty, 's', "仍有 11 项未完成，照签？");
    press(pty, 'y', "三年级(2)班 已审签，未完成 11 项 · 确认说明 2 条");
    assert_in_range(school.pressed, 1, 6);
    press(pty, GA_KEY_ESC, "应做 22，已做 11（50.0 %）");
    assert_false(pty_shows(pty, "待确认"));
    pty_school_leave(pty);
    pty_school_expect(&school, "excuses --month 2026-11 | sed 1d | wc -l", "0\n");
    pty_school_expect(&school, "list duty_outcome --where \"confirmed_by = '吴校长' AND confirmed_on = '2026-11-30'\" | sed 1d | wc -l", "2\n");
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school.program = argv[1];
    school.forms = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_the_trip_eight_of_twenty_four_stand_everywhere),
        cmocka_unit_test(the_headteachers_monday_stands_on_one_page),
        cmocka_unit_test(what_is_sent_back_is_counted_until_it_is_mended),
        cmocka_unit_test(the_months_signature_confirms_both_reasons),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
