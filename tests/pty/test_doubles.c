/* Two files of one child in the real program: found, linked, seen together, parted again. */
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

static int start(void **state)
{
    *state = &school;
    pty_school_start(&school, "红岩村小学");
    pty_school_run(&school, "add child name=李子轩 sex=男 birth_date=2017-5-3 grade=三年级 class=2 village=红岩村"
                            " father_phone=13812345678");
    pty_school_run(&school, "add child name=李梓萱 sex=男 birth_date=2017-5-3 grade=四年级 class=1 village=红岩村"
                            " father_phone=13812345678 nickname=石头");
    pty_school_run(&school, "add home_visit child=2 visited_on=2026-11-20 outcome=not_home");
    return 0;
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(&school, pty, key, wanted);
}

/* The way from the first page to the child's file: its name, Enter. */
static void open_child(struct pty *pty, const char *typed, const char *wanted)
{
    pty_type(pty, typed);
    assert_true(pty_wait(pty, wanted));
    press(pty, GA_KEY_ENTER, "[1 基本]");
}

static void two_files_are_found_linked_and_seen_as_one(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "在校学生");
    assert_true(pty_wait(pty, "2 人"));
    press(pty, GA_KEY_F(11), "共 1 对");
    press(pty, GA_KEY_ENTER, "是同一个孩子吗");
    press(pty, '1', "没有发现");
    press(pty, GA_KEY_ESC, "1 人"); /* counted once at once */
    open_child(pty, "shitou", "李子轩"); /* by the nickname of the file that stands behind */
    assert_true(pty_wait(pty, "[另有 档号"));
    press(pty, '5', "家访记录"); /* its visit */
    assert_true(pty_wait(pty, "重复档案核对"));
    press(pty, '=', "以左边为主");
    assert_true(pty_wait(pty, "李梓萱"));
    pty_school_leave(pty);
    assert_null(strstr(pty_school_run(&school, "list child"), "李梓萱"));
    assert_non_null(strstr(pty_school_run(&school, "list child"), "李子轩"));
}

static void linked_files_are_parted_again(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "在校学生");
    open_child(pty, "lzx", "李子轩");
    press(pty, '=', "以左边为主");
    press(pty, 'u', "两个孩子");
    pty_type(pty, "是双胞胎");
    assert_true(pty_wait(pty, "是双胞胎"));
    press(pty, GA_KEY_ENTER, "[1 基本]");
    assert_true(pty_wait_gone(pty, "[另有 档号"));
    press(pty, GA_KEY_ESC, "2 人");
    pty_school_leave(pty);
    assert_non_null(strstr(pty_school_run(&school, "list child"), "李梓萱"));
    assert_non_null(strstr(pty_school_run(&school, "list same_child"), "是双胞胎"));
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school = (struct pty_school){.program = argv[1], .forms = argv[2]};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_files_are_found_linked_and_seen_as_one),
        cmocka_unit_test(linked_files_are_parted_again),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
