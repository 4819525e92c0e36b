/* A form that a school laid beside its data is on the menus, is filled in and leads on to the next one. */
#include "pty_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static const char eye_check[] =
    "form: eye_check\nversion: 1\ntitle: {zh: 视力检查, en: Eye check}\nof: child\nprotect: ordinary\n"
    "roles: {read: [teacher], write: [teacher]}\nsummary: \"concat_ws(' ', checked_on, label(finding))\"\nfields:\n"
    "  - {name: checked_on, type: date, label: {zh: 检查日期, en: Checked on}, required: true, default: today()}\n"
    "  - {name: finding, type: choice, list: eye_finding, label: {zh: 结果, en: Finding}, required: true}\n"
    "then:\n  - {when: finding = 'glasses', open: talk, fill: {content: label(finding)}}\n";
static const char eye_finding[] =
    "list: eye_finding\nchoices:\n  - {code: fine, label: {zh: 正常, en: Fine}}\n"
    "  - {code: glasses, label: {zh: 需配镜, en: Needs glasses}}\n";

static struct pty_school school;

static void lay(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/data/forms/%s", school.folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void make_folder(const char *name)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/data/%s", school.folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int start(void **state)
{
    *state = &school;
    pty_school_start(&school, "红岩村小学");
    pty_school_run(&school, "add child name=彭英俊 grade=三年级 class=2 village=红岩村");
    make_folder("forms");
    make_folder("forms/lists");
    lay("eye_check.yaml", eye_check);
    lay("lists/eye_finding.yaml", eye_finding);
    return 0;
}

static void it_is_found_filled_in_and_leads_on_to_the_next_form(void **state)
{
    (void)state;
    struct pty *pty = pty_school_open(&school, "找孩子");
    pty_school_type(&school, pty, "pyj");
    pty_school_wait(pty, "三年级(2)班");
    pty_school_press(&school, pty, GA_KEY_ENTER, "[1 基本]");
    pty_school_press(&school, pty, 'n', "要记录什么");
    pty_school_press(&school, pty, '6', "输入文字查找");
    pty_school_type(&school, pty, "sljc"); /* by pinyin, as those of the program */
    pty_school_wait(pty, "视力检查");
    pty_school_press(&school, pty, GA_KEY_ENTER, "检查日期");
    pty_school_press(&school, pty, GA_KEY_DOWN, "2 需配镜"); /* its own list */
    pty_school_press(&school, pty, '2', "✓2 需配镜");
    pty_school_press(&school, pty, GA_CTRL('S'), "谈心");
    pty_school_press(&school, pty, GA_KEY_ENTER, "谈心日期");
    pty_school_wait(pty, "需配镜"); /* filled in from the one before */
    pty_school_leave(pty);
    assert_non_null(strstr(pty_school_run(&school, "list eye_check"), "glasses"));
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 1;
    school = (struct pty_school){.program = argv[1], .forms = argv[2]};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_found_filled_in_and_leads_on_to_the_next_form, start, pty_school_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
