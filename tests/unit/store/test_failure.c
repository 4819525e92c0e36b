/* When the disk fails at any moment, the store says so, nothing is half done, trying again works. */
#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/draft.h"
#include "crash_vfs.h"
#include "faulty_io.h"
#include "school.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

static struct school school;
static struct crash_vfs *disk;
static struct faulty_io files;

static int start(void **state)
{
    (void)state;
    disk = crash_vfs_create("failing");
    faulty_io_init(&files);
    school_prepare(&school, (struct school_base){.vfs = "failing", .io = &files.ops});
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    crash_vfs_destroy(disk);
    return 0;
}

static int64_t ask(const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school.store), sql, &answer, NULL), GA_OK);
    return answer;
}

/* One number for everything that a failed action must leave as it was. */
static int64_t state_now(void)
{
    return ask("SELECT count(*) FROM txn") * 1000000007 + ask("SELECT count(*) FROM op") * 1000003 +
           ask("SELECT count(*) FROM tail") * 10007 + ask("SELECT count(*) FROM child") * 101 +
           ask("SELECT count(*) FROM draft") * 17 + ask("SELECT sum(version) FROM form") * 3 +
           ask("SELECT count(*) FROM record");
}

static void assert_sound(void)
{
    struct ga_problems problems;
    struct ga_check_report report;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_check(school.store, NULL, &problems, &report, NULL), GA_OK);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    for (size_t i = 0; i < problems.list.len; i++) {
        char words[GA_MESSAGE_BYTES];
        print_message("# %s\n", ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, words,
                                                sizeof(words)));
    }
    assert_int_equal(problems.list.len, 0);
    assert_int_equal(report.forks + report.gaps, 0);
    ga_problems_finish(&problems);
}

typedef enum ga_rc (*action_fn)(struct ga_error *err);

static enum ga_rc save_child(struct ga_error *err)
{
    struct ga_answers child;
    ga_answers_init(&child, school_form(&school, "child"));
    school_type(&child, "name", "张三");
    school_type(&child, "guardian_phone", "13800001111");
    school_type(&child, "village", "石桥村");
    enum ga_rc rc = ga_store_save(school.store, &(struct ga_save_record){.after = &child}, 0, NULL, err);
    assert_int_equal(ga_uuid_is_zero(&child.id), rc != GA_OK);
    ga_answers_finish(&child);
    return rc;
}

static enum ga_rc import_children(struct ga_error *err)
{
    struct ga_save *save;
    enum ga_rc rc = ga_save_begin(school.store, &save, err);
    if (rc != GA_OK)
        return rc;
    for (int i = 0; rc == GA_OK && i < 150; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(&school, "child"));
        school_type(&child, "name", "李四");
        school_type(&child, "village", i % 2 == 0 ? "石桥村" : "小河村");
        rc = ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, err);
        ga_answers_finish(&child);
    }
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}

static enum ga_rc save_draft(struct ga_error *err)
{
    static const char *const names[] = {"王五", "王六", "王七"}; /* each time something else is typed */
    static size_t typed;
    struct ga_draft draft = {0};
    ga_answers_init(&draft.answers, school_form(&school, "child"));
    school_type(&draft.answers, "name", names[typed++ % GA_COUNT(names)]);
    enum ga_rc rc = ga_draft_save(school.store, &draft, err);
    ga_draft_finish(&draft);
    return rc;
}

static enum ga_rc pack(struct ga_error *err)
{
    (void)err;
    ga_store_idle(school.store); /* says nothing: what it does can be done later */
    return GA_OK;
}

/* Fails the n-th write, and `times` in all, for every n there is. */
static void fail_everywhere(action_fn action, int64_t stride, int64_t times, int sqlite_rc)
{
    for (int64_t n = 1;; n += stride) {
        struct ga_error err = {0};
        char buf[GA_MESSAGE_BYTES];
        const int64_t before = state_now();
        crash_vfs_fail(disk, n, times, sqlite_rc);
        enum ga_rc rc = action(&err);
        const bool has_failed = crash_vfs_has_failed(disk);
        crash_vfs_fail(disk, 0, 0, 0);
        if (!has_failed) {
            assert_int_equal(rc, GA_OK);
            assert_true(n > 2); /* there was something to fail */
            break;
        }
        if (rc != GA_OK) {
            assert_int_equal(rc, GA_IO);
            assert_true(strlen(ga_message_text(&err.what, GA_ZH, buf, sizeof(buf))) > 10);
            assert_int_equal(state_now(), before);
            assert_int_equal(action(NULL), GA_OK);
        }
        assert_sound();
    }
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_sound();
}

static void a_save_on_a_full_or_failing_disk(void **state)
{
    (void)state;
    fail_everywhere(save_child, 1, 1, SQLITE_FULL);
    fail_everywhere(save_child, 1, 1, SQLITE_IOERR_WRITE);
    fail_everywhere(save_child, 1, 1000, SQLITE_FULL);
}

static void a_draft_on_a_full_or_failing_disk(void **state)
{
    (void)state;
    fail_everywhere(save_draft, 1, 1, SQLITE_FULL);
    fail_everywhere(save_draft, 1, 1000, SQLITE_IOERR_FSYNC);
}

static void an_import_on_a_full_or_failing_disk(void **state)
{
    (void)state;
    fail_everywhere(import_children, 23, 1, SQLITE_FULL);
    fail_everywhere(import_children, 29, 1000, SQLITE_IOERR_WRITE);
}

static void idle_work_on_a_failing_disk(void **state)
{
    (void)state;
    for (int i = 0; i < 70; i++)
        assert_int_equal(save_child(NULL), GA_OK);
    for (int64_t n = 1; n < 40; n += 3) {
        const int64_t children = ask("SELECT count(*) FROM child");
        crash_vfs_fail(disk, n, 1, SQLITE_IOERR_WRITE);
        pack(NULL);
        crash_vfs_fail(disk, 0, 0, 0);
        assert_int_equal(ask("SELECT count(*) FROM child"), children);
        assert_sound();
        assert_int_equal(save_child(NULL), GA_OK);
        assert_sound();
    }
}

static char changed_forms[64];
static int changed_version;

/* A higher version of the form talk each time, with a field more or less. */
static enum ga_rc accept_changed(struct ga_error *err)
{
    struct ga_problems problems;
    ga_problems_init(&problems);
    enum ga_rc rc = ga_store_accept_forms(school.store, GA_FOLDER(changed_forms), &problems, err);
    assert_int_equal(problems.faults, 0);
    ga_problems_finish(&problems);
    return rc;
}

static void change_forms(void)
{
    char command[700];
    snprintf(command, sizeof(command),
             "rm -rf '%s'/* && cp -r '%s'/* '%s' && sed -i -e 's/^version: .*/version: %d/' -e 's/^fields:/fields:\\n"
             "  - {name: weather%d, type: text, label: {zh: 天气, en: Weather}}/' '%s/talk.yaml'",
             changed_forms, FORMS_FOLDER, changed_forms, changed_version, changed_version, changed_forms);
    assert_int_equal(system(command), 0);
}

static void a_changed_form_on_a_failing_disk(void **state)
{
    (void)state;
    char command[100];
    strcpy(changed_forms, "/tmp/guanai-forms-XXXXXX");
    assert_non_null(mkdtemp(changed_forms));
    changed_version = 100; /* above what is shipped */
    for (int64_t n = 1;; n += 2) {
        struct ga_error err = {0};
        changed_version++;
        change_forms();
        const int64_t before = state_now(), version = school_form(&school, "talk")->version;
        crash_vfs_fail(disk, n, 1, SQLITE_FULL);
        enum ga_rc rc = accept_changed(&err);
        const bool has_failed = crash_vfs_has_failed(disk);
        crash_vfs_fail(disk, 0, 0, 0);
        if (rc != GA_OK) {
            assert_int_equal(rc, GA_IO);
            assert_int_equal(state_now(), before);
            assert_int_equal(school_form(&school, "talk")->version, version); /* not what was rolled back */
            assert_int_equal(save_child(NULL), GA_OK);
            assert_int_equal(accept_changed(NULL), GA_OK);
        }
        assert_int_equal(school_form(&school, "talk")->version, changed_version);
        assert_sound();
        if (!has_failed)
            break;
    }
    snprintf(command, sizeof(command), "rm -rf '%s'", changed_forms);
    assert_int_equal(system(command), 0);
}

static size_t open_files(void)
{
    size_t count = 0;
    DIR *dir = opendir("/proc/self/fd");
    assert_non_null(dir);
    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count;
}

/* Every n-th call for lock, head, forms fails: a sentence, nothing left open, the next start is as ever. */
static void opening_with_failing_files(void **state)
{
    (void)state;
    static const int errnos[] = {-EIO, -ENOSPC, -EACCES};
    const struct ga_uuid id = school_add_child(&school, "张三");
    ga_store_close(school.store);
    school.store = NULL;
    const size_t open_before = open_files();
    for (size_t e = 0; e < GA_COUNT(errnos); e++)
        for (int64_t n = 1, step = 1;; n += step) {
            struct ga_error err = {0};
            char buf[GA_MESSAGE_BYTES];
            step = n < 20 ? 1 : 7;
            faulty_io_fail(&files, n, errnos[e]);
            enum ga_rc rc = school_reopen(&school, &err);
            const bool has_failed = files.has_failed;
            faulty_io_fail(&files, 0, 0);
            if (rc != GA_OK)
                assert_true(rc != GA_BUSY && strlen(ga_message_text(&err.what, GA_ZH, buf, sizeof(buf))) > 10);
            ga_store_close(school.store);
            school.store = NULL;
            assert_int_equal(open_files(), open_before);
            assert_int_equal(school_reopen(&school, NULL), GA_OK);
            assert_string_equal(school_read(&school, "child", &id, "name"), "张三");
            ga_store_close(school.store);
            school.store = NULL;
            if (!has_failed)
                break;
        }
}

/* The head file cannot be written: the save is safe all the same. */
static void a_save_when_the_head_cannot_be_written(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 3; n++) {
        faulty_io_fail(&files, n, -ENOSPC);
        assert_int_equal(save_child(NULL), GA_OK);
        faulty_io_fail(&files, 0, 0);
        assert_int_equal(school_reopen(&school, NULL), GA_OK);
        assert_int_equal(ask("SELECT count(*) FROM child"), n);
    }
}

/* Half a record must not slip in with the rest of an import that goes on after a refusal. */
static void a_save_that_went_wrong_in_the_middle_cannot_be_committed(void **state)
{
    (void)state;
    struct ga_save *save;
    struct ga_answers empty, child;
    struct ga_error err = {0};
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    ga_answers_init(&empty, school_form(&school, "child"));
    ga_answers_init(&child, school_form(&school, "child"));
    school_type(&child, "name", "张三");
    assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &empty}, NULL, NULL), GA_REFUSED);
    assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, &err), GA_REFUSED);
    assert_int_equal(ask("SELECT count(*) FROM record"), 0);
    assert_sound();
    assert_int_equal(save_child(NULL), GA_OK);
    ga_answers_finish(&empty);
    ga_answers_finish(&child);
}

static int open_to_read(void *ctx, const char *path, int flags, int mode)
{
    (void)ctx;
    return (flags & O_ACCMODE) == O_RDONLY ? ga_io_system()->open(NULL, path, flags, mode) : -EROFS;
}

static void a_folder_that_may_only_be_read_says_what_to_do(void **state)
{
    (void)state;
    struct ga_error err = {0};
    char buf[GA_MESSAGE_BYTES];
    ga_store_close(school.store);
    school.store = NULL;
    files.ops.open = open_to_read;
    assert_int_equal(school_reopen(&school, &err), GA_IO);
    assert_non_null(strstr(ga_message_text(&err.what, GA_ZH, buf, sizeof(buf)), "只能读"));
    assert_non_null(strstr(ga_message_text(&err.hint, GA_ZH, buf, sizeof(buf)), "复制"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_save_on_a_full_or_failing_disk),
        CASE(a_draft_on_a_full_or_failing_disk),
        CASE(an_import_on_a_full_or_failing_disk),
        CASE(idle_work_on_a_failing_disk),
        CASE(a_changed_form_on_a_failing_disk),
        CASE(opening_with_failing_files),
        CASE(a_folder_that_may_only_be_read_says_what_to_do),
        CASE(a_save_when_the_head_cannot_be_written),
        CASE(a_save_that_went_wrong_in_the_middle_cannot_be_committed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
