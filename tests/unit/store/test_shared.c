/* Files that travel as records: long ones in parts, two texts beside each other, what a put replaces. */
#include "guanai/store/shared.h"

#include "guanai/store/check.h"
#include "log/saving.h"
#include "private.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school school;
static struct ga_vec files;
static struct ga_arena arena;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    ga_vec_init(&files, sizeof(struct ga_shared));
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_vec_finish(&files);
    ga_arena_finish(&arena);
    school_stop(&school);
    return 0;
}

static enum ga_rc put(const char *name, const char *text, size_t len, const struct ga_hash *replaces, size_t count)
{
    struct ga_save *save;
    const struct ga_shared_put put = {name, text, len, replaces, count};
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    const enum ga_rc rc = ga_shared_put(save, &put, NULL);
    if (rc == GA_OK)
        assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    else
        ga_save_abandon(save);
    return rc;
}

static const struct ga_shared *list(size_t wanted)
{
    ga_vec_clear(&files);
    assert_int_equal(ga_shared_list(school.store, &arena, &files, NULL), GA_OK);
    assert_int_equal(files.len, wanted);
    return files.items;
}

static void a_text_of_the_greatest_length_comes_back_as_it_was(void **state)
{
    (void)state;
    char *text = malloc(GA_SHARED_TEXT_MAX + 1);
    assert_non_null(text);
    memset(text, 'x', GA_SHARED_TEXT_MAX + 1);
    for (size_t i = 1; i + 3 <= GA_SHARED_TEXT_MAX; i += 3) /* characters lie across the ends of the parts */
        memcpy(text + i, "表", 3);
    assert_int_equal(put("long.yaml", text, GA_SHARED_TEXT_MAX, NULL, 0), GA_OK);
    const struct ga_shared *file = list(1);
    assert_string_equal(file->name, "long.yaml");
    assert_int_equal(file->texts_count, 1);
    assert_int_equal(file->texts[0].len, GA_SHARED_TEXT_MAX);
    assert_memory_equal(file->texts[0].text, text, GA_SHARED_TEXT_MAX);
    text[GA_SHARED_TEXT_MAX] = 'x';
    assert_int_equal(put("longer.yaml", text, GA_SHARED_TEXT_MAX + 1, NULL, 0), GA_TOO_BIG);
    free(text);
}

static void texts_that_did_not_know_each_other_stand_until_one_replaces_both(void **state)
{
    (void)state;
    struct ga_hash leaves[2];
    put("a.yaml", "one", 3, NULL, 0);
    put("a.yaml", "two", 3, NULL, 0);
    const struct ga_shared *file = list(1);
    assert_int_equal(file->texts_count, 2);
    for (size_t i = 0; i < 2; i++)
        leaves[i] = file->texts[i].leaf;
    put("a.yaml", "three", 5, leaves, 2);
    file = list(1);
    assert_int_equal(file->texts_count, 1);
    assert_string_equal(file->texts[0].text, "three");
}

static void a_file_that_is_gone_stands_as_gone(void **state)
{
    (void)state;
    put("a.yaml", "one", 3, NULL, 0);
    const struct ga_hash leaf = list(1)->texts[0].leaf;
    put("a.yaml", NULL, 0, &leaf, 1);
    const struct ga_shared *file = list(1);
    assert_int_equal(file->texts_count, 1);
    assert_null(file->texts[0].text);
    assert_false(file->texts[0].is_damaged);
    assert_true(ga_hash_is_zero(&file->texts[0].hash));
}

static void what_is_no_text_is_not_put(void **state)
{
    (void)state;
    assert_int_equal(put("a.yaml", "a\0b", 3, NULL, 0), GA_REFUSED);
    assert_int_equal(put("a.yaml", "\xb0\xa1", 2, NULL, 0), GA_REFUSED);
    assert_int_equal(put("a.yaml", "", 0, NULL, 0), GA_REFUSED);
    assert_int_equal(put("", "a", 1, NULL, 0), GA_REFUSED);
    list(0);
}

static struct ga_uuid place; /* of what is written */

/* Its writer says that the text is another one than what came. */
static enum ga_rc write_false(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops, size_t count, struct ga_error *err)
{
    static const char name[] = "lists/a.yaml", said[] = "list: b\n";
    char hex[GA_HASH_TEXT_SIZE];
    struct ga_hash hash;
    (void)ops, (void)count;
    ga_shared_hash(ctx, strlen(ctx), &hash);
    struct ga_operation_field fields[] = {{"hash", {.kind = GA_OPERATION_TEXT, .text = ga_hash_text(&hash, hex), .text_len = GA_HASH_TEXT_SIZE - 1}},
                                          {"part_1", {.kind = GA_OPERATION_TEXT, .text = said, .text_len = strlen(said)}}};
    struct ga_operation_field file = {"file_name", {.kind = GA_OPERATION_TEXT, .text = name, .text_len = strlen(name)}};
    struct ga_operation_group groups[] = {{.id = "_file", .fields = fields, .fields_count = 2}, {.id = "file_name", .fields = &file, .fields_count = 1}};
    struct ga_operation op = {.protection = GA_OPERATION_PUBLIC, .groups = groups, .groups_count = 2};
    return ga_save_write(save, no, &place, school_form(&school, "definition_file"), &op, err);
}

static void take_in(const char *text, const char *name_of_place)
{
    struct ga_save *save;
    int64_t no;
    ga_shared_record(name_of_place, &place);
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    assert_int_equal(ga_record_make(school.store, &place, "definition_file", &no, NULL, NULL), GA_OK);
    assert_int_equal(ga_save_into(save, no, school_form(&school, "definition_file"), write_false, (void *)text, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static void a_text_that_is_not_what_it_is_said_to_be_is_damaged(void **state)
{
    (void)state;
    take_in("list: b\n", "lists/a.yaml");
    assert_false(list(1)->texts[0].is_damaged);
    take_in("list: c\n", "lists/a.yaml");
    const struct ga_shared *shared = list(1);
    assert_int_equal(shared->texts_count, 2);
    assert_int_equal(shared->texts[0].is_damaged + shared->texts[1].is_damaged, 1);
    assert_true(shared->texts[0].is_damaged == (shared->texts[0].text == NULL));
}

/* Else two files of one name could stand beside each other. */
static void a_text_in_the_place_of_another_name_is_no_file(void **state)
{
    (void)state;
    take_in("list: b\n", "lists/other.yaml");
    list(0);
}

static void a_rebuild_finds_the_same(void **state)
{
    (void)state;
    struct ga_problems problems;
    ga_problems_init(&problems);
    put("a.yaml", "one", 3, NULL, 0);
    put("duties/b.yaml", "two", 3, NULL, 0);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    assert_string_equal(list(2)[1].name, "duties/b.yaml");
    ga_problems_finish(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_text_of_the_greatest_length_comes_back_as_it_was, start, stop),
        cmocka_unit_test_setup_teardown(texts_that_did_not_know_each_other_stand_until_one_replaces_both, start, stop),
        cmocka_unit_test_setup_teardown(a_file_that_is_gone_stands_as_gone, start, stop),
        cmocka_unit_test_setup_teardown(what_is_no_text_is_not_put, start, stop),
        cmocka_unit_test_setup_teardown(a_text_that_is_not_what_it_is_said_to_be_is_damaged, start, stop),
        cmocka_unit_test_setup_teardown(a_text_in_the_place_of_another_name_is_no_file, start, stop),
        cmocka_unit_test_setup_teardown(a_rebuild_finds_the_same, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
