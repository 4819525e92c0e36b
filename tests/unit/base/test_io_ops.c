/* Files survive full disks: what base/io_ops.h promises. */
#include "guanai/base/io_ops.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/guanai-io-XXXXXX";

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

static void a_written_file_reads_back(void **state)
{
    (void)state;
    struct ga_str bytes = {0};
    assert_int_equal(ga_io_write_file(ga_io_system(), path_of("a"), "x\0y", 3, NULL), GA_OK);
    assert_int_equal(ga_io_read_file(ga_io_system(), path_of("a"), 3, &bytes, NULL), GA_OK);
    assert_int_equal(bytes.len, 3);
    assert_memory_equal(bytes.data, "x\0y", 3);
    ga_str_finish(&bytes);
}

static void a_file_past_the_bound_is_refused_unread(void **state)
{
    (void)state;
    struct ga_str bytes = {0};
    struct ga_error err = {0};
    ga_io_write_file(ga_io_system(), path_of("b"), "1234", 4, NULL);
    assert_int_equal(ga_io_read_file(ga_io_system(), path_of("b"), 3, &bytes, &err), GA_TOO_BIG);
    assert_int_equal(err.rc, GA_TOO_BIG);
    assert_null(bytes.data);
}

static void a_missing_file_is_not_found(void **state)
{
    (void)state;
    struct ga_str bytes = {0};
    struct ga_error err = {0};
    assert_int_equal(ga_io_read_file(ga_io_system(), path_of("none"), 3, &bytes, &err), GA_NOT_FOUND);
    assert_string_equal(err.what.id, "cannot %1 %2: %3");
}

static int64_t full_disk(void *ctx, int fd, const void *buf, size_t len)
{
    (void)ctx, (void)fd, (void)buf, (void)len;
    return -ENOSPC;
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    struct ga_str bytes = {0};
    struct ga_io_ops full = *ga_io_system();
    full.write = full_disk;
    ga_io_write_file(ga_io_system(), path_of("c"), "old", 3, NULL);
    assert_int_equal(ga_io_write_file(&full, path_of("c"), "new", 3, NULL), GA_IO);
    assert_int_equal(ga_io_read_file(ga_io_system(), path_of("c"), 9, &bytes, NULL), GA_OK);
    assert_string_equal(bytes.data, "old");
    assert_int_equal(access(path_of("c.part"), F_OK), -1);
    ga_str_finish(&bytes);
}

static int64_t lying_read(void *ctx, int fd, void *buf, size_t len)
{
    int64_t got = ga_io_system()->read(ctx, fd, buf, len);
    if (got > 0)
        ((char *)buf)[0] ^= 1;
    return got;
}

static void a_stick_that_forgets_is_noticed(void **state)
{
    (void)state;
    struct ga_io_ops lying = *ga_io_system();
    lying.read = lying_read;
    assert_int_equal(ga_io_write_file(&lying, path_of("d"), "abc", 3, NULL), GA_IO);
    assert_int_equal(access(path_of("d"), F_OK), -1);
}

static void nested_folders_are_made_and_may_exist(void **state)
{
    (void)state;
    assert_int_equal(ga_io_make_dirs(ga_io_system(), path_of("e/f/g"), NULL), GA_OK);
    assert_int_equal(ga_io_make_dirs(ga_io_system(), path_of("e/f/g"), NULL), GA_OK);
    struct ga_io_stat st;
    assert_int_equal(ga_io_system()->stat(NULL, path_of("e/f/g"), &st), 0);
    assert_true(st.is_dir);
}

/* As the numbers of two disks may be: a backup on a stick is not the database it is put back in place of. */
static int number_twelve(void *ctx, const char *path, struct ga_io_stat *ret_stat)
{
    (void)ctx;
    *ret_stat = (struct ga_io_stat){.inode = 12, .device = strncmp(path, "/stick/", 7) == 0 ? 2 : 1};
    return 0;
}

static void a_file_is_the_same_by_whichever_way_it_is_named_and_on_one_disk_alone(void **state)
{
    (void)state;
    char first[128];
    struct ga_io_ops two_disks = *ga_io_system();
    two_disks.stat = number_twelve;
    snprintf(first, sizeof(first), "%s", path_of("same"));
    assert_int_equal(ga_io_write_file(ga_io_system(), first, "x", 1, NULL), GA_OK);
    assert_int_equal(ga_io_write_file(ga_io_system(), path_of("other"), "x", 1, NULL), GA_OK);
    assert_int_equal(symlink(first, path_of("way")), 0);
    assert_true(ga_io_is_same(ga_io_system(), first, path_of("./same")));
    assert_true(ga_io_is_same(ga_io_system(), first, path_of("way")));
    assert_false(ga_io_is_same(ga_io_system(), first, path_of("other")));
    assert_false(ga_io_is_same(ga_io_system(), first, path_of("missing")));
    assert_true(ga_io_is_same(&two_disks, "/stick/a.db", "/stick/b.db"));
    assert_false(ga_io_is_same(&two_disks, "/stick/a.db", "/home/guanai.db"));
}

static void one_that_does_not_count_its_blocks_is_not_called_full(void **state)
{
    (void)state;
    const struct ga_io_ops *io = ga_io_system();
    assert_true(io->free_bytes(io->ctx, "/tmp") > 0);
    assert_int_equal(io->free_bytes(io->ctx, "/proc"), -ENOTSUP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_written_file_reads_back),
        cmocka_unit_test(a_file_past_the_bound_is_refused_unread),
        cmocka_unit_test(a_missing_file_is_not_found),
        cmocka_unit_test(a_full_disk_leaves_the_old_file),
        cmocka_unit_test(a_stick_that_forgets_is_noticed),
        cmocka_unit_test(nested_folders_are_made_and_may_exist),
        cmocka_unit_test(a_file_is_the_same_by_whichever_way_it_is_named_and_on_one_disk_alone),
        cmocka_unit_test(one_that_does_not_count_its_blocks_is_not_called_full),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
