/* Walk 2.8: the county rings, "how many left-behind?"; the program and its command line say the same. */
#include "pty_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pty_school school = {.user = "吴校长", .today = "2026-11-30"};

/* The roster of 700, its refused rows mended. */
static int start(void **state)
{
    *state = &school;
    char words[600];
    pty_school_start(&school, "石桥镇中心小学");
    snprintf(words, sizeof(words), "import child '%s/township-700.csv' --rejects '%s/refused.csv' 2>/dev/null || true",
             GUANAI_ROSTERS,
             school.folder);
    pty_school_run(&school, words);
    snprintf(words, sizeof(words), "python3 '%s' '%s/refused.csv' '%s/mended.csv'", GUANAI_MEND, school.folder, school.folder);
    assert_int_equal(system(words), 0);
    snprintf(words, sizeof(words), "import child '%s/mended.csv' 2>/dev/null", school.folder);
    pty_school_run(&school, words);
    return 0;
}

static struct pty *open_figures(void)
{
    struct pty *pty = pty_school_open(&school, "各班检查表");
    pty_key(pty, GA_KEY_F(10)); /* the digits beside the lines move with what must not wait */
    assert_true(pty_wait(pty, "329 / 700  47.0 %"));
    return pty;
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
    pty_school_leave(pty);
}

/* "329 / 700": each number opens just so many; nobody stands behind a nought. */
static void every_number_opens_its_children(void **state)
{
    (void)state;
    static const int cells[][3] = {{329, 371, 0}, {231, 439, 30}, {319, 371, 10}};
    static const int differences[] = {68, 10, 20, 10, 68, 20};
    char wanted[24], number[24];
    struct pty *pty = open_figures();
    for (size_t i = 0; i < 9 + 6; i++) {
        const int count = i < 9 ? cells[i / 3][i % 3] : differences[i - 9];
        snprintf(number, sizeof(number), "▶%d", count);
        pty_school_wait(pty, number);
        if (count > 0) {
            snprintf(wanted, sizeof(wanted), "1 / %d", count);
            pty_school_press(&school, pty, GA_KEY_ENTER, wanted);
            pty_key(pty, GA_KEY_ESC);
            pty_school_wait(pty, number);
        }
        if (i < 9 && i % 3 < 2)
            pty_key(pty, GA_KEY_RIGHT);
        else
            pty_key(pty, GA_KEY_DOWN);
        for (int left = 0; i < 8 && i % 3 == 2 && left < 2; left++)
            pty_key(pty, GA_KEY_LEFT);
    }
    pty_school_leave(pty);
}

static void the_command_line_says_the_same(void **state)
{
    (void)state;
    assert_non_null(strstr(pty_school_run(&school, "figures"), "学校口径\t2026-11-30\t329\t371\t0\t700\t47.0"));
    assert_non_null(strstr(pty_school_run(&school, "figures"), "民政口径（2016）\t2026-11-30\t231\t439\t30\t700\t33.0"));
    assert_non_null(strstr(pty_school_run(&school, "figures --difference school,civil_affairs"), "yes\tno\t一方外出、另一方在家\t68"));
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
    pty_school_leave(pty);
}

int main(int argc, char **argv)
{
    assert_true(argc > 2);
    school.program = argv[1];
    school.forms = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_headteacher_answers_the_county),
        cmocka_unit_test(every_number_opens_its_children),
        cmocka_unit_test(the_command_line_says_the_same),
        cmocka_unit_test(another_day_is_a_few_keys_away),
    };
    return cmocka_run_group_tests(tests, start, pty_school_stop);
}
