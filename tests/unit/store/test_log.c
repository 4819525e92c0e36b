/* Operations are found again wherever they lie: waiting singly, in blocks, in the running save. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/check.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school school;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

static void assert_sound(int64_t operations)
{
    struct ga_problems problems;
    struct ga_check_report report;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_check(school.store, NULL, &problems, &report, NULL), GA_OK);
    assert_int_equal(report.operations, operations);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
}

static int64_t ask(const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(school.store->db, sql, &answer, NULL), GA_OK);
    return answer;
}

static void import_children(int count)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (int i = 0; i < count; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(&school, "child"));
        school_type(&child, "name", "李四");
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

/* More single saves than a block holds wait in the tail when the import comes. */
static void an_import_after_many_single_saves(void **state)
{
    (void)state;
    for (int waiting = 60; waiting <= 70; waiting += 10) {
        const int64_t before = ask("SELECT count(*) FROM op");
        for (int i = 0; i < waiting; i++)
            school_add_child(&school, "张三");
        import_children(300);
        assert_sound(before + waiting + 300);
        assert_true(ask("SELECT count(*) FROM tail") <= 128);
    }
}

static void imports_one_after_the_other(void **state)
{
    (void)state;
    static const int sizes[] = {1, 63, 64, 65, 127, 128, 129, 200, 255, 256, 257, 385, 511, 512, 513};
    int64_t all = 0;
    for (size_t i = 0; i < GA_COUNT(sizes); i++) {
        import_children(sizes[i]);
        all += sizes[i];
    }
    assert_sound(all);
}

static void packing_when_idle(void **state)
{
    (void)state;
    for (int i = 0; i < 150; i++)
        school_add_child(&school, "张三");
    ga_store_idle(school.store);
    assert_true(ask("SELECT count(*) FROM tail") < 64);
    assert_sound(150);
    school_add_child(&school, "李四");
    assert_sound(151);
}

/* Operations so long that a block takes fewer than 256 of them. */
static void packing_long_operations(void **state)
{
    (void)state;
    enum { OPERATIONS = 80, TEXTS = 12 };
    static char text[GA_OPERATION_TEXT_MAX];
    struct ga_operation_group groups[TEXTS];
    struct ga_operation_field fields[TEXTS];
    static const char ids[TEXTS][3] = {"aa", "ab", "ac", "ad", "ae", "af", "ag", "ah", "ai", "aj", "ak", "al"};
    struct ga_str bytes = {0};
    int64_t no;
    uint64_t random = 5;
    for (size_t i = 0; i < sizeof(text); i++) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        text[i] = (char)('a' + (random >> 60));
    }
    for (size_t i = 0; i < TEXTS; i++) {
        fields[i] = (struct ga_operation_field){ids[i], {.kind = GA_OPERATION_TEXT, .text = text, .text_len = sizeof(text)}};
        groups[i] = (struct ga_operation_group){.id = ids[i], .fields = &fields[i], .fields_count = 1};
    }
    const struct ga_operation op = {.kind = GA_OPERATION_PUT, .record = {{1}}, .form = "child", .form_version = 1,
                                    .user = "周老师", .local_day = 20000, .groups = groups, .groups_count = TEXTS};
    assert_int_equal(ga_operation_encode(&op, &bytes, NULL), GA_OK);
    assert_int_equal(ga_transaction_begin(school.store->db, NULL), GA_OK);
    for (int i = 0; i < OPERATIONS; i++) {
        const uint8_t salt[GA_OPERATION_SALT_BYTES] = {(uint8_t)i};
        assert_int_equal(ga_log_append(school.store, 1, salt, bytes.data, bytes.len, &no, NULL), GA_OK);
    }
    assert_int_equal(ga_log_flush(school.store, NULL), GA_OK);
    assert_int_equal(ga_transaction_commit(school.store->db, NULL), GA_OK);
    assert_int_equal(ga_log_pack_tail(school.store, NULL), GA_OK);
    assert_true(ask("SELECT count(*) FROM block") > 1);
    for (int i = 0; i < OPERATIONS; i++) {
        struct ga_block_item item;
        assert_int_equal(ga_log_get(school.store, no - OPERATIONS + 1 + i, &item, NULL), GA_OK);
        assert_int_equal(item.salt[0], i);
        assert_int_equal(item.len, bytes.len);
    }
    ga_str_finish(&bytes);
}

/* Whatever a command line or a file says, the operation can be written and read. */
static void a_users_name_is_kept_as_an_operation_can_hold_it(void **state)
{
    (void)state;
    char longest[400] = "";
    for (int i = 0; i < 100; i++)
        strcat(longest, "周");
    static const char *const names[] = {"", ("a\xff" "b\xc3"), "\xed\xa0\x80", "周\xe8\x80"};
    for (size_t i = 0; i <= GA_COUNT(names); i++) {
        ga_store_set_user(school.store, i < GA_COUNT(names) ? names[i] : longest, NULL);
        school_add_child(&school, "张三");
    }
    assert_int_equal(strlen(ga_store_user(school.store)), 189); /* 63 whole characters of three bytes */
    ga_store_set_user(school.store, ("a\xff" "b\xc3"), NULL);
    assert_string_equal(ga_store_user(school.store), "ab");
    assert_sound(GA_COUNT(names) + 1);
}

static void another_programs_database_is_left_alone(void **state)
{
    (void)state;
    char command[300];
    struct ga_error err = {0};
    ga_store_close(school.store);
    school.store = NULL;
    snprintf(command, sizeof(command), "rm -f '%s'/guanai.db* '%s'/head", school.folder, school.folder);
    assert_int_equal(system(command), 0);
    struct ga_db *db;
    char path[100];
    snprintf(path, sizeof(path), "%s/guanai.db", school.folder);
    assert_int_equal(ga_db_open(&(struct ga_db_options){.path = path, .create = true}, &db, NULL), GA_OK);
    assert_int_equal(ga_db_exec(db, "CREATE TABLE accounts(x)", NULL), GA_OK);
    ga_db_close(db);
    assert_int_equal(school_reopen(&school, &err), GA_DAMAGED);
    assert_int_equal(ga_db_open(&(struct ga_db_options){.path = path}, &db, NULL), GA_OK);
    int64_t tables = 0;
    ga_db_query_int(db, "SELECT count(*) FROM sqlite_schema", &tables, NULL);
    assert_int_equal(tables, 1);
    ga_db_close(db);
}

/* One record's operations as they are read for folding, beside as they are. */
struct two_ways {
    struct ga_arena arena;
    struct ga_log_op *bare, *whole;
    size_t count;
    bool has_leaves;
};

/* Both say the same, in the same order; of the first either all leaves are made or none. */
static struct two_ways read_two_ways(const struct ga_uuid *child)
{
    static const struct ga_hash none;
    struct two_ways ways = {.count = 0};
    size_t count = 0;
    int64_t no;
    assert_int_equal(ga_record_no(school.store, child, &no, NULL), GA_OK);
    assert_int_equal(ga_log_to_fold(school.store, no, &ways.arena, &ways.bare, &ways.count, NULL), GA_OK);
    assert_int_equal(ga_log_of_record(school.store, no, &ways.arena, &ways.whole, &count, NULL), GA_OK);
    assert_int_equal(ways.count, count);
    ways.has_leaves = !ga_hash_equal(&ways.bare[0].leaf, &none);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(ways.bare[i].no, ways.whole[i].no);
        assert_int_equal(ways.bare[i].op.groups_count, ways.whole[i].op.groups_count);
        assert_true(ga_hash_equal(&ways.bare[i].leaf, ways.has_leaves ? &ways.whole[i].leaf : &none));
    }
    return ways;
}

static void assert_leaves(const struct ga_uuid *child, size_t operations, bool wanted)
{
    struct two_ways ways = read_two_ways(child);
    assert_int_equal(ways.count, operations);
    assert_int_equal(ways.has_leaves, wanted);
    ga_arena_finish(&ways.arena);
}

static struct ga_uuid add_with_phone(void)
{
    struct ga_answers child;
    ga_answers_init(&child, school_form(&school, "child"));
    school_type(&child, "name", "李四");
    school_type(&child, "father_phone", "13900001111"); /* of another class of protection */
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &child}, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = child.id;
    ga_answers_finish(&child);
    return id;
}

static void what_one_save_said_is_folded_without_leaves(void **state)
{
    (void)state;
    const struct ga_uuid one = school_add_child(&school, "张三"), two = add_with_phone();
    assert_leaves(&one, 1, false);
    assert_leaves(&two, 2, false);
    import_children(600); /* both lie in a block now */
    assert_leaves(&one, 1, false);
    assert_leaves(&two, 2, false);
    assert_sound(3 + 600);
}

/* Which of two operations began a record is a matter of their leaves when the clock does not tell. */
static void what_several_saves_said_is_folded_with_leaves(void **state)
{
    (void)state;
    const struct ga_uuid changed = school_add_child(&school, "张三"), added = school_add_child(&school, "王五"), three = add_with_phone();
    school_edit(&school, "child", &changed, "name", "张四");
    assert_leaves(&changed, 2, true);
    ga_store_set_user(school.store, "李校长", "");
    school_edit(&school, "child", &added, "village", "石桥村"); /* replaces nothing, at the very same moment */
    assert_leaves(&added, 2, true);
    school_edit(&school, "child", &three, "village", "石桥村");
    assert_leaves(&three, 3, true);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(an_import_after_many_single_saves),
        CASE(imports_one_after_the_other),
        CASE(packing_when_idle),
        CASE(packing_long_operations),
        CASE(a_users_name_is_kept_as_an_operation_can_hold_it),
        CASE(another_programs_database_is_left_alone),
        CASE(what_one_save_said_is_folded_without_leaves),
        CASE(what_several_saves_said_is_folded_with_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
