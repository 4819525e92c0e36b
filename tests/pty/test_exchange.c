/* Two computers and one stick, in the real program: a teaching point joins; walks 3.2, 3.9, 3.10, 3.12, their keys counted. */
#include "pty_meeting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school, point; /* 中心校 with 小罗 at the keys; 石桥教学点 with 何老师 */
static struct fake_sticks fake;

/* ---- the stick ---- */

__attribute__((format(printf, 1, 2))) static const char *shell(const char *format, ...)
{
    static char said[8000];
    char line[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    said[fread(said, 1, sizeof(said) - 1, pipe)] = '\0';
    assert_int_equal(pclose(pipe), 0);
    return said;
}

static const char *stick(void)
{
    static char path[80];
    snprintf(path, sizeof(path), "%s/media/luo/BLUE", fake.root);
    return path;
}

/* Everything that lies there but in our folder, with its bytes' sum. */
static void list_theirs(char *ret_listed, size_t size)
{
    snprintf(ret_listed, size, "%s", shell("cd '%s' && find . -path ./guanai -prune -o -print | sort && find . -path ./guanai -prune -o -type f "
                                           "-exec cksum {} + | sort", stick()));
}

static void mount(const char *line)
{
    char table[300];
    snprintf(table, sizeof(table), "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n%s", line);
    fake_sticks_put(&fake, "/proc/self/mountinfo", table);
}

/* ---- the pages ---- */

static void open_joining(struct pty_school *at, struct pty *pty)
{
    pty_meeting_open_exchange(at, pty);
    pty_school_press(at, pty, '5', "怎么做（一个U盘");
}

static void run_at(struct pty_school *at, const char *verb, const char *place)
{
    char words[300];
    snprintf(words, sizeof(words), "sync %s '%s' >/dev/null 2>&1 || [ $? = 1 ]", verb, place);
    pty_school_run(at, words);
}

static void carry(struct pty_school *at)
{
    run_at(at, "import", stick());
    run_at(at, "export", stick());
}

static void add_child(struct pty_school *at, const char *fields)
{
    char words[300];
    snprintf(words, sizeof(words), "add child %s >/dev/null 2>&1", fields);
    pty_school_run(at, words);
}

/* Without the pages: what other tests begin with. */
static void join(void)
{
    char digits[40], words[300];
    snprintf(words, sizeof(words), "sync pair invite '%s'", stick());
    pty_school_run(&school, words);
    snprintf(words, sizeof(words), "sync pair join '%s' 石桥教学点", stick());
    snprintf(digits, sizeof(digits), "%s", pty_school_run(&point, words));
    digits[strcspn(digits, "\n")] = '\0';
    snprintf(words, sizeof(words), "sync pair answer '%s' '%s'", stick(), digits);
    pty_school_run(&school, words);
    snprintf(words, sizeof(words), "sync pair finish '%s' '%s'", stick(), digits);
    pty_school_run(&point, words);
}

/* ---- joining ---- */

static void a_teaching_point_joins_by_pages_on_both_sides(void **state)
{
    (void)state;
    char digits[36];
    add_child(&school, "name=何丽 grade=三年级 class=2");
    school.pressed = point.pressed = 0;
    struct pty *here = pty_school_open(&school, "首页"), *there = pty_school_open(&point, "这里还没有孩子的档案");
    open_joining(&school, here);
    pty_meeting_with_stick(&school, here, '1', "第 1 步做完");
    pty_school_key(&point, there, GA_KEY_DOWN, 1);
    pty_school_press(&point, there, '1', "怎么做（一个U盘"); /* the first page of an empty archive names it */
    pty_meeting_with_stick(&point, there, '2', "这台电脑叫什么？");
    pty_school_type(&point, there, "石桥教学点");
    pty_school_press(&point, there, GA_KEY_ENTER, "第 2 步做完");
    pty_school_read_digits(there, digits);
    pty_meeting_with_stick(&school, here, '1', "石桥教学点 申请加入");
    pty_school_wait(here, digits);
    pty_school_type(&school, here, "y");
    pty_school_press(&school, here, GA_KEY_ENTER, "第 3 步做完：石桥教学点 可以加入了");
    pty_school_wait(here, "可以拔出");
    pty_meeting_with_stick(&point, there, '2', "刚才在学校的电脑上也是这六组数字吗？");
    pty_school_press(&point, there, 'y', "全部做完：这台电脑已加入石桥镇中心小学");
    pty_school_wait(there, "收到学校的 1 次保存");
    print_message("# keys: %d at the school, %d at the teaching point\n", school.pressed, point.pressed);
    assert_true(school.pressed <= 12 && point.pressed <= 18);
    pty_school_leave(here);
    pty_school_leave(there);
    pty_school_expect(&point, "find hl", "何丽");
}

static void other_digits_let_nobody_in_and_groups_may_be_typed(void **state)
{
    (void)state;
    char digits[36], groups[20];
    struct pty *here = pty_school_open(&school, "首页");
    open_joining(&school, here);
    pty_meeting_with_stick(&school, here, '1', "第 1 步做完");
    struct pty *there = pty_school_open(&point, "首页");
    open_joining(&point, there);
    pty_meeting_with_stick(&point, there, '2', "这台电脑叫什么？");
    pty_school_type(&point, there, "石桥教学点");
    pty_school_press(&point, there, GA_KEY_ENTER, "第 2 步做完");
    pty_school_read_digits(there, digits);
    pty_meeting_with_stick(&school, here, '1', "石桥教学点 申请加入");
    snprintf(groups, sizeof(groups), "%.4s%c", digits, digits[4] == '9' ? '0' : digits[4] + 1);
    pty_school_type(&school, here, groups);
    pty_school_press(&school, here, GA_KEY_ENTER, "数字不一样：什么也没有做");
    pty_meeting_with_stick(&school, here, '1', "石桥教学点 申请加入");
    snprintf(groups, sizeof(groups), "%.11s", digits + 6); /* the second and the third group */
    pty_school_type(&school, here, groups);
    pty_school_press(&school, here, GA_KEY_ENTER, "第 3 步做完");
    pty_school_leave(here);
    pty_school_leave(there);
}

/* The power fails, somebody closes the page, the stick comes back a day later: the same key goes on. */
static void whoever_was_interrupted_goes_on_where_they_were(void **state)
{
    (void)state;
    char digits[36], again[36];
    struct pty *pty = pty_school_open(&school, "首页");
    open_joining(&school, pty);
    pty_meeting_with_stick(&school, pty, '1', "第 1 步做完");
    pty_school_end(pty, 9);
    pty = pty_school_open(&point, "首页");
    open_joining(&point, pty);
    pty_meeting_with_stick(&point, pty, '2', "这台电脑叫什么？");
    pty_school_key(&point, pty, GA_KEY_ESC, 1);
    assert_true(pty_wait_gone(pty, "这台电脑叫什么？"));
    pty_meeting_with_stick(&point, pty, '2', "这台电脑叫什么？");
    pty_school_type(&point, pty, "石桥教学点");
    pty_school_press(&point, pty, GA_KEY_ENTER, "第 2 步做完");
    pty_school_read_digits(pty, digits);
    pty_school_end(pty, 9);
    pty = pty_school_open(&point, "首页");
    open_joining(&point, pty);
    pty_meeting_with_stick(&point, pty, '2', "第 2 步做完"); /* not asked again, the same digits */
    pty_school_read_digits(pty, again);
    assert_string_equal(again, digits);
    pty_school_leave(pty);
    pty = pty_school_open(&school, "首页");
    open_joining(&school, pty);
    pty_meeting_with_stick(&school, pty, '1', "石桥教学点 申请加入");
    pty_school_end(pty, 9);
    pty = pty_school_open(&school, "首页");
    open_joining(&school, pty);
    pty_meeting_with_stick(&school, pty, '1', "石桥教学点 申请加入");
    pty_school_wait(pty, digits);
    pty_school_type(&school, pty, "y");
    pty_school_press(&school, pty, GA_KEY_ENTER, "第 3 步做完");
    pty_school_leave(pty);
    pty = pty_school_open(&point, "首页");
    open_joining(&point, pty);
    pty_meeting_with_stick(&point, pty, '2', "刚才在学校的电脑上也是这六组数字吗？");
    pty_school_end(pty, 9);
    pty = pty_school_open(&point, "首页");
    open_joining(&point, pty);
    pty_meeting_with_stick(&point, pty, '2', "刚才在学校的电脑上也是这六组数字吗？");
    pty_school_press(&point, pty, 'y', "全部做完");
    pty_meeting_with_stick(&point, pty, '2', "早已加入石桥镇中心小学");
    pty_school_leave(pty);
}

/* ---- walk 3.9 ---- */

static void exporting_takes_eight_keys_at_most_and_is_read_back(void **state)
{
    (void)state;
    join();
    add_child(&school, "name=何丽 grade=三年级 class=2");
    struct pty *pty = pty_school_open(&school, "在校学生");
    school.pressed = 0;
    pty_meeting_open_exchange(&school, pty);
    pty_meeting_with_stick(&school, pty, '3', "已核对 1 次保存，可以拔出");
    print_message("# %d keys to export\n", school.pressed);
    assert_true(school.pressed <= 8);
    pty_school_wait(pty, "写了 1 次保存，第 1 包");
    pty_school_wait(pty, "这次不做");
    pty_school_leave(pty);
    run_at(&point, "import", stick());
    pty_school_expect(&point, "find hl", "何丽");
}

/* What an earlier pull left is no bundle to anybody, and goes with the next try. */
static void what_was_pulled_too_early_is_written_again_and_never_offered(void **state)
{
    (void)state;
    join();
    add_child(&school, "name=何丽 grade=三年级 class=2");
    fake_sticks_put(&fake, "/media/luo/BLUE/guanai/0123456789abcdef.gab.part", "half of it");
    struct pty *there = pty_school_open(&point, "首页");
    pty_meeting_open_exchange(&point, there);
    pty_meeting_with_stick(&point, there, '2', "上面没有别的电脑写的");
    struct pty *here = pty_school_open(&school, "在校学生");
    pty_meeting_open_exchange(&school, here);
    pty_meeting_with_stick(&school, here, '3', "已核对 1 次保存，可以拔出");
    assert_string_equal(shell("ls '%s/guanai' | grep -c part || true", stick()), "0\n");
    pty_meeting_with_stick(&point, there, '2', "收到 1 次保存：生效 1，已有 0，暂存 0，拒收 0");
    pty_school_leave(here);
    pty_school_leave(there);
}

/* ---- walk 3.10 ---- */

static void a_protected_a_damaged_and_a_foreign_stick_say_one_sentence_each(void **state)
{
    (void)state;
    char before[4000], after[4000];
    struct pty_school other = {.program = school.program, .forms = school.forms, .user = "外校", .today = "2026-11-27"};
    join();
    pty_school_start(&other, "双河小学");
    add_child(&other, "name=外校生");
    run_at(&other, "export", stick());
    add_child(&school, "name=何丽 grade=三年级 class=2");
    fake_sticks_put(&fake, "/media/luo/BLUE/autorun.inf", "[autorun]\nopen=virus.exe\n");
    fake_sticks_put(&fake, "/media/luo/BLUE/作业.exe", "MZ");
    fake_sticks_put(&fake, "/media/luo/BLUE/照片.lnk", "L");
    fake_sticks_put(&fake, "/media/luo/BLUE/教案.doc/教案.exe", "MZ");
    list_theirs(before, sizeof(before));
    struct pty *pty = pty_school_open(&school, "在校学生");
    pty_meeting_open_exchange(&school, pty);
    pty_meeting_with_stick(&school, pty, '1', "别的学校的");
    pty_school_wait(pty, "已核对 1 次保存，可以拔出");
    mount("36 22 8:17 / /media/luo/BLUE ro - vfat /dev/sdb1 ro\n");
    pty_meeting_with_stick(&school, pty, '3', "这个U盘现在只能读，写不进去");
    pty_school_wait(pty, "没有安全拔出");
    pty_school_wait(pty, "没有完成");
    fake_sticks_put(&fake, "/sys/class/block/sdb1/ro", "1\n");
    pty_meeting_with_stick(&school, pty, '1', "U盘写保护了");
    pty_school_wait(pty, "上面的资料还可以收：按 2");
    pty_meeting_with_stick(&school, pty, '2', "别的学校的");
    pty_meeting_with_stick(&school, pty, '3', "U盘写保护了");
    pty_school_leave(pty);
    list_theirs(after, sizeof(after));
    assert_string_equal(after, before);
    pty_school_remove(&other);
}

static void a_virus_that_took_our_folders_name_is_left_alone(void **state)
{
    (void)state;
    shell("rm -rf '%s/guanai'", stick());
    fake_sticks_put(&fake, "/media/luo/BLUE/guanai", "MZ");
    struct pty *pty = pty_school_open(&school, "首页");
    pty_meeting_open_exchange(&school, pty);
    pty_meeting_with_stick(&school, pty, '1', "不是文件夹：U盘上有别的");
    pty_school_wait(pty, "病毒");
    pty_school_wait(pty, "4 核对、拔出");
    assert_false(pty_shows(pty, "上面的资料还可以收"));
    pty_school_leave(pty);
    assert_string_equal(shell("cat '%s/guanai'", stick()), "MZ");
}

/* ---- walk 3.2 ---- */

/* Three children that both have, in `ids`. */
static void three_are_known_to_both(char ids[3][37])
{
    static const char *const names[] = {"何丽", "彭英俊", "彭红军"};
    char words[200];
    for (int i = 0; i < 3; i++) {
        snprintf(words, sizeof(words), "name=%s grade=三年级 class=2", names[i]);
        add_child(&school, words);
        snprintf(words, sizeof(words), "find %s | sed -n 2p", names[i]);
        snprintf(ids[i], 37, "%.36s", pty_school_run(&school, words));
    }
    carry(&school);
    carry(&point);
    carry(&school);
}

/* The school's computer takes three bundles, says so, and is then put back as it was before. */
static void three_bundles_are_lost(void)
{
    shell("cp -r '%s/data' '%s/old'", school.folder, school.folder);
    for (int i = 0; i < 3; i++) {
        char child[40];
        snprintf(child, sizeof(child), "name=孩子%d", i);
        add_child(&point, child);
        run_at(&point, "export", stick());
    }
    carry(&school);
    carry(&point);
    shell("rm -rf '%s/data' && mv '%s/old' '%s/data'", school.folder, school.folder, school.folder);
}

static void move_to(struct pty_school *at, const char *id, const char *village)
{
    char words[200];
    snprintf(words, sizeof(words), "edit child %s village=%s >/dev/null 2>&1", id, village);
    pty_school_run(at, words);
}

static void the_stick_of_a_teaching_point_brings_what_is_there_and_says_what_lacks(void **state)
{
    (void)state;
    char ids[3][37];
    join();
    three_are_known_to_both(ids);
    three_bundles_are_lost();
    for (int i = 0; i < 3; i++) {
        move_to(&school, ids[i], "大湾村");
        move_to(&point, ids[i], "双溪村");
    }
    run_at(&point, "export", stick());
    struct pty *pty = pty_school_open(&school, "在校学生");
    school.pressed = 0;
    pty_meeting_open_exchange(&school, pty);
    pty_meeting_with_stick(&school, pty, '2', "生效 3");
    pty_school_wait(pty, "石桥教学点缺第");
    pty_school_wait(pty, "填得不一样：3 处要定下来");
    print_message("# %d keys to take a stick in\n", school.pressed);
    assert_true(school.pressed <= 8);
    pty_school_key(&school, pty, GA_KEY_ESC, 1);
    pty_school_press(&school, pty, GA_KEY_ESC, "填得不一样的 3 处"); /* it stays on the first page until it is empty */
    pty_school_wait(pty, "石桥教学点缺第");
    pty_school_wait(pty, "请那边按 9（全部重发）再拿U盘来"); /* the stick alone brings again what it brought */
    pty_school_leave(pty);
    pty_school_run(&school, "sync resolve 1 1 2 1 3 1 >/dev/null 2>&1"); /* the teacher was rung; the digits of three rows */
    pty = pty_school_open(&school, "石桥教学点缺第");
    assert_false(pty_shows(pty, "填得不一样的"));
    pty_school_leave(pty);
}

/* What one side believes the other to have it does not write again: until somebody says that it lacks something. */
static void what_a_computer_lacks_is_written_whole_on_a_key_of_the_other(void **state)
{
    (void)state;
    join();
    three_bundles_are_lost();
    add_child(&point, "name=何丽");
    run_at(&point, "export", stick());
    struct pty *here = pty_school_open(&school, "首页"), *there = pty_school_open(&point, "首页");
    pty_meeting_open_exchange(&school, here);
    pty_meeting_with_stick(&school, here, '2', "生效 1");
    pty_school_wait(here, "石桥教学点缺第");
    pty_school_wait(here, "在那台电脑的这一页按 9（全部重发）");
    point.pressed = 0;
    pty_meeting_open_exchange(&point, there);
    pty_school_wait(there, "9  全部重发");
    pty_meeting_with_stick(&point, there, '9', "已核对 4 次保存，可以拔出");
    print_message("# %d keys to write all\n", point.pressed);
    assert_true(point.pressed <= 8);
    pty_meeting_with_stick(&school, here, '2', "生效 3");
    assert_false(pty_shows(here, "缺第"));
    assert_false(pty_shows(here, "按 9"));
    pty_school_leave(here);
    pty_school_leave(there);
    pty_school_expect(&school, "find 孩子1", "孩子1");
}

/* Fourteen days without a stick, and after an exchange nothing is said any more. */
static void whoever_was_not_heard_of_for_long_is_named_until_a_stick_comes(void **state)
{
    (void)state;
    join();
    add_child(&school, "name=赵小川 grade=三年级 class=2");
    struct pty *pty = pty_school_open(&school, "石桥教学点还没有交换过");
    pty_school_leave(pty);
    carry(&point);
    carry(&school);
    school.today = "2026-12-12";
    pty = pty_school_open(&school, "石桥教学点 15 天没有交换");
    school.pressed = 0;
    pty_school_press(&school, pty, GA_KEY_DOWN, "按数字选择");
    pty_school_press(&school, pty, pty_school_digit_of(pty, "石桥教学点 15 天"), "先收U盘上的");
    carry(&point);
    pty_meeting_with_stick(&school, pty, '1', "可以拔出");
    pty_school_key(&school, pty, GA_KEY_ESC, 1);
    assert_true(pty_wait_gone(pty, "天没有交换"));
    pty_school_wait(pty, "在校学生");
    pty_school_leave(pty);
}

/* ---- walk 3.12 ---- */

static void the_backup_of_the_day_is_shown_and_one_goes_to_the_stick(void **state)
{
    (void)state;
    add_child(&school, "name=何丽 grade=三年级 class=2");
    struct pty *pty = pty_school_open(&school, "在校学生");
    pty_school_leave(pty); /* the day's first start makes it */
    pty = pty_school_open(&school, "在校学生");
    school.pressed = 0;
    pty_school_open_more(&school, pty, "备份", "最近一次备份 11月27日");
    pty_school_wait(pty, "条，已打开核对");
    pty_school_press(&school, pty, 'c', "哪一个U盘？");
    pty_school_press(&school, pty, '1', "可以拔出");
    print_message("# %d keys to a backup on the stick\n", school.pressed);
    assert_true(school.pressed <= 6);
    pty_school_leave(pty);
    assert_string_equal(shell("ls '%s' | grep -c 'guanai-2026-11-27.*[.]db$'", stick()), "1\n");
}

/* ---- start, stop ---- */

static int start(void **state)
{
    (void)state;
    school.today = "2026-11-27";
    return pty_meeting_start(&fake, &school, &point, "石桥教学点");
}

static int stop(void **state)
{
    (void)state;
    return pty_meeting_stop(&fake, &school, &point);
}

#define WITH_STICK(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school = pty_meeting_side(argv, "小罗");
    point = pty_meeting_side(argv, "何老师");
    const struct CMUnitTest tests[] = {
        WITH_STICK(a_teaching_point_joins_by_pages_on_both_sides),
        WITH_STICK(other_digits_let_nobody_in_and_groups_may_be_typed),
        WITH_STICK(whoever_was_interrupted_goes_on_where_they_were),
        WITH_STICK(exporting_takes_eight_keys_at_most_and_is_read_back),
        WITH_STICK(what_was_pulled_too_early_is_written_again_and_never_offered),
        WITH_STICK(a_protected_a_damaged_and_a_foreign_stick_say_one_sentence_each),
        WITH_STICK(a_virus_that_took_our_folders_name_is_left_alone),
        WITH_STICK(the_stick_of_a_teaching_point_brings_what_is_there_and_says_what_lacks),
        WITH_STICK(what_a_computer_lacks_is_written_whole_on_a_key_of_the_other),
        WITH_STICK(whoever_was_not_heard_of_for_long_is_named_until_a_stick_comes),
        WITH_STICK(the_backup_of_the_day_is_shown_and_one_goes_to_the_stick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
