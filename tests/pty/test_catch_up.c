/* The computer stood still from 18 September to 23 November: it starts with what ran out, and goes on after a power cut. */
#include "pty_school.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school;

static const char *run(const char *words)
{
    return pty_school_run(&school, words);
}

/* One child of each of two classes; 周老师 founded the archive, so she sees the school. */
static int start(void **state)
{
    *state = &school;
    school.today = "2026-09-18";
    pty_school_start(&school, "石桥镇中心小学");
    run("add child name=何丽 grade=三年级 class=2 marked_left_behind=是 2>/dev/null");
    run("add child name=杨梅 grade=三年级 class=1 marked_left_behind=是 2>/dev/null");
    run("add duty_choice duty=talk_month is_on=1 from_on=2026-09-01");
    school.today = "2026-11-23";
    return 0;
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(&school, pty, key, wanted);
}

static int missed(void)
{
    int lines = -1;
    for (const char *p = run("due --from 2026-09-01 --to 2026-11-22 --state missed"); *p != '\0'; p++)
        lines += *p == '\n';
    return lines;
}

static void it_starts_with_the_page_and_esc_leads_on(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "停用后补记 · 9月18日 – 11月23日");
    pty_school_wait(pty, "三年级(1)班");
    press(pty, GA_KEY_ESC, "找孩子");
    pty_school_wait(pty, "9月18日 – 11月23日 没有保存过");
    press(pty, GA_KEY_DOWN, "▶ 1   停用后补记");
    press(pty, GA_KEY_ENTER, "三年级(1)班");
    press(pty, GA_KEY_ESC, "找孩子");
    press(pty, '0', "停用后补记：停用期间过了期的任务");
    pty_school_leave(pty);
    assert_true(missed() > 0);
}

/* A reason for one class, then the plug is pulled: it stands, the rest is offered again. */
static void after_a_power_cut_it_goes_on_with_what_is_left(void **state)
{
    (void)state;
    const int before = missed();
    struct pty *pty = pty_school_open(&school, "三年级(1)班");
    press(pty, GA_KEY_ENTER, "给哪些写原因");
    press(pty, '2', "共写 2 条记录");
    pty_school_type(&school, pty, "停电，电脑送修");
    press(pty, GA_KEY_ENTER, "待校长确认");
    assert_true(pty_wait_gone(pty, "三年级(1)班"));
    pty_school_end(pty, SIGKILL);
    const int between = missed();
    assert_true(between > 0 && between < before);
    pty = pty_school_open(&school, "9月18日 – 11月23日 没有保存过");
    pty_school_key(&school, pty, GA_KEY_DOWN, 1);
    press(pty, GA_KEY_ENTER, "三年级(2)班");
    school.pressed = 0;
    press(pty, 'a', "共写 2 条记录");
    pty_school_type(&school, pty, "停电");
    press(pty, GA_KEY_ENTER, "都有记录，或者写了原因");
    assert_true(school.pressed <= 8);
    press(pty, GA_KEY_ESC, "找孩子");
    assert_true(pty_wait_gone(pty, "没有保存过"));
    pty_school_leave(pty);
    assert_int_equal(missed(), 0);
}

static void where_nothing_ran_out_nobody_sees_the_page(void **state)
{
    (void)state;
    school.today = "2026-09-18";
    pty_school_owe_visits_only(&school);
    school.today = "2026-11-23";
    struct pty *pty = pty_school_open(&school, "在校学生");
    assert_false(pty_shows(pty, "没有保存过"));
    pty_school_leave(pty);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, pty_school_stop)

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school = (struct pty_school){.program = argv[1], .forms = argv[2], .user = "周老师"};
    const struct CMUnitTest tests[] = {
        CASE(it_starts_with_the_page_and_esc_leads_on),
        CASE(after_a_power_cut_it_goes_on_with_what_is_left),
        CASE(where_nothing_ran_out_nobody_sees_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
