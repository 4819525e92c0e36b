/* A month's talks of a class typed in the real program: walk 1.10, with its keys counted. */
#include "pty_term.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

enum { CHILDREN = 24, TALKS = 9 };

static const char *program, *forms; /* argv[1], argv[2] of the test */
static char folder[64];
static int pressed; /* since the table stood there */

/* A command of the program; answers the first 8,000 bytes it prints. */
static const char *run(const char *words)
{
    static char said[8000];
    char line[2000];
    snprintf(line, sizeof(line), "'%s' --data '%s/data' --forms '%s' --user 周老师 --today 2026-11-23 %s", program,
             folder, forms, words);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    size_t len = fread(said, 1, sizeof(said) - 1, pipe);
    said[len] = '\0';
    assert_int_equal(pclose(pipe), 0);
    return said;
}

static void write_roster(void)
{
    char path[120], words[200];
    snprintf(path, sizeof(path), "%s/roster.csv", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "姓名,性别,年级,班级\n");
    for (int i = 0; i < CHILDREN; i++)
        fprintf(file, "何小%c%c,女,三年级,2班\n", 'A' + i / 10, '0' + i % 10);
    assert_int_equal(fclose(file), 0);
    snprintf(words, sizeof(words), "import child '%s' >/dev/null 2>&1", path);
    run(words);
}

static int start(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/guanai-grid-XXXXXX");
    assert_non_null(mkdtemp(folder));
    run("init --school 红岩村小学");
    write_roster();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    char line[120];
    snprintf(line, sizeof(line), "rm -rf '%s'", folder);
    return system(line);
}

static struct pty *open_program(const char *wanted)
{
    char data[80];
    snprintf(data, sizeof(data), "%s/data", folder);
    const char *argv[] = {program,  "--data", data,      "--forms",    forms,
                          "--user", "周老师", "--today", "2026-11-23", NULL};
    struct pty *pty = pty_start(&(struct pty_config){.argv = argv, .rows = 24, .cols = 80});
    assert_true(pty_wait(pty, wanted));
    return pty;
}

static void key(struct pty *pty, uint32_t code)
{
    pty_key(pty, code);
    pressed++;
}

static void type(struct pty *pty, const char *text)
{
    pty_type(pty, text);
    pressed += (int)strlen(text);
}

static void open_table(struct pty *pty)
{
    pty_key(pty, GA_CTRL('B'));
    assert_true(pty_wait(pty, "填哪张表"));
    pty_type(pty, "2");
    assert_true(pty_wait(pty, "三年级(2)班 · 24人"));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "第1人，共24人"));
    pressed = 0;
}

static void leave(struct pty *pty)
{
    int status;
    pty_key(pty, GA_CTRL('Q'));
    assert_true(pty_wait_exit(pty, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    pty_stop(pty);
}

static int count_talks(void)
{
    int lines = 0;
    for (const char *p = run("list talk"); *p != '\0'; p++)
        lines += *p == '\n';
    return lines - 1; /* the names of the columns */
}

/* The day, then a topic and a mood a child: down one column, down the next. */
static void nine_talks_take_a_few_keys(void **state)
{
    (void)state;
    struct pty *pty = open_program("找孩子");
    open_table(pty);
    type(pty, "11-20");
    for (int i = 0; i < 3; i++)
        key(pty, GA_KEY_TAB);
    for (int i = 0; i < TALKS; i++) {
        type(pty, "1");
        key(pty, GA_KEY_ENTER);
    }
    assert_true(pty_wait(pty, "已填9行"));
    key(pty, GA_KEY_TAB);
    for (int i = 0; i < TALKS; i++)
        key(pty, GA_KEY_UP);
    for (int i = 0; i < TALKS; i++) {
        type(pty, "3");
        key(pty, GA_KEY_ENTER);
    }
    key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已保存9条记录"));
    assert_true(pressed <= 60); /* at one key a second a quarter of the four minutes */
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "找孩子"));
    leave(pty);
    assert_int_equal(count_talks(), TALKS);
    assert_null(strstr(run("list talk"), "2026-11-23")); /* the day as above, not today */
}

static void type_two_rows(struct pty *pty)
{
    open_table(pty);
    for (int i = 0; i < 3; i++)
        key(pty, GA_KEY_TAB);
    type(pty, "1");
    key(pty, GA_KEY_ENTER);
    type(pty, "2");
    key(pty, GA_KEY_TAB);
    assert_true(pty_wait(pty, "已填2行"));
    assert_true(pty_wait(pty, "何小A1 · 情绪"));
}

static void after_a_power_cut_the_whole_table_is_there(void **state)
{
    (void)state;
    int status;
    struct pty *pty = open_program("找孩子");
    type_two_rows(pty);
    pty_signal(pty, SIGKILL);
    assert_true(pty_wait_exit(pty, &status));
    pty_stop(pty);
    pty = open_program("批量 谈心记录 三年级(2)班 2行？");
    pty_key(pty, GA_KEY_DOWN);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "共24人；已填2行"));
    assert_true(pty_wait(pty, "何小A1 · 话题")); /* the cell that was typed in last */
    assert_true(pty_wait(pty, "想念父母"));
    pty_key(pty, GA_KEY_TAB);
    assert_true(pty_wait(pty, "何小A1 · 情绪"));
    pty_type(pty, "3");
    assert_true(pty_wait(pty, "平常"));
    pty_key(pty, GA_KEY_UP);
    assert_true(pty_wait(pty, "何小A0 · 情绪"));
    pty_type(pty, "4");
    assert_true(pty_wait(pty, "较好"));
    pty_key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已保存2条记录"));
    leave(pty);
    assert_int_equal(count_talks(), 2);
}

static void leaving_without_saving_keeps_the_table(void **state)
{
    (void)state;
    struct pty *pty = open_program("找孩子");
    type_two_rows(pty);
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "批量 谈心记录 三年级(2)班 2行？"));
    leave(pty);
    assert_int_equal(count_talks(), 0);
}

int main(int argc, char **argv)
{
    program = argc > 1 ? argv[1] : "src/guanai";
    forms = argc > 2 ? argv[2] : "forms";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nine_talks_take_a_few_keys, start, stop),
        cmocka_unit_test_setup_teardown(after_a_power_cut_the_whole_table_is_there, start, stop),
        cmocka_unit_test_setup_teardown(leaving_without_saving_keeps_the_table, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
