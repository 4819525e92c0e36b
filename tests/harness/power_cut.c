/* Cuts the power at any moment of what a test does to a school, then looks what is left. */
#include "power_cut.h"

#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/save.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

enum { CUTS_MAX = 90, DRAWS = 4 };

/*
 * What a save left to be written by and by counts as written: it stands in `after`, a line each, as long as the setting of
 * that name is older.
 */
#define WAITS " FROM tail WHERE op > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'after'), 0) AND "

/* Everything that is not derived: what is, is built anew and compared. */
static uint64_t print_of(struct ga_store *store)
{
    static const char *const queries[] = {
        "SELECT hex(hash) || ' ' || first_op || ' ' || count FROM txn ORDER BY no",
        "SELECT hex(id) || form FROM record ORDER BY no",
        ("SELECT no || form || hex(record) || hex(child) || user || saved || coalesce(field, '') || hex(answers) || "
         "coalesce(hex(heads), '') FROM draft WHERE NOT EXISTS (SELECT 1" WAITS
         "instr(char(10) || after, char(10) || 'draft' || char(9) || draft.no || char(10))) ORDER BY no"),
        "SELECT name || version || hex(hash) FROM form ORDER BY name",
        "SELECT name || hex(packed) FROM list ORDER BY name",
        ("SELECT coalesce((SELECT substr(after, instr(after, 'set' || char(9)) + 4)" WAITS /* tests have one of them */
         "instr(after, 'set' || char(9)) ORDER BY op DESC LIMIT 1),"
         " (SELECT name || char(9) || value || char(10) FROM setting WHERE name LIKE 'last.%'), '')"),
        "SELECT name || coalesce(value, '') FROM setting WHERE name <> 'after' AND name NOT LIKE 'last.%' ORDER BY name"};
    struct ga_str all = {0};
    for (size_t q = 0; q < GA_COUNT(queries); q++) {
        struct ga_stmt *stmt;
        bool has_row = false;
        assert_int_equal(ga_stmt_prepare(ga_store_db(store), queries[q], &stmt, NULL), GA_OK);
        while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
            ga_str_addf(&all, "%s\n", ga_stmt_column_text(stmt, 0));
        ga_stmt_destroy(stmt);
        ga_str_addf(&all, "--\n");
    }
    const uint64_t print = ga_map_hash(ga_str_text(&all), all.len);
    ga_str_finish(&all);
    return print;
}

static const char *head_path(const struct power_cut *cut, char path[200])
{
    snprintf(path, 200, "%s/head", cut->school.folder);
    return path;
}

void power_cut_start(struct power_cut *cut)
{
    *cut = (struct power_cut){.recorded = crash_vfs_create("recorded")};
    school_prepare(&cut->school, (struct school_base){.vfs = "recorded"});
    assert_int_equal(school_reopen(&cut->school, NULL), GA_OK);
}

void power_cut_stop(struct power_cut *cut)
{
    school_stop(&cut->school);
    crash_vfs_destroy(cut->recorded);
}

void power_cut_acknowledge(struct power_cut *cut)
{
    char path[200];
    struct ga_str head = {0};
    assert_true(cut->steps_count < POWER_CUT_STEPS_MAX);
    struct power_cut_step *step = &cut->steps[cut->steps_count++];
    *step = (struct power_cut_step){.print = print_of(cut->school.store)};
    if (ga_io_read_file(ga_io_system(), head_path(cut, path), sizeof(step->head) - 1, &head, NULL) == GA_OK)
        strcpy(step->head, ga_str_text(&head));
    ga_str_finish(&head);
    crash_vfs_acknowledge(cut->recorded, cut->steps_count);
}

void power_cut_from_here(struct power_cut *cut)
{
    cut->first_event = crash_vfs_events(cut->recorded);
    cut->steps_count = 0;
    power_cut_acknowledge(cut);
}

void power_cut_from_the_start(struct power_cut *cut)
{
    power_cut_from_here(cut);
    cut->first_event = 0;
}

void power_cut_with_normal_sync(struct power_cut *cut)
{
    assert_int_equal(ga_db_sync_mode(ga_store_db(cut->school.store), GA_SYNC_NORMAL, NULL), GA_OK);
}

void power_cut_with_delete_journal(struct power_cut *cut)
{
    int64_t is_delete = 0;
    struct ga_db *db = ga_store_db(cut->school.store);
    /* in this order: with an exclusive -wal the lock is not let go of */
    assert_int_equal(ga_db_exec(db, "PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; PRAGMA synchronous=FULL", NULL),
                     GA_OK);
    assert_int_equal(ga_db_query_int(db, "SELECT journal_mode = 'delete' AND locking_mode = 'normal'"
                                         " FROM pragma_journal_mode, pragma_locking_mode", &is_delete, NULL), GA_OK);
    assert_int_equal(is_delete, 1);
}

static void put_head(const struct power_cut *cut, const char *text)
{
    char path[200];
    if (text[0] == '\0')
        unlink(head_path(cut, path));
    else
        assert_int_equal(ga_io_write_file(ga_io_system(), head_path(cut, path), text, strlen(text), NULL), GA_OK);
}

static bool is_sound(const struct power_cut *cut, struct ga_store *store)
{
    struct ga_problems problems;
    struct ga_check_report report;
    char buf[GA_MESSAGE_BYTES];
    ga_problems_init(&problems);
    const bool is_fine = ga_store_check(store, NULL, &problems, &report, NULL) == GA_OK &&
                         ga_store_rebuild(store, NULL, &problems, NULL) == GA_OK && problems.list.len == 0 &&
                         (report.forks == 0 || cut->may_fork) && report.gaps == 0;
    for (size_t i = 0; i < problems.list.len; i++) {
        ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, buf, sizeof(buf));
        for (char *p = buf; *p != '\0'; p++) /* SQLite says several lines at once */
            *p = *p == '\n' ? ' ' : *p;
        print_message("# %s\n", buf);
    }
    ga_problems_finish(&problems);
    return is_fine;
}

/* Doing what waits changes nothing of what counts; then none of it is left. */
static bool is_settled(struct ga_store *store)
{
    int64_t waiting = -1;
    const uint64_t before = print_of(store);
    return ga_save_settle(store, NULL) == GA_OK && print_of(store) == before &&
           ga_db_query_int(ga_store_db(store), "SELECT count(*)" WAITS "after IS NOT NULL", &waiting, NULL) == GA_OK && waiting == 0;
}

/* What is there has to be what was there after some step, none older than the newest acknowledged. */
static bool is_whole(const struct power_cut *cut, struct ga_store *store, int64_t mark)
{
    const uint64_t now = print_of(store);
    bool is_known = mark == 0; /* nothing was promised yet, but what there is must be sound */
    for (int64_t i = mark > 0 ? mark - 1 : 0; i < cut->steps_count; i++)
        is_known |= now == cut->steps[i].print;
    return is_known && is_sound(cut, store) && is_settled(store);
}

static bool survives(const struct power_cut *cut, size_t at, uint64_t seed, struct crash_vfs *replayed)
{
    struct ga_store_options options = cut->school.options;
    struct ga_store *store;
    uint64_t random_seed = 99;
    struct ga_random random = ga_random_seeded(&random_seed);
    const int64_t mark = crash_vfs_replay(cut->recorded, at, seed, replayed);
    put_head(cut, mark > 0 ? cut->steps[mark - 1].head : "");
    options.vfs = "replayed";
    options.random = &random;
    if (ga_store_open(&options, &store, NULL) != GA_OK)
        return false;
    const bool is_fine = is_whole(cut, store, mark);
    ga_store_close(store);
    return is_fine;
}

int power_cut_losses(struct power_cut *cut, const char *what)
{
    struct crash_vfs *replayed = crash_vfs_create("replayed");
    const size_t last = crash_vfs_events(cut->recorded), count = last - cut->first_event + 1;
    const size_t stride = (count + CUTS_MAX - 1) / CUTS_MAX;
    int losses = 0, states = 0;
    ga_store_close(cut->school.store); /* its later writes lie behind the last cut */
    cut->school.store = NULL;
    for (size_t at = cut->first_event; at <= last; at += at + stride > last && at < last ? last - at : stride)
        for (uint64_t seed = 0; seed < DRAWS; seed++, states++) {
            const uint64_t mixed = seed < 2 ? seed : (at + 1) * 0x9E3779B97F4A7C15ULL + seed;
            losses += !survives(cut, at, mixed, replayed);
        }
    crash_vfs_destroy(replayed);
    print_message("# %s: %d of %d states lost something (%zu events)\n", what, losses, states, count);
    return losses;
}
