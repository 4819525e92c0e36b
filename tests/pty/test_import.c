/* A clerk takes sheets in by hand in the real program, decides what differs, takes the wrong file back. */
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

static int start(void **state)
{
    char line[1000];
    *state = &school;
    pty_school_start(&school, "红岩村小学");
    snprintf(line, sizeof(line), "cp %s/*.csv '%s'", GUANAI_ROSTERS, school.folder);
    return system(line);
}

static void preview(struct pty *pty, const char *file)
{
    char path[160];
    snprintf(path, sizeof(path), "%s/%s", school.folder, file);
    pty_key(pty, GA_KEY_F(4));
    assert_true(pty_wait(pty, "哪个文件？"));
    pty_type(pty, path);
    assert_true(pty_wait(pty, file));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "会怎样"));
    assert_true(pty_wait(pty, "文件共"));
}

static void take(struct pty *pty, const char *said)
{
    pty_type(pty, "y");
    assert_true(pty_wait(pty, said));
    pty_type(pty, "o");
    assert_true(pty_wait(pty, "找孩子"));
}

static void columns_are_placed_by_hand_and_the_rows_come_in(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    preview(pty, "strange-headings.csv");
    assert_true(pty_wait(pty, "认得 4 列"));
    pty_type(pty, "c");
    assert_true(pty_wait(pty, "文件的列 "));
    pty_key(pty, GA_KEY_ENTER);
    pty_type(pty, "guardian_relation");
    assert_true(pty_wait(pty, "guardian_relation"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait_gone(pty, "guardian_relation"));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "认得 5 列"));
    take(pty, "已导入");
    pty_school_leave(pty);
}

static void differences_are_decided_and_the_wrong_file_is_taken_back(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    preview(pty, "village-then.csv");
    take(pty, "已导入：新建 2");
    preview(pty, "village-now.csv");
    pty_type(pty, "d");
    assert_true(pty_wait(pty, "1 / "));
    pty_type(pty, "1");
    assert_true(pty_wait(pty, "2 / "));
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "采用文件内容的行：1"));
    take(pty, "修改 1；");
    pty_key(pty, GA_KEY_F(4));
    assert_true(pty_wait(pty, "以前的导入"));
    pty_key(pty, GA_KEY_F(6));
    assert_true(pty_wait(pty, "先撤销后"));
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "要撤销吗"));
    pty_type(pty, "y");
    assert_true(pty_wait(pty, "已撤销 2026-11-23"));
    assert_true(pty_wait(pty, "可以撤销"));
    pty_key(pty, GA_KEY_DOWN);
    pty_key(pty, GA_KEY_ENTER);
    assert_true(pty_wait(pty, "移除 2 条记录"));
    pty_type(pty, "y");
    assert_true(pty_wait_gone(pty, "可以撤销"));
    pty_key(pty, GA_KEY_ESC);
    pty_key(pty, GA_KEY_ESC);
    assert_true(pty_wait(pty, "找孩子"));
    pty_school_leave(pty);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, pty_school_stop)

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    school = (struct pty_school){.program = argv[1], .forms = argv[2], .user = "资料员"};
    const struct CMUnitTest tests[] = {
        CASE(columns_are_placed_by_hand_and_the_rows_come_in),
        CASE(differences_are_decided_and_the_wrong_file_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
