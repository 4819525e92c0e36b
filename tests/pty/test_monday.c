/* A teacher's Monday on the township: walks 1.4, 1.9, 1.11, 1.12, 1.13. */
#include "pty_school.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school;

static int start(void **state)
{
    *state = &school;
    school.user = "何老师";
    school.today = "2026-11-23";
    pty_school_begin_walk(&school);
    return 0;
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

/* Walk 1.9: the power fails in the middle of her sentence; all but the last field is there. */
static void the_power_fails_in_the_middle_of_a_sentence(void **state)
{
    (void)state;
    school.user = "周老师";
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_visit(pty, "何丽", "三年级(2)班");
    pty_type(pty, "21");
    pty_school_wait(pty, "2026年11月21日 周六");
    pty_school_key(&school, pty, GA_KEY_ENTER, 4);
    pty_school_wait(pty, "▶见到谁");
    pty_type(pty, "0");
    pty_school_wait(pty, "邻居");
    pty_type(pty, "邻居");
    pty_key(pty, GA_KEY_ENTER);
    pty_school_wait(pty, "✓· 邻居");
    pty_school_key(&school, pty, GA_KEY_ENTER, 2);
    pty_school_wait(pty, "▶家中情况");
    pty_type(pty, "57");
    pty_school_wait(pty, "夜间独处");
    press(pty, GA_KEY_ENTER, "一两句即可");
    pty_type(pty, "自己做饭，灶");
    pty_school_wait(pty, "自己做饭，灶");
    pty_school_end(pty, SIGKILL);
    pty = pty_school_open(&school, "何丽 的家访记录？");
    pty_school_wait(pty, "继续 ");
    press(pty, GA_KEY_DOWN, "按数字选择");
    press(pty, pty_school_digit_of(pty, "何丽 的家访记录"), "2026年11月21日");
    pty_school_wait(pty, "邻居");
    pty_school_wait(pty, "用电用火隐患、夜间独处");
    pty_school_wait(pty, "▶家访内容"); /* where she was */
    pty_key(pty, GA_CTRL('U'));
    pty_type(pty, "自己做饭，灶边放着被褥。");
    pty_school_wait(pty, "灶边放着被褥。");
    pty_school_key(&school, pty, GA_KEY_ENTER, 4);
    pty_school_wait(pty, "▶下次查看");
    pty_type(pty, "28");
    pty_school_wait(pty, "2026年11月28日");
    press(pty, GA_CTRL('S'), "无人监护须报告"); /* walk 1.8 goes on from here: test_report.c */
    pty_key(pty, GA_KEY_ESC);
    pty_school_wait(pty, "已保存：家访记录 · 何丽");
    pty_school_leave(pty);
    pty_school_expect(&school, "list home_visit --where \"visited_on = '2026-11-21'\"", "灶边放着被褥。");
}

static void look_up(struct pty *pty, const char *typed, const char *wanted)
{
    pty_key(pty, GA_CTRL('U'));
    pty_type(pty, typed);
    pty_school_wait(pty, wanted);
}

/* Walk 1.11: of all whose names begin so, those of the own class stand first; Enter opens the right one. */
static void initials_find_the_own_class_first(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "周老师 · 11月23日"); /* she sat down in the first of these walks */
    pty_school_wait(pty, "现在该做"); /* whose class is known once her duties are worked out */
    look_up(pty, "hl", "▶ 何丽           男   三年级(2)班");
    pty_school_wait(pty, "  胡磊           女   二年级(2)班");
    press(pty, GA_KEY_ENTER, "n 新建");
    pty_school_wait(pty, "红岩村");
    pty_school_leave(pty);
}

/* Walk 1.11: by what he is called, by initials, by the number on the card; of three with one name the right one at once. */
static void a_child_is_found_by_what_people_know_of_it(void **state)
{
    (void)state;
    char words[120], id[37];
    memcpy(id, strchr(pty_school_run(&school, "find 彭英俊"), '\n') + 1, 36);
    id[36] = '\0';
    snprintf(words, sizeof(words), "edit child %s nickname=石头 >/dev/null", id);
    pty_school_run(&school, words);
    struct pty *pty = pty_school_open(&school, "找孩子");
    look_up(pty, "石头", "▶ 彭英俊");
    look_up(pty, "shitou", "▶ 彭英俊");
    look_up(pty, "419", "▶ 迪丽热巴·艾力  女   四年级(1)班      2016-11"); /* the number of her card */
    look_up(pty, "hl", "何丽           男   三年级(2)班");
    look_up(pty, "dlrb", "找到 3 人");
    pty_school_wait(pty, "迪丽热巴·艾力  女   四年级(1)班      2016-11");
    pty_school_wait(pty, "迪丽热巴·艾力  女   四年级(1)班      2017-07");
    pty_school_wait(pty, "迪丽热巴·艾力  男   六年级(1)班      2015-05");
    press(pty, GA_KEY_DOWN, "▶ 迪丽热巴·艾力  女   四年级(1)班      2017-07");
    press(pty, GA_KEY_ENTER, "2017年7月14日");
    pty_school_wait(pty, "红岩村");
    pty_school_leave(pty);
}

/* Walk 1.12: the bell rings; nothing is lost, and every page counts the same eleven. */
static void at_the_bell_every_page_says_eleven_of_twenty_four(void **state)
{
    (void)state;
    char words[400];
    pty_school_owe_visits_only(&school);
    pty_school_visit(&school, "彭英俊", "outcome=met met=grandmother_f concerns=ok");
    pty_school_visit(&school, "彭红军", "outcome=met met=grandmother_f concerns=ok");
    pty_school_visit(&school, "黄宁", "outcome=met met=grandmother_f concerns=ok");
    pty_school_visit(&school, "崔子乐", "outcome=not_home");
    struct pty *pty = pty_school_open(&school, "13 人，最晚 11月30日（11/24 已完成）");
    assert_false(pty_shows(pty, "上次没有填完")); /* nothing to save */
    press(pty, GA_KEY_DOWN, "按数字选择");
    press(pty, pty_school_digit_of(pty, "各班检查表"), "三年级(2)班");
    press(pty, GA_KEY_ENTER, "检查表 · 三年级(2)班 · 11月");
    pty_school_wait(pty, "11/24");
    press(pty, 'm', "班级月记表 · 三年级(2)班");
    press(pty, GA_KEY_F(12), "已写好，可以打印");
    for (int i = 0; i < 3; i++)
        pty_key(pty, GA_KEY_ESC);
    pty_school_wait(pty, "（11/24 已完成）");
    pty_school_leave(pty);
    snprintf(words, sizeof(words), "python3 -c \"import zipfile,glob,sys; z=zipfile.ZipFile(glob.glob('%s/*2026-11.xlsx')[0]);"
             " sys.exit('家访 11/24' not in z.read('xl/worksheets/sheet1.xml').decode())\"", school.folder);
    assert_int_equal(system(words), 0);
    pty_school_expect(&school, "due --class '三年级(2)班' --duty visit_month --state done | sed 1d | wc -l", "11\n");
    pty_school_expect(&school, "due --class '三年级(2)班' --duty visit_month --state open,late | sed 1d | wc -l", "13\n");
    pty_school_expect(&school, "checklist --class '三年级(2)班' --month 2026-11", "11/24");
}

/* What is asked of a call that comes in: twelve keys with the child's being found. */
static void log_the_call(struct pty *pty)
{
    press(pty, '3', "▶方向");
    press(pty, '2', "✓2 家长打来");
    press(pty, GA_KEY_ENTER, "▶与谁");
    press(pty, '2', "18091225642"); /* the mother's number stands there at once */
    press(pty, GA_CTRL('S'), "▶谈了什么"); /* the only thing still asked */
    press(pty, '1', "✓1 学习");
    press(pty, GA_CTRL('S'), "已保存：与家长通话 · 李福春");
}

/* Walk 1.13: 李福春's mother rings. Found by initials and looked at first: twelve keys from the first page to saved. */
static void a_parents_call_is_logged_in_twelve_keys(void **state)
{
    (void)state;
    school.today = "2026-11-24";
    struct pty *pty = pty_school_open(&school, "找孩子");
    school.pressed = 0;
    pty_school_type(&school, pty, "lfc");
    pty_school_wait(pty, "▶ 李福春");
    press(pty, GA_KEY_ENTER, "n 新建");
    press(pty, 'n', "3 与家长通话");
    log_the_call(pty);
    assert_int_equal(school.pressed, 12);
    pty_school_leave(pty);
    pty_school_expect(&school, "list parent_call --where \"direction = 'in' AND whom = 'mother' AND outcome = 'reached'\"", "2026-11-24");
}

/* By the four digits that rang, too: what was found is written down without opening its file first, as the page says. */
static void by_the_tail_of_the_number_it_takes_no_more(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    school.pressed = 0;
    pty_school_type(&school, pty, "5642");
    pty_school_wait(pty, "▶ 李福春");
    pty_school_wait(pty, "母亲电话 …5642");
    pty_school_wait(pty, "Tab 记一条");
    press(pty, GA_KEY_TAB, "3 与家长通话");
    log_the_call(pty);
    assert_int_equal(school.pressed, 12);
    press(pty, GA_KEY_ESC, "母亲电话 …5642"); /* the first page as it was */
    press(pty, GA_KEY_ESC, "首字母(hl)");
    school.pressed = 0;
    pty_school_type(&school, pty, "lfc");
    pty_school_wait(pty, "▶ 李福春");
    press(pty, GA_KEY_TAB, "3 与家长通话");
    log_the_call(pty);
    assert_int_equal(school.pressed, 11);
    pty_school_leave(pty);
    pty_school_expect(&school, "list parent_call --where \"direction = 'in'\" | sed 1d | wc -l", "3\n");
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school.program = argv[1];
    school.forms = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_colleagues_form_is_kept_when_another_sits_down),
        cmocka_unit_test(who_sits_there_already_stays_where_he_is),
        cmocka_unit_test(the_power_fails_in_the_middle_of_a_sentence),
        cmocka_unit_test(initials_find_the_own_class_first),
        cmocka_unit_test(a_child_is_found_by_what_people_know_of_it),
        cmocka_unit_test(at_the_bell_every_page_says_eleven_of_twenty_four),
        cmocka_unit_test(a_parents_call_is_logged_in_twelve_keys),
        cmocka_unit_test(by_the_tail_of_the_number_it_takes_no_more),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
