/* Whatever fails while a backup is put back, the archive is the old one or the restored one. */
#include "app_folder.h"

#include "faulty_io.h"
#include "guanai/app/restore.h"
#include "guanai/base/target.h"
#include "guanai/sql/db.h"
#include "guanai/store/record.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct app_folder app;
static struct faulty_io files;
static char backup[80], forms[80], own_forms[80], command[300];

static void write_list(const char *folder, const char *choice)
{
    char path[120], text[160];
    snprintf(path, sizeof(path), "%s/lists", folder);
    assert_int_equal(ga_io_make_dirs(ga_io_system(), path, NULL), GA_OK);
    snprintf(path, sizeof(path), "%s/lists/eye.yaml", folder);
    snprintf(text, sizeof(text), "list: eye\nchoices:\n  - {code: %s, label: {zh: 眼, en: Eye}}\n", choice);
    assert_int_equal(ga_io_write_file(ga_io_system(), path, text, strlen(text), NULL), GA_OK);
}

/* One child in the backup, two in the folder; the school's own list has changed since as well. */
static int start(void **state)
{
    (void)state;
    app_start(&app);
    app_add_child(&app, "何丽");
    snprintf(backup, sizeof(backup), "%s-backup.db", app.path);
    assert_int_equal(ga_db_copy(ga_store_db(app.session->store), backup, NULL), GA_OK);
    app_add_child(&app, "张三");
    ga_session_close(app.session);
    app.session = NULL;
    snprintf(own_forms, sizeof(own_forms), "%s/forms", app.path);
    write_list(own_forms, "left");
    snprintf(forms, sizeof(forms), "%s-backup.forms", app.path);
    write_list(forms, "right");
    faulty_io_init(&files);
    return 0;
}

/* The folder itself and all that was put beside it. */
static int stop(void **state)
{
    (void)state;
    app_stop(&app);
    snprintf(command, sizeof(command), "rm -rf %s %s.* %s-backup.*", app.path, app.path, app.path);
    return system(command);
}

static int64_t count_children(void)
{
    int64_t count = -1;
    app_reopen(&app);
    assert_int_equal(ga_store_count(app.session->store, "child", &count, NULL), GA_OK);
    assert_string_equal(app.session->config.school, "石桥小学"); /* the settings are part of it */
    const struct ga_list *list = ga_forms_list(app.session->forms, "eye", NULL);
    assert_string_equal(list->choices.items[0].code, count == 1 ? "right" : "left"); /* so are the school's own forms */
    ga_session_close(app.session);
    app.session = NULL;
    return count;
}

static enum ga_rc restore(struct ga_error *err)
{
    struct ga_session_options options = app.options;
    struct ga_restore_report report;
    struct ga_problems problems;
    struct ga_arena arena = {0};
    options.io = &files.ops;
    ga_problems_init(&problems);
    enum ga_rc rc = ga_restore_run(&options, backup, NULL, &arena, &problems, &report, err);
    if (rc == GA_OK)
        assert_int_equal(report.records, 1);
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return rc;
}

static bool is_beside(const char *ending)
{
    struct ga_io_stat stat;
    char path[100];
    snprintf(path, sizeof(path), "%s%s", app.path, ending);
    return ga_io_system()->stat(NULL, path, &stat) == 0;
}

static void a_failure_at_any_moment_leaves_the_old_archive_or_the_restored_one(void **state)
{
    (void)state;
    for (int64_t nth = 1; ; nth++) {
        struct ga_error err = {0};
        faulty_io_fail(&files, nth, nth % 2 == 0 ? -ENOSPC : -EIO);
        app.now_ms += 1000;
        const enum ga_rc rc = restore(&err);
        assert_true(nth < 2000);
        if (rc == GA_OK && !files.has_failed)
            break;
        assert_int_equal(count_children(), rc == GA_OK ? 1 : 2);
        assert_true(rc == GA_OK || err.what.id != NULL);
        assert_false(is_beside(".restored"));
        if (rc != GA_OK)
            continue;
        write_list(own_forms, "left");
        app_reopen(&app); /* for the next round */
        app_add_child(&app, "张三");
        ga_session_close(app.session);
        app.session = NULL;
    }
    assert_int_equal(count_children(), 1);
    assert_false(is_beside(".restoring"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_failure_at_any_moment_leaves_the_old_archive_or_the_restored_one, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
