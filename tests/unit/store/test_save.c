/* What is saved is there, signed, and built the same again from the log. */
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/touched.h"
#include "guanai/store/transaction.h"
#include "guanai/store/view.h"
#include "private.h"
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

static size_t faults_of_check(struct ga_check_report *report)
{
    struct ga_problems problems;
    char buf[GA_MESSAGE_BYTES];
    ga_problems_init(&problems);
    assert_int_equal(ga_store_check(school.store, NULL, &problems, report, NULL), GA_OK);
    for (size_t i = 0; i < problems.list.len; i++)
        print_message("# %s\n", ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, buf, sizeof(buf)));
    const size_t faults = problems.faults;
    ga_problems_finish(&problems);
    return faults;
}

static size_t faults_of_rebuild(void)
{
    struct ga_problems problems;
    char buf[GA_MESSAGE_BYTES];
    struct ga_error err = {0};
    ga_problems_init(&problems);
    enum ga_rc rc = ga_store_rebuild(school.store, NULL, &problems, &err);
    if (rc != GA_OK)
        print_error("%s\n", ga_message_text(&err.what, GA_EN, buf, sizeof(buf)));
    assert_int_equal(rc, GA_OK);
    for (size_t i = 0; i < problems.list.len; i++)
        print_message("# %s\n", ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, buf, sizeof(buf)));
    const size_t faults = problems.faults;
    ga_problems_finish(&problems);
    return faults;
}

static void a_saved_child_is_there_after_a_restart(void **state)
{
    (void)state;
    const struct ga_uuid id = school_add_child(&school, "迪丽热巴•艾力");
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_string_equal(school_read(&school, "child", &id, "name"), "迪丽热巴·艾力");
}

static void an_edit_shows_the_new_value_and_keeps_the_others(void **state)
{
    (void)state;
    const struct ga_uuid id = school_add_child(&school, "张三");
    school_edit(&school, "child", &id, "guardian_phone", "138 0000 1111");
    school_edit(&school, "child", &id, "guardian_relation", "爷爷");
    assert_string_equal(school_read(&school, "child", &id, "guardian_phone"), "13800001111");
    assert_string_equal(school_read(&school, "child", &id, "guardian_relation"), "爷爷");
    school_edit(&school, "child", &id, "guardian_phone", "");
    assert_string_equal(school_read(&school, "child", &id, "guardian_phone"), "");
    assert_string_equal(school_read(&school, "child", &id, "guardian_relation"), "爷爷");
}

static void saving_what_did_not_change_writes_nothing(void **state)
{
    (void)state;
    struct ga_answers same;
    struct ga_heads *heads;
    bool changed = true;
    int64_t before = 0, after = 0;
    const struct ga_uuid id = school_add_child(&school, "张三");
    assert_int_equal(ga_store_read(school.store, school_form(&school, "child"), &id, &same, &heads, NULL), GA_OK);
    ga_db_query_int(ga_store_db(school.store), "SELECT count(*) FROM op", &before, NULL);
    const struct ga_save_record record = {.after = &same, .before = &same, .heads = heads};
    assert_int_equal(ga_store_save(school.store, &record, 0, &changed, NULL), GA_OK);
    ga_db_query_int(ga_store_db(school.store), "SELECT count(*) FROM op", &after, NULL);
    assert_false(changed);
    assert_int_equal(before, after);
    ga_heads_destroy(heads);
    ga_answers_finish(&same);
}

/* Two people open the same file; both change the village; nobody's word is lost. */
static void concurrent_values_are_both_kept_until_one_is_picked(void **state)
{
    (void)state;
    const struct ga_uuid id = school_add_child(&school, "张三");
    struct ga_answers opened, mine, yours;
    struct ga_heads *heads;
    struct ga_arena arena = {0};
    const char **groups;
    size_t count;
    assert_int_equal(ga_store_read(school.store, school_form(&school, "child"), &id, &opened, &heads, NULL), GA_OK);
    ga_answers_copy(&mine, &opened);
    ga_answers_copy(&yours, &opened);
    school_type(&mine, "village", "红岩村");
    school_type(&yours, "village", "大湾村");
    ga_store_save(school.store, &(struct ga_save_record){&mine, &opened, heads}, 0, NULL, NULL);
    ga_store_save(school.store, &(struct ga_save_record){&yours, &opened, heads}, 0, NULL, NULL);
    assert_int_equal(ga_store_conflicts(school.store, &id, &arena, &groups, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(groups[0], "village");
    school_edit(&school, "child", &id, "village", "石桥村"); /* a save of the field picks */
    assert_int_equal(ga_store_conflicts(school.store, &id, &arena, &groups, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    assert_int_equal(faults_of_rebuild(), 0);
    ga_heads_destroy(heads);
    ga_answers_finish(&opened);
    ga_answers_finish(&mine);
    ga_answers_finish(&yours);
    ga_arena_finish(&arena);
}

static void an_import_is_one_signed_save_and_rebuilds_the_same(void **state)
{
    (void)state;
    struct ga_save *save;
    struct ga_check_report report;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (int i = 0; i < 300; i++) {
        struct ga_answers child;
        char name[32];
        ga_answers_init(&child, school_form(&school, "child"));
        snprintf(name, sizeof(name), "张%d", i);
        const struct ga_value value = ga_value_text(name);
        ga_answers_set(&child, ga_form_field(child.form, "name"), &value);
        school_type(&child, "father_phone", "13800001111");
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    assert_int_equal(faults_of_check(&report), 0);
    assert_int_equal(report.transactions, 1);
    assert_int_equal(report.operations, 600);
    assert_int_equal(report.records, 300);
    assert_int_equal(faults_of_rebuild(), 0);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(faults_of_check(&report), 0);
}

static void an_abandoned_save_leaves_nothing(void **state)
{
    (void)state;
    struct ga_save *save;
    struct ga_check_report report;
    struct ga_answers child;
    school_add_child(&school, "张三");
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    ga_answers_init(&child, school_form(&school, "child"));
    school_type(&child, "name", "李四");
    ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL);
    ga_save_abandon(save);
    school_add_child(&school, "王五");
    assert_int_equal(faults_of_check(&report), 0);
    assert_int_equal(report.records, 2);
    ga_answers_finish(&child);
}

static void a_tampered_row_is_found_by_rebuilding(void **state)
{
    (void)state;
    school_add_child(&school, "张三");
    assert_int_equal(faults_of_rebuild(), 0);
    ga_db_exec(ga_store_db(school.store), "UPDATE child SET name = '李四'", NULL);
    assert_int_equal(faults_of_rebuild(), 1);
    assert_int_equal(faults_of_rebuild(), 0);
}

static void a_tampered_operation_is_found_by_checking(void **state)
{
    (void)state;
    struct ga_check_report report;
    school_add_child(&school, "张三");
    ga_db_exec(ga_store_db(school.store),
               "UPDATE tail SET bytes = CAST(replace(CAST(bytes AS TEXT), '张', '李') AS BLOB)", NULL);
    assert_true(faults_of_check(&report) > 0);
}

static void an_operation_filed_under_another_child_is_found_by_checking(void **state)
{
    (void)state;
    struct ga_check_report report;
    school_add_child(&school, "张三");
    school_add_child(&school, "李四");
    assert_int_equal(faults_of_check(&report), 0);
    ga_db_exec(ga_store_db(school.store), "UPDATE tail SET record = 1 WHERE record = 2", NULL);
    assert_int_equal(faults_of_check(&report), 1);
}

static void a_table_or_index_that_is_gone_is_found_by_rebuilding(void **state)
{
    (void)state;
    school_add_child(&school, "张三");
    ga_db_exec(ga_store_db(school.store), "DROP INDEX talk__child; DROP TABLE home_visit", NULL);
    assert_int_equal(faults_of_rebuild(), 2);
    assert_int_equal(faults_of_rebuild(), 0);
}

static void an_old_copy_put_back_is_noticed(void **state)
{
    (void)state;
    char command[300];
    struct ga_error err = {0};
    school_add_child(&school, "张三");
    ga_store_close(school.store);
    school.store = NULL;
    snprintf(command, sizeof(command), "cp %s/guanai.db %s/old.db", school.folder, school.folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    school_add_child(&school, "李四");
    ga_store_close(school.store);
    school.store = NULL;
    snprintf(command, sizeof(command), "mv %s/old.db %s/guanai.db", school.folder, school.folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(school_reopen(&school, &err), GA_DAMAGED);
}

static void a_second_program_is_told_who_has_it_open(void **state)
{
    (void)state;
    struct ga_store *second = NULL;
    struct ga_error err = {0};
    assert_int_equal(ga_store_open(&school.options, &second, &err), GA_BUSY);
    assert_non_null(strstr(ga_message_arg(&err.what, 0), "周老师"));
    assert_null(second);
}

static void views_give_uuids_back(void **state)
{
    (void)state;
    char name[140], buf[GA_UUID_TEXT_SIZE];
    struct ga_stmt *stmt;
    bool has_row = false;
    const struct ga_uuid id = school_add_child(&school, "张三");
    assert_int_equal(ga_store_view(school.store, school_form(&school, "child"), name, NULL), GA_OK);
    assert_string_equal(name, "v_child");
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), "SELECT id, name FROM v_child", &stmt, NULL), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    assert_string_equal(ga_stmt_column_text(stmt, 0), ga_uuid_text(&id, buf));
    ga_stmt_destroy(stmt);
}

/* By it computers of one school know that they judge by the same form. */
static void an_operation_bears_its_forms_version_and_hash(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    struct ga_log_op op;
    bool is_there = false;
    school_add_child(&school, "张三");
    const struct ga_form *form = school_form(&school, "child");
    assert_int_equal(ga_log_read(school.store, ga_store_last_op(school.store), &arena, &op, &is_there, NULL), GA_OK);
    assert_true(is_there);
    assert_int_equal(op.op.form_version, form->version);
    assert_memory_equal(op.op.form_hash.bytes, form->hash, sizeof(op.op.form_hash.bytes));
    ga_arena_finish(&arena);
}

static void assert_doubt(bool is_doubtful)
{
    struct ga_transaction txn;
    struct ga_stmt *stmt;
    bool has_row = false;
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), "SELECT bytes FROM txn ORDER BY no DESC LIMIT 1", &stmt, NULL), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    const struct ga_value bytes = ga_stmt_column(stmt, 0);
    assert_int_equal(ga_transaction_decode(bytes.text, bytes.len, &txn, NULL), GA_OK);
    assert_int_equal(txn.is_clock_in_doubt, is_doubtful);
    ga_stmt_destroy(stmt);
}

static void a_save_on_a_doubtful_day_is_signed_as_one(void **state)
{
    (void)state;
    school_add_child(&school, "张三");
    assert_doubt(false);
    ga_store_set_today(school.store, school.options.today, true);
    school_add_child(&school, "李四");
    assert_doubt(true);
    ga_store_set_today(school.store, school.options.today, false);
    school_add_child(&school, "王五");
    assert_doubt(false);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_saved_child_is_there_after_a_restart),
        CASE(an_edit_shows_the_new_value_and_keeps_the_others),
        CASE(saving_what_did_not_change_writes_nothing),
        CASE(concurrent_values_are_both_kept_until_one_is_picked),
        CASE(an_import_is_one_signed_save_and_rebuilds_the_same),
        CASE(an_abandoned_save_leaves_nothing),
        CASE(a_tampered_row_is_found_by_rebuilding),
        CASE(a_tampered_operation_is_found_by_checking),
        CASE(an_operation_filed_under_another_child_is_found_by_checking),
        CASE(a_table_or_index_that_is_gone_is_found_by_rebuilding),
        CASE(an_old_copy_put_back_is_noticed),
        CASE(a_second_program_is_told_who_has_it_open),
        CASE(views_give_uuids_back),
        CASE(an_operation_bears_its_forms_version_and_hash),
        CASE(a_save_on_a_doubtful_day_is_signed_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
