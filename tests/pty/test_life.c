/* Walk 3.6: one child leaves with her mother, one comes back, one moves to the central school. */
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

static const char CONFIG[] = "school: 石桥镇中心小学\n"
                             "sites:\n"
                             "  - {code: main, label: {zh: 石桥中心校}, own: true}\n"
                             "  - {code: dawan, label: {zh: 大湾教学点}, paper: true}\n";

static void write_config(void)
{
    char path[120];
    snprintf(path, sizeof(path), "%s/data/config.yaml", school.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(CONFIG, file);
    assert_int_equal(fclose(file), 0);
}

static const char *run(const char *words)
{
    return pty_school_run(&school, words);
}

/* The roster of 700, which comes in but for six rows; a child of the teaching point; one who left in spring. */
static int start(void **state)
{
    *state = &school;
    char words[600];
    pty_school_start(&school, "石桥镇中心小学");
    write_config();
    snprintf(words, sizeof(words), "import child '%s/township-700.csv' >/dev/null 2>&1 || [ $? = 1 ]", GUANAI_ROSTERS);
    run(words);
    run("--today 2026-03-01 add child name=万小川 grade=三年级 village=大湾村 site=dawan");
    run("add child name=段石生 card_no=900 grade=二年级 class=1 village=红岩村");
    run("add status_change child=900 kind=transfer from_on=2026-03-01");
    return 0;
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(&school, pty, key, wanted);
}

static struct pty *open_child(const char *typed, const char *name)
{
    struct pty *pty = pty_school_open(&school, "在校学生");
    pty_type(pty, typed);
    pty_school_wait(pty, name);
    press(pty, GA_KEY_ENTER, "[1 基本]");
    school.pressed = 0;
    return pty;
}

/* 史晨志 goes to Wenzhou, without papers; she stays in November's figures up to the day. */
static void who_leaves_with_her_mother_counts_to_her_last_day(void **state)
{
    (void)state;
    char before[16000];
    strcpy(before, run("figures --on 2026-11-26"));
    struct pty *pty = open_child("scz", "史晨志");
    press(pty, 'l', "1 随父母外出");
    press(pty, '1', "2026-11-27");
    press(pty, GA_CTRL('S'), "[已离校 2026-11-27 随父母外出(借读)]");
    assert_true(school.pressed <= 8);
    pty_school_leave(pty);
    assert_string_equal(run("figures --on 2026-11-26"), before);
    assert_non_null(strstr(run("find 史晨志"), "2026-11-27"));
    assert_non_null(strstr(run("list child --class '三年级(2)班' --on 2026-11-26"), "史晨志"));
    assert_null(strstr(run("list child --class '三年级(2)班'"), "史晨志"));
}

/* The old file, with its number; nobody gets a second one. */
static void who_comes_back_has_the_file_he_had(void **state)
{
    (void)state;
    struct pty *pty = open_child("dss", "段石生");
    pty_school_wait(pty, "[已离校 2026-03-01 转学]");
    press(pty, 'b', "恢复这份档案");
    press(pty, GA_KEY_ENTER, "已记今天返乡复学");
    assert_true(pty_wait_gone(pty, "[已离校"));
    assert_true(school.pressed <= 8);
    pty_school_leave(pty);
    assert_non_null(strstr(run("list child --class '二年级(1)班'"), "段石生"));
    assert_null(strstr(run("list child --class '二年级(1)班' --on 2026-11-26"), "段石生"));
}

/* From the teaching point to the central school: site, class and day, and where he was before. */
static void who_moves_to_another_site_keeps_file_and_history(void **state)
{
    (void)state;
    struct pty *pty = open_child("wxc", "万小川");
    pty_school_wait(pty, "大湾教学点");
    press(pty, 'l', "3 转校点");
    press(pty, '3', "▶转到校点");
    press(pty, '1', "✓1 石桥中心校");
    press(pty, GA_KEY_ENTER, "▶到那里的年级");
    press(pty, GA_KEY_ENTER, "▶到那里的班级");
    pty_school_type(&school, pty, "2");
    press(pty, GA_CTRL('S'), "三年级(2)班");
    assert_true(school.pressed <= 8);
    press(pty, 'c', "班级和校点经历");
    pty_school_wait(pty, "石桥中心校");
    pty_school_wait(pty, "大湾教学点");
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait_gone(pty, "班级和校点经历"));
    press(pty, '5', "大湾教学点 → 石桥中心校");
    pty_school_leave(pty);
    assert_non_null(strstr(run("list child --class '三年级(2)班' --site main"), "万小川"));
    assert_null(strstr(run("list child --class '三年级(2)班' --on 2026-11-26"), "万小川"));
    assert_non_null(strstr(run("list child --site dawan --on 2026-11-26"), "万小川"));
}

/* 暂离: on the roll all the time, marked as long as it lasts. */
static void who_is_away_for_a_while_is_marked_and_stays_on_the_roll(void **state)
{
    (void)state;
    struct pty *pty = open_child("hl", "何丽");
    press(pty, 'l', "4 暂离");
    press(pty, '4', "▶到");
    pty_type(pty, "12-5");
    press(pty, GA_CTRL('S'), "[暂离 2026-11-27 – 2026-12-05]");
    press(pty, 'b', "现在回来了吗");
    press(pty, GA_KEY_ENTER, "已记今天返乡复学");
    assert_true(pty_wait_gone(pty, "[暂离"));
    pty_school_leave(pty);
    assert_non_null(strstr(run("list child --class '三年级(2)班'"), "何丽"));
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school = (struct pty_school){.program = argv[1], .forms = argv[2], .user = "小罗", .today = "2026-11-27"};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_leaves_with_her_mother_counts_to_her_last_day),
        cmocka_unit_test(who_comes_back_has_the_file_he_had),
        cmocka_unit_test(who_moves_to_another_site_keeps_file_and_history),
        cmocka_unit_test(who_is_away_for_a_while_is_marked_and_stays_on_the_roll),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
