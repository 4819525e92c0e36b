/* Files of one folder stand for those of their name in the next: what base/folders.h and folders_seen.h promise. */
#include "guanai/base/folders_seen.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char root[32], own[48], program[48];
static struct ga_arena arena;
static struct ga_problems problems;
static struct ga_folders folders;

static int start(void **state)
{
    (void)state;
    snprintf(root, sizeof(root), "/tmp/guanai-folders-XXXXXX");
    if (mkdtemp(root) == NULL)
        return -1;
    snprintf(own, sizeof(own), "%s/own", root);
    snprintf(program, sizeof(program), "%s/program", root);
    ga_problems_init(&problems);
    folders = (struct ga_folders){0};
    ga_folders_add(&folders, own);
    ga_folders_add(&folders, program);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    char command[48];
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    snprintf(command, sizeof(command), "rm -rf %s", root);
    return system(command);
}

static void put(const char *folder, const char *name)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    *strrchr(path, '/') = '\0';
    assert_int_equal(ga_io_make_dirs(ga_io_system(), path, NULL), GA_OK);
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

static const char *path_in(const char *folder, const char *inner, const char *name)
{
    return inner == NULL ? ga_arena_printf(&arena, "%s/%s", folder, name)
                         : ga_arena_printf(&arena, "%s/%s/%s", folder, inner, name);
}

/* "0:a.yaml! 1:b.yaml": layer, name, ! for a file that stands for another. */
static const char *listed(const char *inner)
{
    static char text[256];
    struct ga_folder_files files;
    assert_int_equal(ga_folders_list(&folders, ga_io_system(), inner, &arena, &problems, &files, NULL), GA_OK);
    text[0] = '\0';
    for (size_t i = 0; i < files.count; i++) {
        const struct ga_folder_file *file = &files.items[i];
        struct ga_io_stat stat;
        assert_int_equal(ga_io_system()->stat(NULL, file->path, &stat), 0);
        assert_string_equal(file->path, path_in(file->layer == 0 ? own : program, inner, file->name));
        if (file->below != NULL)
            assert_string_equal(file->below, path_in(program, inner, file->name));
        const size_t len = strlen(text);
        snprintf(text + len, sizeof(text) - len, "%s%zu:%s%s", i > 0 ? " " : "", file->layer, file->name,
                 file->below != NULL ? "!" : "");
    }
    return text;
}

static void a_file_stands_for_the_one_of_its_name_below(void **state)
{
    (void)state;
    put(program, "talk.yaml");
    put(program, "child.yaml");
    put(own, "talk.yaml");
    put(own, "eye.yaml");
    assert_string_equal(listed(NULL), "0:eye.yaml 0:talk.yaml! 1:child.yaml");
    put(program, "lists/sex.yaml");
    put(own, "lists/sex.yaml");
    put(own, "lists/child.yaml"); /* another folder: another thing */
    assert_string_equal(listed("lists"), "0:child.yaml 0:sex.yaml!");
    assert_int_equal(problems.faults, 0);
}

static void what_is_no_yaml_or_hidden_is_none_of_them(void **state)
{
    (void)state;
    put(program, "README.md");
    put(program, ".talk.yaml");
    put(program, "talk.yaml.part");
    put(program, "talk.yaml");
    assert_string_equal(listed(NULL), "1:talk.yaml");
}

static void only_the_lowest_folder_must_be_there(void **state)
{
    (void)state;
    struct ga_folder_files files;
    struct ga_error err = {0};
    assert_int_equal(ga_folders_list(&folders, ga_io_system(), NULL, &arena, &problems, &files, &err), GA_NOT_FOUND);
    assert_string_equal(ga_message_arg(&err.what, 1), program);
    put(program, "talk.yaml");
    assert_string_equal(listed(NULL), "1:talk.yaml");
    assert_string_equal(listed("lists"), "");
    put(root, "own"); /* somebody's file of that name */
    assert_string_equal(listed(NULL), "1:talk.yaml");
}

static void files_past_the_bound_are_left_out_and_said(void **state)
{
    (void)state;
    char name[32];
    struct ga_folder_files files;
    put(program, "talk.yaml");
    for (int i = 0; i <= GA_FOLDER_FILES_MAX; i++) {
        snprintf(name, sizeof(name), "f%03d.yaml", i);
        put(own, name);
    }
    assert_int_equal(ga_folders_list(&folders, ga_io_system(), NULL, &arena, &problems, &files, NULL), GA_OK);
    assert_int_equal(files.count, GA_FOLDER_FILES_MAX + 1);
    assert_int_equal(problems.faults, 1);
}

static int refuse(void *ctx, const char *path, int (*each)(void *arg, const char *name), void *arg)
{
    (void)ctx;
    return strcmp(path, own) == 0 ? -EACCES : ga_io_system()->list(NULL, path, each, arg);
}

static void an_upper_folder_that_cannot_be_read_is_a_fault_and_no_end(void **state)
{
    (void)state;
    struct ga_io_ops io = *ga_io_system();
    struct ga_folder_files files;
    io.list = refuse;
    put(program, "talk.yaml");
    assert_int_equal(ga_folders_list(&folders, &io, NULL, &arena, &problems, &files, NULL), GA_OK);
    assert_int_equal(files.count, 1);
    assert_int_equal(problems.faults, 1);
    assert_string_equal(GA_VEC_AT(struct ga_problem, &problems.list, 0)->file, own);
}

static uint64_t seen(const struct ga_folders *of)
{
    return ga_folders_seen(of, ga_io_system(), NULL) + ga_folders_seen(of, ga_io_system(), "lists");
}

/* Else a start with --forms forms after one with --forms ./forms reads all forms again and works out the first screen anew. */
static void a_folder_named_another_way_looks_the_same(void **state)
{
    (void)state;
    struct ga_folders other = {0}, turned = {0};
    put(own, "talk.yaml");
    put(program, "visit.yaml");
    put(program, "lists/village.yaml");
    ga_folders_add(&other, ga_arena_printf(&arena, "%s/.", own));
    ga_folders_add(&other, ga_arena_printf(&arena, "%s/../program", own));
    ga_folders_add(&turned, program);
    ga_folders_add(&turned, own);
    const uint64_t before = seen(&folders);
    assert_int_equal(seen(&other), before);
    assert_int_not_equal(seen(&turned), before); /* another one stands for the other then */
    put(own, "aid.yaml");
    assert_int_not_equal(seen(&folders), before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_stands_for_the_one_of_its_name_below),
        TEST(what_is_no_yaml_or_hidden_is_none_of_them),
        TEST(only_the_lowest_folder_must_be_there),
        TEST(files_past_the_bound_are_left_out_and_said),
        TEST(an_upper_folder_that_cannot_be_read_is_a_fault_and_no_end),
        TEST(a_folder_named_another_way_looks_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
