/* Definitions that another computer handed on go where definitions lie, nowhere else, and only as what they are said to be. */
#include "guanai/app/own_files.h"

#include "guanai/base/alloc.h"
#include "guanai/base/io_ops.h"
#include "school_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char list[] = "list: club_kind\nchoices:\n  - {code: chess, label: {zh: 象棋, en: Chess}}\n";

static struct school_session school;
static struct ga_arena arena;

static int start(void **state)
{
    (void)state;
    school_session_start(&school, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_session_stop(&school);
    ga_arena_finish(&arena);
    return 0;
}

static void hand_on(const char *name)
{
    struct ga_save *save;
    const struct ga_shared_put put = {.name = name, .text = list, .len = strlen(list)};
    assert_int_equal(ga_save_begin(school.session->store, &save, NULL), GA_OK);
    assert_int_equal(ga_shared_put(save, &put, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

/* As somebody would who takes whatever is offered. */
static size_t take_all(size_t *ret_refused)
{
    struct ga_problems problems;
    struct ga_own_files_done done = {0};
    struct ga_vec files;
    ga_vec_init(&files, sizeof(struct ga_own_file));
    ga_problems_init(&problems);
    assert_int_equal(ga_own_files_list(school.session, &arena, &files, NULL), GA_OK);
    for (size_t i = 0; i < files.len; i++)
        if (GA_VEC_AT(struct ga_own_file, &files, i)->texts_count > 0)
            GA_VEC_AT(struct ga_own_file, &files, i)->pick = 0;
    assert_int_equal(ga_own_files_accept(school.session, &files, true, &problems, &done, NULL), GA_OK);
    *ret_refused = done.refused;
    ga_problems_finish(&problems);
    ga_vec_finish(&files);
    return done.taken;
}

static bool is_there(const char *name)
{
    struct ga_io_stat stat;
    return ga_io_system()->stat(NULL, ga_arena_printf(&arena, "%s/forms/%s", school.session->data_folder, name), &stat) == 0;
}

static void what_is_handed_on_lies_among_the_schools_own(void **state)
{
    (void)state;
    size_t refused;
    hand_on("lists/club_kind.yaml");
    assert_int_equal(take_all(&refused), 1);
    assert_int_equal(refused, 0);
    assert_true(is_there("lists/club_kind.yaml"));
}

static void no_name_leads_out_of_the_folders_of_definitions(void **state)
{
    (void)state;
    static const char *const names[] = {"../club_kind.yaml", "lists/../../club_kind.yaml", "lists/inner/club_kind.yaml",
                                        "elsewhere/club_kind.yaml", "lists\\club_kind.yaml", "/club_kind.yaml", "lists/.club_kind.yaml",
                                        "club_kind.sh", "lists/", ".."};
    size_t refused;
    for (size_t i = 0; i < GA_COUNT(names); i++)
        hand_on(names[i]);
    assert_int_equal(take_all(&refused), 0);
    assert_int_equal(refused, GA_COUNT(names));
    for (size_t i = 0; i + 2 < GA_COUNT(names); i++)
        assert_false(is_there(names[i]));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_is_handed_on_lies_among_the_schools_own),
        CASE(no_name_leads_out_of_the_folders_of_definitions),
    };
    return cmocka_run_group_tests_name("app: definitions of other computers", tests, NULL, NULL);
}
