/* A school and its county, each at the real program, one stick between them. */
#include "pty_meeting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school, county;
static struct fake_sticks fake;

static void open_county(struct pty_school *at, struct pty *pty, const char *wanted)
{
    pty_meeting_open_exchange(at, pty);
    pty_school_press(at, pty, '7', wanted);
}

static void become_county(struct pty *pty)
{
    open_county(&county, pty, "这台是上级（教育局）的电脑");
    pty_school_press(&county, pty, '3', "这台是上级的电脑吗？");
    pty_school_press(&county, pty, 'y', "13 – 18");
    pty_school_press(&county, pty, GA_KEY_ESC, "密钥写到纸上了吗？");
    pty_school_press(&county, pty, 'y', "还没有学校与本机见面");
}

static void a_school_and_its_county_meet_by_pages_on_both_sides(void **state)
{
    (void)state;
    char digits[36];
    pty_school_run(&school, "add child name=何丽 grade=三年级 class=2 >/dev/null 2>&1");
    struct pty *here = pty_school_open(&school, "首页"), *there = pty_school_open(&county, "首页");
    become_county(there);
    school.pressed = county.pressed = 0;
    open_county(&school, here, "还没有上级收本校的资料");
    pty_school_press(&school, here, '1', "怎么做（一个U盘");
    pty_meeting_with_stick(&school, here, '1', "第 1 步做完");
    pty_school_press(&county, there, '2', "怎么做（一个U盘");
    pty_meeting_with_stick(&county, there, '1', "第 2 步做完：已答复石桥镇中心小学");
    pty_school_read_digits(there, digits);
    pty_meeting_with_stick(&school, here, '1', "云山县教育局 要读本校写的全部资料");
    pty_school_wait(here, digits);
    pty_school_type(&school, here, "y");
    pty_school_press(&school, here, GA_KEY_ENTER, "第 3 步做完");
    pty_school_wait(here, "次保存，可以拔出");
    pty_meeting_with_stick(&county, there, '1', "石桥镇中心小学已经核对");
    pty_school_press(&county, there, 'y', "全部做完：石桥镇中心小学");
    pty_school_wait(there, "收到学校的 2 次保存");
    pty_school_press(&county, there, GA_KEY_ESC, "石桥镇中心小学  今天");
    print_message("# keys: %d at the school, %d at the county\n", school.pressed, county.pressed);
    assert_true(school.pressed <= 14 && county.pressed <= 8);
    pty_school_press(&school, here, GA_KEY_ESC, "还没有收到回执");
    pty_school_press(&school, here, GA_KEY_ESC, "先收U盘上的");
    pty_meeting_with_stick(&school, here, '1', "回执：上级收到了哪些");
    pty_school_press(&school, here, '7', "本校写的，上级全都收到了");
    pty_school_leave(here);
    pty_school_leave(there);
    pty_school_expect(&county, "find hl", "何丽");
}

/* ---- start, stop ---- */

static int start(void **state)
{
    (void)state;
    return pty_meeting_start(&fake, &school, &county, "云山县教育局");
}

static int stop(void **state)
{
    (void)state;
    return pty_meeting_stop(&fake, &school, &county);
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school = pty_meeting_side(argv, "小罗");
    county = pty_meeting_side(argv, "县里张");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_school_and_its_county_meet_by_pages_on_both_sides, start, stop),
    };
    return cmocka_run_group_tests_name("pty: county", tests, NULL, NULL);
}
