/* Harm is reported from anywhere, passed on, answered; a child becomes a key child: walks 1.8, 2.2, 2.3 of the township. */
#include "pty_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school;

/* The roster of 700, its refused rows mended, the visits on paper. */
static int start(void **state)
{
    *state = &school;
    pty_school_start(&school, "石桥镇中心小学");
    pty_school_take_township(&school);
    pty_school_run(&school, "add class_teacher class='三年级(2)班' teacher=周老师 from_on=2026-09-01 >/dev/null");
    return 0;
}

static void open_file(struct pty *pty, const char *typed, const char *wanted)
{
    pty_type(pty, typed);
    pty_school_wait(pty, wanted);
    pty_key(pty, GA_KEY_ENTER);
    pty_school_wait(pty, "回车 打开");
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(&school, pty, key, wanted);
}

/* Walk 1.8: what was seen on Saturday asks for the report itself; three keys later she writes her line. */
static void a_visit_to_a_child_nobody_guards_leads_to_the_report(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_file(pty, "何丽", "三年级(2)班");
    pty_type(pty, "n");
    pty_school_wait(pty, "要记录什么");
    pty_type(pty, "1");
    pty_school_wait(pty, "* 家中情况");
    pty_type(pty, "21");
    pty_school_wait(pty, "2026年11月21日 周六");
    for (int i = 0; i < 4; i++)
        pty_key(pty, GA_KEY_ENTER);
    pty_school_wait(pty, "▶见到谁");
    pty_type(pty, "0");
    pty_school_wait(pty, "邻居");
    pty_type(pty, "邻居");
    pty_key(pty, GA_KEY_ENTER);
    pty_school_wait(pty, "✓· 邻居");
    pty_key(pty, GA_KEY_ENTER);
    pty_key(pty, GA_KEY_ENTER);
    pty_school_wait(pty, "▶家中情况");
    pty_type(pty, "57"); /* fire, alone at night */
    pty_school_wait(pty, "夜间独处");
    for (int i = 0; i < 5; i++)
        pty_key(pty, GA_KEY_ENTER);
    pty_school_wait(pty, "▶下次查看");
    pty_type(pty, "28");
    pty_school_wait(pty, "2026年11月28日");
    school.pressed = 0;
    press(pty, GA_CTRL('S'), "无人监护须报告");
    press(pty, GA_KEY_ENTER, "▶看到了什么");
    assert_true(school.pressed <= 3);
    pty_school_wait(pty, "突发事件·强制报告 · 何丽");
    pty_school_wait(pty, "无人监护");
    pty_school_wait(pty, "2026年11月21日");
    pty_school_wait(pty, "红岩村");
    pty_type(pty, "孩子独自做饭，灶边放着被褥，夜里一个人睡。");
    pty_school_wait(pty, "一个人睡。");
    pty_key(pty, GA_CTRL('S'));
    pty_school_wait(pty, "须立即向公安、民政或教育部门报告");
    pty_school_leave(pty);
    const char *said = pty_school_run(&school, "list incident --where \"must_report = 1 AND passed_on = 0\"");
    assert_non_null(strstr(said, "2026-11-21")); /* happened */
    assert_non_null(strstr(said, "2026-11-23")); /* written down: from here the hours count */
}

/* Walk 2.2: seven days later, eight keys beside name and time; it stays on top until there is an answer. */
static void the_headteacher_passes_the_report_on_and_waits_for_the_answer(void **state)
{
    (void)state;
    school.user = "吴校长";
    school.today = "2026-11-30";
    struct pty *pty = pty_school_open(&school, "! 何丽 报告未上报");
    school.pressed = 0;
    pty_school_key(&school, pty, GA_KEY_DOWN, 1);
    press(pty, '1', "强制报告与上报");
    pty_school_wait(pty, "未上报");
    press(pty, GA_KEY_ENTER, "何丽 · 未上报 · 已过 ");
    pty_school_wait(pty, "孩子独自做饭，灶边放着被褥，夜里一个人睡。");
    press(pty, '2', "▶对方经办人");
    pty_school_wait(pty, "上报给     民政办");
    pty_type(pty, "王主任");
    press(pty, GA_KEY_ENTER, "▶上报时间");
    pty_type(pty, "0742");
    pty_school_wait(pty, "0742");
    press(pty, GA_CTRL('S'), "待回音");
    assert_true(school.pressed <= 8);
    pty_key(pty, GA_KEY_ESC);
    pty_school_wait(pty, "! 何丽 上报待回音");
    pty_school_leave(pty);
    assert_non_null(strstr(pty_school_run(&school, "list referral"), "王主任"));
}

/* Walk 2.3: reason 1, the owner and himself filled in; the star, the weekly contact are there at once. */
static void a_child_becomes_a_key_child_with_its_plan(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_file(pty, "何丽", "三年级(2)班");
    press(pty, 'k', "何丽为什么列为重点");
    pty_school_wait(pty, "1 无人监护");
    press(pty, '1', "▶主要问题");
    pty_school_wait(pty, "帮扶教师     周老师");
    pty_school_wait(pty, "领导小组成员 吴校长");
    pty_type(pty, "独自生活，用火不安全");
    press(pty, GA_KEY_ENTER, "▶目标");
    pty_type(pty, "有人照看，每天有热饭");
    pty_school_wait(pty, "有热饭");
    press(pty, GA_CTRL('S'), "★ 何丽");
    pty_school_leave(pty);
    assert_non_null(strstr(pty_school_run(&school, "list care_plan"), "none_guards"));
    assert_non_null(strstr(pty_school_run(&school, "due --owner 周老师 --duty key_week"), "何丽"));
    pty_school_expect_not(&school, "due --duty key_week --state all --from 2026-11-01 --to 2026-11-29", "missed"); /* nobody knew */
    school.user = "周老师";
    pty = pty_school_open(&school, "每周联系");
    pty_school_leave(pty);
    assert_null(strstr(pty_school_run(&school, "due --duty plan_review"), "何丽"));
    school.today = "2026-12-30"; /* a month later the plan is to be looked at again */
    assert_non_null(strstr(pty_school_run(&school, "due --owner 周老师 --duty plan_review"), "2027-01-06"));
}

static void the_answer_ends_the_waiting(void **state)
{
    (void)state;
    school.user = "吴校长";
    school.today = "2026-12-02";
    struct pty *pty = pty_school_open(&school, "! 何丽 上报待回音");
    pty_school_key(&school, pty, GA_KEY_DOWN, 1);
    press(pty, '1', "民政办 王主任");
    press(pty, GA_KEY_ENTER, "何丽 · 待回音");
    press(pty, '1', "▶答复日期");
    pty_type(pty, "2");
    pty_school_wait(pty, "2026年12月2日");
    press(pty, GA_KEY_ENTER, "▶答复");
    pty_type(pty, "村里安排亲戚同住");
    pty_school_wait(pty, "亲戚同住");
    press(pty, GA_CTRL('S'), "已答复");
    pty_school_leave(pty);
    school.user = "周老师";
}


/* One key from the file, over a dialog that stands there; another form's words are kept. */
static void nothing_that_stands_on_the_page_is_in_the_way(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_file(pty, "彭英俊", "三年级(2)班");
    pty_type(pty, "n");
    pty_school_wait(pty, "要记录什么");
    pty_type(pty, "2");
    pty_school_wait(pty, "谈心");
    pty_type(pty, "20");
    pty_school_wait(pty, "2026年11月20日");
    pty_key(pty, GA_KEY_ENTER);
    pty_key(pty, GA_KEY_F(3)); /* a dialog over a form that is not finished */
    pty_school_wait(pty, "不知道");
    pty_key(pty, GA_CTRL(']'));
    pty_school_wait(pty, "突发事件·强制报告 · 彭英俊");
    pty_type(pty, "手臂有伤");
    pty_school_wait(pty, "手臂有伤");
    pty_key(pty, GA_CTRL(']')); /* once is enough */
    pty_school_wait(pty, "这就是报告");
    pty_key(pty, GA_CTRL('S'));
    pty_school_wait(pty, "须立即向公安");
    pty_school_wait(pty, "不知道"); /* the dialog stands there as before */
    pty_key(pty, GA_KEY_ESC);
    pty_key(pty, GA_KEY_ESC);
    pty_school_wait(pty, "回车 打开");
    pty_school_leave(pty);
    assert_non_null(strstr(pty_school_run(&school, "list incident --where \"what = '手臂有伤'\""), "手臂有伤"));
    pty = pty_school_open(&school, "彭英俊 的谈心");
    pty_school_leave(pty);
}

/* Nobody knows the child's name in the archive: what was heard of it is all there is. */
static void a_child_that_is_not_in_the_archive_is_reported_too(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    pty_key(pty, GA_CTRL(']'));
    pty_school_wait(pty, "报告哪个孩子");
    pty_type(pty, "桥头新来的男孩");
    pty_school_wait(pty, "用这个姓名建档");
    pty_key(pty, GA_KEY_ENTER);
    pty_school_wait(pty, "突发事件·强制报告 · 桥头新来的男孩");
    pty_type(pty, "被人关在屋里");
    pty_school_wait(pty, "被人关在屋里");
    pty_key(pty, GA_CTRL('S'));
    pty_school_wait(pty, "须立即向公安");
    pty_school_wait(pty, "找孩子");
    pty_school_leave(pty);
    assert_non_null(strstr(pty_school_run(&school, "find 桥头新来的男孩"), "桥头新来的男孩"));
}

static void the_key_stands_in_the_help_of_every_page(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "强制报告");
    open_file(pty, "彭英俊", "三年级(2)班");
    pty_key(pty, GA_KEY_F(1));
    pty_school_wait(pty, "Ctrl-]");
    pty_school_leave(pty);
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school.program = argv[1];
    school.forms = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_visit_to_a_child_nobody_guards_leads_to_the_report),
        cmocka_unit_test(the_headteacher_passes_the_report_on_and_waits_for_the_answer),
        cmocka_unit_test(a_child_becomes_a_key_child_with_its_plan),
        cmocka_unit_test(the_answer_ends_the_waiting),
        cmocka_unit_test(nothing_that_stands_on_the_page_is_in_the_way),
        cmocka_unit_test(a_child_that_is_not_in_the_archive_is_reported_too),
        cmocka_unit_test(the_key_stands_in_the_help_of_every_page),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
