/*
 * The stick is pulled out at every single call on it, and a full one stays full: nothing is claimed that is not so, no half
 * file bears the name of a whole one, and the next run makes good.
 */
#include "guanai/app/sync.h"

#include "guanai/store/backup.h"
#include "guanai/store/record.h"
#include "guanai/sync/bundle.h"
#include "school_session.h"

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

#include <cmocka.h>

static struct school_session school, point; /* 中心校, 石桥教学点 */
static char stick[40];
static struct ga_arena arena;

/* A stick that is there for the first `left` calls on it. Files opened before it went answer no more either. */
struct pulled {
    struct ga_io_ops ops;
    int64_t left;      /* −1: it stays */
    int64_t calls;
    bool is_gone;
    bool does_rename;  /* the call that fails last did its work all the same */
    bool fds[1024];    /* of files on it */
    const char *broken; /* the end of a file's path: its sectors do not read; NULL: none's */
    bool broken_fds[1024];
    int spoils, read_backs; /* of what was just written and is opened to be read, the n-th reads otherwise; 0: none */
    bool spoiled_fds[1024];
    bool leaves_folder; /* it answers on: where it was there is an empty folder, and `away` is the stick */
    bool is_unsynced, is_unsettled; /* something was written, got its name, and may be in memory only */
};

static struct pulled pulled;
static char away[48];

static const char *watched = stick; /* the folder whose disk fails */

static bool is_on_stick(const char *path)
{
    return strncmp(path, watched, strlen(watched)) == 0;
}

/* As where something lets go of the stick when it is pulled out, and the folder is the computer's own. */
static int leave_folder(void)
{
    if (pulled.left == 0) {
        pulled.is_gone = true;
        assert_int_equal(rename(stick, away), 0);
        assert_int_equal(mkdir(stick, 0700), 0);
    }
    pulled.left -= pulled.left >= 0;
    return 0;
}

static int answer(bool is_stick)
{
    if (!is_stick)
        return 0;
    pulled.calls++;
    if (pulled.leaves_folder)
        return leave_folder();
    if (pulled.left >= 0 && pulled.left-- == 0)
        pulled.is_gone = true;
    if (pulled.left < 0 && pulled.is_gone)
        pulled.left = 0;
    return pulled.is_gone ? -EIO : 0;
}

#define SYSTEM (ga_io_system())
#define ON_PATH(path, call) return answer(is_on_stick(path)) < 0 ? -EIO : (call)
#define ON_FD(fd, call) return answer((fd) >= 0 && pulled.fds[(fd) % 1024]) < 0 ? -EIO : (call)

static int open_file(void *ctx, const char *path, int flags, int mode)
{
    (void)ctx;
    if (answer(is_on_stick(path)) < 0)
        return -EIO;
    const int fd = SYSTEM->open(NULL, path, flags, mode);
    if (fd >= 0) {
        pulled.fds[fd % 1024] = is_on_stick(path);
        pulled.broken_fds[fd % 1024] = pulled.broken != NULL && ga_str_ends(path, pulled.broken);
        const bool is_read_back = is_on_stick(path) && ga_str_ends(path, ".part") && (flags & O_ACCMODE) == O_RDONLY;
        pulled.read_backs += is_read_back;
        pulled.spoiled_fds[fd % 1024] = is_read_back && pulled.read_backs == pulled.spoils;
    }
    return fd;
}

static int64_t read_file(void *ctx, int fd, void *buf, size_t len)
{
    (void)ctx;
    if (pulled.broken_fds[fd % 1024])
        return -EIO;
    if (!pulled.spoiled_fds[fd % 1024])
        ON_FD(fd, SYSTEM->read(NULL, fd, buf, len));
    const int64_t got = SYSTEM->read(NULL, fd, buf, len);
    if (got > 0)
        ((uint8_t *)buf)[got / 2] ^= 1;
    return got;
}

static int64_t read_file_at(void *ctx, int fd, void *buf, size_t len, int64_t at)
{
    (void)ctx;
    ON_FD(fd, SYSTEM->read_at(NULL, fd, buf, len, at));
}

/* The write in which it goes has brought half of its bytes over. */
static int64_t write_file(void *ctx, int fd, const void *buf, size_t len)
{
    (void)ctx;
    const bool was_gone = pulled.is_gone;
    pulled.is_unsynced |= pulled.fds[fd % 1024];
    if (answer(fd >= 0 && pulled.fds[fd % 1024]) == 0)
        return SYSTEM->write(NULL, fd, buf, len);
    if (!was_gone && len > 1)
        (void)!SYSTEM->write(NULL, fd, buf, len / 2);
    return -EIO;
}

/* Nothing here cuts the power: what was written is there, and the tests' disk is spared. */
static int sync_file(void *ctx, int fd)
{
    (void)ctx;
    pulled.is_unsynced &= !pulled.fds[fd % 1024];
    ON_FD(fd, 0);
}

static int sync_all(void *ctx, int fd)
{
    (void)ctx;
    pulled.is_unsettled &= !pulled.fds[fd % 1024];
    ON_FD(fd, 0);
}

static int rename_file(void *ctx, const char *from, const char *to)
{
    (void)ctx;
    const bool was_gone = pulled.is_gone;
    assert_false(is_on_stick(to) && pulled.is_unsynced); /* what has a name is on the stick */
    pulled.is_unsettled |= is_on_stick(to);
    if (answer(is_on_stick(to)) == 0)
        return SYSTEM->rename(NULL, from, to);
    if (!was_gone && pulled.does_rename)
        SYSTEM->rename(NULL, from, to);
    return -EIO;
}

static int unlink_file(void *ctx, const char *path)
{
    (void)ctx;
    assert_false(is_on_stick(path) && ga_str_ends(path, ".gab") && pulled.is_unsettled && !pulled.is_gone); /* the older one goes after that */
    ON_PATH(path, SYSTEM->unlink(NULL, path));
}

static int make_dir(void *ctx, const char *path, int mode)
{
    (void)ctx;
    ON_PATH(path, SYSTEM->mkdir(NULL, path, mode));
}

static int stat_file(void *ctx, const char *path, struct ga_io_stat *ret_stat)
{
    (void)ctx;
    ON_PATH(path, SYSTEM->stat(NULL, path, ret_stat));
}

static int may_write(void *ctx, const char *path)
{
    (void)ctx;
    ON_PATH(path, SYSTEM->may_write(NULL, path));
}

static int list_folder(void *ctx, const char *path, int (*each)(void *arg, const char *name), void *arg)
{
    (void)ctx;
    ON_PATH(path, SYSTEM->list(NULL, path, each, arg));
}

static void pull_after(int64_t calls)
{
    pulled.is_unsynced = pulled.is_unsettled = false;
    pulled.left = calls;
    pulled.calls = 0;
    pulled.is_gone = false;
}

static void put_in_again(void)
{
    if (pulled.leaves_folder && pulled.is_gone) {
        assert_int_equal(system(ga_arena_printf(&arena, "rm -rf %s && mv %s %s", stick, away, stick)), 0);
        pulled.leaves_folder = false;
    }
    pull_after(-1);
}

/* ---- what is looked at ---- */

static const char *said(const struct ga_error *err)
{
    struct ga_str text = {0};
    ga_error_text(err, GA_ZH, &text);
    const char *kept = ga_arena_strdup(&arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static enum ga_rc write_from(struct school_session *from, struct ga_error *err)
{
    struct ga_sync_written written;
    const struct ga_sync_export what = {.place = stick, .is_complete = true};
    ga_error_clear(err);
    return ga_sync_write(from->session, &what, &arena, &written, err);
}

/* What another computer finds there; its outcomes but "taken" and "known" are faults of the one that wrote. */
static enum ga_rc take_to(struct school_session *to, int *ret_faults, uint64_t *ret_applied, struct ga_error *err)
{
    struct ga_vec taken;
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    ga_error_clear(err);
    const enum ga_rc rc = ga_sync_take(to->session, stick, NULL, &arena, &taken, err);
    for (size_t i = 0; i < taken.len; i++) {
        const struct ga_sync_taken *one = ga_vec_at(&taken, i);
        *ret_faults += one->outcome > GA_SYNC_KNOWN;
        *ret_applied += one->received.transactions[GA_PARCEL_APPLIED];
    }
    ga_vec_finish(&taken);
    return rc;
}

/* Beside them the invitation may lie still, by which the two came to know each other. */
static int count_bundle(void *arg, const char *name)
{
    const char *path = ga_arena_printf(&arena, "%s/guanai/%s", stick, name);
    *(int *)arg += ga_str_ends(name, ".gab") && ga_bundle_has_magic(SYSTEM, path);
    return 0;
}

static int bundles_there(void)
{
    int count = 0;
    SYSTEM->list(NULL, ga_arena_printf(&arena, "%s/guanai", stick), count_bundle, &count);
    return count;
}

/* What it wrote itself, whole or not, it knows for its own. */
static void assert_passes_by_its_own(void)
{
    struct ga_vec taken;
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    ga_sync_take(school.session, stick, NULL, &arena, &taken, NULL);
    assert_int_equal(taken.len, 0);
    ga_vec_finish(&taken);
}

static int64_t children_of(struct school_session *of)
{
    int64_t count = -1;
    assert_int_equal(ga_store_count(of->session->store, "child", &count, NULL), GA_OK);
    return count;
}

static void add_child(struct school_session *to, int i)
{
    school_session_add(to, "child", NULL, ga_arena_printf(&arena, "name=孩子%d", i), "grade=三年级", "class=2", NULL);
}

/* ---- the tests ---- */

static void pull_while_writing(bool does_rename)
{
    struct ga_error err = {0};
    int pulls = 0;
    pulled.does_rename = does_rename;
    for (int64_t n = 0;; n++) {
        int faults = 0;
        uint64_t applied = 0;
        pull_after(n);
        const enum ga_rc rc = write_from(&school, &err);
        const bool was_pulled = pulled.is_gone;
        put_in_again();
        assert_true(n == 0 || bundles_there() > 0); /* the older one goes when the newer one is there */
        assert_passes_by_its_own();
        assert_int_equal(take_to(&point, &faults, &applied, &err) == GA_IO, false);
        assert_int_equal(faults, 0); /* whatever has a name is whole */
        if (!was_pulled) {
            assert_int_equal(rc, GA_OK);
            break;
        }
        pulls += rc != GA_OK;
        assert_int_equal(write_from(&school, &err), GA_OK); /* takes away what the last one left */
    }
    print_message("# pulled %d times\n", pulls);
    assert_true(pulls > 15);
}

static void wherever_it_is_pulled_while_written_no_half_file_is_offered(void **state)
{
    (void)state;
    add_child(&school, 1);
    pull_while_writing(false);
    assert_int_equal(children_of(&point), 1);
}

static void a_name_that_was_given_in_the_last_moment_is_one_of_a_whole_file(void **state)
{
    (void)state;
    add_child(&school, 1);
    pull_while_writing(true);
    assert_int_equal(children_of(&point), 1);
}

/* The one pull that costs nothing: when everything was there already, and older files were being removed. */
static void no_success_is_said_of_what_is_not_there(void **state)
{
    (void)state;
    struct ga_error err = {0};
    for (int64_t n = 0; n < 400; n++) {
        int faults = 0;
        uint64_t applied = 0;
        add_child(&school, (int)n);
        pull_after(n);
        const enum ga_rc rc = write_from(&school, &err);
        const bool was_pulled = pulled.is_gone;
        put_in_again();
        if (rc != GA_OK)
            assert_non_null(strstr(said(&err), "没有完成"));
        const enum ga_rc taken = take_to(&point, &faults, &applied, &err);
        assert_true(taken == GA_OK || taken == GA_NOT_FOUND);
        if (rc == GA_OK)
            assert_int_equal(children_of(&point), children_of(&school));
        if (!was_pulled)
            return;
        assert_int_equal(write_from(&school, &err), GA_OK); /* the next try works */
        assert_int_equal(take_to(&point, &faults, &applied, &err), GA_OK);
        assert_int_equal(faults, 0);
        assert_int_equal(children_of(&point), children_of(&school));
    }
    fail_msg("it is never written in one go");
}

/* An empty folder is left where the stick was: what is written there is on no stick, what is read there is nobody's. */
static void an_empty_folder_in_the_place_of_the_stick_is_no_stick(void **state)
{
    (void)state;
    struct ga_error err = {0};
    for (int64_t n = 0; n < 400; n++) {
        int faults = 0;
        uint64_t applied = 0;
        bool was_pulled[2];
        add_child(&school, (int)n);
        pulled.leaves_folder = true;
        pull_after(n + 1); /* after the first look at it */
        const enum ga_rc rc = write_from(&school, &err);
        was_pulled[0] = pulled.is_gone;
        put_in_again();
        assert_int_equal(rc, was_pulled[0] ? GA_IO : GA_OK);
        if (was_pulled[0])
            assert_non_null(strstr(said(&err), "没有完成，请重新写入：U盘拔早了"));
        assert_int_equal(write_from(&school, &err), GA_OK);
        pulled.leaves_folder = true;
        pull_after(n + 1);
        const enum ga_rc taken = take_to(&point, &faults, &applied, &err);
        was_pulled[1] = pulled.is_gone;
        put_in_again();
        assert_int_equal(taken, was_pulled[1] ? GA_IO : GA_OK);
        if (was_pulled[1])
            assert_non_null(strstr(said(&err), "没有完成，请重新收一次：U盘拔早了"));
        assert_int_equal(take_to(&point, &faults, &applied, &err), GA_OK);
        assert_int_equal(children_of(&point), children_of(&school));
        pulled.leaves_folder = false;
        if (!was_pulled[0] && !was_pulled[1])
            return;
    }
    fail_msg("it is never done in one go");
}

/* It is read twice: as bytes, then as a receiver would. Each has to be what was written. */
static void what_does_not_read_back_as_written_gets_no_name(void **state)
{
    (void)state;
    struct ga_error err = {0};
    uint64_t applied = 0;
    int faults = 0, spoils = 1;
    enum ga_rc rc = GA_IO;
    add_child(&school, 1);
    for (; rc != GA_OK; spoils++) {
        pulled.spoils = spoils;
        pulled.read_backs = 0;
        rc = write_from(&school, &err);
        const bool was_spoiled = pulled.read_backs >= spoils;
        pulled.spoils = 0;
        assert_int_equal(rc, was_spoiled ? GA_IO : GA_OK);
        if (rc != GA_OK)
            take_to(&point, &faults, &applied, &err);
        assert_int_equal(applied, 0);
    }
    assert_int_equal(spoils, 4);
    add_child(&school, 2);
    assert_int_equal(write_from(&school, &err), GA_OK);
    assert_false(pulled.is_unsettled);
    assert_int_equal(take_to(&point, &faults, &applied, &err), GA_OK);
    assert_int_equal(faults, 0);
    assert_int_equal(children_of(&point), 2);
}

static void wherever_it_is_pulled_while_read_the_next_run_takes_all(void **state)
{
    (void)state;
    struct ga_error err = {0};
    for (int64_t n = 0; n < 400; n++) {
        int faults = 0;
        uint64_t applied = 0;
        put_in_again();
        add_child(&school, (int)n);
        assert_int_equal(write_from(&school, &err), GA_OK);
        const int64_t before = children_of(&point);
        pull_after(n);
        const enum ga_rc rc = take_to(&point, &faults, &applied, &err);
        const bool was_pulled = pulled.is_gone;
        assert_int_equal(faults, 0);
        if (rc != GA_OK)
            assert_non_null(strstr(said(&err), "没有完成"));
        assert_int_equal(children_of(&point), rc == GA_OK || applied > 0 ? before + 1 : before);
        put_in_again();
        assert_int_equal(take_to(&point, &faults, &applied, &err), GA_OK);
        assert_int_equal(children_of(&point), children_of(&school));
        if (!was_pulled)
            return;
    }
    fail_msg("it is never read in one go");
}

/* A file with a name of ours, in a place of the stick that does not read any more. */
static void put_broken(int64_t day)
{
    const struct timespec times[2] = {{.tv_sec = day * 86400}, {.tv_sec = day * 86400}};
    const char *path = ga_arena_printf(&arena, "%s/guanai/0000000000000000.gab", stick);
    assert_int_equal(ga_io_write_file(SYSTEM, path, "anything", 8, NULL), GA_OK);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    pulled.broken = "/0000000000000000.gab";
}

static void one_file_that_does_not_read_hinders_none_of_the_others(void **state)
{
    enum { LONG_AGO = 1000, LONG_FROM_NOW = 40000 };
    (void)state;
    struct ga_error err = {0};
    int faults = 0;
    uint64_t applied = 0;
    put_in_again();
    add_child(&school, 1);
    assert_int_equal(write_from(&school, &err), GA_OK);
    put_broken(LONG_AGO);
    assert_int_equal(take_to(&point, &faults, &applied, &err), GA_OK);
    assert_int_equal(faults, 1); /* told, with its name */
    assert_int_equal(children_of(&point), 1);
    put_broken(LONG_FROM_NOW); /* the last: nothing that reads shows that the stick is still there */
    add_child(&school, 2);
    assert_int_equal(write_from(&school, &err), GA_OK);
    assert_int_equal(take_to(&point, &faults, &applied, &err), GA_IO);
    assert_non_null(strstr(said(&err), "没有完成"));
    assert_int_equal(children_of(&point), 2);
    pulled.broken = NULL;
}

/* Of the files beside the database: the copy of the bundle, the backup before it, what is kept. */
static void wherever_the_own_disk_fails_while_it_is_read_the_next_run_takes_all(void **state)
{
    (void)state;
    struct ga_error err = {0};
    int failures = 0;
    for (int64_t n = 0; n < 400; n++) {
        int faults = 0;
        uint64_t applied = 0;
        add_child(&school, (int)n);
        assert_int_equal(write_from(&school, &err), GA_OK);
        const int64_t before = children_of(&point);
        watched = point.folder;
        pull_after(n);
        const enum ga_rc rc = take_to(&point, &faults, &applied, &err);
        const bool has_failed = pulled.is_gone;
        put_in_again();
        watched = stick;
        assert_int_equal(faults, 0);
        assert_int_equal(children_of(&point), applied > 0 ? before + 1 : before);
        if (rc != GA_OK)
            assert_true(strlen(said(&err)) > 10);
        failures += rc != GA_OK;
        assert_int_equal(take_to(&point, &faults, &applied, &err), GA_OK);
        assert_int_equal(children_of(&point), children_of(&school));
        if (!has_failed) {
            print_message("# failed %d times\n", failures);
            assert_true(failures > 5);
            return;
        }
    }
    fail_msg("it is never read in one go");
}

static void wherever_it_is_pulled_while_a_computer_joins_it_goes_on(void **state)
{
    (void)state;
    struct school_session other;
    char digits[GA_SYNC_DIGITS_SIZE], compared[GA_SYNC_DIGITS_SIZE];
    school_session_start(&other, NULL);
    other.seed = 777;
    assert_int_equal(ga_store_renew_site(other.session->store, NULL), GA_OK);
    other.options.io = &pulled.ops;
    for (int64_t n = 0; n < 60; n++) {
        pull_after(n);
        ga_sync_invite(school.session, stick, NULL);
        put_in_again();
        assert_int_equal(ga_sync_invite(school.session, stick, NULL), GA_OK);
        pull_after(n);
        ga_sync_join(other.session, stick, "大湾教学点", digits, NULL);
        put_in_again();
        assert_int_equal(ga_sync_join(other.session, stick, "大湾教学点", digits, NULL), GA_OK);
        struct ga_sync_pairing pairing;
        assert_int_equal(ga_sync_pairing_look(school.session, stick, false, &pairing, NULL), GA_OK);
        assert_int_equal(pairing.step, GA_SYNC_ASKED);
        assert_string_equal(pairing.digits, digits);
    }
    for (int64_t n = 0; n < 60; n++) {
        pull_after(n);
        ga_sync_answer(school.session, stick, digits, compared, NULL);
        put_in_again();
        struct ga_sync_pairing pairing;
        assert_int_equal(ga_sync_pairing_look(school.session, stick, false, &pairing, NULL), GA_OK);
        if (pairing.step == GA_SYNC_ASKED)
            continue; /* asked once more, as if nothing had been */
        break;
    }
    assert_int_equal(ga_sync_finish(other.session, stick, digits, compared, NULL), GA_OK);
    assert_string_equal(compared, digits);
    school_session_stop(&other);
}

/* Its list of bundles was kept, their number was not: so it lay in data folders, and nothing more could be written for ever. */
static void a_computer_that_was_switched_off_while_it_remembered_a_bundle_writes_the_next(void **state)
{
    (void)state;
    struct ga_error err = {0};
    int faults = 0;
    uint64_t applied = 0;
    put_in_again();
    for (int i = 0; i < 3; i++) {
        add_child(&school, i);
        assert_int_equal(write_from(&school, &err), GA_OK);
    }
    assert_int_equal(ga_store_set_setting(school.session->store, "sync_number", "2", NULL), GA_OK);
    add_child(&school, 3);
    assert_int_equal(write_from(&school, &err), GA_OK);
    assert_int_equal(take_to(&point, &faults, &applied, &err), GA_OK);
    assert_int_equal(faults, 0);
    assert_int_equal(children_of(&point), 4);
}

static int64_t no_room(void *ctx, const char *path)
{
    (void)ctx;
    (void)path;
    return 100 << 10;
}

static void a_full_stick_is_left_as_it_was(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_io_stat stat;
    pulled.ops.free_bytes = no_room;
    assert_int_equal(write_from(&school, &err), GA_IO);
    assert_non_null(strstr(said(&err), "U盘满了"));
    assert_int_equal(SYSTEM->stat(NULL, ga_arena_printf(&arena, "%s/guanai", stick), &stat), 0); /* of the joining */
    pulled.ops.free_bytes = SYSTEM->free_bytes;
}

static int start(void **state)
{
    (void)state;
    char digits[GA_SYNC_DIGITS_SIZE];
    strcpy(stick, "/tmp/guanai-pull-XXXXXX");
    if (mkdtemp(stick) == NULL)
        return -1;
    snprintf(away, sizeof(away), "%s.away", stick);
    pulled = (struct pulled){.ops = *ga_io_system(), .left = -1};
    pulled.ops.open = open_file;
    pulled.ops.read = read_file;
    pulled.ops.read_at = read_file_at;
    pulled.ops.write = write_file;
    pulled.ops.sync = sync_file;
    pulled.ops.sync_all = sync_all;
    pulled.ops.rename = rename_file;
    pulled.ops.unlink = unlink_file;
    pulled.ops.mkdir = make_dir;
    pulled.ops.stat = stat_file;
    pulled.ops.may_write = may_write;
    pulled.ops.list = list_folder;
    school_session_start(&school, NULL);
    school_session_start(&point, NULL);
    point.seed = 4711; /* another computer draws other numbers */
    assert_int_equal(ga_store_renew_site(point.session->store, NULL), GA_OK);
    assert_int_equal(ga_sync_invite(school.session, stick, NULL), GA_OK);
    assert_int_equal(ga_sync_join(point.session, stick, "石桥教学点", digits, NULL), GA_OK);
    assert_int_equal(ga_sync_answer(school.session, stick, digits, digits, NULL), GA_OK);
    assert_int_equal(ga_sync_finish(point.session, stick, digits, digits, NULL), GA_OK);
    school.options.io = point.options.io = &pulled.ops;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -rf %s", stick);
    put_in_again();
    school_session_stop(&school);
    school_session_stop(&point);
    ga_arena_finish(&arena);
    return system(command);
}

#define PULLED(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PULLED(what_does_not_read_back_as_written_gets_no_name),
        PULLED(wherever_it_is_pulled_while_a_computer_joins_it_goes_on),
        PULLED(wherever_it_is_pulled_while_written_no_half_file_is_offered),
        PULLED(a_name_that_was_given_in_the_last_moment_is_one_of_a_whole_file),
        PULLED(no_success_is_said_of_what_is_not_there),
        PULLED(wherever_it_is_pulled_while_read_the_next_run_takes_all),
        PULLED(an_empty_folder_in_the_place_of_the_stick_is_no_stick),
        PULLED(one_file_that_does_not_read_hinders_none_of_the_others),
        PULLED(wherever_the_own_disk_fails_while_it_is_read_the_next_run_takes_all),
        PULLED(a_computer_that_was_switched_off_while_it_remembered_a_bundle_writes_the_next),
        PULLED(a_full_stick_is_left_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
