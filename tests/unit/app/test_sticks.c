/* Sticks are listed, asked before they are written to, opened, let go of, and never those of the computer the tests run on. */
#include "guanai/app/backup.h"
#include "guanai/app/sticks.h"

#include "fake_sticks.h"
#include "school_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static struct school_session school;
static struct fake_sticks fake;
static struct ga_arena arena;

static const char *path_of(const char *name)
{
    return ga_arena_printf(&arena, "%s%s", fake.root, name);
}

static const char *said(const struct ga_error *err)
{
    struct ga_str text = {0};
    ga_error_text(err, GA_ZH, &text);
    const char *kept = ga_arena_strdup(&arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static void mount(const char *options)
{
    fake_sticks_put(&fake, "/proc/self/mountinfo",
                    ga_arena_printf(&arena, "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n36 22 8:17 / /media/luo/BLUE %s - vfat /dev/sdb1 %s\n", options,
                                    options));
}

/* Says what it was asked, and mounts by writing the table anew. */
static void install_udisks(const char *then)
{
    fake_sticks_put(&fake, "/usr/bin/udisksctl", ga_arena_printf(&arena, "#!/bin/sh\necho \"$@\" >> %s\n%s\n", path_of("/asked"), then));
    assert_int_equal(chmod(path_of("/usr/bin/udisksctl"), 0700), 0);
}

static const char *asked(void)
{
    struct ga_str bytes = {0};
    ga_io_read_file(ga_io_system(), path_of("/asked"), 1000, &bytes, NULL);
    const char *text = ga_arena_strdup(&arena, ga_str_text(&bytes));
    ga_str_finish(&bytes);
    return text;
}

static void those_of_the_sessions_tables_are_listed(void **state)
{
    (void)state;
    struct ga_vec sticks;
    ga_vec_init(&sticks, sizeof(struct ga_stick));
    mount("rw");
    ga_session_sticks(school.session, &arena, &sticks);
    assert_int_equal(sticks.len, 1);
    assert_string_equal(GA_VEC_AT(struct ga_stick, &sticks, 0)->folder, path_of("/media/luo/BLUE"));
    ga_vec_finish(&sticks);
}

static void a_stick_that_was_pulled_out_elsewhere_is_said_before_writing(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_io_stat stat;
    mount("rw");
    assert_int_equal(ga_session_stick_check(school.session, path_of("/media/luo/BLUE"), 1, &err), GA_OK);
    mount("ro");
    assert_int_equal(ga_session_stick_check(school.session, path_of("/media/luo/BLUE"), 1, &err), GA_REFUSED);
    assert_non_null(strstr(said(&err), "它在别处没有安全拔出"));
    assert_true(ga_io_system()->stat(NULL, path_of("/media/luo/BLUE/guanai"), &stat) < 0);
}

static void the_switch_of_a_stick_is_named(void **state)
{
    (void)state;
    struct ga_error err = {0};
    mount("ro");
    fake_sticks_put(&fake, "/sys/class/block/sdb1/ro", "1\n");
    assert_int_equal(ga_session_stick_check(school.session, path_of("/media/luo/BLUE"), 1, &err), GA_REFUSED);
    assert_non_null(strstr(said(&err), "写保护开关"));
}

static void a_full_stick_and_one_whose_folder_is_no_folder_are_told_apart(void **state)
{
    (void)state;
    struct ga_error err = {0};
    mount("rw");
    assert_int_equal(ga_session_stick_check(school.session, path_of("/media/luo/BLUE"), INT64_MAX, &err), GA_IO);
    assert_non_null(strstr(said(&err), "U盘满了"));
    fake_sticks_put(&fake, "/media/luo/BLUE/guanai", "MZ");
    assert_int_equal(ga_session_stick_check(school.session, path_of("/media/luo/BLUE"), 1, &err), GA_REFUSED);
    assert_non_null(strstr(said(&err), "病毒"));
    assert_int_equal(ga_session_folder_check(school.session, path_of("/media/luo/BLUE"), 1, &err), GA_OK);
    assert_int_equal(ga_session_stick_check(school.session, path_of("/media/luo/RED"), 1, &err), GA_NOT_FOUND);
    assert_non_null(strstr(said(&err), "这个文件夹"));
}

static void one_that_is_not_mounted_is_opened(void **state)
{
    (void)state;
    struct ga_stick stick = {0};
    fake_sticks_put(&fake, "/proc/self/mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
    assert_int_equal(ga_session_stick_open(school.session, "/dev/sdb1", &arena, &stick, NULL), GA_NOT_FOUND);
    install_udisks("exit 0");
    assert_int_equal(ga_session_stick_open(school.session, "/dev/sdb1", &arena, &stick, NULL), GA_IO); /* it said so and did nothing */
    install_udisks(ga_arena_printf(&arena, "echo '36 22 8:17 / /media/luo/BLUE rw - vfat /dev/sdb1 rw' >> %s", path_of("/proc/self/mountinfo")));
    assert_int_equal(ga_session_stick_open(school.session, "/dev/sdb1", &arena, &stick, NULL), GA_OK);
    assert_string_equal(stick.folder, path_of("/media/luo/BLUE"));
    assert_non_null(strstr(asked(), "mount --no-user-interaction --block-device /dev/sdb1"));
}

/* Of a list that was shown a while ago. */
static void one_of_a_list_is_where_it_is_seen_now_and_one_that_went_is_said_to_be_gone(void **state)
{
    (void)state;
    struct ga_stick stick = {0};
    struct ga_error err = {0};
    install_udisks("echo it was asked; exit 1");
    mount("rw");
    assert_int_equal(ga_session_stick_open(school.session, "/dev/sdb1", &arena, &stick, &err), GA_OK);
    assert_string_equal(stick.folder, path_of("/media/luo/BLUE"));
    assert_int_equal(ga_session_stick_open(school.session, "/dev/sdc1", &arena, &stick, &err), GA_IO);
    assert_non_null(strstr(said(&err), "U盘已经拔出了"));
}

static void the_one_that_holds_the_place_is_let_go_of(void **state)
{
    (void)state;
    struct ga_error err = {0};
    bool is_stick = false;
    mount("rw");
    assert_int_equal(ga_session_stick_let_go(school.session, path_of("/media/luo/BLUE/guanai"), &is_stick, &err), GA_OK);
    assert_true(is_stick);
    install_udisks("exit 0");
    assert_int_equal(ga_session_stick_let_go(school.session, path_of("/media/luo/BLUE/guanai"), &is_stick, &err), GA_OK);
    assert_non_null(strstr(asked(), "unmount --no-user-interaction --block-device /dev/sdb1"));
    install_udisks("echo target is busy; exit 1");
    assert_int_equal(ga_session_stick_let_go(school.session, path_of("/media/luo/BLUE"), &is_stick, &err), GA_IO);
    assert_non_null(strstr(said(&err), "还在用"));
    assert_int_equal(ga_session_stick_let_go(school.session, "/tmp", &is_stick, &err), GA_OK);
    assert_false(is_stick);
}

static int64_t little_room(void *ctx, const char *path)
{
    (void)ctx, (void)path;
    return 100 << 10;
}

static void a_backup_that_finds_no_room_says_that_it_is_the_stick(void **state)
{
    (void)state;
    struct ga_error err = {0};
    const char *path = NULL;
    int64_t records = 0;
    mount("rw");
    fake.io.free_bytes = little_room;
    assert_int_equal(ga_backup_write(school.session, path_of("/media/luo/BLUE"), &arena, &path, &records, &err), GA_IO);
    assert_non_null(strstr(said(&err), "U盘满了"));
    fake.io.free_bytes = ga_io_system()->free_bytes;
    assert_int_equal(ga_backup_write(school.session, path_of("/media/luo/BLUE/"), &arena, &path, &records, &err), GA_OK);
    assert_null(strstr(path, "//"));
    assert_int_equal(records, 0);
}

static int start(void **state)
{
    (void)state;
    if (fake_sticks_start(&fake) != 0)
        return -1;
    fake_sticks_school(&fake, "");
    fake_sticks_put(&fake, "/media/luo/BLUE/photo.jpg", "theirs");
    school_session_start(&school, NULL);
    school.options.system_root = fake.root;
    school.options.io = &fake.io;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_session_stop(&school);
    ga_arena_finish(&arena);
    return fake_sticks_stop(&fake);
}

#define WITH_STICK(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STICK(those_of_the_sessions_tables_are_listed),
        WITH_STICK(a_stick_that_was_pulled_out_elsewhere_is_said_before_writing),
        WITH_STICK(the_switch_of_a_stick_is_named),
        WITH_STICK(a_full_stick_and_one_whose_folder_is_no_folder_are_told_apart),
        WITH_STICK(one_that_is_not_mounted_is_opened),
        WITH_STICK(one_of_a_list_is_where_it_is_seen_now_and_one_that_went_is_said_to_be_gone),
        WITH_STICK(the_one_that_holds_the_place_is_let_go_of),
        WITH_STICK(a_backup_that_finds_no_room_says_that_it_is_the_stick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
