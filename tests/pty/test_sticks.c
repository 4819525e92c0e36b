/* A clerk's Friday with a stick: the clock, what two answered differently, an edit that an import overtook (walks 3.1, 3.2). */
#include "pty_school.h"

#include "guanai/base/io_ops.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 3, TYPED_KEYS_MAX = 3 };

static struct pty_school school = {.user = "小罗"}, point = {.user = "石老师"}; /* 中心校; 石桥教学点 */
static char ids[CHILDREN][37], stick[80];

static const char *const names[CHILDREN] = {"name=何丽", "name=彭英俊", "name=黄宁"};

/* A command that may answer that there is something to look at; words behind each other. */
#define RUN(at, ...) run((at), (const char *const[]){__VA_ARGS__, NULL})
static const char *run(const struct pty_school *at, const char *const *words)
{
    struct ga_str line = {0};
    for (; *words != NULL; words++)
        ga_str_addf(&line, "%s ", *words);
    ga_str_add(&line, "2>&1 || [ $? = 1 ]");
    const char *answer = pty_school_run(at, ga_str_text(&line));
    ga_str_finish(&line);
    return answer;
}

static void pair(void)
{
    char digits[40];
    RUN(&school, "sync pair invite", stick);
    snprintf(digits, sizeof(digits), "'%.35s'", RUN(&point, "sync pair join", stick, "石桥教学点"));
    RUN(&school, "sync pair answer", stick, digits);
    RUN(&point, "sync pair finish", stick, digits);
}

/* Three children, known at both computers. */
static int start(void **state)
{
    (void)state;
    school.today = point.today = "2026-11-27";
    pty_school_start(&school, "石桥镇中心小学");
    pty_school_start(&point, "石桥镇中心小学");
    setenv("HOME", school.folder, 1);
    snprintf(stick, sizeof(stick), "%s/stick", school.folder);
    struct ga_error err = {0};
    assert_int_equal(ga_io_make_dirs(ga_io_system(), stick, &err), GA_OK);
    for (size_t i = 0; i < CHILDREN; i++) {
        const char *said = RUN(&school, "add child sex=女 birth_date=2018-03-05 grade=三年级 class=2 village=红岩村 2>/dev/null", names[i], "| sed -n 2p");
        snprintf(ids[i], sizeof(ids[i]), "%.36s", said);
    }
    pair();
    RUN(&school, "sync export", stick);
    RUN(&point, "sync import", stick);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    return pty_school_remove(&school) | pty_school_remove(&point);
}

static void edit(const struct pty_school *at, size_t child, const char *village)
{
    RUN(at, "edit child", ids[child], village);
}

static const char *village_of(size_t child)
{
    return RUN(&school, "show child", ids[child], "| grep village");
}

static void open_conflicts(struct pty *pty)
{
    pty_school_open_more(&school, pty, "U盘交换", "先收U盘上的");
    pty_school_press(&school, pty, '4', "填得不一样的");
}

/* Walk 3.2: three listed, printed, three digits typed back. */
static void three_conflicts_are_printed_and_three_digits_typed_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHILDREN; i++) {
        edit(&school, i, "village=大湾村");
        edit(&point, i, "village=双溪村");
    }
    for (int i = 0; i < 3; i++) /* the ones that were lost on the way */
        RUN(&point, "sync export", stick, "complete");
    const char *told = RUN(&school, "sync import", stick);
    assert_non_null(strstr(told, "石桥教学点"));
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_conflicts(pty);
    pty_school_wait(pty, "3 黄宁");
    pty_school_press(&school, pty, 'p', "供打印");
    school.pressed = 0;
    pty_school_press(&school, pty, '1', "还剩 2 处");
    pty_school_press(&school, pty, '2', "还剩 1 处");
    pty_school_press(&school, pty, '1', "还剩 0 处");
    assert_int_equal(school.pressed, TYPED_KEYS_MAX);
    pty_school_wait(pty, "没有填得不一样的");
    pty_school_leave(pty);
    char first[100], second[100];
    snprintf(first, sizeof(first), "%s", village_of(0));
    snprintf(second, sizeof(second), "%s", village_of(1));
    assert_string_not_equal(first, second); /* 1 and 2 of two rows whose answers stand in one order */
    pty_school_expect(&school, "sync conflicts", "no");
    assert_int_equal(system("ls \"$HOME\"/填得不一样的-2026-11-27.* >/dev/null"), 0);
}

/* To the village in the child's form; its first nine lines are above. */
static void begin_edit(struct pty *pty, const char *village)
{
    enum { LINES_ABOVE = 8 };
    pty_school_type(&school, pty, "何丽");
    pty_school_press(&school, pty, GA_KEY_ENTER, "5 记录");
    pty_school_key(&school, pty, GA_KEY_DOWN, LINES_ABOVE);
    pty_school_press(&school, pty, GA_KEY_ENTER, "▶村");
    pty_school_key(&school, pty, GA_CTRL('U'), 1);
    pty_school_type(&school, pty, village);
    pty_school_press(&school, pty, GA_KEY_ENTER, "▶组或自然寨"); /* leaving the field keeps the draft */
}

/* Walk 3.1: a dead battery; the day is asked for once, everything is taken, marked, and hurts nobody else. */
static void a_clock_of_2009_asks_what_day_it_is_and_works_on(void **state)
{
    (void)state;
    school.today = "2009-01-01";
    struct pty *pty = pty_school_open(&school, "今天是几号");
    pty_school_wait(pty, "2026-11-27");
    pty_school_type(&school, pty, "27");
    pty_school_wait(pty, "2026年11月27日");
    pty_school_press(&school, pty, GA_KEY_ENTER, "找孩子");
    begin_edit(pty, "大湾村");
    pty_school_press(&school, pty, GA_CTRL('S'), "大湾村");
    pty_school_wait(pty, "5 记录");
    pty_school_leave(pty);
    school.today = "2026-11-27";
    assert_non_null(strstr(RUN(&school, "history child", ids[0], "--field village"), "2026-11-27 "));
    assert_non_null(strstr(RUN(&school, "history child", ids[0], "--field village"), "?"));
    RUN(&school, "sync export", stick);
    RUN(&point, "sync import", stick);
    assert_non_null(strstr(RUN(&point, "show child", ids[0]), "大湾村"));
    pty = pty_school_open(&point, "找孩子"); /* the other computer asks nothing */
    pty_school_leave(pty);
}

/* Begun, the power fails, a stick brings another value, resumed, saved: both values stand. */
static void an_edit_begun_before_an_import_and_saved_after_a_restart_is_a_conflict(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    begin_edit(pty, "大湾村");
    pty_school_end(pty, SIGKILL);
    edit(&point, 0, "village=双溪村");
    RUN(&point, "sync export", stick);
    RUN(&school, "sync import", stick);
    assert_non_null(strstr(village_of(0), "双溪村"));
    pty = pty_school_open(&school, "何丽 的儿童档案");
    pty_school_press(&school, pty, GA_KEY_DOWN, "按数字选择");
    pty_school_press(&school, pty, pty_school_digit_of(pty, "何丽 的儿童档案"), "大湾村");
    pty_school_press(&school, pty, GA_CTRL('S'), "找孩子");
    pty_school_leave(pty);
    const char *listed = RUN(&school, "sync conflicts");
    assert_non_null(strstr(listed, "大湾村"));
    assert_non_null(strstr(listed, "双溪村"));
}

#define WITH_STICK(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    school.program = point.program = argv[1];
    school.forms = point.forms = argv[2];
    const struct CMUnitTest tests[] = {
        WITH_STICK(three_conflicts_are_printed_and_three_digits_typed_back),
        WITH_STICK(a_clock_of_2009_asks_what_day_it_is_and_works_on),
        WITH_STICK(an_edit_begun_before_an_import_and_saved_after_a_restart_is_a_conflict),
    };
    return cmocka_run_group_tests_name("pty: sticks", tests, NULL, NULL);
}
