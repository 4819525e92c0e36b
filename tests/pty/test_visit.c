/* A visit typed in the real program, as a teacher would: walks 1.5 and 1.9. */
#include "pty_school.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school;

static int start(void **state)
{
    *state = &school;
    pty_school_start(&school, "红岩村小学");
    pty_school_run(&school, "add child name=彭英俊 sex=男 birth_date=2017-3-12 id_number=530325201703120016 "
                            "grade=三年级 class=2 village=红岩村 hamlet=5组 marked_left_behind=是 "
                            "absence_kind=双方外出 guardian_relation=奶奶 father_name=彭大勇 "
                            "father_phone=13812345678");
    return 0;
}

static void keys(struct pty *pty, uint32_t key, int times)
{
    for (int i = 0; i < times; i++)
        pty_key(pty, key);
}

static void open_visit(struct pty *pty)
{
    pty_type(pty, "pyj");
    assert_true(pty_wait(pty, "三年级(2)班"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "****0016"));
    pty_type(pty, "n");
    assert_true(pty_wait(pty, "要记录什么"));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "* 家中情况"));
}

/* Date 21, outcome Enter, met Enter (奶奶 stands there), concerns 1: the words come next. */
static void type_as_far_as_the_words(struct pty *pty)
{
    pty_type(pty, "21");
    assert_true(pty_wait(pty, "2026年11月21日 周六"));
    keys(pty, GA_KEY_ENTER, 6);
    assert_true(pty_wait(pty, "1 无异常"));
    pty_type(pty, "1");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "一两句即可"));
}

static void a_visit_leads_to_the_new_phone_number(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_visit(pty);
    type_as_far_as_the_words(pty);
    pty_type(pty, "奶奶身体好，爱画画。");
    assert_true(pty_wait(pty, "爱画画。"));
    keys(pty, GA_KEY_ENTER, 3);
    pty_type(pty, "y");
    pty_key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "现在打开吗"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "▶父亲电话"));
    assert_true(pty_wait_caret(pty, 4, 26));
    pty_key(pty, GA_CTRL('U'));
    pty_type(pty, "13998765432");
    pty_key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已保存：儿童档案"));
    pty_school_leave(pty);
    assert_non_null(strstr(pty_school_run(&school, "show child 1"), "13998765432"));
    assert_non_null(strstr(pty_school_run(&school, "history child 1"), "13812345678")); /* the old one is not lost */
    assert_non_null(strstr(pty_school_run(&school, "list home_visit"), "2026-11-21"));
}

static void resume_after(int number, const char *kept)
{
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_visit(pty);
    type_as_far_as_the_words(pty);
    pty_type(pty, "写到一半停电");
    assert_true(pty_wait(pty, "写到一半停电"));
    pty_school_end(pty, number);
    pty = pty_school_open(&school, "彭英俊 的家访记录？");
    pty_key(pty, GA_KEY_DOWN);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "家访内容"));
    assert_true(pty_wait(pty, "2026年11月21日")); /* what was typed before the last field */
    assert_true(pty_wait(pty, "无异常"));
    assert_true(pty_wait(pty, kept));
    pty_type(pty, "，接着写");
    assert_true(pty_wait(pty, "，接着写"));
    pty_key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已保存"));
    pty_school_leave(pty);
    assert_non_null(strstr(pty_school_run(&school, "list home_visit"), "2026-11-21"));
}

static void after_a_power_cut_all_but_the_last_field_is_there(void **state)
{
    (void)state;
    resume_after(SIGKILL, "一两句即可");
}

static void a_window_that_is_closed_loses_nothing(void **state)
{
    (void)state;
    resume_after(SIGHUP, "写到一半停电");
}

/* Half a date is no answer: the power goes, it stands there again as it was typed. */
static void half_a_date_outlives_the_power(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    open_visit(pty);
    pty_type(pty, "2026-1");
    assert_true(pty_wait(pty, "2026-1"));
    pty_key(pty, GA_KEY_ENTER); /* refused: kept with the rest */
    assert_true(pty_wait(pty, "请先改正"));
    pty_school_end(pty, SIGKILL);
    pty = pty_school_open(&school, "彭英俊 的家访记录？");
    pty_key(pty, GA_KEY_DOWN);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "▶家访日期         2026-1 "));
    pty_type(pty, "1-20");
    assert_true(pty_wait(pty, "2026-11-20"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "2026年11月20日"));
    pty_school_leave(pty);
}

/* Walk 3.3: the clerk types a colleague's sheet; the title says so until F12 ends it. */
static void a_sheet_is_typed_for_a_colleague(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    pty_key(pty, GA_KEY_F(12));
    assert_true(pty_wait(pty, "这些表是谁的"));
    pty_type(pty, "何老师");
    assert_true(pty_wait(pty, "新名字"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "代 何老师 录入 · 周老师"));
    open_visit(pty);
    type_as_far_as_the_words(pty);
    assert_true(pty_wait(pty, "代 何老师 录入 · 周老师"));
    pty_key(pty, GA_CTRL('S'));
    assert_true(pty_wait(pty, "已保存"));
    pty_type(pty, "5");
    assert_true(pty_wait(pty, "[周老师 代录]"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "找到 1 人"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "正在代 何老师 录入"));
    pty_key(pty, GA_KEY_F(12));
    assert_true(pty_wait(pty, "代录已结束"));
    pty_school_leave(pty);
    assert_non_null(strstr(pty_school_run(&school, "list home_visit"), "何老师"));
}

/* The power goes while a colleague's sheets are typed: what is typed next is still the colleague's, and said so. */
static void typing_for_a_colleague_outlives_the_power_until_the_next_day(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    pty_key(pty, GA_KEY_F(12));
    assert_true(pty_wait(pty, "这些表是谁的"));
    pty_type(pty, "何老师");
    assert_true(pty_wait(pty, "新名字"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "代 何老师 录入 · 周老师"));
    pty_school_end(pty, SIGKILL);
    pty = pty_school_open(&school, "接着代录");
    assert_true(pty_wait(pty, "代 何老师 录入 · 周老师"));
    pty_key(pty, GA_KEY_F(12));
    assert_true(pty_wait(pty, "代录已结束"));
    pty_school_end(pty, SIGKILL);
    pty = pty_school_open(&school, "找孩子");
    assert_true(pty_wait_gone(pty, "录入 · 周老师"));
    pty_key(pty, GA_KEY_F(12));
    assert_true(pty_wait(pty, "这些表是谁的"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "代 何老师 录入 · 周老师"));
    pty_school_end(pty, SIGKILL);
    school.today = "2026-11-24";
    pty = pty_school_open(&school, "上次代 何老师 录入，现已结束");
    assert_true(pty_wait_gone(pty, "录入 · 周老师"));
    pty_school_leave(pty);
    school.today = NULL;
}

/* Walk 1.7 from the find box to “saved”: every key but the words counts. */
static void visit_with_nothing_unusual(struct pty *pty, const char *initials, const char *name, const char *words)
{
    enum { KEYS_MAX = 20, FIELDS_BEFORE_CONCERNS = 6 };
    char saved[80];
    pty_type(pty, initials);
    assert_true(pty_wait(pty, "找到 1 人"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "n 新建"));
    pty_type(pty, "n");
    assert_true(pty_wait(pty, "要记录什么"));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "* 家中情况"));
    pty_type(pty, "21");
    assert_true(pty_wait(pty, "2026年11月21日 周六"));
    keys(pty, GA_KEY_ENTER, FIELDS_BEFORE_CONCERNS);
    assert_true(pty_wait(pty, "1 无异常"));
    pty_type(pty, "1");
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "一两句即可"));
    pty_type(pty, words);
    pty_key(pty, GA_CTRL('S'));
    snprintf(saved, sizeof(saved), "已保存：家访记录 · %s", name);
    assert_true(pty_wait(pty, saved));
    assert_true(strlen(initials) + strlen("\nn1" "21" "1\n") + FIELDS_BEFORE_CONCERNS + 1 <= KEYS_MAX);
}

static void a_visit_with_nothing_unusual_takes_at_most_twenty_keys(void **state)
{
    (void)state;
    pty_school_run(&school, "add child name=黄宁 sex=男 birth_date=2017-12-13 grade=三年级 class=2 village=大湾村 marked_left_behind=是 "
        "absence_kind=双方外出 guardian_relation=外婆");
    pty_school_run(&school, "add child name=彭红军 sex=女 birth_date=2018-7-16 grade=三年级 class=2 village=红岩村 marked_left_behind=是 "
        "absence_kind=父亲外出 guardian_relation=母亲");
    struct pty *pty = pty_school_open(&school, "找孩子");
    visit_with_nothing_unusual(pty, "phj", "彭红军", "在家帮奶奶做饭。");
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "找到 1 人"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "首字母(hl)"));
    visit_with_nothing_unusual(pty, "hn", "黄宁", "没有什么不一样。");
    pty_school_leave(pty);
    const char *all = pty_school_run(&school, "list home_visit");
    assert_non_null(strstr(all, "在家帮奶奶做饭。"));
    assert_non_null(strstr(all, "没有什么不一样。"));
}

int main(int argc, char **argv)
{
    school.program = argc > 1 ? argv[1] : "src/guanai";
    school.forms = argc > 2 ? argv[2] : "forms";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_visit_leads_to_the_new_phone_number, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(after_a_power_cut_all_but_the_last_field_is_there, start,
                                        pty_school_stop),
        cmocka_unit_test_setup_teardown(a_window_that_is_closed_loses_nothing, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(half_a_date_outlives_the_power, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(a_sheet_is_typed_for_a_colleague, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(typing_for_a_colleague_outlives_the_power_until_the_next_day, start, pty_school_stop),
        cmocka_unit_test_setup_teardown(a_visit_with_nothing_unusual_takes_at_most_twenty_keys, start, pty_school_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
