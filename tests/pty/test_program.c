/* The program itself in a terminal: a clerk's first ten minutes, a teacher's first minute. */
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

static const char *program; /* argv[1] of the test */
static char folder[64];     /* the data of one test */

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/guanai-pty-XXXXXX");
    assert_non_null(mkdtemp(folder));
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command);
}

static struct pty *start_with(const char *const *env, const char *word, const char *number)
{
    char data[100];
    snprintf(data, sizeof(data), "%s/data", folder);
    const char *argv[] = {program, "--data", data, "--today", "2026-11-20", "--user", "周老师", word, number, NULL};
    struct pty *pty = pty_start(&(struct pty_config){.argv = argv, .env = env, .rows = 24, .cols = 80});
    assert_non_null(pty);
    return pty;
}

static struct pty *start(const char *word, const char *number)
{
    return start_with(NULL, word, number);
}

static void leave(struct pty *pty)
{
    int status;
    pty_key(pty, GA_CTRL('Q'));
    assert_true(pty_wait_exit(pty, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    pty_stop(pty);
}

static void take_in_a_class(struct pty *pty)
{
    pty_key(pty, GA_KEY_F(4));
    assert_true(pty_wait(pty, "哪个文件"));
    pty_paste(pty, GUANAI_ROSTERS "/class-28-gb18030.csv");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "按 Ctrl-S 导入：新建 28"));
    pty_key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已导入：新建 28"));
    pty_key(pty, 'o');
    assert_true(pty_wait(pty, "在校学生"));
}

static void a_new_archive_takes_in_a_roster_and_finds_a_child(void **state)
{
    (void)state;
    struct pty *pty = start(NULL, NULL);
    assert_true(pty_wait(pty, "学校名称"));
    pty_type(pty, "红岩村小学");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "这里还没有孩子的档案"));
    take_in_a_class(pty);
    assert_true(pty_wait(pty, "28 人"));
    pty_type(pty, "yyl"); /* 叶英丽 */
    assert_true(pty_wait(pty, "叶英丽"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "儿童档案"));
    assert_true(pty_wait(pty, "叶英丽"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "找到"));
    leave(pty);
    pty = start(NULL, NULL); /* it is still there the next day */
    assert_true(pty_wait(pty, "28 人"));
    leave(pty);
}

static void the_demo_says_so_and_offers_what_was_left(void **state)
{
    (void)state;
    struct pty *pty = start("demo", "40");
    assert_true(pty_wait(pty, "演示"));
    assert_true(pty_wait(pty, "继续 11-20"));
    pty_key(pty, GA_KEY_TAB);
    assert_true(pty_wait(pty, "按数字选择"));
    pty_key(pty, '1');
    assert_true(pty_wait(pty, "Ctrl-S 保存"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "按数字选择"));
    leave(pty);
}

/* From the bare console by ssh: what is said must be readable in letters. */
static void a_console_without_chinese_says_so_in_letters(void **state)
{
    (void)state;
    struct pty *pty = start_with((const char *const[]){"TERM=linux", "SSH_CONNECTION=1", NULL}, "demo", "40");
    assert_true(pty_wait(pty, "cannot show Chinese"));
    assert_true(pty_wait(pty, "xian shi bu liao han zi"));
    assert_true(pty_wait(pty, "Ctrl-Q: leave, tui chu."));
    assert_true(pty_wait(pty, "+- No Chinese here")); /* frames of ASCII */
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "Children here"));
    leave(pty);
}

static void a_terminal_in_fbterm_shows_chinese(void **state)
{
    (void)state;
    struct pty *pty = start_with((const char *const[]){"TERM=linux", NULL}, "demo", "40");
    assert_true(pty_wait(pty, "在校学生"));
    leave(pty);
}

static void a_terminal_that_cannot_place_its_cursor_is_refused_in_words(void **state)
{
    (void)state;
    int status;
    struct pty *pty = start_with((const char *const[]){"TERM=dumb", NULL}, "demo", "40");
    assert_true(pty_wait_exit(pty, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    assert_true(pty_shows(pty, "TERM=dumb"));
    assert_false(pty_shows(pty, "[6n")); /* nothing that such a terminal would show as it is */
    pty_stop(pty);
}

static void the_roster_opens_a_file_and_comes_back_to_the_row(void **state)
{
    (void)state;
    struct pty *pty = start("demo", "40");
    assert_true(pty_wait(pty, "在校学生"));
    pty_key(pty, GA_KEY_F(3));
    assert_true(pty_wait(pty, "\n 1 / "));
    pty_key(pty, GA_KEY_DOWN);
    pty_key(pty, GA_KEY_DOWN);
    assert_true(pty_wait(pty, "\n 3 / "));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "儿童档案"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "\n 3 / "));
    leave(pty);
}

static void language_size_and_hiding_work_on_every_page(void **state)
{
    (void)state;
    struct pty *pty = start("demo", "40");
    assert_true(pty_wait(pty, "在校学生"));
    pty_key(pty, GA_KEY_F(9));
    assert_true(pty_wait(pty, "Children here"));
    pty_key(pty, GA_KEY_F(3));
    assert_true(pty_wait(pty, "Grade 1 Class 1"));
    pty_resize(pty, 12, 40);
    assert_true(pty_wait_gone(pty, "Village"));
    assert_true(pty_wait(pty, "Grade 1 Class 1")); /* a class is never cut: it would look like another */
    pty_key(pty, GA_KEY_F(8));
    assert_true(pty_wait_gone(pty, "Grade 1"));
    pty_key(pty, 'x');
    assert_true(pty_wait(pty, "Grade 1"));
    pty_key(pty, GA_CTRL('T'));
    assert_true(pty_wait(pty, "一年级"));
    leave(pty);
}

static void a_cursor_key_in_the_roster_sends_few_bytes(void **state)
{
    (void)state;
    struct pty *pty = start("demo", "40");
    assert_true(pty_wait(pty, "在校学生"));
    pty_key(pty, GA_KEY_F(3));
    assert_true(pty_wait(pty, "\n 1 / "));
    for (int i = 2; i < 10; i++) {
        char place[32];
        uint64_t before = pty_bytes(pty);
        pty_key(pty, GA_KEY_DOWN);
        snprintf(place, sizeof(place), "\n %d / ", i);
        assert_true(pty_wait(pty, place));
        if (i > 2)
            assert_in_range(pty_bytes(pty) - before, 1, 200);
    }
    leave(pty);
}

static void a_clock_that_cannot_be_right_is_asked_about(void **state)
{
    (void)state;
    char data[100];
    snprintf(data, sizeof(data), "%s/data", folder);
    const char *later[] = {program, "--data", data, "--today", "2199-11-20", "--user", "周老师", "init", "--school",
                           "红岩村小学", "--demo", "20", NULL};
    int status;
    struct pty *pty = pty_start(&(struct pty_config){.argv = later, .rows = 24, .cols = 80});
    assert_true(pty_wait_exit(pty, &status));
    pty_stop(pty);
    const char *now[] = {program, "--data", data, NULL}; /* the newest record is of 2199: today cannot be before */
    pty = pty_start(&(struct pty_config){.argv = now, .rows = 24, .cols = 80});
    assert_true(pty_wait(pty, "今天是几号"));
    pty_type(pty, "2199-11-21");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "周老师 · 11月21日"));
    leave(pty);
}

/* Of one computer for all: the last person is but a guess, and what is saved carries the name. */
static void who_is_at_the_keys_is_asked_where_several_are_known(void **state)
{
    (void)state;
    char data[100];
    int status;
    snprintf(data, sizeof(data), "%s/data", folder);
    struct pty *pty = start("init", "--school=石桥小学");
    assert_true(pty_wait_exit(pty, &status));
    pty_stop(pty);
    const char *argv[] = {program, "--data", data, "--today", "2026-11-20", NULL};
    const struct pty_config config = {.argv = argv, .rows = 24, .cols = 80};
    pty = pty_start(&config);
    assert_true(pty_wait(pty, "周老师 · 11月20日")); /* who made the folder; one name alone is nobody else's */
    pty_key(pty, GA_KEY_F(6));
    assert_true(pty_wait(pty, "▶ 1  周老师")); /* nothing was saved yet */
    pty_type(pty, "吴校长");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "吴校长 · 11月20日"));
    leave(pty);
    pty = pty_start(&config);
    assert_true(pty_wait(pty, "▶ 1  吴校长"));
    pty_type(pty, "2");
    assert_true(pty_wait(pty, "周老师 · 11月20日"));
    leave(pty);
}

/* Work goes on: a power cut may have torn it. The next save ends the warning. */
static void a_damaged_note_of_the_last_save_is_said_on_the_first_page(void **state)
{
    (void)state;
    char head[100];
    int status;
    struct pty *pty = start("init", "--school=石桥小学");
    assert_true(pty_wait_exit(pty, &status));
    pty_stop(pty);
    snprintf(head, sizeof(head), "%s/data/head", folder);
    FILE *file = fopen(head, "w");
    assert_non_null(file);
    assert_true(fputs("torn", file) >= 0);
    assert_int_equal(fclose(file), 0);
    pty = start(NULL, NULL);
    assert_true(pty_wait(pty, "最后录入的内容还在不在"));
    assert_true(pty_wait(pty, "石桥小学"));
    take_in_a_class(pty);
    leave(pty);
    pty = start(NULL, NULL);
    assert_true(pty_wait(pty, "28 人"));
    assert_false(pty_shows(pty, "最后录入的内容还在不在"));
    leave(pty);
}

static void a_polite_kill_leaves_the_terminal_as_it_was(void **state)
{
    (void)state;
    int status;
    struct pty *pty = start("demo", "40");
    assert_true(pty_wait(pty, "在校学生"));
    pty_signal(pty, SIGTERM);
    assert_true(pty_wait_exit(pty, &status));
    assert_non_null(strstr(pty_tail(pty), "\033[?1049l"));
    pty_stop(pty);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(int argc, char **argv)
{
    program = argc > 1 ? argv[1] : "src/guanai";
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_new_archive_takes_in_a_roster_and_finds_a_child),
        IN_FOLDER(the_demo_says_so_and_offers_what_was_left),
        IN_FOLDER(a_console_without_chinese_says_so_in_letters),
        IN_FOLDER(a_terminal_in_fbterm_shows_chinese),
        IN_FOLDER(a_terminal_that_cannot_place_its_cursor_is_refused_in_words),
        IN_FOLDER(the_roster_opens_a_file_and_comes_back_to_the_row),
        IN_FOLDER(language_size_and_hiding_work_on_every_page),
        IN_FOLDER(a_cursor_key_in_the_roster_sends_few_bytes),
        IN_FOLDER(a_clock_that_cannot_be_right_is_asked_about),
        IN_FOLDER(who_is_at_the_keys_is_asked_where_several_are_known),
        IN_FOLDER(a_damaged_note_of_the_last_save_is_said_on_the_first_page),
        IN_FOLDER(a_polite_kill_leaves_the_terminal_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
