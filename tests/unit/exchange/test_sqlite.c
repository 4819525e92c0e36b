/* Whatever fails while the plain SQLite copy is written, there is a whole one or none. */
#include "faulty_io.h"
#include "guanai/exchange/export_sqlite.h"
#include "office.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct office office;
static struct faulty_io files;

static int start(void **state)
{
    (void)state;
    office_start(&office);
    office_import(&office, "child", "tests/data/rosters/class-28-gb18030.csv", GA_IMPORT_FILL, NULL);
    faulty_io_init(&files);
    office.tools.io = &files.ops;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    office_stop(&office);
    return 0;
}

static bool is_there(const char *path)
{
    struct ga_io_stat stat;
    return ga_io_system()->stat(NULL, path, &stat) == 0;
}

static void a_failure_at_any_moment_leaves_nothing_half_written(void **state)
{
    (void)state;
    const char *path = office_path(&office, "copy.db"), *part = office_path(&office, "copy.db.part");
    const struct ga_sqlite_options options = {.path = path, .may_replace = true, .lang = GA_ZH};
    bool was_there = false;
    for (int64_t nth = 1;; nth++) {
        struct ga_error err = {0};
        int64_t records = 0;
        faulty_io_fail(&files, nth, nth % 2 == 0 ? -ENOSPC : -EIO);
        const enum ga_rc rc = ga_export_sqlite(&office.tools, &options, NULL, &records, &err);
        assert_true(nth < 100);
        assert_false(is_there(part));
        was_there |= rc == GA_OK;
        assert_int_equal(is_there(path), was_there);
        assert_true(rc == GA_OK ? records == 29 : err.what.id != NULL);
        if (!files.has_failed)
            break;
    }
    assert_true(was_there);
}

static bool stop_at_once(void *ctx, int64_t done, int64_t total)
{
    (void)ctx, (void)done, (void)total;
    return false;
}

static void stopped_it_leaves_nothing(void **state)
{
    (void)state;
    const char *path = office_path(&office, "copy.db");
    const struct ga_sqlite_options options = {.path = path};
    const struct ga_progress progress = {.step = stop_at_once};
    assert_int_equal(ga_export_sqlite(&office.tools, &options, &progress, NULL, NULL), GA_CANCELLED);
    assert_false(is_there(path));
    assert_false(is_there(office_path(&office, "copy.db.part")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_failure_at_any_moment_leaves_nothing_half_written, start, stop),
        cmocka_unit_test_setup_teardown(stopped_it_leaves_nothing, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
