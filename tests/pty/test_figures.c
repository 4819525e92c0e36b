/* Walk 2.8: the county rings, "how many left-behind?"; the program and its command line say the same. */
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
    snprintf(line, sizeof(line), "'%s' --data '%s/data' --forms '%s' --user 吴校长 --today 2026-11-30 %s", program, folder,
             forms, words);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    const size_t len = fread(said, 1, sizeof(said) - 1, pipe);
    said[len] = '\0';
    pclose(pipe);
    return said;
}

/* The roster of 700, its refused rows mended. */
static int start(void **state)
{
    (void)state;
    char words[600];
    strcpy(folder, "/tmp/guanai-figures-XXXXXX");
    assert_non_null(mkdtemp(folder));
    run("init --school 石桥镇中心小学");
    snprintf(words, sizeof(words), "import child '%s/township-700.csv' --rejects '%s/refused.csv' 2>/dev/null", GUANAI_ROSTERS,
             folder);
    run(words);
    snprintf(words, sizeof(words), "python3 '%s' '%s/refused.csv' '%s/mended.csv'", GUANAI_MEND, folder, folder);
    assert_int_equal(system(words), 0);
    snprintf(words, sizeof(words), "import child '%s/mended.csv' 2>/dev/null", folder);
    run(words);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    char line[120];
    snprintf(line, sizeof(line), "rm -rf '%s'", folder);
    return system(line);
}

static struct pty *open_figures(void)
{
    char data[80];
    snprintf(data, sizeof(data), "%s/data", folder);
    const char *argv[] = {program,  "--data", data,      "--forms",    forms,
                          "--user", "吴校长", "--today", "2026-11-30", NULL};
    struct pty *pty = pty_start(&(struct pty_config){.argv = argv, .rows = 24, .cols = 80});
    assert_true(pty_wait(pty, "在校学生"));
    pty_key(pty, GA_KEY_DOWN);
    assert_true(pty_wait(pty, "6   统计口径"));
    pty_type(pty, "6");
    assert_true(pty_wait(pty, "329 / 700  47.0 %"));
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

static void the_headteacher_answers_the_county(void **state)
{
    (void)state;
    struct pty *pty = open_figures();
    assert_true(pty_wait(pty, "一方外出、另一方在家                             68"));
    pty_key(pty, GA_KEY_DOWN);
    pty_key(pty, GA_KEY_RIGHT);
    pty_key(pty, GA_KEY_RIGHT);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "1 / 30"));
    assert_true(pty_wait(pty, "父亲现状"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "2 父母"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "1 / 30"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "▶30"));
    leave(pty);
}

static void the_command_line_says_the_same(void **state)
{
    (void)state;
    assert_non_null(strstr(run("figures"), "学校口径\t2026-11-30\t329\t371\t0\t700\t47.0"));
    assert_non_null(strstr(run("figures"), "民政口径（2016）\t2026-11-30\t231\t439\t30\t700\t33.0"));
    assert_non_null(strstr(run("figures --difference school,civil_affairs"), "yes\tno\t一方外出、另一方在家\t68"));
}

static void another_day_is_a_few_keys_away(void **state)
{
    (void)state;
    struct pty *pty = open_figures();
    pty_type(pty, "d");
    assert_true(pty_wait(pty, "统计哪一天"));
    pty_key(pty, GA_CTRL('U'));
    pty_type(pty, "2033-01-01");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "2033年1月1日"));
    assert_true(pty_wait(pty, "133 / 700  19.0 %"));
    leave(pty);
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    program = argv[1];
    forms = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_headteacher_answers_the_county),
        cmocka_unit_test(the_command_line_says_the_same),
        cmocka_unit_test(another_day_is_a_few_keys_away),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
