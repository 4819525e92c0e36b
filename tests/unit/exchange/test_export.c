/* What leaves can come back, whole or not at all. */
#include "office.h"

#include "guanai/base/alloc.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct office office;
static const char *helper;

static int start(void **state)
{
    (void)state;
    office_start(&office);
    office_import(&office, "child", "tests/data/rosters/class-28-gb18030.csv", GA_IMPORT_FILL, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    office_stop(&office);
    return 0;
}

static enum ga_rc export(const char *form, const char *path, struct ga_export_options options, int64_t *rows,
                         struct ga_error *err)
{
    options.form = school_form(&office.school, form);
    options.path = path;
    options.helper = helper;
    return ga_export_run(&office.tools, &options, NULL, rows, err);
}

static void assert_comes_back(const char *path, struct ga_export_options options)
{
    struct ga_error err = {0};
    int64_t rows = 0;
    office_must(export("child", path, options, &rows, &err), &err);
    assert_int_equal(rows, 28);
    struct tally tally = office_import(&office, "child", path, GA_IMPORT_FILL, NULL);
    assert_int_equal(tally.verdicts[GA_VERDICT_SAME], 28);
    assert_int_equal(tally.rows, 28);
}

static void csv_comes_back_as_it_left(void **state)
{
    (void)state;
    assert_comes_back(office_path(&office, "a.csv"), (struct ga_export_options){0});
    assert_comes_back(office_path(&office, "b.csv"), (struct ga_export_options){.with_labels = true});
    assert_comes_back(office_path(&office, "c.csv"), (struct ga_export_options){.encoding = GA_ENCODING_GB18030,
                                                                                .with_labels = true});
}

static void a_workbook_comes_back_as_it_left(void **state)
{
    (void)state;
    if (helper == NULL)
        skip();
    assert_comes_back(office_path(&office, "a.xlsx"), (struct ga_export_options){0});
    assert_comes_back(office_path(&office, "b.xlsx"), (struct ga_export_options){.with_labels = true});
}

static void json_holds_the_ids_and_nulls(void **state)
{
    (void)state;
    struct ga_error err = {0};
    const char *path = office_path(&office, "a.json");
    office_must(export("child", path, (struct ga_export_options){0}, NULL, &err), &err);
    char command[400];
    snprintf(command, sizeof(command),
             "python3 -c \"import json,sys; r=json.load(open('%s')); assert len(r)==28 and len({x['id'] for x in r})==28"
             " and sum(x['marked_left_behind'] for x in r)==17 and r[0]['nickname'] is None and"
             " len(r[0]['id_number'])==18\"", path);
    assert_int_equal(system(command), 0);
}

static void a_condition_picks_and_bad_ones_are_refused(void **state)
{
    (void)state;
    struct ga_error err = {0};
    const char *path = office_path(&office, "a.csv");
    int64_t rows = 0;
    const char *columns[] = {"name", "id_number"};
    const struct ga_export_options few = {.where = "marked_left_behind = 1", .columns = columns, .columns_count = 2};
    office_must(export("child", path, few, &rows, &err), &err);
    assert_int_equal(rows, 17);
    assert_int_equal(strncmp(office_read_file(&office, path), "\xEF\xBB\xBFname,id_number\r\n", 19), 0);
    const char *bad[] = {"1) OR (SELECT 1 FROM record", "nosuch = 1", "1; DROP TABLE child", "(SELECT count(*) FROM setting)"};
    for (size_t i = 0; i < GA_COUNT(bad); i++) {
        const char *other = office_path(&office, "bad.csv");
        assert_int_equal(export("child", other, (struct ga_export_options){.where = bad[i]}, NULL, &err), GA_REFUSED);
        assert_int_not_equal(access(other, F_OK), 0);
    }
    assert_int_equal(export("child", office_path(&office, "a.doc"), few, NULL, &err), GA_USAGE);
}

static void visits_leave_with_the_child_they_are_about(void **state)
{
    (void)state;
    struct ga_error err = {0};
    const char *name = office_text(&office, "SELECT name FROM v_child ORDER BY no");
    struct ga_str text = {0};
    ga_str_addf(&text, "姓名,年级,班级,家访日期,家访教师,见到的人,家访内容\n%s,一年级,1班,2026-11-01,何老师,奶奶,=1+1\n", name);
    assert_int_equal(office_import_text(&office, "home_visit", ga_str_text(&text)).verdicts[GA_VERDICT_NEW], 1);
    ga_str_finish(&text);
    const char *path = office_path(&office, "visits.csv");
    office_must(export("home_visit", path, (struct ga_export_options){0}, NULL, &err), &err);
    assert_non_null(strstr(office_read_file(&office, path), name));
    assert_non_null(strstr(office_read_file(&office, path), "'=1+1"));
    assert_int_equal(office_import(&office, "home_visit", path, GA_IMPORT_FILL, NULL).verdicts[GA_VERDICT_SAME], 1);
}

struct stopper {
    int left;
};

static bool step(void *ctx, int64_t done, int64_t total)
{
    (void)done, (void)total;
    return ((struct stopper *)ctx)->left-- > 0;
}

static void stopping_leaves_no_file_and_keeps_the_old_one(void **state)
{
    (void)state;
    struct ga_error err = {0};
    const char *path = office_file(&office, "old.csv", "old", 3);
    struct stopper stopper = {0};
    const struct ga_progress progress = {step, &stopper};
    const struct ga_export_options options = {.form = school_form(&office.school, "child"), .path = path};
    assert_int_equal(ga_export_run(&office.tools, &options, &progress, NULL, &err), GA_CANCELLED);
    assert_string_equal(office_read_file(&office, path), "old");
    assert_int_not_equal(access(office_path(&office, "old.csv.part"), F_OK), 0);
}

/* The disk fills, the stick is pulled: at every single call. */
static struct {
    int left;
} breaking;

static bool breaks(void)
{
    return breaking.left-- == 0;
}

static int break_open(void *ctx, const char *path, int flags, int mode)
{
    return breaks() ? -EROFS : ga_io_system()->open(ctx, path, flags, mode);
}

static int64_t break_write(void *ctx, int fd, const void *buf, size_t len)
{
    return breaks() ? -ENOSPC : ga_io_system()->write(ctx, fd, buf, len);
}

static int64_t break_read(void *ctx, int fd, void *buf, size_t len)
{
    return breaks() ? -EIO : ga_io_system()->read(ctx, fd, buf, len);
}

static int break_sync(void *ctx, int fd)
{
    return breaks() ? -EIO : ga_io_system()->sync(ctx, fd);
}

static int break_rename(void *ctx, const char *from, const char *to)
{
    return breaks() ? -EIO : ga_io_system()->rename(ctx, from, to);
}

static void every_failing_call_leaves_the_old_file(void **state)
{
    const char *ending = *state;
    struct ga_io_ops io = *ga_io_system();
    io.open = break_open;
    io.write = break_write;
    io.read = break_read;
    io.sync = break_sync;
    io.rename = break_rename;
    office.tools.io = &io;
    int done = 0;
    for (int n = 0; n < 60 && done < 2; n++) { /* the last two failures, of the folder's sync, do no harm */
        struct ga_error err = {0};
        const char *path = office_file(&office, ga_arena_printf(&office.arena, "old%s", ending), "old", 3);
        breaking.left = n;
        enum ga_rc rc = export("child", path, (struct ga_export_options){0}, NULL, &err);
        done += rc == GA_OK;
        if (rc == GA_OK)
            continue;
        assert_string_equal(office_read_file(&office, path), "old");
        assert_int_not_equal(access(ga_arena_printf(&office.arena, "%s.part", path), F_OK), 0);
    }
    assert_int_equal(done, 2);
}

static int start_csv(void **state)
{
    start(state);
    static char ending[] = ".csv";
    *state = ending;
    return 0;
}

static int start_xlsx(void **state)
{
    static char ending[] = ".xlsx", csv[] = ".csv";
    start(state);
    *state = helper != NULL ? ending : csv;
    return 0;
}

static void a_helper_that_is_missing_or_dies_is_said(void **state)
{
    (void)state;
    struct ga_error err = {0};
    const char *path = office_path(&office, "a.xlsx"), *kept = helper;
    const char *helpers[] = {NULL, "/nonexistent/guanai-paper", "/bin/true", "/bin/false"};
    for (size_t i = 0; i < GA_COUNT(helpers); i++) {
        helper = helpers[i];
        enum ga_rc rc = export("child", path, (struct ga_export_options){0}, NULL, &err);
        assert_int_equal(rc, i < 2 ? GA_NOT_FOUND : GA_IO);
        assert_int_not_equal(access(path, F_OK), 0);
    }
    helper = kept;
}

int main(int argc, char **argv)
{
    helper = argc > 1 ? argv[1] : NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(csv_comes_back_as_it_left, start, stop),
        cmocka_unit_test_setup_teardown(a_workbook_comes_back_as_it_left, start, stop),
        cmocka_unit_test_setup_teardown(json_holds_the_ids_and_nulls, start, stop),
        cmocka_unit_test_setup_teardown(a_condition_picks_and_bad_ones_are_refused, start, stop),
        cmocka_unit_test_setup_teardown(visits_leave_with_the_child_they_are_about, start, stop),
        cmocka_unit_test_setup_teardown(stopping_leaves_no_file_and_keeps_the_old_one, start, stop),
        cmocka_unit_test_setup_teardown(every_failing_call_leaves_the_old_file, start_csv, stop),
        cmocka_unit_test_setup_teardown(every_failing_call_leaves_the_old_file, start_xlsx, stop),
        cmocka_unit_test_setup_teardown(a_helper_that_is_missing_or_dies_is_said, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
