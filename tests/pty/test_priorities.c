/* The board of priorities in the real program: walk 1.14 (five children move at once), walk 2.7 (whom nobody reached). */
#include "pty_school.h"

#include "guanai/base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 24 };

static struct pty_school school;

/* Walks' set-up: the roster, its refused rows mended, the visits. */
static int start_township(void **state)
{
    *state = &school;
    school.today = "2026-11-27";
    pty_school_start(&school, "石桥镇中心小学");
    pty_school_take_township(&school);
    return 0;
}

static int lines_with(const char *text, const char *part)
{
    int count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        count++;
    return count;
}

/* The digit that stands before a text on the screen. */
static uint32_t digit_of(struct pty *pty, const char *text)
{
    struct ga_str screen = {0};
    pty_school_wait(pty, "按数字选择");
    pty_dump(pty, &screen);
    const char *at = strstr(ga_str_text(&screen), text);
    assert_non_null(at);
    while (*at != '\n')
        at--;
    const uint32_t digit = (uint32_t)at[strcspn(at, "123456789")];
    ga_str_finish(&screen);
    return digit;
}

/* The page of what is needed now and then stands behind 0 on the first one. */
static void open_from_more(struct pty *pty, char digit, const char *wanted)
{
    pty_key(pty, GA_KEY_DOWN);
    pty_school_press(&school, pty, '0', "三个优先");
    pty_school_press(&school, pty, (uint32_t)digit, wanted);
}

static void a_lesson_for_the_next_five_moves_the_board_for_five_at_once(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_from_more(pty, '5', "0/329");
    pty_school_press(&school, pty, 'c', "哪个班？");
    pty_type(pty, "三2");
    pty_school_wait(pty, "三年级(2)班");
    pty_school_press(&school, pty, GA_KEY_ENTER, "0/24");
    pty_school_press(&school, pty, 'a', "已选 5 / ");
    pty_school_press(&school, pty, GA_CTRL('S'), "“科目”必须填写");
    pty_school_press(&school, pty, '2', "2 数学");
    pty_school_press(&school, pty, GA_CTRL('S'), "!1/2 11-27");
    pty_school_press(&school, pty, GA_KEY_ENTER, "5: 何丽、崔子乐、黄宁、李福春、林娜艳");
    pty_school_press(&school, pty, GA_KEY_ESC, "0 个上课日没有轮到 · 本月 1/2");
    pty_school_press(&school, pty, 'n', "先轮到的在前");
    pty_school_wait(pty, "还没有轮到过");
    pty_school_press(&school, pty, 'p', "5/5");
    pty_school_wait(pty, "100.0 %");
    pty_key(pty, GA_KEY_ESC);
    pty_school_wait(pty, "先轮到的在前");
    pty_school_leave(pty);
    const char *board = pty_school_run(&school, "priorities --class '三年级(2)班' --priority study");
    assert_int_equal(lines_with(board, "study\t1\t2\t2026-11-27\t周老师\t0\n"), 5);
    assert_int_equal(lines_with(board, "study\t0\t2\t"), CHILDREN - 5);
}

/* A line of the headteacher's first screen; the numbers that failed stand below. */
static void whom_nobody_reached_for_60_school_days_with_the_numbers_that_failed(void **state)
{
    (void)state;
    school.today = "2026-11-30";
    const char *found = pty_school_run(&school, "find 郭梅梓");
    char add[300], id[40] = "";
    snprintf(id, sizeof(id), "%.36s", strchr(found, '\n') + 1);
    snprintf(add, sizeof(add), "edit child %s father_phone=13812345678", id);
    pty_school_run(&school, add);
    snprintf(add, sizeof(add), "add parent_call child=%s called_on=2026-11-20 whom=father outcome=no_answer", id);
    pty_school_run(&school, add);
    struct pty *pty = pty_school_open(&school, "不能等"); /* worked out: a key before that comes first */
    pty_key(pty, GA_KEY_DOWN);
    pty_school_press(&school, pty, digit_of(pty, "长期没有联系上"), "60 个上课日没有联系上");
    pty_school_wait(pty, "2026-09-01 联系上，已过 61 个上课日");
    pty_school_wait(pty, "13812345678");
    pty_school_leave(pty);
    pty_school_run(&school, "add class_teacher 'class=三年级(2)班' teacher=林老师 from_on=2026-09-01");
    school.user = "林老师"; /* who made the archive sees the school */
    pty = pty_school_open(&school, "不能等");
    open_from_more(pty, '5', "三年级(2)班 · 11月"); /* a class teacher's board is that of the class */
    pty_school_wait(pty, "0/24");
    pty_school_leave(pty);
    school.user = "周老师";
    const char *list = pty_school_run(&school, "priorities --not-reached 60");
    assert_non_null(strstr(list, "郭梅梓\t一年级\t2026-09-01\t61\t13812345678 "));
    assert_int_equal(lines_with(list, "\n"), 6);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_lesson_for_the_next_five_moves_the_board_for_five_at_once, start_township, pty_school_stop),
        cmocka_unit_test_setup_teardown(whom_nobody_reached_for_60_school_days_with_the_numbers_that_failed, start_township, pty_school_stop),
    };
    school.program = argc > 1 ? argv[1] : "src/guanai";
    school.forms = argc > 2 ? argv[2] : "forms";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
