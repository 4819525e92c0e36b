/* A restored copy is another site, introduced by the one it was copied from. */
#include "guanai/base/num.h"
#include "guanai/crypt/sign.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/backup.h"
#include "guanai/store/check.h"
#include "guanai/store/copy.h"
#include "guanai/store/site.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <cmocka.h>

static struct school school;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    school_add_child(&school, "张三");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

static void get_blob(const char *sql, void *ret_bytes, size_t len)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), sql, &stmt, NULL), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    assert_true(has_row);
    const struct ga_value value = ga_stmt_column(stmt, 0);
    assert_int_equal(value.len, len);
    memcpy(ret_bytes, value.text, len);
    ga_stmt_destroy(stmt);
}

static void get_own(struct ga_uuid *ret_site, struct ga_sign_public *ret_key)
{
    get_blob("SELECT id FROM site WHERE seed IS NOT NULL", ret_site->bytes, sizeof(ret_site->bytes));
    get_blob("SELECT public_key FROM site WHERE seed IS NOT NULL", ret_key->bytes, sizeof(ret_key->bytes));
}

/* What store/site.h says is signed, put together once more. */
static void hash_introduction(const struct ga_uuid *site, const struct ga_sign_public *key, const struct ga_uuid *old,
                              uint8_t seq, const struct ga_hash *head, struct ga_hash *ret_hash)
{
    uint8_t bytes[16 + 32 + 16 + 8 + 32] = {0};
    memcpy(bytes, site->bytes, 16);
    memcpy(bytes + 16, key->bytes, 32);
    memcpy(bytes + 48, old->bytes, 16);
    bytes[64] = seq;
    memcpy(bytes + 72, head->bytes, 32);
    ga_hash_bytes("guanai.newsite", bytes, sizeof(bytes), ret_hash);
}

static void the_old_key_signs_for_the_new_site(void **state)
{
    (void)state;
    struct ga_uuid old, new;
    struct ga_sign_public old_key, new_key;
    struct ga_signature signature;
    struct ga_hash head, hash;
    struct ga_peer peer;
    get_own(&old, &old_key);
    get_blob("SELECT hash FROM txn ORDER BY no DESC LIMIT 1", head.bytes, sizeof(head.bytes));
    assert_int_equal(ga_store_renew_site(school.store, NULL), GA_OK);
    get_own(&new, &new_key);
    assert_int_not_equal(ga_uuid_compare(&old, &new), 0);
    assert_int_equal(ga_store_site(school.store, &new, &peer, NULL), GA_OK);
    signature = peer.signature;
    assert_int_equal(peer.by, GA_SITE_RENEWED);
    assert_int_equal(ga_uuid_compare(&peer.introducer, &old), 0);
    assert_int_equal(peer.seq, 1);
    assert_true(ga_hash_equal(&peer.head, &head));
    hash_introduction(&new, &new_key, &old, 1, &head, &hash);
    assert_true(ga_sign_is_valid(&old_key, &hash, &signature));
    hash_introduction(&new, &old_key, &old, 1, &head, &hash);
    assert_false(ga_sign_is_valid(&old_key, &hash, &signature));
}

static void both_chains_are_sound_after_it(void **state)
{
    (void)state;
    struct ga_problems problems;
    struct ga_check_report report;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_renew_site(school.store, NULL), GA_OK);
    school_add_child(&school, "李四"); /* at once, with the key in memory */
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    school_add_child(&school, "王五"); /* and with the key read again */
    assert_int_equal(ga_store_check(school.store, NULL, &problems, &report, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    assert_int_equal(report.transactions, 3);
    assert_int_equal(report.forks + report.gaps, 0);
    ga_problems_finish(&problems);
}

/* What a stick that is smaller than it says shows once its memory is asked no more: nothing of the second page. */
static int forget(void *ctx, int fd)
{
    static const char nothing[4096];
    (void)ctx;
    assert_int_equal(pwrite(fd, nothing, sizeof(nothing), sizeof(nothing)), sizeof(nothing));
    return 0;
}

static void a_copy_is_counted_as_the_stick_has_it_not_as_memory_does(void **state)
{
    (void)state;
    static struct ga_io_ops io;
    int64_t records = 0;
    char path[100];
    io = *ga_io_system();
    io.uncache = forget;
    school.options.io = &io;
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    snprintf(path, sizeof(path), "%s/copy.db", school.folder);
    assert_int_equal(ga_store_copy(school.store, path, &records, NULL), GA_DAMAGED);
    assert_int_equal(access(path, F_OK), -1);
    io.uncache = ga_io_system()->uncache;
    assert_int_equal(ga_store_copy(school.store, path, &records, NULL), GA_OK);
    assert_int_equal(records, 1);
}

/* The check of the copy reads all its pages: each was kept, eight megabytes of them, when the day's backup was made. */
static void a_copy_is_checked_in_little_memory_however_large_it_is(void **state)
{
    (void)state;
    enum { MEMORY_BYTES_MAX = 1 << 20 };
    int64_t records = 0;
    char path[100];
    assert_int_equal(ga_db_exec(ga_store_db(school.store),
                                "CREATE TABLE _large (x BLOB); INSERT INTO _large WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                                " SELECT i + 1 FROM n WHERE i < 6000) SELECT randomblob(900) FROM n",
                                NULL),
                     GA_OK);
    snprintf(path, sizeof(path), "%s/copy.db", school.folder);
    sqlite3_memory_highwater(1);
    const int64_t before = sqlite3_memory_used();
    assert_int_equal(ga_store_copy(school.store, path, &records, NULL), GA_OK);
    assert_true(before > 0);
    assert_true(sqlite3_memory_highwater(0) - before < MEMORY_BYTES_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_old_key_signs_for_the_new_site, start, stop),
        cmocka_unit_test_setup_teardown(both_chains_are_sound_after_it, start, stop),
        cmocka_unit_test_setup_teardown(a_copy_is_counted_as_the_stick_has_it_not_as_memory_does, start, stop),
        cmocka_unit_test_setup_teardown(a_copy_is_checked_in_little_memory_however_large_it_is, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
