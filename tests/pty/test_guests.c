/* A school and a guest of one of its classes, each at the real program, one stick between them: met, used, ended. */
#include "pty_meeting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school, guest;
static struct fake_sticks fake;

static void meet(struct pty *here, struct pty *there)
{
    char digits[36];
    pty_school_press(&school, here, '8', "还没有。受限电脑只有一个班");
    pty_school_press(&school, here, '1', "给它哪一个班、哪一个校点？");
    pty_school_press(&school, here, GA_KEY_DOWN, "三年级(2)班");
    pty_school_press(&school, here, GA_KEY_ENTER, "怎么做（一个U盘");
    pty_meeting_with_stick(&school, here, '1', "第 1 步做完");
    pty_school_press(&guest, there, '8', "让本机成为学校的受限电脑");
    pty_school_press(&guest, there, '3', "怎么做（一个U盘");
    pty_meeting_with_stick(&guest, there, '1', "这台电脑叫什么");
    pty_school_press(&guest, there, GA_KEY_ENTER, "第 2 步做完：已答复石桥镇中心小学");
    pty_school_read_digits(there, digits);
    pty_meeting_with_stick(&school, here, '1', "石桥教学点 只能看到 三年级(2)班");
    pty_school_wait(here, digits);
    pty_school_type(&school, here, "y");
    pty_school_press(&school, here, GA_KEY_ENTER, "第 3 步做完：给石桥教学点的资料已写到U盘");
    pty_meeting_with_stick(&guest, there, '1', "石桥镇中心小学已经核对");
    pty_school_press(&guest, there, 'y', "全部做完：本机是石桥镇中心小学的受限电脑");
    pty_school_press(&guest, there, GA_KEY_ESC, "只有：三年级(2)班");
}

static void a_school_and_its_guest_meet_exchange_and_part_by_pages_on_both_sides(void **state)
{
    (void)state;
    pty_school_run(&school, "add child name=何丽 grade=三年级 class=2 >/dev/null 2>&1");
    pty_school_run(&school, "add child name=彭英俊 grade=三年级 class=1 >/dev/null 2>&1");
    struct pty *here = pty_school_open(&school, "首页"), *there = pty_school_open(&guest, "首页");
    pty_meeting_open_exchange(&school, here);
    pty_meeting_open_exchange(&guest, there);
    school.pressed = guest.pressed = 0;
    meet(here, there);
    print_message("# keys: %d at the school, %d at the guest\n", school.pressed, guest.pressed);
    assert_true(school.pressed <= 10 && guest.pressed <= 10);
    pty_school_press(&school, here, GA_KEY_ESC, "石桥教学点  三年级(2)班，11月27日起；从没收到过");
    pty_school_press(&school, here, GA_KEY_ESC, "先收U盘上的");
    pty_meeting_with_stick(&school, here, '1', "受限电脑，最近 11月27日 收到第");
    pty_school_press(&school, here, '8', "最近收到 11月27日");
    pty_school_press(&school, here, '2', "停用哪一台？");
    pty_school_press(&school, here, GA_KEY_ENTER, "停用石桥教学点？");
    pty_school_press(&school, here, 'y', "三年级(2)班，11月27日停用");
    pty_school_press(&school, here, GA_KEY_ESC, "受限电脑，已停用");
    pty_meeting_with_stick(&school, here, '3', "这次不做");
    pty_school_wait(here, "第 5 包"); /* its own; 1 and 3 were, the guest's 2 and 4 */
    pty_school_wait(here, "可以拔出");
    pty_school_press(&guest, there, GA_KEY_ESC, "先收U盘上的");
    pty_meeting_with_stick(&guest, there, '1', "石桥镇中心小学 11月27日 停用了本机");
    pty_school_leave(here);
    pty_school_leave(there);
    pty_school_expect(&guest, "list child", "何丽");
    pty_school_expect_not(&guest, "list child", "彭英俊");
}

/* ---- start, stop ---- */

static int start(void **state)
{
    (void)state;
    return pty_meeting_start(&fake, &school, &guest, "石桥教学点");
}

static int stop(void **state)
{
    (void)state;
    return pty_meeting_stop(&fake, &school, &guest);
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school = pty_meeting_side(argv, "小罗");
    guest = pty_meeting_side(argv, "何老师");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_school_and_its_guest_meet_exchange_and_part_by_pages_on_both_sides, start, stop),
    };
    return cmocka_run_group_tests_name("pty: guests", tests, NULL, NULL);
}
