/* A class's month typed on the class month sheet in the real program: walk 1.10 on the township, its page printed (1.12). */
#include "pty_school.h"

#include "guanai/base/io_ops.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FIELDS_BEFORE_CONCERNS = 6, PRINT_KEYS_MAX = 12, VISIT_KEYS_MAX = 20 };

static struct pty_school school = {.today = "2026-11-20"};

/* Walks' set-up: the roster, its refused rows mended, the visits; the monthly visit on for this class. */
static int start(void **state)
{
    *state = &school;
    pty_school_begin_walk(&school);
    return 0;
}


enum { CHILDREN = 24 };

/* By the roster of the class: no way through the menus that a new line could move. */
static struct pty *open_sheet(void)
{
    struct pty *pty = pty_school_open(&school, "找孩子");
    pty_school_press(&school, pty, GA_KEY_F(3), "花名册");
    pty_school_press(&school, pty, 'c', "三年级(2)班");
    pty_school_type(&school, pty, "7");
    pty_school_press(&school, pty, GA_KEY_ENTER, "花名册 · 三年级(2)班");
    pty_school_press(&school, pty, 'm', "班级月记表 · 三年级(2)班");
    pty_school_wait(pty, "第1人，共24人");
    school.pressed = 0;
    return pty;
}

/* Topic and mood by digit, a few words, Enter; five rows without any words. */
static void twenty_four_talks_take_five_keys_a_child_beside_their_words(void **state)
{
    (void)state;
    int words = 0;
    struct pty *pty = open_sheet();
    pty_school_type(&school, pty, "11-20");
    pty_school_key(&school, pty, GA_KEY_TAB, 1);
    for (int i = 0; i < CHILDREN; i++) {
        pty_school_type(&school, pty, i % 2 == 0 ? "1" : "2");
        pty_school_key(&school, pty, GA_KEY_TAB, 1);
        pty_school_type(&school, pty, "3");
        pty_school_key(&school, pty, GA_KEY_TAB, 1);
        if (i >= 5) {
            const int before = school.pressed;
            pty_school_type(&school, pty, "想妈妈");
            words += school.pressed - before;
        }
        pty_school_key(&school, pty, GA_KEY_ENTER, 1);
        if (i == 7 || i == 15) /* the terminal's own buffer is not endless */
            pty_school_wait(pty, i == 7 ? "待存8条" : "待存16条");
    }
    pty_school_press(&school, pty, GA_CTRL('S'), "已保存24条记录");
    assert_true(school.pressed - words <= 5 * CHILDREN + 8); /* at one key a second two minutes and a bit */
    pty_school_leave(pty);
    assert_int_equal(pty_school_count(&school, "talk"), CHILDREN);
}

/* What the sheet counts below its rows is what the checklist says: 8 of 24 visited, 24 of 24 talked with. */
static void the_printed_page_counts_what_the_checklist_counts(void **state)
{
    (void)state;
    char words[1200];
    struct pty *pty = open_sheet();
    pty_school_wait(pty, "11-20"); /* what was recorded stands in the cells */
    pty_school_press(&school, pty, GA_KEY_F(12), "已写好，可以打印");
    pty_school_leave(pty);
    snprintf(words, sizeof(words),
             "python3 '%s/../tests/harness/sheet_text.py' '%s'/*2026-11.xlsx > '%s/sheet.txt' && grep -q '家访 8/24' '%s/sheet.txt' && "
             "grep -q '24/24' '%s/sheet.txt' && grep -q '何丽' '%s/sheet.txt' && "
             "grep -q '# 班级月记表 .*paper=9 portrait pages_wide=1 header=&L石桥镇中心小学&C.*2026-11&R2026-11-20 footer=&L制表人' '%s/sheet.txt'",
             school.forms, school.folder, school.folder, school.folder, school.folder, school.folder, school.folder);
    assert_int_equal(system(words), 0);
    assert_non_null(strstr(pty_school_run(&school, "checklist --class '三年级(2)班' --month 2026-11"), "8/24"));
}

int main(int argc, char **argv)
{
    school.program = argc > 1 ? argv[1] : "src/guanai";
    school.forms = argc > 2 ? argv[2] : "forms";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twenty_four_talks_take_five_keys_a_child_beside_their_words),
        cmocka_unit_test(the_printed_page_counts_what_the_checklist_counts),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
