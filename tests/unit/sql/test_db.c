/* The connection is set as the crash tests found it safe: what sql/db.h promises. */
#include "guanai/sql/db.h"
#include "guanai/sql/stmt.h"
#include "guanai/sql/transaction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

static char folder[] = "/tmp/guanai-sql-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static struct ga_db *open_at(const char *path)
{
    struct ga_db *db = NULL;
    struct ga_error err = {0};
    if (ga_db_open(&(struct ga_db_options){.path = path, .create = true}, &db, &err) != GA_OK)
        fail_msg("%s %s", err.what.id, ga_message_arg(&err.what, 0));
    return db;
}

static int64_t number(struct ga_db *db, const char *sql)
{
    int64_t value = -1;
    assert_int_equal(ga_db_query_int(db, sql, &value, NULL), GA_OK);
    return value;
}

static void a_new_file_has_the_safe_layout(void **state)
{
    (void)state;
    const char *path = path_of("layout");
    struct ga_db *db = open_at(path);
    assert_int_equal(ga_db_exec(db, "CREATE TABLE t(x) STRICT", NULL), GA_REFUSED); /* STRICT wants types */
    assert_int_equal(ga_db_exec(db, "CREATE TABLE t(x INTEGER) STRICT; INSERT INTO t VALUES (1)", NULL), GA_OK);
    assert_int_equal(number(db, "PRAGMA synchronous"), 2);
    assert_int_equal(number(db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(number(db, "PRAGMA trusted_schema"), 0);
    assert_int_equal(number(db, "PRAGMA secure_delete"), 1);
    ga_db_close(db);
    unsigned char header[100];
    FILE *file = fopen(path, "rb");
    assert_int_equal(fread(header, 1, 100, file), 100);
    fclose(file);
    assert_int_equal(header[16] << 8 | header[17], 4096);
    assert_int_equal(header[18], 2); /* WAL */
    assert_int_equal(header[20], 40);
    db = open_at(path);
    assert_int_equal(number(db, "SELECT x FROM t"), 1);
    ga_db_close(db);
}

static void a_second_connection_is_busy(void **state)
{
    (void)state;
    const char *path = path_of("busy");
    struct ga_db *db = open_at(path), *second = NULL;
    struct ga_error err = {0};
    enum ga_rc rc = ga_db_open(&(struct ga_db_options){.path = path}, &second, &err);
    assert_int_equal(rc, GA_BUSY);
    assert_string_equal(err.what.id, "another program has the database open");
    assert_null(second);
    ga_db_close(db);
}

static void a_missing_file_is_not_found(void **state)
{
    (void)state;
    struct ga_db *db = NULL;
    struct ga_error err = {0};
    assert_int_equal(ga_db_open(&(struct ga_db_options){.path = path_of("none")}, &db, &err), GA_NOT_FOUND);
    assert_int_equal(access(path_of("none"), F_OK), -1);
}

static void a_text_file_is_damaged(void **state)
{
    (void)state;
    struct ga_db *db = NULL;
    FILE *file = fopen(path_of("text"), "wb");
    for (int i = 0; i < 2000; i++)
        fputs("not a database ", file);
    fclose(file);
    struct ga_error err = {0};
    assert_int_equal(ga_db_open(&(struct ga_db_options){.path = path_of("text")}, &db, &err), GA_DAMAGED);
}

static void a_file_laid_out_otherwise_is_refused(void **state)
{
    (void)state;
    sqlite3 *raw;
    struct ga_db *db = NULL;
    sqlite3_open(path_of("other"), &raw);
    sqlite3_exec(raw, "PRAGMA page_size=1024; CREATE TABLE t(x)", NULL, NULL, NULL);
    sqlite3_close(raw);
    struct ga_error err = {0};
    assert_int_equal(ga_db_open(&(struct ga_db_options){.path = path_of("other")}, &db, &err), GA_DAMAGED);
    sqlite3_open(path_of("other2"), &raw);
    sqlite3_exec(raw, "CREATE TABLE t(x)", NULL, NULL, NULL);
    sqlite3_close(raw);
    assert_int_equal(ga_db_open(&(struct ga_db_options){.path = path_of("other2")}, &db, &err), GA_DAMAGED);
    assert_string_equal(ga_message_arg(&err.what, 0), "reserved bytes");
}

static void double_quotes_are_never_text(void **state)
{
    (void)state;
    struct ga_db *db = open_at(":memory:");
    int64_t value;
    assert_int_equal(ga_db_query_int(db, "SELECT \"nosuch\"", &value, NULL), GA_REFUSED);
    ga_db_close(db);
}

static void checkpoints_wait_until_asked(void **state)
{
    (void)state;
    struct ga_db *db = open_at(path_of("wal"));
    assert_int_equal(ga_db_exec(db,
                                "CREATE TABLE t(x); INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                                "SELECT i + 1 FROM n WHERE i < 2000) SELECT zeroblob(3000) FROM n",
                                NULL),
                     GA_OK);
    assert_true(ga_db_wal_pages(db) >= 2000); /* SQLite's own would have run at 1000 */
    assert_int_equal(ga_db_checkpoint(db, GA_CHECKPOINT_TRUNCATE, NULL), GA_OK);
    assert_int_equal(ga_db_wal_pages(db), 0);
    ga_db_close(db);
}

static void versions_are_kept(void **state)
{
    (void)state;
    struct ga_db *db = open_at(path_of("ids"));
    int32_t id = 1, version = 1;
    assert_int_equal(ga_db_user_version(db, &version, NULL), GA_OK);
    assert_int_equal(version, 0);
    assert_int_equal(ga_db_set_application_id(db, -7, NULL), GA_OK);
    assert_int_equal(ga_db_set_user_version(db, 3, NULL), GA_OK);
    assert_int_equal(ga_db_sync_mode(db, GA_SYNC_NORMAL, NULL), GA_OK);
    assert_int_equal(number(db, "PRAGMA synchronous"), 1);
    assert_int_equal(ga_db_sync(db, NULL), GA_OK);
    ga_db_close(db);
    db = open_at(path_of("ids"));
    ga_db_application_id(db, &id, NULL);
    ga_db_user_version(db, &version, NULL);
    assert_int_equal(id, -7);
    assert_int_equal(version, 3);
    ga_db_close(db);
}

static void a_copy_is_one_whole_file(void **state)
{
    (void)state;
    struct ga_db *db = open_at(path_of("source"));
    ga_db_exec(db, "CREATE TABLE t(x); INSERT INTO t VALUES (42)", NULL);
    assert_int_equal(ga_db_copy(db, path_of("copy"), NULL), GA_OK);
    assert_int_equal(ga_db_copy(db, path_of("copy"), NULL), GA_REFUSED);
    ga_db_close(db);
    assert_int_equal(access(path_of("copy-wal"), F_OK), -1);
    FILE *file = fopen(path_of("copy"), "rb");
    fseek(file, 18, SEEK_SET);
    assert_int_equal(fgetc(file), 1); /* no WAL */
    fclose(file);
    db = open_at(path_of("copy"));
    assert_int_equal(number(db, "SELECT x FROM t"), 42);
    ga_db_close(db);
}

static const char DEFERRED[] =
    "PRAGMA foreign_keys = ON; CREATE TABLE parent (no INTEGER PRIMARY KEY);"
    "CREATE TABLE child (no INTEGER REFERENCES parent (no) DEFERRABLE INITIALLY DEFERRED)";

static struct ga_db *apart;

static enum ga_rc add_orphan(void *ctx, struct ga_error *err)
{
    enum ga_rc rc = ga_db_exec(apart, "INSERT INTO child VALUES (7)", err);
    return rc == GA_OK && ctx != NULL ? ga_db_exec(apart, ctx, err) : rc;
}

/* Work that fails, a commit that fails: nothing is written, and the next commit waits for the disk again. */
static void what_is_written_apart_is_whole_or_not_there(void **state)
{
    (void)state;
    static char broken[] = "no such sentence", whole[] = "INSERT INTO parent VALUES (7)";
    int64_t count = -1, sync = -1;
    apart = open_at(path_of("apart.db"));
    assert_int_equal(ga_db_exec(apart, DEFERRED, NULL), GA_OK);
    assert_int_not_equal(ga_transaction_apart(apart, add_orphan, broken, NULL), GA_OK);
    assert_int_not_equal(ga_transaction_apart(apart, add_orphan, NULL, NULL), GA_OK);
    assert_int_equal(ga_transaction_depth(apart), 0);
    assert_int_equal(ga_db_query_int(apart, "SELECT count(*) FROM child", &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    assert_int_equal(ga_transaction_apart(apart, add_orphan, whole, NULL), GA_OK);
    assert_int_equal(ga_db_query_int(apart, "SELECT count(*) FROM child", &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ga_db_query_int(apart, "PRAGMA synchronous", &sync, NULL), GA_OK);
    assert_int_equal(sync, 2);
    ga_db_close(apart);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_file_has_the_safe_layout),
        cmocka_unit_test(a_second_connection_is_busy),
        cmocka_unit_test(a_missing_file_is_not_found),
        cmocka_unit_test(a_text_file_is_damaged),
        cmocka_unit_test(a_file_laid_out_otherwise_is_refused),
        cmocka_unit_test(double_quotes_are_never_text),
        cmocka_unit_test(checkpoints_wait_until_asked),
        cmocka_unit_test(versions_are_kept),
        cmocka_unit_test(what_is_written_apart_is_whole_or_not_there),
        cmocka_unit_test(a_copy_is_one_whole_file),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
