/* Two files of one child in the real program: found, linked, seen together, parted again. */
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

/* A command of the program; answers the first 4,000 bytes it prints. */
static const char *run(const char *words)
{
    static char said[4000];
    char line[2000];
    snprintf(line, sizeof(line), "'%s' --data '%s/data' --forms '%s' --user 周老师 --today 2026-11-23 %s 2>/dev/null", program,
             folder, forms, words);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    const size_t len = fread(said, 1, sizeof(said) - 1, pipe);
    said[len] = '\0';
    assert_int_equal(pclose(pipe), 0);
    return said;
}

static int start(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/guanai-doubles-XXXXXX");
    assert_non_null(mkdtemp(folder));
    run("init --school 红岩村小学");
    run("add child name=李子轩 sex=男 birth_date=2017-5-3 grade=三年级 class=2 village=红岩村 father_phone=13812345678");
    run("add child name=李梓萱 sex=男 birth_date=2017-5-3 grade=四年级 class=1 village=红岩村 father_phone=13812345678"
        " nickname=石头");
    run("add home_visit child=2 visited_on=2026-11-20 outcome=not_home");
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
    const char *argv[] = {program, "--data", data, "--forms", forms, "--user", "周老师", "--today", "2026-11-23", NULL};
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

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_key(pty, key);
    if (!pty_wait(pty, wanted)) {
        struct ga_str screen = {0};
        pty_dump(pty, &screen);
        print_message("# no '%s' on:\n%s\n", wanted, ga_str_text(&screen));
        ga_str_finish(&screen);
    }
    assert_true(pty_shows(pty, wanted));
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
    struct pty *pty = open_program();
    assert_true(pty_wait(pty, "2 人"));
    press(pty, GA_KEY_F(11), "共 1 对");
    press(pty, GA_KEY_ENTER, "是同一个孩子吗");
    press(pty, '1', "没有发现");
    press(pty, GA_KEY_ESC, "1 人"); /* counted once at once */
    open_child(pty, "shitou", "李子轩"); /* by the nickname of the file that stands behind */
    assert_true(pty_wait(pty, "是同一个孩子]"));
    press(pty, '5', "家访记录"); /* its visit */
    assert_true(pty_wait(pty, "重复档案核对"));
    press(pty, '=', "以左边为主");
    assert_true(pty_wait(pty, "李梓萱"));
    leave(pty);
    assert_null(strstr(run("list child"), "李梓萱"));
    assert_non_null(strstr(run("list child"), "李子轩"));
}

static void linked_files_are_parted_again(void **state)
{
    (void)state;
    struct pty *pty = open_program();
    open_child(pty, "lzx", "李子轩");
    press(pty, '=', "以左边为主");
    press(pty, 'u', "两个孩子");
    pty_type(pty, "是双胞胎");
    assert_true(pty_wait(pty, "是双胞胎"));
    press(pty, GA_KEY_ENTER, "[1 基本]");
    assert_true(pty_wait_gone(pty, "是同一个孩子]"));
    press(pty, GA_KEY_ESC, "2 人");
    leave(pty);
    assert_non_null(strstr(run("list child"), "李梓萱"));
    assert_non_null(strstr(run("list same_child"), "是双胞胎"));
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    program = argv[1];
    forms = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_files_are_found_linked_and_seen_as_one),
        cmocka_unit_test(linked_files_are_parted_again),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
