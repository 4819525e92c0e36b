/* The headteacher's ten minutes over the months of the classes: walks 2.4, 2.5, 2.6, 2.10 of the township. */
#include "pty_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school;

/* The roster mended, the visits on paper, Saturday's trip; of this class only the visit of the month is owed. */
static int start(void **state)
{
    *state = &school;
    pty_school_begin_walk(&school);
    pty_school_owe_visits_only(&school);
    pty_school_visit(&school, "彭英俊", "visitor=周老师 outcome=met met=grandmother_f concerns=ok content=好");
    pty_school_visit(&school, "彭红军", "visitor=周老师 outcome=met met=grandmother_f concerns=ok");
    pty_school_visit(&school, "黄宁", "visitor=周老师 outcome=met met=grandmother_f concerns=ok");
    pty_school_visit(&school, "崔子乐", "visitor=周老师 outcome=not_home");
    return 0;
}

static void press(struct pty *pty, uint32_t key, const char *wanted)
{
    pty_school_press(&school, pty, key, wanted);
}

static struct pty *sit_down(const char *user, const char *today, const char *wanted)
{
    school.user = user;
    school.today = today;
    return pty_school_open(&school, wanted);
}

/* The first screen's line that says so, by its digit. */
static void open_checklists(struct pty *pty)
{
    struct ga_str page = {0};
    pty_school_wait(pty, "各班检查表");
    press(pty, GA_KEY_DOWN, "数字"); /* the digits stand before the lines now */
    pty_dump(pty, &page);
    const char *line = strstr(ga_str_text(&page), "各班检查表");
    assert_non_null(line);
    while (line > ga_str_text(&page) && line[-1] != '\n')
        line--;
    while (*line != '\0' && (*line < '1' || *line > '9'))
        line++;
    press(pty, (uint32_t)*line, "未完成");
    ga_str_finish(&page);
}

/* Walk 2.4: class × duty, from a cell to its record and back to the same cell. */
static void the_month_of_the_class_and_the_record_behind_a_cell(void **state)
{
    (void)state;
    struct pty *pty = sit_down("吴校长", "2026-11-30", "找孩子");
    open_checklists(pty);
    pty_school_wait(pty, "11/24");
    press(pty, GA_KEY_ENTER, "检查表 · 三年级(2)班 · 11月");
    pty_school_wait(pty, "11/24");
    while (!pty_shows(pty, "彭英俊 · 家访"))
        pty_school_key(&school, pty, GA_KEY_DOWN, 1), pty_pump(pty, 50);
    press(pty, GA_KEY_ENTER, "家访内容         好");
    press(pty, GA_KEY_ESC, "彭英俊 · 家访: 11月21日 完成");
    pty_school_leave(pty);
}

/* Walk 2.5: one says only "好"; his words stand on that teacher's first screen until it is mended. */
static void a_record_goes_back_with_words_and_comes_back_mended(void **state)
{
    (void)state;
    struct pty *pty = sit_down("吴校长", "2026-11-30", "找孩子");
    open_checklists(pty);
    press(pty, GA_KEY_ENTER, "11/24");
    while (!pty_shows(pty, "彭英俊 · 家访"))
        pty_school_key(&school, pty, GA_KEY_DOWN, 1), pty_pump(pty, 50);
    press(pty, 'b', "退回：彭英俊 11-21 家访");
    pty_type(pty, "写清孩子睡在哪里");
    press(pty, GA_KEY_ENTER, "已退回：写清孩子睡在哪里");
    pty_school_leave(pty);
    pty = sit_down("周老师", "2026-11-30", "退回 1");
    pty_school_wait(pty, "彭英俊 11-21 家访");
    pty_school_wait(pty, "写清孩子睡在哪里");
    pty_school_leave(pty);
    const char *ids = pty_school_run(&school, "list home_visit --where \"visitor = '周老师' AND content = '好'\" | sed -n 2p");
    char words[200], id[37];
    strncpy(id, ids, 36);
    id[36] = '\0';
    snprintf(words, sizeof(words), "edit home_visit %s content=睡在奶奶屋里 >/dev/null", id);
    pty_school_run(&school, words);
    pty = sit_down("吴校长", "2026-11-30", "未补 0 · 已补待看 1");
    pty_school_leave(pty);
}

/* Walks 2.6, 2.10: an incomplete class asks, notes what was open; six keys at most; name and day stand in the history. */
static void a_month_is_signed_with_thirteen_open_and_the_history_says_by_whom(void **state)
{
    (void)state;
    struct pty *pty = sit_down("吴校长", "2026-11-30", "找孩子");
    open_checklists(pty);
    pty_school_wait(pty, "11/24");
    school.pressed = 0;
    press(pty, 's', "仍有 13 项未完成，照签？");
    press(pty, 'y', "三年级(2)班 已审签，未完成 13 项");
    assert_in_range(school.pressed, 1, 6);
    pty_school_wait(pty, "✓ 吴校长");
    pty_school_leave(pty);
    const char *said = pty_school_run(&school, "list month_sign --format json");
    assert_non_null(strstr(said, "三年级(2)班"));
    pty = sit_down("周老师", "2026-11-30", "找孩子"); /* whose class it is */
    open_checklists(pty);
    press(pty, 's', "自己的工作不由自己审签");
    pty_school_leave(pty);
    char words[200], id[37];
    strncpy(id, pty_school_run(&school, "list home_visit --where \"visitor = '周老师' AND content IS NULL AND outcome = 'met'\" | sed -n 2p"), 36);
    id[36] = '\0';
    snprintf(words, sizeof(words), "--lang zh history home_visit %s", id);
    said = pty_school_run(&school, words);
    assert_non_null(strstr(said, "2026-11 审签，当时未完成 13 项"));
    assert_non_null(strstr(said, "吴校长"));
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school.program = argv[1];
    school.forms = argv[2];
    school.user = "吴校长";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_month_of_the_class_and_the_record_behind_a_cell),
        cmocka_unit_test(a_record_goes_back_with_words_and_comes_back_mended),
        cmocka_unit_test(a_month_is_signed_with_thirteen_open_and_the_history_says_by_whom),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
