/* After a power cut every acknowledged commit is there: our settings, against two that lose some. */
#include "crash_vfs.h"

#include "guanai/sql/db.h"
#include "guanai/sql/stmt.h"
#include "guanai/sql/transaction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <sqlite3.h>

enum { COMMITS = 20, SEEDS = 8 };

/* The newest commit that can still be read; -1: the database is damaged. */
static int64_t read_newest(sqlite3 *raw)
{
    static const char *const asked[] = {"SELECT (SELECT integrity_check FROM pragma_integrity_check) = 'ok'",
                                        "SELECT coalesce(max(id), 0) = count(*) FROM t",
                                        "SELECT coalesce(max(id), 0) FROM t"};
    int64_t answer = -1;
    for (size_t i = 0; i < 3; i++) {
        sqlite3_stmt *stmt;
        int rc = sqlite3_prepare_v2(raw, asked[i], -1, &stmt, NULL);
        if (rc != SQLITE_OK)
            return strstr(sqlite3_errmsg(raw), "no such table") != NULL ? 0 : -1;
        rc = sqlite3_step(stmt);
        answer = rc == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : -1;
        sqlite3_finalize(stmt);
        if (rc != SQLITE_ROW || (i < 2 && answer != 1))
            return -1;
    }
    return answer;
}

static int64_t reopen(const char *vfs)
{
    sqlite3 *raw;
    sqlite3_open_v2("/db", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs);
    sqlite3_exec(raw, "PRAGMA locking_mode=EXCLUSIVE", NULL, NULL, NULL);
    int64_t newest = read_newest(raw);
    sqlite3_close(raw);
    return newest;
}

/* How many of all states lost something that was acknowledged. */
static int count_losses(struct crash_vfs *from, int *ret_states)
{
    struct crash_vfs *into = crash_vfs_create("replayed");
    int losses = 0;
    *ret_states = 0;
    for (size_t cut = 0; cut <= crash_vfs_events(from); cut++)
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            uint64_t mixed = seed < 2 ? seed : (cut + 1) * 0x9E3779B97F4A7C15ULL + seed;
            int64_t mark = crash_vfs_replay(from, cut, mixed, into);
            losses += reopen("replayed") < mark;
            ++*ret_states;
        }
    crash_vfs_destroy(into);
    return losses;
}

static void ours_loses_nothing(void **state)
{
    (void)state;
    struct crash_vfs *vfs = crash_vfs_create("recorded");
    struct ga_db *db = NULL;
    assert_int_equal(ga_db_open(&(struct ga_db_options){.path = "/db", .vfs = "recorded", .create = true}, &db, NULL), GA_OK);
    assert_int_equal(ga_db_exec(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, x)", NULL), GA_OK);
    for (int i = 1; i <= COMMITS; i++) {
        int64_t before = crash_vfs_syncs(vfs);
        assert_int_equal(ga_db_exec(db, "INSERT INTO t(x) VALUES (randomblob(3000))", NULL), GA_OK);
        assert_true(i % 5 == 1 || crash_vfs_syncs(vfs) - before == 1);
        crash_vfs_acknowledge(vfs, i);
        if (i % 5 == 0)
            assert_int_equal(ga_db_checkpoint(db, i == 5 ? GA_CHECKPOINT_PASSIVE : GA_CHECKPOINT_TRUNCATE, NULL), GA_OK);
    }
    ga_db_close(db);
    int states, losses = count_losses(vfs, &states);
    print_message("# ours: %d of %d states lost something\n", losses, states);
    assert_int_equal(losses, 0);
    crash_vfs_destroy(vfs);
}

static int count_losses_with(const char *settings, bool checkpoints, int *ret_states)
{
    struct crash_vfs *vfs = crash_vfs_create("recorded");
    sqlite3 *raw;
    sqlite3_open_v2("/db", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "recorded");
    assert_int_equal(sqlite3_exec(raw, settings, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "CREATE TABLE t(id INTEGER PRIMARY KEY, x)", NULL, NULL, NULL), SQLITE_OK);
    for (int i = 1; i <= COMMITS; i++) {
        sqlite3_exec(raw, "INSERT INTO t(x) VALUES (randomblob(3000))", NULL, NULL, NULL);
        crash_vfs_acknowledge(vfs, i);
        if (checkpoints && i % 5 == 0)
            sqlite3_wal_checkpoint(raw, NULL);
    }
    sqlite3_close(raw);
    int losses = count_losses(vfs, ret_states);
    crash_vfs_destroy(vfs);
    return losses;
}

static void the_librarys_default_loses_commits(void **state)
{
    (void)state;
    int states, losses = count_losses_with("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL", false, &states);
    print_message("# DELETE+FULL: %d of %d states lost something\n", losses, states);
    assert_true(losses > 0);
}

static void an_unsynced_wal_loses_commits(void **state)
{
    (void)state;
    int states, losses = count_losses_with(
        "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL", true, &states);
    print_message("# WAL+NORMAL: %d of %d states lost something\n", losses, states);
    assert_true(losses > 0);
}

static void the_folder_synced_after_the_journal_is_gone_loses_nothing(void **state)
{
    (void)state;
    int states, losses = count_losses_with("PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA", false, &states);
    print_message("# DELETE+EXTRA: %d of %d states lost something\n", losses, states);
    assert_int_equal(losses, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ours_loses_nothing),
        cmocka_unit_test(the_librarys_default_loses_commits),
        cmocka_unit_test(an_unsynced_wal_loses_commits),
        cmocka_unit_test(the_folder_synced_after_the_journal_is_gone_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
