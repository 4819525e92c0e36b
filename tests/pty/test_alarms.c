/* What must not wait, in the real program over the township's roster: walks 1.1, 2.1 and the first half of 2.3. */
#include "pty_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school;

/* 吴校长 is the administrator; 周老师 has 三年级(2)班, of which 8 of 24 were visited in November by the import. */
static int start(void **state)
{
    *state = &school;
    char words[600];
    school.user = "吴校长";
    school.today = "2026-11-20";
    pty_school_start(&school, "石桥镇中心小学");
    snprintf(words, sizeof(words), "import child '%s/township-700.csv' >/dev/null 2>&1 || [ $? = 1 ]", GUANAI_ROSTERS);
    pty_school_run(&school, words);
    snprintf(words, sizeof(words), "import home_visit '%s/township-700-visits.csv' >/dev/null 2>&1 || [ $? = 1 ]", GUANAI_ROSTERS);
    pty_school_run(&school, words);
    pty_school_run(&school, "add class_teacher 'class=三年级(2)班' teacher=周老师 from_on=2026-09-01");
    pty_school_run(&school, "add duty_choice duty=visit_month is_on=1 from_on=2026-11-01 'class=三年级(2)班'");
    return 0;
}

/* Friday, 20 November: in words and in this order, on one page. */
static void the_teachers_friday_stands_on_one_page(void **state)
{
    (void)state;
    school.user = "周老师";
    struct pty *pty = pty_school_open(&school, "! 何丽 无人监护");
    pty_school_wait(pty, "未报告，11月20日起");
    pty_school_wait(pty, "16 人，最晚 11月30日");
    pty_school_wait(pty, "姚田华 (11月22日，9 岁)");
    assert_false(pty_shows(pty, "侯冬凤")); /* of another's class */
    pty_key(pty, GA_KEY_DOWN);
    pty_school_wait(pty, "1   ! 何丽");
    pty_type(pty, "1");
    pty_school_wait(pty, "不能等 · 周老师 · 无人监护");
    pty_key(pty, GA_KEY_ENTER);
    pty_school_wait(pty, "突发事件·强制报告");
    pty_school_leave(pty);
}

/* 何丽's report of 23 November, found open on the 30th, 07:35 or whenever the test runs. */
static void the_headteachers_monday_begins_with_the_open_report_then_the_ten(void **state)
{
    (void)state;
    char words[400];
    school.today = "2026-11-23";
    const char *list = strstr(pty_school_run(&school, "alarms --alarm unguarded"), "\n");
    const char *heli = list == NULL ? NULL : strstr(list, "\t何丽\t");
    assert_non_null(heli);
    snprintf(words, sizeof(words), "add incident child=%.36s happened_on=2026-11-23 written_at=12:50 kind=unguarded what=一个人做饭过夜 found_by=周老师",
             heli - 36);
    pty_school_run(&school, words);
    school.user = "吴校长";
    school.today = "2026-11-30";
    struct pty *pty = pty_school_open(&school, "! 何丽 报告未上报");
    pty_school_wait(pty, "小时没有上报（11月23日 12:50）");
    pty_school_wait(pty, "10 人：何丽 侯冬凤");
    pty_key(pty, GA_KEY_DOWN);
    pty_school_wait(pty, "2   ! 无人监护");
    pty_type(pty, "2");
    pty_school_wait(pty, "1 / 10");
    pty_school_wait(pty, "▶ 无人监护       何丽");
    pty_key(pty, GA_KEY_DOWN);
    pty_school_wait(pty, "▶ 无人监护       侯冬凤   一年级(2)班     6 许家村 未报告，11月20日起");
    pty_school_leave(pty);
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school = (struct pty_school){.program = argv[1], .forms = argv[2]};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_teachers_friday_stands_on_one_page),
        cmocka_unit_test(the_headteachers_monday_begins_with_the_open_report_then_the_ten),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
