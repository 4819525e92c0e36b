/* Walk 3.6: one child leaves with her mother, one comes back, one moves to the central school. */
#include "pty_term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

static const char *program, *forms; /* argv[1], argv[2] of the test */
static char folder[64];
static int keys; /* pressed since it was set to 0 */

/* A command of the program; answers the first 8,000 bytes it prints. */
static const char *run(const char *words)
{
    static char said[8000];
    char line[2000];
    snprintf(line, sizeof(line), "'%s' --data '%s/data' --forms '%s' --user 小罗 --today 2026-11-27 %s 2>/dev/null", program,
             folder, forms, words);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    const size_t len = fread(said, 1, sizeof(said) - 1, pipe);
    said[len] = '\0';
    pclose(pipe);
    return said;
}

static const char CONFIG[] = "school: 石桥镇中心小学\n"
                             "sites:\n"
                             "  - {code: main, label: {zh: 石桥中心校}, own: true}\n"
                             "  - {code: dawan, label: {zh: 大湾教学点}, paper: true}\n";

static void write_config(void)
{
    char path[120];
    snprintf(path, sizeof(path), "%s/data/config.yaml", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(CONFIG, file);
    assert_int_equal(fclose(file), 0);
}

/* The roster of 700; a child of the teaching point; one who left in spring. */
static int start(void **state)
{
    (void)state;
    char words[600];
    strcpy(folder, "/tmp/guanai-life-XXXXXX");
    assert_non_null(mkdtemp(folder));
    run("init --school 石桥镇中心小学");
    write_config();
    snprintf(words, sizeof(words), "import child '%s/township-700.csv'", GUANAI_ROSTERS);
    run(words);
    run("--today 2026-03-01 add child name=万小川 grade=三年级 village=大湾村 site=dawan");
    run("add child name=段石生 card_no=900 grade=二年级 class=1 village=红岩村");
    run("add status_change child=900 kind=transfer from_on=2026-03-01");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    char line[120];
    snprintf(line, sizeof(line), "rm -rf '%s'", folder);
    return system(line);
}

static struct pty *open_program(void)
{
    char data[80];
    snprintf(data, sizeof(data), "%s/data", folder);
    const char *argv[] = {program, "--data", data, "--forms", forms, "--user", "小罗", "--today", "2026-11-27", NULL};
    struct pty *pty = pty_start(&(struct pty_config){.argv = argv, .rows = 24, .cols = 80});
    assert_true(pty_wait(pty, "在校学生"));
    return pty;
}

static void leave(struct pty *pty)
{
    int status;
    pty_key(pty, GA_CTRL('Q'));
    assert_true(pty_wait_exit(pty, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    pty_stop(pty);
}

static void wait_for(struct pty *pty, const char *wanted)
{
    if (!pty_wait(pty, wanted)) {
        struct ga_str screen = {0};
        pty_dump(pty, &screen);
        print_message("# no '%s' on:\n%s\n", wanted, ga_str_text(&screen));
        ga_str_finish(&screen);
    }
    assert_true(pty_shows(pty, wanted));
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    keys++;
    pty_key(pty, key);
    wait_for(pty, wanted);
}

static struct pty *open_child(const char *typed, const char *name)
{
    struct pty *pty = open_program();
    pty_type(pty, typed);
    wait_for(pty, name);
    press(pty, GA_KEY_ENTER, "[1 基本]");
    keys = 0;
    return pty;
}

/* 史晨志 goes to Wenzhou, without papers; she stays in November's figures up to the day. */
static void who_leaves_with_her_mother_counts_to_her_last_day(void **state)
{
    (void)state;
    char before[8000];
    strcpy(before, run("figures --on 2026-11-26"));
    struct pty *pty = open_child("scz", "史晨志");
    press(pty, 'l', "1 随父母外出");
    press(pty, '1', "2026-11-27");
    press(pty, GA_CTRL('S'), "[已离校 2026-11-27 随父母外出(借读)]");
    assert_true(keys <= 8);
    leave(pty);
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
    wait_for(pty, "[已离校 2026-03-01 转学]");
    press(pty, 'b', "恢复这份档案");
    press(pty, GA_KEY_ENTER, "已记今天返乡复学");
    assert_true(pty_wait_gone(pty, "[已离校"));
    assert_true(keys <= 8);
    leave(pty);
    assert_non_null(strstr(run("list child --class '二年级(1)班'"), "段石生"));
    assert_null(strstr(run("list child --class '二年级(1)班' --on 2026-11-26"), "段石生"));
}

/* From the teaching point to the central school: site, class and day, and where he was before. */
static void who_moves_to_another_site_keeps_file_and_history(void **state)
{
    (void)state;
    struct pty *pty = open_child("wxc", "万小川");
    wait_for(pty, "大湾教学点");
    press(pty, 'l', "3 转校点");
    press(pty, '3', "▶转到校点");
    press(pty, '1', "✓1 石桥中心校");
    press(pty, GA_KEY_ENTER, "▶到那里的年级");
    press(pty, GA_KEY_ENTER, "▶到那里的班级");
    pty_type(pty, "2");
    keys++;
    press(pty, GA_CTRL('S'), "三年级(2)班");
    assert_true(keys <= 8);
    press(pty, 'c', "班级和校点经历");
    wait_for(pty, "石桥中心校");
    wait_for(pty, "大湾教学点");
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait_gone(pty, "班级和校点经历"));
    press(pty, '5', "大湾教学点 → 石桥中心校");
    leave(pty);
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
    leave(pty);
    assert_non_null(strstr(run("list child --class '三年级(2)班'"), "何丽"));
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    program = argv[1];
    forms = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_leaves_with_her_mother_counts_to_her_last_day),
        cmocka_unit_test(who_comes_back_has_the_file_he_had),
        cmocka_unit_test(who_moves_to_another_site_keeps_file_and_history),
        cmocka_unit_test(who_is_away_for_a_while_is_marked_and_stays_on_the_roll),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
