/* The toolkit in a real terminal: keys, Chinese, paste, resize, signals. */
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

static struct pty *start(int rows, int cols)
{
    const char *argv[] = {program, NULL};
    struct pty *pty = pty_start(&(struct pty_config){.argv = argv, .rows = rows, .cols = cols});
    assert_true(pty_wait(pty, "Ctrl-Q 退出")); /* the last thing of the first frame */
    return pty;
}

static void a_cursor_key_sends_few_bytes(void **state)
{
    (void)state;
    struct pty *pty = start(24, 80);
    pty_key(pty, GA_KEY_DOWN); /* the first also sets the terminal's colours anew */
    assert_true(pty_wait(pty, " 2 / 700"));
    for (int i = 3; i < 12; i++) {
        char place[32];
        uint64_t before = pty_bytes(pty);
        pty_key(pty, GA_KEY_DOWN);
        snprintf(place, sizeof(place), " %d / 700", i);
        assert_true(pty_wait(pty, place));
        assert_in_range(pty_bytes(pty) - before, 1, 200);
    }
    pty_stop(pty);
}

/* The terminal moves the rows itself; what it then shows is what painting anew would. */
static void scrolling_by_a_row_sends_the_new_row(void **state)
{
    (void)state;
    struct pty *pty = start(24, 80);
    for (int i = 2; i < 27; i++) {
        char place[32];
        uint64_t before = pty_bytes(pty);
        pty_key(pty, GA_KEY_DOWN);
        snprintf(place, sizeof(place), "\n %d / 700", i);
        assert_true(pty_wait(pty, place));
        assert_in_range(pty_bytes(pty) - before, 1, 300);
    }
    struct ga_str scrolled = {0};
    struct ga_str painted = {0};
    pty_dump(pty, &scrolled);
    uint64_t before = pty_bytes(pty);
    pty_key(pty, GA_CTRL('L'));
    assert_true(pty_wait_bytes(pty, before + 1000));
    assert_true(pty_wait(pty, "\n 26 / 700"));
    assert_true(pty_wait(pty, "F9 English"));
    pty_dump(pty, &painted);
    assert_string_equal(ga_str_text(&scrolled), ga_str_text(&painted));
    ga_str_finish(&scrolled);
    ga_str_finish(&painted);
    pty_stop(pty);
}

static void chinese_is_typed_and_the_caret_stays_at_it(void **state)
{
    (void)state;
    struct pty *pty = start(24, 80);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "家访"));
    assert_true(pty_wait_caret(pty, 2, 12));
    pty_type(pty, "𠮷·买");
    assert_true(pty_wait(pty, "𠮷·买"));
    assert_true(pty_wait_caret(pty, 2, 17));
    pty_key(pty, GA_KEY_BACKSPACE);
    assert_true(pty_wait_caret(pty, 2, 15));
    pty_stop(pty);
}

static void a_paste_is_one_thing(void **state)
{
    (void)state;
    struct pty *pty = start(24, 80);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "家访"));
    pty_paste(pty, "李\r福春");
    assert_true(pty_wait(pty, "李 福春"));
    pty_paste(pty, "这一段太长了放不进去");
    assert_true(pty_wait(pty, "这里最多 8 个字，没有加入"));
    assert_true(pty_wait(pty, "李 福春"));
    pty_stop(pty);
}

static void esc_goes_back_and_function_keys_work(void **state)
{
    (void)state;
    struct pty *pty = start(24, 80);
    pty_key(pty, GA_KEY_F(1));
    assert_true(pty_wait(pty, "通用按键"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait_gone(pty, "通用按键"));
    pty_key(pty, GA_KEY_F(8));
    assert_true(pty_wait_gone(pty, "花名册"));
    pty_key(pty, 'x');
    assert_true(pty_wait(pty, "花名册"));
    pty_stop(pty);
}

static void a_resize_lays_everything_out_again(void **state)
{
    (void)state;
    struct pty *pty = start(24, 80);
    pty_resize(pty, 12, 40);
    assert_true(pty_wait(pty, "阿依古…"));
    pty_resize(pty, 6, 30);
    assert_true(pty_wait(pty, "窗口太小"));
    pty_resize(pty, 43, 132);
    assert_true(pty_wait_gone(pty, "窗口太小"));
    assert_true(pty_wait(pty, "阿依古丽·买买提"));
    pty_stop(pty);
}

/* What the terminal sends does not change because TERM names another one. */
static void keys_work_whatever_term_says(void **state)
{
    (void)state;
    static const char *const names[] = {"TERM=vt100", "TERM=linux", "TERM=screen-256color", "TERM=xterm"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *argv[] = {program, NULL};
        const char *env[] = {names[i], "NO_COLOR=1", NULL};
        struct pty *pty = pty_start(&(struct pty_config){.argv = argv, .env = env, .rows = 24, .cols = 80});
        assert_true(pty_wait(pty, "\n 1 / 700"));
        pty_key(pty, GA_KEY_END);
        assert_true(pty_wait(pty, "\n 700 / 700"));
        pty_key(pty, GA_KEY_HOME);
        assert_true(pty_wait(pty, "\n 1 / 700"));
        pty_key(pty, GA_KEY_PAGE_DOWN);
        assert_true(pty_wait(pty, "\n 20 / 700"));
        pty_key(pty, GA_KEY_F(1));
        assert_true(pty_wait(pty, "通用按键"));
        pty_stop(pty);
    }
}

static void the_terminal_is_put_back(struct pty *pty, int expected_signal)
{
    int status;
    assert_true(pty_wait_exit(pty, &status));
    if (expected_signal == 0)
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0); /* leaks end it with another */
    else
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == expected_signal);
    assert_non_null(strstr(pty_tail(pty), "\033[?1049l"));
    assert_non_null(strstr(pty_tail(pty), "\033[?2004l"));
    pty_stop(pty);
}

static void every_way_out_restores_the_terminal(void **state)
{
    (void)state;
    struct pty *pty = start(24, 80);
    pty_key(pty, GA_CTRL('Q'));
    the_terminal_is_put_back(pty, 0);
    static const int polite[] = {SIGTERM, SIGHUP, SIGINT};
    for (size_t i = 0; i < sizeof(polite) / sizeof(polite[0]); i++) {
        pty = start(24, 80);
        pty_signal(pty, polite[i]);
        the_terminal_is_put_back(pty, 0);
    }
    pty = start(24, 80);
    pty_signal(pty, SIGABRT);
    the_terminal_is_put_back(pty, SIGABRT);
}

int main(int argc, char **argv)
{
    program = argc > 1 ? argv[1] : "tests/harness/tui_demo";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cursor_key_sends_few_bytes),
        cmocka_unit_test(scrolling_by_a_row_sends_the_new_row),
        cmocka_unit_test(chinese_is_typed_and_the_caret_stays_at_it),
        cmocka_unit_test(a_paste_is_one_thing),
        cmocka_unit_test(esc_goes_back_and_function_keys_work),
        cmocka_unit_test(a_resize_lays_everything_out_again),
        cmocka_unit_test(keys_work_whatever_term_says),
        cmocka_unit_test(every_way_out_restores_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
