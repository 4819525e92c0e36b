/* When the disk fails at any moment of a receive, nothing of it is there; the same stick is taken in afterwards. */
#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/site.h"
#include "crash_vfs.h"
#include "sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

enum { SEED = 4711 };

static struct sticks_town town;
static struct school there;
static struct crash_vfs *disk;

/* Two of the town, and one whose disk fails. */
static int start(void **state)
{
    (void)state;
    struct ga_peer peer;
    disk = crash_vfs_create("failing");
    sticks_start(&town, 2);
    school_prepare(&there, (struct school_base){.vfs = "failing"});
    there.seed = SEED;
    assert_int_equal(school_reopen(&there, NULL), GA_OK);
    for (size_t i = 0; i < town.count; i++) {
        const struct ga_uuid *id = ga_store_own_site(town.schools[i].store);
        assert_int_equal(ga_store_site(town.schools[i].store, id, &peer, NULL), GA_OK);
        assert_int_equal(ga_site_trust(there.store, &peer, NULL), GA_OK);
    }
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&there);
    sticks_stop(&town);
    crash_vfs_destroy(disk);
    return 0;
}

static void import_children(struct school *school, int count)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    for (int i = 0; i < count; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(school, "child"));
        school_type(&child, "name", "李四");
        school_type(&child, "village", i % 2 == 0 ? "石桥村" : "小河村");
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

/* All tables with all they hold. */
static uint64_t state_now(void)
{
    struct ga_str all = {0};
    struct ga_stmt *stmt;
    bool has_row;
    sticks_dump(&there, &all);
    assert_int_equal(ga_stmt_prepare(ga_store_db(there.store),
                                     "SELECT (SELECT count(*) FROM txn) || ' ' || (SELECT count(*) FROM op) || ' ' ||"
                                     " (SELECT count(*) FROM record) || ' ' || (SELECT count(*) FROM site) || ' ' ||"
                                     " (SELECT coalesce(sum(last), 0) FROM _run) || ' ' || (SELECT hex(id) FROM site WHERE seed"
                                     " IS NOT NULL) || ' ' || (SELECT count(*) FROM _roster)",
                                     &stmt, NULL), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    ga_str_add(&all, ga_stmt_column_text(stmt, 0));
    ga_stmt_destroy(stmt);
    const uint64_t print = ga_map_hash(ga_str_text(&all), all.len);
    ga_str_finish(&all);
    return print;
}

static void fail_everywhere(const struct stick *stick, int64_t stride, int64_t times, int sqlite_rc)
{
    bool has_failed = true;
    for (int64_t n = 1; has_failed; n += stride) {
        struct ga_error err = {0};
        char buf[GA_MESSAGE_BYTES];
        const uint64_t before = state_now();
        const struct ga_uuid site = *ga_store_own_site(there.store);
        crash_vfs_fail(disk, n, times, sqlite_rc);
        const enum ga_rc rc = stick_take(stick, &there, NULL, &err);
        has_failed = crash_vfs_has_failed(disk);
        crash_vfs_fail(disk, 0, 0, 0);
        if (rc == GA_OK)
            break; /* it is in: once is enough */
        assert_int_equal(rc, GA_IO);
        assert_true(strlen(ga_message_text(&err.what, GA_ZH, buf, sizeof(buf))) > 10);
        assert_int_equal(state_now(), before);
        assert_int_equal(ga_uuid_compare(&site, ga_store_own_site(there.store)), 0);
        if (n % 5 == 0) { /* work goes on in between */
            school_add_child(&there, "王五");
            sticks_assert_sound(&there);
        }
    }
    sticks_assert_sound(&there);
    assert_int_equal(school_reopen(&there, NULL), GA_OK);
    sticks_assert_sound(&there);
}

static void single_saves(void **state)
{
    (void)state;
    struct stick stick;
    for (int i = 0; i < 5; i++)
        school_add_child(&town.schools[0], "张三");
    stick_fill(&stick, &town.schools[0], NULL);
    fail_everywhere(&stick, 1, 1, SQLITE_FULL);
    stick_finish(&stick);
    for (int i = 0; i < 5; i++)
        school_add_child(&town.schools[1], "李四");
    stick_fill(&stick, &town.schools[1], NULL);
    fail_everywhere(&stick, 1, 1000, SQLITE_IOERR_WRITE);
    stick_finish(&stick);
}

static void an_import_of_many(void **state)
{
    (void)state;
    struct stick stick;
    import_children(&town.schools[0], 600);
    stick_fill(&stick, &town.schools[0], NULL);
    fail_everywhere(&stick, 17, 1, SQLITE_FULL);
    stick_finish(&stick);
}

/* What a copy of its folder wrote: it becomes another site, or stays what it was, never half. */
static void what_a_copy_of_it_wrote(void **state)
{
    (void)state;
    struct stick stick;
    struct school copy;
    school_prepare(&copy, (struct school_base){0});
    copy.seed = SEED; /* hence the same id and key */
    assert_int_equal(school_reopen(&copy, NULL), GA_OK);
    const struct ga_uuid shared = *ga_store_own_site(there.store);
    assert_int_equal(ga_uuid_compare(&shared, ga_store_own_site(copy.store)), 0);
    school_add_child(&copy, "张三");
    school_add_child(&there, "李四");
    stick_fill(&stick, &copy, NULL);
    fail_everywhere(&stick, 1, 1, SQLITE_FULL);
    assert_int_not_equal(ga_uuid_compare(&shared, ga_store_own_site(there.store)), 0);
    school_add_child(&there, "王五");
    sticks_assert_sound(&there);
    stick_finish(&stick);
    school_stop(&copy);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(single_saves),
        CASE(an_import_of_many),
        CASE(what_a_copy_of_it_wrote),
    };
    return cmocka_run_group_tests_name("store: receiving on a failing disk", tests, NULL, NULL);
}
