/* A teacher's Monday on the township: walks 1.4, 1.9, 1.11, 1.12, 1.13. */
#include "pty_school.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school;

/* Saturday's trip stands on paper: who was met is typed in, 崔子乐 was not at home. */
static int start(void **state)
{
    (void)state;
    school.user = "何老师";
    school.today = "2026-11-23";
    pty_school_begin_walk(&school);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    return pty_school_stop(&school);
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(&school, pty, key, wanted);
}

static void open_visit(struct pty *pty, const char *typed, const char *name)
{
    pty_type(pty, typed);
    pty_school_wait(pty, name);
    press(pty, GA_KEY_ENTER, "n 新建");
    press(pty, 'n', "要记录什么");
    press(pty, '1', "* 家中情况");
}

/* The day, outcome and whom she met stand there; then what was seen, and the words. */
static void type_as_far_as_the_words(struct pty *pty)
{
    pty_type(pty, "21");
    pty_school_wait(pty, "2026年11月21日 周六");
    pty_school_key(&school, pty, GA_KEY_ENTER, 6);
    pty_school_wait(pty, "1 无异常");
    pty_type(pty, "1");
    press(pty, GA_KEY_ENTER, "一两句即可");
}

/* Walk 1.4: somebody else's form stands there. One key, the name: it is kept, it is said, and nothing of it is in the way. */
static void a_colleagues_form_is_kept_when_another_sits_down(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_visit(pty, "pyj", "彭英俊");
    type_as_far_as_the_words(pty);
    pty_type(pty, "写到一半");
    pty_school_wait(pty, "写到一半");
    pty_school_wait(pty, "Ctrl-\\ 换人"); /* the key stands on the page */
    school.pressed = 0;
    press(pty, GA_CTRL('\\'), "现在是谁");
    pty_type(pty, "周老师");
    press(pty, GA_KEY_ENTER, "现在是 周老师。其他人没做完的 1 份已为他们留着");
    assert_int_equal(school.pressed, 2); /* and the name */
    pty_school_wait(pty, "姓名、拼音、首字母(hl)"); /* an empty box */
    assert_false(pty_shows(pty, "彭英俊 的家访记录"));
    press(pty, GA_CTRL('\\'), "现在是谁");
    pty_type(pty, "何老师");
    press(pty, GA_KEY_ENTER, "彭英俊 的家访记录？");
    press(pty, GA_KEY_DOWN, "按数字选择");
    press(pty, pty_school_digit_of(pty, "彭英俊 的家访记录"), "写到一半"); /* whole, the last field too */
    pty_school_wait(pty, "2026年11月21日");
    pty_school_leave(pty);
    assert_int_equal(pty_school_count(&school, "home_visit --where \"visited_on = '2026-11-21'\""), 0);
}

/* Whoever picks the own name again, or Esc, goes on where the form stands. */
static void who_sits_there_already_stays_where_he_is(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "彭英俊 的家访记录？");
    press(pty, GA_KEY_DOWN, "按数字选择");
    press(pty, pty_school_digit_of(pty, "彭英俊 的家访记录"), "写到一半");
    press(pty, GA_CTRL('\\'), "现在是谁");
    press(pty, GA_KEY_ESC, "▶家访内容");
    press(pty, GA_CTRL('\\'), "现在是谁");
    pty_type(pty, "何老师");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait_gone(pty, "现在是谁"));
    pty_type(pty, "，接着写");
    pty_school_wait(pty, "，接着写");
    press(pty, GA_KEY_ESC, "彭英俊 的家访记录？");
    pty_school_leave(pty);
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school.program = argv[1];
    school.forms = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_colleagues_form_is_kept_when_another_sits_down),
        cmocka_unit_test(who_sits_there_already_stays_where_he_is),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
