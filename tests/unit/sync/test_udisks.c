/* udisks is asked, waited for, believed only when it says yes. */
#include "guanai/sync/udisks.h"

#include "guanai/text/translate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static char folder[40], program[60];

/* A program of that name that does this. */
static void write_program(const char *body)
{
    FILE *file = fopen(program, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", body);
    fclose(file);
    assert_int_equal(chmod(program, 0700), 0);
}

static void it_is_told_which_device_without_asking_anybody(void **state)
{
    (void)state;
    char body[160], line[160] = "";
    snprintf(body, sizeof(body), "echo \"$@\" > %s/said; echo Mounted; exit 0", folder);
    write_program(body);
    assert_int_equal(ga_udisks_unmount(program, "/dev/sdb1", NULL), GA_OK);
    snprintf(body, sizeof(body), "%s/said", folder);
    FILE *said = fopen(body, "r");
    assert_non_null(said);
    assert_non_null(fgets(line, sizeof(line), said));
    fclose(said);
    assert_string_equal(line, "unmount --no-user-interaction --block-device /dev/sdb1\n");
}

static void what_it_complains_of_is_said(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_str text = {0};
    write_program("echo 'Error unmounting: no such object' >&2; echo more; exit 1");
    assert_int_equal(ga_udisks_unmount(program, "/dev/sdb1", &err), GA_IO);
    ga_error_text(&err, GA_EN, &text);
    assert_non_null(strstr(ga_str_text(&text), "no such object"));
    assert_null(strstr(ga_str_text(&text), "more"));
    ga_str_finish(&text);
}

static void a_stick_in_use_is_said_in_the_users_words_with_what_to_do(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_str text = {0};
    write_program("echo 'Error unmounting /dev/sdb1: target is busy' >&2; exit 1");
    assert_int_equal(ga_udisks_unmount(program, "/dev/sdb1", &err), GA_IO);
    ga_error_text(&err, GA_ZH, &text);
    assert_non_null(strstr(ga_str_text(&text), "U盘还在用"));
    assert_non_null(strstr(ga_str_text(&text), "再做一次"));
    assert_null(strstr(ga_str_text(&text), "busy"));
    assert_null(strstr(ga_str_text(&text), "unmount"));
    ga_str_finish(&text);
}

/* Nothing was done before it, and nothing of it is open. */
static void a_stick_that_does_not_open_is_to_be_checked(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_str text = {0};
    write_program("echo 'Error mounting /dev/sdb1: wrong fs type, bad option, bad superblock' >&2; exit 1");
    assert_int_equal(ga_udisks_mount(program, "/dev/sdb1", &err), GA_IO);
    ga_error_text(&err, GA_ZH, &text);
    assert_non_null(strstr(ga_str_text(&text), "U盘 /dev/sdb1 打不开"));
    assert_non_null(strstr(ga_str_text(&text), "请检查修复，或者换一个U盘"));
    assert_null(strstr(ga_str_text(&text), "再做一次"));
    ga_str_finish(&text);
}

static void a_long_answer_is_no_reason_to_hang(void **state)
{
    (void)state;
    write_program("head -c 300000 /dev/zero | tr '\\0' x; exit 3");
    assert_int_equal(ga_udisks_mount(program, "/dev/sdb1", NULL), GA_IO);
}

static void without_it_nothing_is_asked(void **state)
{
    (void)state;
    assert_int_equal(ga_udisks_mount("/nowhere/udisksctl", "/dev/sdb1", NULL), GA_NOT_FOUND);
}

static void one_that_was_killed_has_not_answered(void **state)
{
    (void)state;
    write_program("kill -9 $$");
    assert_int_equal(ga_udisks_unmount(program, "/dev/sdb1", NULL), GA_IO);
}

static int start(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/guanai-udisks-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(program, sizeof(program), "%s/udisksctl", folder);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_told_which_device_without_asking_anybody),
        cmocka_unit_test(what_it_complains_of_is_said),
        cmocka_unit_test(a_stick_in_use_is_said_in_the_users_words_with_what_to_do),
        cmocka_unit_test(a_stick_that_does_not_open_is_to_be_checked),
        cmocka_unit_test(a_long_answer_is_no_reason_to_hang),
        cmocka_unit_test(without_it_nothing_is_asked),
        cmocka_unit_test(one_that_was_killed_has_not_answered),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
