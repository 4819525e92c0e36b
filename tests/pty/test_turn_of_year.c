/* The turn of the year on one evening: everybody a grade up, class teachers, a class handed over with both names. */
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

static const char *run(const char *words)
{
    return pty_school_run(&school, words);
}

static int start(void **state)
{
    *state = &school;
    school.today = "2026-11-23";
    pty_school_start(&school, "石桥镇中心小学");
    setenv("HOME", school.folder, 1); /* where the sheet is written */
    run("add child name=何丽 grade=三年级 class=2 marked_left_behind=是 2>/dev/null");
    run("add child name=崔子乐 grade=三年级 class=2 marked_left_behind=是 2>/dev/null");
    run("add child name=杨梅 grade=五年级 class=1 2>/dev/null");
    run("add class_teacher class='三年级(2)班' teacher=周老师 from_on=2026-09-01");
    school.today = "2027-08-31";
    run("add class_teacher class='八年级(1)班' teacher=谢老师 from_on=2027-08-31"); /* the computer was in use these days */
    return 0;
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(&school, pty, key, wanted);
}

/* A row of More, from its end up: rows before and behind it may be others some day. */
static struct pty *open_from_more(const char *row, const char *wanted)
{
    struct pty *pty = pty_school_open(&school, "在校学生");
    pty_school_key(&school, pty, GA_KEY_DOWN, 1);
    press(pty, '0', "不能等");
    press(pty, GA_KEY_END, "改动的表单");
    for (int i = 0; i < 20 && !pty_school_marks(pty, row); i++) {
        pty_key(pty, GA_KEY_UP);
        pty_pump(pty, 300);
    }
    assert_true(pty_school_marks(pty, row));
    press(pty, GA_KEY_ENTER, wanted);
    return pty;
}

/* The headteacher: up, two names, one key for all others; 周老师's duties are 李老师's from then on. */
static void class_teachers_are_said_with_few_keys_and_what_is_owed_follows(void **state)
{
    (void)state;
    struct pty *pty = open_from_more("学年末：全体升级", "一步一步来");
    press(pty, '5', "全体升级？");
    press(pty, '1', "✓ 已于 2027-08-31 完成");
    press(pty, '6', "接着带？");
    school.pressed = 0;
    press(pty, GA_KEY_ENTER, "新学年谁当班主任？");
    pty_school_type(&school, pty, "李老师");
    press(pty, GA_KEY_ENTER, "四年级(2)班：李老师");
    press(pty, GA_KEY_DOWN, "▶ 六年级(1)班");
    press(pty, GA_KEY_ENTER, "新学年谁当班主任？");
    pty_school_type(&school, pty, "孙老师");
    press(pty, GA_KEY_ENTER, "六年级(1)班：孙老师");
    assert_true(school.pressed <= 12);
    press(pty, 'y', "都已确认过了");
    pty_school_leave(pty);
    school.today = "2027-09-06";
    assert_non_null(strstr(run("due --class '四年级(2)班'"), "李老师"));
    assert_null(strstr(run("due --class '四年级(2)班'"), "周老师"));
}

/* From the year's list: filled in, the taker typed, saved, printed; signed on paper it is said so. */
static void a_class_is_handed_over_with_both_names(void **state)
{
    (void)state;
    char path[120], command[200];
    struct pty *pty = open_from_more("班级交接：档案交给下一位班主任", "三年级(2)班 周老师");
    school.pressed = 0;
    press(pty, GA_KEY_ENTER, "▶接收人");
    pty_school_wait(pty, "档案 2 份：留守 2 人");
    pty_school_type(&school, pty, "李老师");
    press(pty, GA_KEY_ENTER, "▶档案份数");
    press(pty, GA_CTRL('S'), "周老师 → 李老师");
    assert_true(school.pressed <= 6);
    press(pty, 'p', "已写好，可以打印");
    press(pty, GA_KEY_ENTER, "移交人已签字");
    pty_school_leave(pty);
    assert_non_null(strstr(run("list handover"), "李老师"));
    snprintf(path, sizeof(path), "%s/交接单-三年级(2)班-2027-08-31", school.folder);
    snprintf(command, sizeof(command), "ls '%s'.* >/dev/null", path);
    assert_int_equal(system(command), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, pty_school_stop)

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school = (struct pty_school){.program = argv[1], .forms = argv[2], .user = "吴校长"};
    const struct CMUnitTest tests[] = {
        CASE(class_teachers_are_said_with_few_keys_and_what_is_owed_follows),
        CASE(a_class_is_handed_over_with_both_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
