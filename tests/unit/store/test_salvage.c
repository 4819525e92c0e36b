/* A database is damaged page by page: whatever was not hit comes over, nothing comes that nobody saved. */
#include "guanai/store/salvage.h"

#include "guanai/base/alloc.h"
#include "guanai/base/io_ops.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/site.h"
#include "private.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PAGE = 4096, WINDOW = 24, STRIDE = 180, SINGLES = 40, IMPORTED = 600, FRAME = PAGE + 24, LOG_HEAD = 32, FILE_MAX = 64 << 20 };

/* What a transaction needs to be read: byte strings that stand on its pages. */
struct needed {
    uint8_t hash[32];
    struct ga_vec needles; /* struct ga_str, WINDOW bytes each */
};

static struct school school;
static char copy[100];           /* of the database, as it lay on the disk; the damaged one beside it */
static struct ga_vec all;        /* struct needed */
static struct ga_vec leaves;     /* struct ga_hash, sorted: of every operation */
static struct ga_str file, log_file;

static void add_needle(struct needed *needed, const void *bytes, size_t len)
{
    struct ga_str *needle = ga_vec_push(&needed->needles);
    *needle = (struct ga_str){0};
    ga_str_add_bytes(needle, bytes, len < WINDOW ? len : WINDOW);
}

static void add_ops(struct needed *needed, int64_t first, int64_t count)
{
    struct ga_stmt *stmt;
    bool has = false;
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), "SELECT salt FROM tail WHERE op BETWEEN ?1 AND ?2", &stmt, NULL), GA_OK);
    ga_stmt_bind_int(stmt, 1, first);
    ga_stmt_bind_int(stmt, 2, first + count - 1);
    while (ga_stmt_step(stmt, &has, NULL) == GA_OK && has)
        add_needle(needed, ga_stmt_column(stmt, 0).text, ga_stmt_column(stmt, 0).len);
    ga_stmt_destroy(stmt);
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), "SELECT bytes FROM block WHERE first_op + 256 > ?1 AND first_op <= ?2", &stmt, NULL), GA_OK);
    ga_stmt_bind_int(stmt, 1, first);
    ga_stmt_bind_int(stmt, 2, first + count - 1);
    while (ga_stmt_step(stmt, &has, NULL) == GA_OK && has) {
        const struct ga_value blob = ga_stmt_column(stmt, 0);
        for (size_t at = 0; at + WINDOW <= blob.len; at += STRIDE)
            add_needle(needed, blob.text + at, WINDOW);
        if (blob.len > WINDOW)
            add_needle(needed, blob.text + blob.len - WINDOW, WINDOW);
    }
    ga_stmt_destroy(stmt);
}

static int compare_leaves(const void *a, const void *b)
{
    return ga_hash_compare(a, b);
}

static struct ga_hash leaf_of(struct ga_store *store, int64_t no)
{
    struct ga_block_item item;
    struct ga_hash leaf;
    assert_int_equal(ga_log_get(store, no, &item, NULL), GA_OK);
    ga_operation_leaf(item.salt, item.bytes, item.len, &leaf);
    return leaf;
}

static void gather_leaves(void)
{
    ga_vec_init(&leaves, sizeof(struct ga_hash));
    for (int64_t no = 1; no <= school.store->last_op; no++)
        *(struct ga_hash *)ga_vec_push(&leaves) = leaf_of(school.store, no);
    qsort(leaves.items, leaves.len, sizeof(struct ga_hash), compare_leaves);
}

/* No operation that nobody wrote, none twice. */
static void expect_nothing_new(struct ga_store *store)
{
    struct ga_vec there;
    ga_vec_init(&there, sizeof(struct ga_hash));
    for (int64_t no = 1; no <= store->last_op; no++) {
        const struct ga_hash leaf = leaf_of(store, no);
        assert_non_null(bsearch(&leaf, leaves.items, leaves.len, sizeof(leaf), compare_leaves));
        *(struct ga_hash *)ga_vec_push(&there) = leaf;
    }
    if (there.len > 1)
        qsort(there.items, there.len, sizeof(struct ga_hash), compare_leaves);
    for (size_t i = 1; i < there.len; i++)
        assert_false(ga_hash_equal(GA_VEC_AT(struct ga_hash, &there, i - 1), GA_VEC_AT(struct ga_hash, &there, i)));
    ga_vec_finish(&there);
}

static void gather(void)
{
    struct ga_stmt *stmt;
    bool has = false;
    ga_vec_init(&all, sizeof(struct needed));
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), "SELECT hash, first_op, count FROM txn ORDER BY no", &stmt, NULL), GA_OK);
    while (ga_stmt_step(stmt, &has, NULL) == GA_OK && has) {
        struct needed *needed = ga_vec_push(&all);
        memset(needed, 0, sizeof(*needed));
        memcpy(needed->hash, ga_stmt_column(stmt, 0).text, sizeof(needed->hash));
        ga_vec_init(&needed->needles, sizeof(struct ga_str));
        add_needle(needed, needed->hash, sizeof(needed->hash));
        add_ops(needed, ga_stmt_column_int(stmt, 1), ga_stmt_column_int(stmt, 2));
    }
    ga_stmt_destroy(stmt);
}

static void read_bytes(const char *name, struct ga_str *out)
{
    char path[160];
    snprintf(path, sizeof(path), "%s/%s", school.folder, name);
    ga_str_clear(out);
    const enum ga_rc rc = ga_io_read_file(ga_io_system(), path, FILE_MAX, out, NULL);
    assert_true(rc == GA_OK || rc == GA_NOT_FOUND);
}

/* One save of many, as an import is: its operations lie in blocks. */
static void import(void)
{
    struct ga_save *save;
    char name[20];
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (int i = 0; i < IMPORTED; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(&school, "child"));
        snprintf(name, sizeof(name), "名册%d", i);
        school_type(&child, "name", name);
        school_type(&child, "village", i % 2 == 0 ? "大湾村" : "双溪村");
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

/* An import, children one by one, edits of one. */
static void make_school(bool is_closed)
{
    struct ga_uuid first = {{0}};
    char name[20];
    int64_t blocks = 0;
    school_start(&school);
    import();
    assert_int_equal(ga_db_query_int(ga_store_db(school.store), "SELECT count(*) FROM block", &blocks, NULL), GA_OK);
    assert_true(blocks > 0);
    for (int i = 0; i < SINGLES; i++) {
        snprintf(name, sizeof(name), "孩子%d", i);
        const struct ga_uuid child = school_add_child(&school, name);
        first = i == 0 ? child : first;
    }
    for (int i = 0; i < 5; i++) {
        snprintf(name, sizeof(name), "村%d", i);
        school_edit(&school, "child", &first, "village", name);
    }
    if (is_closed)
        assert_int_equal(ga_db_checkpoint(ga_store_db(school.store), GA_CHECKPOINT_TRUNCATE, NULL), GA_OK);
    gather();
    gather_leaves();
    read_bytes("guanai.db", &file);
    read_bytes("guanai.db-wal", &log_file);
    snprintf(copy, sizeof(copy), "%s/copy", school.folder);
    assert_int_equal(ga_io_make_dirs(ga_io_system(), copy, NULL), GA_OK);
}

static int start_closed(void **state)
{
    (void)state;
    make_school(true);
    return 0;
}

static int start_open(void **state)
{
    (void)state;
    make_school(false);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    for (size_t i = 0; i < all.len; i++) {
        struct needed *needed = ga_vec_at(&all, i);
        for (size_t k = 0; k < needed->needles.len; k++)
            ga_str_finish(ga_vec_at(&needed->needles, k));
        ga_vec_finish(&needed->needles);
    }
    ga_vec_finish(&all);
    ga_vec_finish(&leaves);
    ga_str_finish(&file);
    ga_str_finish(&log_file);
    school_stop(&school);
    return 0;
}

static void write_bytes(const char *name, const struct ga_str *bytes)
{
    char path[160];
    snprintf(path, sizeof(path), "%s/%s", copy, name);
    assert_int_equal(ga_io_write_file(ga_io_system(), path, ga_str_text(bytes), bytes->len, NULL), GA_OK);
}

static void expect_untouched(const char *name, const struct ga_str *bytes)
{
    char path[160];
    struct ga_str now = {0};
    snprintf(path, sizeof(path), "%s/%s", copy, name);
    assert_int_equal(ga_io_read_file(ga_io_system(), path, FILE_MAX, &now, NULL), GA_OK);
    assert_int_equal(now.len, bytes->len);
    assert_memory_equal(now.data, bytes->data, now.len);
    ga_str_finish(&now);
}

static bool stands_in(const struct needed *needed, const char *bytes, size_t len)
{
    for (size_t i = 0; i < needed->needles.len; i++) {
        const struct ga_str *needle = GA_VEC_AT(struct ga_str, &needed->needles, i);
        if (needle->len > 0 && memmem(bytes, len, needle->data, needle->len) != NULL)
            return true;
    }
    return false;
}

static bool came_over(struct ga_store *store, const struct needed *needed)
{
    struct ga_stmt *stmt;
    bool has = false;
    assert_int_equal(ga_stmt_prepare(ga_store_db(store), "SELECT 1 FROM txn WHERE hash = ?1", &stmt, NULL), GA_OK);
    ga_stmt_bind_blob(stmt, 1, needed->hash, sizeof(needed->hash));
    assert_int_equal(ga_stmt_step(stmt, &has, NULL), GA_OK);
    ga_stmt_destroy(stmt);
    return has;
}

/* Whatever needs nothing of the damaged bytes has to be there, and nothing but what was saved. */
static void compare(struct ga_store *store, const char *damaged, size_t len)
{
    int64_t there = 0, known = 0;
    for (size_t i = 0; i < all.len; i++) {
        const struct needed *needed = GA_VEC_AT(struct needed, &all, i);
        const bool is_there = came_over(store, needed);
        known += is_there;
        if (!is_there && !stands_in(needed, damaged, len))
            fail_msg("save %zu is lost", i + 1);
    }
    assert_int_equal(ga_db_query_int(ga_store_db(store), "SELECT count(*) FROM txn", &there, NULL), GA_OK);
    assert_in_range(there, known, known + 1); /* one more: what is left of those that are not whole */
    expect_nothing_new(store);
}

/* Into a new folder; what the salvage tells. `damaged`: the bytes that were there before. */
static void salvage(const char *damaged, size_t len, struct ga_salvage_report *ret_report)
{
    char folder[160], database[160], line[200];
    struct ga_store_options options = school.options;
    struct ga_store *store;
    struct ga_problems problems;
    snprintf(folder, sizeof(folder), "%s/new", copy);
    snprintf(database, sizeof(database), "%s/guanai.db", copy);
    options.folder = folder;
    options.may_create = true;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_open(&options, &store, NULL), GA_OK);
    *ret_report = (struct ga_salvage_report){.records = -1};
    const enum ga_rc rc = ga_store_salvage(store, database, NULL, &problems, ret_report, NULL);
    assert_true(rc == GA_OK || rc == GA_NOT_FOUND);
    compare(store, damaged, len);
    ga_store_close(store);
    ga_problems_finish(&problems);
    snprintf(line, sizeof(line), "rm -r '%s'", folder);
    assert_int_equal(system(line), 0);
}

static void a_sound_database_comes_over_whole(void **state)
{
    (void)state;
    struct ga_salvage_report report;
    write_bytes("guanai.db", &file);
    salvage("", 0, &report);
    assert_int_equal(report.transactions, all.len);
    assert_int_equal(report.transactions_lost + report.transactions_unproven + report.pages.rows_lost, 0);
    assert_true(report.has_identity);
    expect_untouched("guanai.db", &file);
}

/* Each page in turn is overwritten whole; at another time one byte of it is. */
static void whatever_page_is_hit_the_rest_comes_over(void **state)
{
    (void)state;
    struct ga_salvage_report report;
    struct ga_str bad = {0};
    const size_t pages = file.len / PAGE;
    assert_true(pages > 20);
    uint32_t dice = 20261123;
    for (size_t page = 0; page < pages; page += 1 + pages / 32) {
        ga_str_clear(&bad);
        ga_str_add_bytes(&bad, file.data, file.len);
        if (page % 3 == 2)
            bad.data[page * PAGE + (dice = dice * 1664525 + 1013904223) % PAGE] ^= 0x10;
        else
            memset(bad.data + page * PAGE, page % 3 == 0 ? 0x5a : 0, PAGE);
        write_bytes("guanai.db", &bad);
        salvage(file.data + page * PAGE, PAGE, &report);
        expect_untouched("guanai.db", &bad);
    }
    ga_str_finish(&bad);
}

/* One bad page in the middle of an import costs the block that lay there, not the import. */
static void of_an_import_that_was_hit_the_other_blocks_come_over(void **state)
{
    (void)state;
    struct ga_salvage_report report;
    struct ga_str bad = {0};
    struct ga_stmt *stmt;
    bool has = false;
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), "SELECT substr(bytes, 100, 24) FROM block ORDER BY first_op LIMIT 1", &stmt, NULL), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &has, NULL), GA_OK);
    assert_true(has);
    char *hit = memmem(file.data, file.len, ga_stmt_column(stmt, 0).text, WINDOW);
    ga_stmt_destroy(stmt);
    assert_non_null(hit);
    const size_t at = (size_t)(hit - file.data);
    ga_str_add_bytes(&bad, file.data, file.len);
    memset(bad.data + at, 0x5a, WINDOW);
    write_bytes("guanai.db", &bad);
    salvage(file.data + at / PAGE * PAGE, PAGE, &report);
    assert_int_equal(report.transactions_lost, 1);
    assert_in_range(report.operations_rescued, 1, IMPORTED - 1);
    assert_int_equal(report.transactions, all.len - 1);
    ga_str_finish(&bad);
}

/* The end is missing, as after a disk that ran full. */
static void what_stands_before_the_cut_comes_over(void **state)
{
    (void)state;
    struct ga_salvage_report report;
    struct ga_str bad = {0};
    for (size_t part = 1; part < 6; part++) {
        const size_t len = file.len * part / 6;
        ga_str_clear(&bad);
        ga_str_add_bytes(&bad, file.data, len);
        write_bytes("guanai.db", &bad);
        salvage(file.data + len / PAGE * PAGE, file.len - len / PAGE * PAGE, &report);
    }
    ga_str_finish(&bad);
}

/* The power failed before the log was copied into the file; then single pages of the log went bad. */
static void what_lies_in_the_log_comes_over_but_for_what_is_hit(void **state)
{
    (void)state;
    struct ga_salvage_report report;
    struct ga_str bad = {0};
    assert_true(log_file.len > LOG_HEAD + 40 * FRAME);
    write_bytes("guanai.db", &file);
    write_bytes("guanai.db-wal", &log_file);
    salvage("", 0, &report);
    assert_int_equal(report.transactions, all.len);
    const size_t frames = (log_file.len - LOG_HEAD) / FRAME;
    for (size_t frame = 0; frame < frames; frame += 1 + frames / 20) {
        const size_t at = LOG_HEAD + frame * FRAME;
        ga_str_clear(&bad);
        ga_str_add_bytes(&bad, log_file.data, log_file.len);
        memset(bad.data + at + 24 + 100, 0x5a, PAGE - 200);
        write_bytes("guanai.db-wal", &bad);
        salvage(log_file.data + at, FRAME, &report);
        expect_untouched("guanai.db-wal", &bad);
        expect_untouched("guanai.db", &file);
    }
    ga_str_finish(&bad);
}

static void where_nothing_can_be_read_it_says_so(void **state)
{
    (void)state;
    struct ga_salvage_report report;
    struct ga_str bad = {0};
    for (size_t i = 0; i < 3 * PAGE; i++)
        ga_str_add_char(&bad, (char)(i * 7));
    write_bytes("guanai.db", &bad);
    salvage(file.data, file.len, &report);
    assert_int_equal(report.records, -1);
    ga_str_finish(&bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sound_database_comes_over_whole, start_closed, stop),
        cmocka_unit_test_setup_teardown(whatever_page_is_hit_the_rest_comes_over, start_closed, stop),
        cmocka_unit_test_setup_teardown(of_an_import_that_was_hit_the_other_blocks_come_over, start_closed, stop),
        cmocka_unit_test_setup_teardown(what_stands_before_the_cut_comes_over, start_closed, stop),
        cmocka_unit_test_setup_teardown(what_lies_in_the_log_comes_over_but_for_what_is_hit, start_open, stop),
        cmocka_unit_test_setup_teardown(where_nothing_can_be_read_it_says_so, start_closed, stop),
    };
    return cmocka_run_group_tests_name("store: salvage", tests, NULL, NULL);
}
