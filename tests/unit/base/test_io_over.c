/* Texts seen as files before they are written: what base/io_over.h promises. */
#include "guanai/base/io_over.h"

#include "guanai/base/folders.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char root[40];
static struct ga_io_over over;

static const char *at(const char *name)
{
    static char path[4][96];
    static int next;
    char *out = path[next++ % 4];
    snprintf(out, sizeof(path[0]), "%s/%s", root, name);
    return out;
}

static int start(void **state)
{
    (void)state;
    strcpy(root, "/tmp/guanai-over-XXXXXX");
    if (mkdtemp(root) == NULL)
        return -1;
    ga_io_write_file(ga_io_system(), at("a.yaml"), "on the disk", 11, NULL);
    ga_io_write_file(ga_io_system(), at("b.yaml"), "too", 3, NULL);
    ga_io_over_init(&over, ga_io_system());
    return 0;
}

static int stop(void **state)
{
    (void)state;
    char command[64];
    ga_io_over_finish(&over);
    snprintf(command, sizeof(command), "rm -rf %s", root);
    return system(command);
}

static void expect_text(const char *name, const char *text)
{
    struct ga_str read = {0};
    assert_int_equal(ga_io_read_file(&over.ops, at(name), 1000, &read, NULL), GA_OK);
    assert_string_equal(ga_str_text(&read), text);
    ga_str_finish(&read);
}

static void expect_names(const char *folder, const char *names)
{
    struct ga_arena arena = {0};
    struct ga_problems problems;
    struct ga_folder_files files;
    struct ga_str all = {0};
    ga_problems_init(&problems);
    assert_int_equal(ga_folders_list(GA_FOLDER(root), &over.ops, folder, &arena, &problems, &files, NULL), GA_OK);
    for (size_t i = 0; i < files.count; i++)
        ga_str_addf(&all, "%s ", files.items[i].name);
    assert_string_equal(ga_str_text(&all), names);
    ga_str_finish(&all);
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
}

static void what_was_put_stands_for_the_file_of_its_name(void **state)
{
    (void)state;
    ga_io_over_put(&over, at("a.yaml"), "in memory", 9);
    expect_text("a.yaml", "in memory");
    expect_text("b.yaml", "too");
    expect_names(NULL, "a.yaml b.yaml ");
}

static void a_file_in_a_folder_that_is_not_there_is_listed(void **state)
{
    (void)state;
    const char *path = at("duties/visit.yaml");
    expect_names("duties", "");
    ga_io_over_put(&over, path, "duty", 4);
    expect_names("duties", "visit.yaml ");
    expect_text("duties/visit.yaml", "duty");
    expect_names(NULL, "a.yaml b.yaml ");
}

static void what_was_taken_away_is_not_there(void **state)
{
    (void)state;
    struct ga_io_stat stat;
    struct ga_str read = {0};
    ga_io_over_put(&over, at("a.yaml"), NULL, 0);
    assert_int_equal(over.ops.stat(over.ops.ctx, at("a.yaml"), &stat), -ENOENT);
    assert_int_equal(ga_io_read_file(&over.ops, at("a.yaml"), 1000, &read, NULL), GA_NOT_FOUND);
    expect_names(NULL, "b.yaml ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_put_stands_for_the_file_of_its_name, start, stop),
        cmocka_unit_test_setup_teardown(a_file_in_a_folder_that_is_not_there_is_listed, start, stop),
        cmocka_unit_test_setup_teardown(what_was_taken_away_is_not_there, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
