/* A series of backups keeps itself: what is there can be put back, what is old goes only after something newer is sure. */
#include "app_folder.h"

#include "dice.h"
#include "faulty_io.h"
#include "guanai/app/backup.h"
#include "guanai/app/restore.h"
#include "guanai/sql/db.h"

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
static struct ga_arena arena;
static struct ga_vec backups;

static size_t list(void)
{
    ga_vec_clear(&backups);
    assert_int_equal(ga_backups_list(app.session, &arena, &backups, NULL), GA_OK);
    return backups.len;
}

static const struct ga_backup *at(size_t i)
{
    return GA_VEC_AT(const struct ga_backup, &backups, i);
}

static void go_to(struct ga_date day)
{
    ga_session_set_today(app.session, day);
}

static int64_t records_here(void)
{
    int64_t count = 0;
    assert_int_equal(ga_db_query_int(ga_store_db(app.session->store), "SELECT count(*) FROM record", &count, NULL), GA_OK);
    return count;
}

static void an_empty_archive_has_no_backup(void **state)
{
    (void)state;
    assert_false(ga_backups_is_due(app.session));
    assert_int_equal(ga_backups_make(app.session, GA_BACKUP_DAILY, NULL), GA_OK);
    assert_int_equal(list(), 0);
}

static void there_is_one_a_day_and_it_was_counted(void **state)
{
    (void)state;
    struct ga_backup_said said;
    app_add_child(&app, "何丽");
    assert_false(ga_backups_last(app.session, &said));
    assert_true(ga_backups_is_due(app.session));
    assert_int_equal(ga_backups_make(app.session, GA_BACKUP_DAILY, NULL), GA_OK);
    assert_false(ga_backups_is_due(app.session));
    assert_int_equal(list(), 1);
    assert_int_equal(at(0)->occasion, GA_BACKUP_DAILY);
    assert_true(at(0)->size_bytes > 4096);
    assert_true(ga_backups_last(app.session, &said));
    assert_int_equal(said.records, records_here());
    assert_int_equal(said.minute, 12 * 60 + 41);
    assert_int_equal(ga_date_compare(said.day, app.session->today), 0);
    go_to((struct ga_date){2026, 11, 24});
    assert_true(ga_backups_is_due(app.session));
}

/* Days go by, some without anybody; now and then a clock is wrong; imports come between. */
static void seven_days_and_four_weeks_are_kept(void **state)
{
    (void)state;
    uint64_t dice = 20261123;
    for (int round = 0; round < 200; round++) {
        struct ga_vec all;
        bool keeps[64];
        int32_t day = ga_date_to_days((struct ga_date){2026, 9, 1});
        ga_vec_init(&all, sizeof(struct ga_backup));
        const size_t count = 1 + dice_draw(&dice, 60);
        for (size_t i = 0; i < count; i++) {
            day += (int32_t)dice_draw(&dice, 4);
            const int32_t told = dice_draw(&dice, 20) == 0 ? 14000 : day; /* 2008: the battery is dead */
            *(struct ga_backup *)ga_vec_push(&all) = (struct ga_backup){.number = (int64_t)i + 1, .day = ga_date_from_days(told)};
        }
        ga_backups_choose(&all, keeps);
        size_t days = 0, weeks = 0, kept = 0;
        for (size_t i = count; i-- > 0;) {
            bool is_day_new = true, is_week_new = true;
            const struct ga_backup *one = GA_VEC_AT(struct ga_backup, &all, i);
            const int32_t on = ga_date_to_days(one->day), monday = on - (ga_date_weekday(one->day) - 1);
            for (size_t k = i + 1; k < count; k++) {
                const struct ga_date other = GA_VEC_AT(struct ga_backup, &all, k)->day;
                is_day_new &= ga_date_compare(other, one->day) != 0;
                is_week_new &= ga_date_to_days(other) - (ga_date_weekday(other) - 1) != monday;
            }
            const bool must = (is_day_new && days < 7) || (is_week_new && weeks < 4) || i + 3 >= count;
            days += is_day_new;
            weeks += is_week_new;
            assert_int_equal(keeps[i], must);
            kept += keeps[i];
        }
        assert_in_range(kept, 1, 7 + 4 + 3);
        ga_vec_finish(&all);
    }
}

static void the_series_stays_short_and_in_order(void **state)
{
    (void)state;
    app_add_child(&app, "何丽");
    for (int i = 0; i < 40; i++) {
        go_to(ga_date_from_days(ga_date_to_days((struct ga_date){2026, 11, 2}) + i));
        assert_int_equal(ga_backups_make(app.session, i % 5 == 0 ? GA_BACKUP_IMPORT : GA_BACKUP_DAILY, NULL), GA_OK);
    }
    assert_in_range(list(), 7, 11);
    for (size_t i = 1; i < backups.len; i++)
        assert_true(at(i)->number > at(i - 1)->number);
    assert_int_equal(at(backups.len - 1)->number, 40);
    assert_int_equal(ga_date_compare(at(backups.len - 1)->day, (struct ga_date){2026, 12, 11}), 0);
}

static int64_t records_of(const char *path)
{
    struct ga_problems problems;
    struct ga_restore_report report = {0};
    ga_problems_init(&problems);
    ga_session_close(app.session);
    app.session = NULL;
    assert_int_equal(ga_restore_run(&app.options, path, NULL, &arena, &problems, &report, NULL), GA_OK);
    ga_problems_finish(&problems);
    app_reopen(&app);
    return records_here();
}

static void the_oldest_and_the_newest_can_be_put_back(void **state)
{
    (void)state;
    for (int i = 0; i < 12; i++) {
        app_add_child(&app, "何丽");
        go_to(ga_date_from_days(ga_date_to_days((struct ga_date){2026, 11, 23}) + 3 * i));
        assert_int_equal(ga_backups_make(app.session, GA_BACKUP_DAILY, NULL), GA_OK);
    }
    const size_t count = list();
    const int64_t oldest = at(0)->number, one = records_here() / 12;
    assert_int_equal(records_of(at(count - 1)->path), 12 * one);
    assert_int_equal(list(), count); /* the series went on with the archive */
    assert_int_equal(records_of(at(0)->path), oldest * one);
    assert_int_equal(list(), count);
    assert_int_equal(ga_backups_make(app.session, GA_BACKUP_ASKED, NULL), GA_OK);
    list();
    assert_int_equal(at(backups.len - 1)->number, 13);
}

static void files_that_are_none_of_it_are_left_alone(void **state)
{
    (void)state;
    static const char *const others[] = {"guanai-000001-2026-11-23-day.db.part", "guanai-000001-2026-02-30-day.db",
                                         "guanai-000001-2026-11-23-tea.db", "guanai-000000-2026-11-23-day.db", "readme.txt"};
    char path[160];
    app_add_child(&app, "何丽");
    assert_int_equal(ga_backups_make(app.session, GA_BACKUP_DAILY, NULL), GA_OK);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        snprintf(path, sizeof(path), "%s/backups/%s", app.path, others[i]);
        assert_int_equal(ga_io_write_file(ga_io_system(), path, "x", 1, NULL), GA_OK);
    }
    assert_int_equal(list(), 1);
    for (int i = 0; i < 20; i++)
        assert_int_equal(ga_backups_make(app.session, GA_BACKUP_ASKED, NULL), GA_OK);
    for (size_t i = 1; i < sizeof(others) / sizeof(others[0]); i++) {
        struct ga_io_stat stat;
        snprintf(path, sizeof(path), "%s/backups/%s", app.path, others[i]);
        assert_int_equal(ga_io_system()->stat(NULL, path, &stat), 0);
    }
}

static int64_t no_room(void *ctx, const char *path)
{
    (void)ctx, (void)path;
    return 1 << 20;
}

static void on_a_full_disk_the_old_ones_stay(void **state)
{
    (void)state;
    struct ga_io_ops full = *app.options.io;
    const struct ga_io_ops *system = app.options.io;
    app_add_child(&app, "何丽");
    assert_int_equal(ga_backups_make(app.session, GA_BACKUP_DAILY, NULL), GA_OK);
    full.free_bytes = no_room;
    app.options.io = &full;
    assert_int_equal(ga_backups_make(app.session, GA_BACKUP_IMPORT, NULL), GA_IO);
    app.options.io = system;
    assert_int_equal(list(), 1);
}

static void whatever_fails_the_old_ones_stay_and_no_half_one_is_listed(void **state)
{
    (void)state;
    struct faulty_io faulty;
    const struct ga_io_ops *system = app.options.io;
    app_add_child(&app, "何丽");
    assert_int_equal(ga_backups_make(app.session, GA_BACKUP_DAILY, NULL), GA_OK);
    faulty_io_init(&faulty);
    for (int64_t n = 1; n < 1000; n++) {
        const size_t before = list();
        const int64_t newest = at(before - 1)->number;
        app.options.io = &faulty.ops;
        faulty_io_fail(&faulty, n, -EIO);
        const enum ga_rc rc = ga_backups_make(app.session, GA_BACKUP_ASKED, NULL);
        const bool has_failed = faulty.has_failed;
        faulty_io_fail(&faulty, 0, 0);
        app.options.io = system;
        list();
        assert_true(backups.len > 0);
        assert_true(at(backups.len - 1)->number == newest + 1 || rc != GA_OK);
        assert_true(at(backups.len - 1)->number >= newest);
        if (!has_failed)
            return;
        if (backups.len > 12) /* what could not be removed that time is, the next time */
            assert_int_equal(ga_backups_make(app.session, GA_BACKUP_ASKED, NULL), GA_OK);
    }
    fail();
}

static int start(void **state)
{
    (void)state;
    ga_vec_init(&backups, sizeof(struct ga_backup));
    app_start(&app);
    return 0;
}

static int stop(void **state)
{
    char command[160];
    (void)state;
    ga_vec_finish(&backups);
    ga_arena_finish(&arena);
    app_stop(&app);
    snprintf(command, sizeof(command), "rm -rf %s %s.before-*", app.path, app.path);
    return system(command);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(an_empty_archive_has_no_backup),
        IN_FOLDER(there_is_one_a_day_and_it_was_counted),
        cmocka_unit_test(seven_days_and_four_weeks_are_kept),
        IN_FOLDER(the_series_stays_short_and_in_order),
        IN_FOLDER(the_oldest_and_the_newest_can_be_put_back),
        IN_FOLDER(files_that_are_none_of_it_are_left_alone),
        IN_FOLDER(on_a_full_disk_the_old_ones_stay),
        IN_FOLDER(whatever_fails_the_old_ones_stay_and_no_half_one_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
