/* A tutoring group, Friday after Friday: walk 1.14, with its keys counted. */
#include "pty_school.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 24 };

static struct pty_school school;

static int start(void **state)
{
    *state = &school;
    school.today = "2026-11-20";
    pty_school_start(&school, "红岩村小学");
    pty_school_import_class(&school, CHILDREN);
    return 0;
}

/* The list of what was written with the form; it is the fourth of those offered at once. */
static void open_tutoring(struct pty *pty)
{
    pty_school_key(&school, pty, GA_CTRL('B'), 1);
    assert_true(pty_wait(pty, "4   学习辅导（一次多人）"));
    pty_school_type(&school, pty, "4");
    assert_true(pty_wait(pty, "F2 新建"));
}

/* Maths on a Friday, six of the class by their numbers: 2 needs its nought, 20 to 24 are there as well. */
static void write_the_first(struct pty *pty)
{
    open_tutoring(pty);
    pty_key(pty, GA_KEY_F(2));
    assert_true(pty_wait(pty, "* 科目"));
    for (int i = 0; i < 3; i++)
        pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "1 语文"));
    pty_type(pty, "2");
    pty_key(pty, GA_KEY_ENTER);
    pty_type(pty, "两位数乘法");
    for (int i = 0; i < 4; i++)
        pty_key(pty, GA_KEY_TAB);
    pty_school_wait(pty, "*▶学生");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "填哪些孩子"));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "已选 0 / 24"));
    pty_type(pty, "020507111320");
    assert_true(pty_wait(pty, "已选 6 / 24"));
    pty_key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "1 2026-11-20 数学"));
}

/* They stand on the board of priorities, the others of the class do not. */
static void mark_left_behind(const char *const *names, size_t count)
{
    char words[200], id[37];
    for (size_t i = 0; i < count; i++) {
        snprintf(words, sizeof(words), "find %s | sed -n 2p", names[i]);
        memcpy(id, pty_school_run(&school, words), 36);
        id[36] = '\0';
        snprintf(words, sizeof(words), "edit child %s marked_left_behind=1 >/dev/null 2>&1", id);
        pty_school_run(&school, words);
    }
}

/* The board moves for the five who were there; the sixth has last Friday's turn alone. */
static void last_fridays_group_is_repeated_in_ten_keys(void **state)
{
    static const char *const group[] = {"何小A1", "何小A4", "何小A6", "何小B0", "何小B2", "何小B9"};
    (void)state;
    mark_left_behind(group, 6);
    struct pty *pty = pty_school_open(&school, "找孩子");
    write_the_first(pty);
    pty_school_leave(pty);
    school.today = "2026-11-27";
    pty = pty_school_open(&school, "找孩子");
    school.pressed = 0;
    open_tutoring(pty);
    pty_school_key(&school, pty, GA_KEY_F(7), 1);
    assert_true(pty_wait(pty, "已选 6 / 24"));
    pty_school_type(&school, pty, "5"); /* was not there today */
    assert_true(pty_wait(pty, "已选 5 / 24"));
    pty_school_key(&school, pty, GA_KEY_ENTER, 1);
    assert_true(pty_wait(pty, "▶内容"));
    pty_school_key(&school, pty, GA_CTRL('U'), 1);
    pty_type(pty, "除法"); /* the words themselves are not counted */
    assert_true(pty_wait(pty, "除法"));
    pty_school_key(&school, pty, GA_CTRL('S'), 1);
    assert_true(pty_wait(pty, "1 2026-11-27 数学"));
    assert_true(school.pressed <= 10);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "5: 何小A1、何小A6、何小B0、何小B2、何小B9"));
    pty_key(pty, GA_KEY_ESC);
    pty_school_leave(pty);
    assert_int_equal(pty_school_count(&school, "tutoring"), 2);
    assert_non_null(strstr(pty_school_run(&school, "list tutoring"), "除法"));
    pty_school_expect(&school, "priorities --priority study | grep -c 'study\t2\t2\t2026-11-27'", "5\n");
    pty_school_expect(&school, "priorities --priority study | grep -c '何小A4.*study\t1\t2\t2026-11-20'", "1\n");
}

static void a_power_cut_leaves_every_tick(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_tutoring(pty);
    pty_key(pty, GA_KEY_F(2));
    assert_true(pty_wait(pty, "* 科目"));
    for (int i = 0; i < 8; i++)
        pty_key(pty, GA_KEY_TAB);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "填哪些孩子"));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "已选 0 / 24"));
    pty_type(pty, "0205");
    assert_true(pty_wait(pty, "已选 2 / 24"));
    pty_school_end(pty, SIGKILL);
    pty = pty_school_open(&school, "的学习辅导？");
    pty_key(pty, GA_KEY_DOWN);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "2: 何小A1、何小A4"));
    pty_school_leave(pty);
}

/* Half a number in a cell of the list: the power goes, it stands there again as it was typed. */
static void half_a_sum_in_the_list_outlives_the_power(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    pty_key(pty, GA_CTRL('B'));
    assert_true(pty_wait(pty, "4   学习辅导（一次多人）"));
    pty_type(pty, "8");
    assert_true(pty_wait(pty, "6   资助（一次多人）"));
    pty_type(pty, "zz");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "F2 新建"));
    pty_key(pty, GA_KEY_F(2));
    assert_true(pty_wait(pty, "受助学生"));
    for (int i = 0; i < 7; i++)
        pty_key(pty, GA_KEY_TAB);
    assert_true(pty_wait(pty, "▶受助学生"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "填哪些孩子"));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "已选 0 / 24"));
    pty_type(pty, "02");
    assert_true(pty_wait(pty, "已选 1 / 24"));
    pty_key(pty, GA_KEY_TAB);
    pty_type(pty, "6oo");
    pty_key(pty, GA_KEY_ENTER); /* refused: kept with the rest */
    assert_true(pty_wait(pty, "请先改正"));
    pty_school_end(pty, SIGKILL);
    pty = pty_school_open(&school, "找孩子");
    pty_key(pty, GA_KEY_DOWN);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "何小A1 · 金额")); /* in the cell of the list, not only in the form */
    assert_true(pty_wait(pty, "6oo"));
    pty_school_leave(pty);
}

int main(int argc, char **argv)
{
    school.program = argc > 1 ? argv[1] : "src/guanai";
    school.forms = argc > 2 ? argv[2] : "forms";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(last_fridays_group_is_repeated_in_ten_keys, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(a_power_cut_leaves_every_tick, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(half_a_sum_in_the_list_outlives_the_power, start, pty_school_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
