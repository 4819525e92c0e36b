/* Nothing on a stick is touched but our folder; what goes wrong there is said as people see it. */
#include "guanai/sync/stick_folder.h"

#include "faulty_io.h"
#include "guanai/base/target.h"
#include "guanai/text/translate.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char stick[40];
static struct ga_arena arena;
static const struct ga_io_ops *io;

static const char *path_of(const char *name)
{
    return ga_arena_printf(&arena, "%s/%s", stick, name);
}

static void put(const char *name, const char *text)
{
    assert_int_equal(ga_io_write_file(io, path_of(name), text, strlen(text), NULL), GA_OK);
}

static bool is_there(const char *name)
{
    struct ga_io_stat stat;
    return io->stat(io->ctx, path_of(name), &stat) == 0;
}

static const char *make_folder(void)
{
    const char *folder;
    assert_int_equal(ga_stick_folder(io, stick, true, &arena, &folder, NULL), GA_OK);
    return folder;
}

static void the_folder_is_made_when_it_is_written_to_only(void **state)
{
    (void)state;
    const char *folder = NULL;
    assert_int_equal(ga_stick_folder(io, stick, false, &arena, &folder, NULL), GA_NOT_FOUND);
    assert_false(is_there("guanai"));
    assert_int_equal(ga_stick_folder(io, stick, true, &arena, &folder, NULL), GA_OK);
    assert_string_equal(folder, path_of("guanai"));
}

static void the_folder_itself_may_be_given(void **state)
{
    (void)state;
    const char *folder;
    make_folder();
    assert_int_equal(ga_stick_folder(io, path_of("guanai//"), false, &arena, &folder, NULL), GA_OK);
    assert_string_equal(folder, path_of("guanai"));
}

static void a_file_or_a_link_of_its_name_is_refused(void **state)
{
    (void)state;
    const char *folder = NULL;
    put("guanai", "MZ");
    assert_int_equal(ga_stick_folder(io, stick, true, &arena, &folder, NULL), GA_REFUSED);
    assert_int_equal(unlink(path_of("guanai")), 0);
    assert_int_equal(symlink("/tmp", path_of("guanai")), 0);
    assert_int_equal(ga_stick_folder(io, stick, true, &arena, &folder, NULL), GA_REFUSED);
    assert_null(folder);
}

static void names_say_nothing_and_are_known_again(void **state)
{
    (void)state;
    char first[GA_STICK_NAME_SIZE], second[GA_STICK_NAME_SIZE];
    ga_stick_name(ga_random_system(), first);
    ga_stick_name(ga_random_system(), second);
    assert_true(ga_stick_is_name(first) && ga_stick_is_name(second));
    assert_string_not_equal(first, second);
    static const char *const others[] = {"", "x.gab", "0123456789abcdef.gab.part", "0123456789ABCDEF.gab", "0123456789abcdef0.gab",
                                         "0123456789abcdef.exe", "0123456789abcdef"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        assert_false(ga_stick_is_name(others[i]));
}

static void set_age(const char *name, int seconds)
{
    const struct timespec times[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};
    assert_int_equal(utimensat(AT_FDCWD, path_of(name), times, 0), 0);
}

static void only_our_files_are_listed_the_oldest_first(void **state)
{
    (void)state;
    struct ga_vec files;
    const char *folder = make_folder();
    ga_vec_init(&files, sizeof(struct ga_stick_file));
    put("guanai/bbbbbbbbbbbbbbbb.gab", "12345");
    put("guanai/aaaaaaaaaaaaaaaa.gab", "1");
    put("guanai/autorun.inf", "virus");
    put("guanai/cccccccccccccccc.gab.exe", "virus");
    assert_int_equal(mkdir(path_of("guanai/dddddddddddddddd.gab"), 0700), 0);
    set_age("guanai/bbbbbbbbbbbbbbbb.gab", 1000);
    set_age("guanai/aaaaaaaaaaaaaaaa.gab", 2000);
    assert_int_equal(ga_stick_files(io, folder, &arena, &files, NULL), GA_OK);
    assert_int_equal(files.len, 2);
    assert_string_equal(GA_VEC_AT(struct ga_stick_file, &files, 0)->name, "bbbbbbbbbbbbbbbb.gab");
    assert_int_equal(GA_VEC_AT(struct ga_stick_file, &files, 0)->size_bytes, 5);
    assert_string_equal(GA_VEC_AT(struct ga_stick_file, &files, 1)->name, "aaaaaaaaaaaaaaaa.gab");
    ga_vec_finish(&files);
}

static void what_was_broken_off_is_swept_and_nothing_else(void **state)
{
    (void)state;
    const char *folder = make_folder();
    put("guanai/aaaaaaaaaaaaaaaa.gab", "1");
    put("guanai/bbbbbbbbbbbbbbbb.gab.part", "half");
    put("guanai/report.doc.part", "theirs");
    put("guanai/a letter for you.gab.part", "theirs, as long as one of ours");
    put("guanai/cccccccccccccccc.gab of 2025.gab.part", "theirs");
    put("bbbbbbbbbbbbbbbb.gab.part", "not in our folder");
    ga_stick_sweep(io, folder, &arena);
    assert_true(is_there("guanai/aaaaaaaaaaaaaaaa.gab"));
    assert_false(is_there("guanai/bbbbbbbbbbbbbbbb.gab.part"));
    assert_true(is_there("guanai/report.doc.part"));
    assert_true(is_there("guanai/a letter for you.gab.part"));
    assert_true(is_there("guanai/cccccccccccccccc.gab of 2025.gab.part"));
    assert_true(is_there("bbbbbbbbbbbbbbbb.gab.part"));
}

static void what_is_taken_home_is_bounded_and_no_link(void **state)
{
    (void)state;
    make_folder();
    put("guanai/aaaaaaaaaaaaaaaa.gab", "12345");
    assert_int_equal(symlink("/etc/passwd", path_of("guanai/bbbbbbbbbbbbbbbb.gab")), 0);
    assert_int_equal(mkfifo(path_of("guanai/cccccccccccccccc.gab"), 0600), 0);
    assert_int_equal(ga_stick_take(io, path_of("guanai/aaaaaaaaaaaaaaaa.gab"), path_of("copy"), 4, NULL), GA_TOO_BIG);
    assert_false(is_there("copy"));
    assert_false(is_there("copy.part"));
    assert_int_equal(ga_stick_take(io, path_of("guanai/aaaaaaaaaaaaaaaa.gab"), path_of("copy"), 5, NULL), GA_OK);
    assert_true(is_there("copy"));
    assert_int_equal(ga_stick_take(io, path_of("guanai/bbbbbbbbbbbbbbbb.gab"), path_of("link"), 99999, NULL), GA_DENIED);
    assert_false(is_there("link"));
    assert_int_equal(ga_stick_take(io, path_of("guanai/cccccccccccccccc.gab"), path_of("pipe"), 99, NULL), GA_OK);
}

static int64_t written_bytes;

static int64_t count_write(void *ctx, int fd, const void *buf, size_t len)
{
    written_bytes += (int64_t)len;
    return io->write(ctx, fd, buf, len);
}

static void what_is_too_long_is_not_copied_first(void **state)
{
    (void)state;
    struct ga_io_ops counting = *io;
    counting.write = count_write;
    written_bytes = 0;
    make_folder();
    put("guanai/aaaaaaaaaaaaaaaa.gab", "");
    assert_int_equal(truncate(path_of("guanai/aaaaaaaaaaaaaaaa.gab"), (1 << 20) + 1), 0);
    assert_int_equal(ga_stick_take(&counting, path_of("guanai/aaaaaaaaaaaaaaaa.gab"), path_of("copy"), 1 << 20, NULL), GA_TOO_BIG);
    assert_int_equal(written_bytes, 0);
    assert_int_equal(truncate(path_of("guanai/aaaaaaaaaaaaaaaa.gab"), 1 << 20), 0);
    assert_int_equal(ga_stick_take(&counting, path_of("guanai/aaaaaaaaaaaaaaaa.gab"), path_of("copy"), 1 << 20, NULL), GA_OK);
    assert_int_equal(written_bytes, 1 << 20);
}

static void a_small_file_is_read_once_bounded_and_no_link_or_pipe(void **state)
{
    (void)state;
    struct faulty_io faulty;
    struct ga_str bytes = {0};
    make_folder();
    put("guanai/aaaaaaaaaaaaaaaa.gab", "12345");
    assert_int_equal(symlink("/etc/passwd", path_of("guanai/bbbbbbbbbbbbbbbb.gab")), 0);
    assert_int_equal(mkfifo(path_of("guanai/cccccccccccccccc.gab"), 0600), 0);
    faulty_io_init(&faulty);
    assert_int_equal(ga_stick_read(&faulty.ops, path_of("guanai/aaaaaaaaaaaaaaaa.gab"), 5, &bytes, NULL), GA_OK);
    assert_string_equal(ga_str_text(&bytes), "12345");
    assert_int_equal(faulty.opens, 1);
    ga_str_clear(&bytes);
    assert_int_equal(ga_stick_read(io, path_of("guanai/aaaaaaaaaaaaaaaa.gab"), 4, &bytes, NULL), GA_TOO_BIG);
    ga_str_clear(&bytes);
    assert_int_equal(truncate(path_of("guanai/aaaaaaaaaaaaaaaa.gab"), 1 << 20), 0);
    assert_int_equal(ga_stick_read(io, path_of("guanai/aaaaaaaaaaaaaaaa.gab"), 4, &bytes, NULL), GA_TOO_BIG);
    assert_in_range(bytes.len, 5, 9999); /* it was not read to its end */
    ga_str_clear(&bytes);
    assert_int_equal(ga_stick_read(io, path_of("guanai/bbbbbbbbbbbbbbbb.gab"), 9999, &bytes, NULL), GA_IO);
    assert_int_equal(ga_stick_read(io, path_of("guanai/cccccccccccccccc.gab"), 9999, &bytes, NULL), GA_IO);
    assert_int_equal(ga_stick_read(io, path_of("guanai"), 9999, &bytes, NULL), GA_IO);
    assert_int_equal(bytes.len, 0);
    ga_str_finish(&bytes);
}

static void every_failure_on_the_way_leaves_no_copy(void **state)
{
    (void)state;
    struct faulty_io faulty;
    make_folder();
    put("guanai/aaaaaaaaaaaaaaaa.gab", "12345");
    faulty_io_init(&faulty);
    for (int64_t n = 1; n < 100; n++) {
        faulty_io_fail(&faulty, n, -EIO);
        const enum ga_rc rc = ga_stick_take(&faulty.ops, path_of("guanai/aaaaaaaaaaaaaaaa.gab"), path_of("copy"), 5, NULL);
        if (!faulty.has_failed) {
            assert_int_equal(rc, GA_OK);
            return;
        }
        assert_true(rc == GA_OK || !is_there("copy")); /* the folder's own sync may fail: the copy is whole */
        unlink(path_of("copy"));
    }
    fail();
}

static int64_t little_room(void *ctx, const char *path)
{
    (void)ctx, (void)path;
    return 3 << 20;
}

static const char *said(struct ga_error *err)
{
    struct ga_str text = {0};
    ga_error_text(err, GA_EN, &text);
    const char *kept = ga_arena_strdup(&arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static void a_full_stick_says_how_much_is_missing(void **state)
{
    (void)state;
    struct ga_io_ops full = *io;
    struct ga_error err = {0};
    full.free_bytes = little_room;
    assert_int_equal(ga_stick_check(&full, NULL, stick, 3 << 20, NULL), GA_OK);
    assert_int_equal(ga_stick_check(&full, NULL, stick, (3 << 20) + 1, &err), GA_IO);
    assert_non_null(strstr(said(&err), "4 MB are needed, 3 MB are free"));
    assert_int_equal(ga_stick_explain(&full, stick, true, 9 << 20, GA_IO, &err), GA_IO);
    assert_non_null(strstr(said(&err), "10 MB are needed"));
}

static void a_switch_and_a_damaged_stick_are_told_apart(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_stick locked = {.is_protected = true, .is_read_only = true}, damaged = {.is_read_only = true};
    assert_int_equal(ga_stick_check(io, &locked, stick, 1, &err), GA_REFUSED);
    assert_non_null(strstr(said(&err), "switch"));
    ga_error_clear(&err);
    assert_int_equal(ga_stick_check(io, &damaged, stick, 1, &err), GA_REFUSED);
    assert_non_null(strstr(said(&err), "pulled out too early elsewhere"));
}

static int refuses(void *ctx, const char *path)
{
    (void)path;
    return *(int *)ctx;
}

static void what_the_system_would_refuse_is_said_before_it_is_tried(void **state)
{
    (void)state;
    struct ga_io_ops other = *io;
    int answer = -EROFS;
    struct ga_error err = {0};
    other.may_write = refuses;
    other.ctx = &answer;
    assert_int_equal(ga_stick_check(&other, NULL, stick, 1, &err), GA_REFUSED);
    assert_non_null(strstr(said(&err), "can be read only"));
    answer = -EACCES;
    assert_int_equal(ga_stick_check(&other, NULL, stick, 1, &err), GA_REFUSED);
    assert_non_null(strstr(said(&err), "nothing may be written"));
    assert_int_equal(ga_stick_check(io, NULL, path_of("nowhere"), 1, &err), GA_NOT_FOUND);
    assert_non_null(strstr(said(&err), "there is no folder"));
}

static void a_stick_that_is_gone_was_pulled_out(void **state)
{
    (void)state;
    struct ga_error err = {0};
    ga_error_set(&err, GA_IO, "cannot %1 %2: %3", "write", "x", "Input/output error");
    assert_int_equal(ga_stick_explain(io, path_of("nowhere"), true, 1, GA_IO, &err), GA_IO);
    assert_non_null(strstr(said(&err), "not finished, please write again"));
    assert_int_equal(ga_stick_explain(io, path_of("nowhere"), false, 1, GA_IO, &err), GA_IO);
    assert_non_null(strstr(said(&err), "not finished, please take in again"));
    ga_error_clear(&err);
    ga_error_set(&err, GA_REFUSED, "the archive is empty");
    assert_int_equal(ga_stick_explain(io, stick, true, 1, GA_REFUSED, &err), GA_REFUSED);
    assert_non_null(strstr(said(&err), "the archive is empty"));
}

static void another_folder_in_its_place_is_not_the_stick(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_stick_mark mark;
    const char *place = path_of("seen"), *away = path_of("away");
    ga_stick_mark(io, place, &mark);
    assert_int_equal(ga_stick_still(io, place, &mark, true, &err), GA_IO); /* there was none */
    assert_int_equal(io->mkdir(io->ctx, place, 0700), 0);
    ga_stick_mark(io, place, &mark);
    assert_int_equal(ga_stick_still(io, place, &mark, true, &err), GA_OK);
    assert_int_equal(io->rename(io->ctx, place, away), 0);
    assert_int_equal(ga_stick_still(io, place, &mark, true, &err), GA_IO);
    assert_int_equal(io->mkdir(io->ctx, place, 0700), 0);
    assert_int_equal(ga_stick_still(io, place, &mark, true, &err), GA_IO);
    assert_non_null(strstr(said(&err), "not finished, please write again"));
    assert_int_equal(ga_stick_still(io, place, &mark, false, &err), GA_IO);
    assert_non_null(strstr(said(&err), "not finished, please take in again"));
}

static void settling_syncs_all_of_it(void **state)
{
    (void)state;
    struct faulty_io faulty;
    faulty_io_init(&faulty);
    assert_int_equal(ga_stick_settle(io, stick, NULL), GA_OK);
    for (int64_t n = 1; n <= 2; n++) {
        faulty_io_fail(&faulty, n, -EIO);
        assert_int_equal(ga_stick_settle(&faulty.ops, stick, NULL), GA_IO);
    }
}

static int start(void **state)
{
    (void)state;
    io = ga_io_system();
    strcpy(stick, "/tmp/guanai-stick-XXXXXX");
    return mkdtemp(stick) == NULL;
}

static int stop(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -rf %s", stick);
    ga_arena_finish(&arena);
    return system(command);
}

#define ON_STICK(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STICK(the_folder_is_made_when_it_is_written_to_only),
        ON_STICK(the_folder_itself_may_be_given),
        ON_STICK(a_file_or_a_link_of_its_name_is_refused),
        ON_STICK(names_say_nothing_and_are_known_again),
        ON_STICK(only_our_files_are_listed_the_oldest_first),
        ON_STICK(what_was_broken_off_is_swept_and_nothing_else),
        ON_STICK(what_is_taken_home_is_bounded_and_no_link),
        ON_STICK(what_is_too_long_is_not_copied_first),
        ON_STICK(a_small_file_is_read_once_bounded_and_no_link_or_pipe),
        ON_STICK(every_failure_on_the_way_leaves_no_copy),
        ON_STICK(a_full_stick_says_how_much_is_missing),
        ON_STICK(a_switch_and_a_damaged_stick_are_told_apart),
        ON_STICK(what_the_system_would_refuse_is_said_before_it_is_tried),
        ON_STICK(a_stick_that_is_gone_was_pulled_out),
        ON_STICK(another_folder_in_its_place_is_not_the_stick),
        ON_STICK(settling_syncs_all_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
