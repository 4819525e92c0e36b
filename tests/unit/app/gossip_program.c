/* Opens, pairs, kills, restores the computers of a gossip as the program does. */
#include "gossip_program.h"

#include "guanai/app/backup.h"
#include "guanai/app/restore.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct ga_session *program_sessions[GOSSIP_SITES];

static struct ga_session_options options[GOSSIP_SITES];
static struct ga_io_ops io;
static int64_t calls_left = -1; /* to live; −1: nobody dies */
static struct ga_arena arena;
static const char *backups[GOSSIP_SITES]; /* the newest of each; NULL: none */

static struct school *at(size_t site)
{
    return &gossip.town.schools[site];
}

/* ---- files ---- */

static void live_or_die(void)
{
    if (calls_left >= 0 && calls_left-- == 0)
        raise(SIGKILL);
}

/* Programs die here, the power stays: nothing has to reach the disk, not of SQLite's either. */
int fsync(int fd)
{
    (void)fd;
    live_or_die();
    return 0;
}

int fdatasync(int fd)
{
    return fsync(fd);
}

int syncfs(int fd)
{
    return fsync(fd);
}

static int keep_cached(void *ctx, int fd)
{
    (void)ctx, (void)fd;
    return 0;
}

static int open_file(void *ctx, const char *path, int flags, int mode)
{
    live_or_die();
    return ga_io_system()->open(ctx, path, flags, mode);
}

static int64_t write_file(void *ctx, int fd, const void *bytes, size_t len)
{
    live_or_die();
    return ga_io_system()->write(ctx, fd, bytes, len);
}

static int rename_file(void *ctx, const char *from, const char *to)
{
    live_or_die();
    return ga_io_system()->rename(ctx, from, to);
}

static int unlink_file(void *ctx, const char *path)
{
    live_or_die();
    return ga_io_system()->unlink(ctx, path);
}

static void prepare_files(void)
{
    io = *ga_io_system();
    io.uncache = keep_cached;
    io.open = open_file;
    io.write = write_file;
    io.rename = rename_file;
    io.unlink = unlink_file;
}

/* ---- sessions ---- */

static enum ga_rc open_session(size_t site, struct ga_error *err)
{
    struct ga_problems problems;
    options[site].forms = at(site)->forms;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_session_open(&options[site], &problems, &program_sessions[site], err);
    if (rc == GA_OK)
        at(site)->store = program_sessions[site]->store;
    assert_int_equal(problems.faults, 0);
    ga_problems_finish(&problems);
    return rc;
}

static void close_session(size_t site)
{
    ga_session_close(program_sessions[site]);
    program_sessions[site] = NULL;
}

static void set_day(size_t site, struct ga_date day, bool is_doubtful)
{
    struct ga_session *session = program_sessions[site];
    options[site].today = session->today = day; /* the next start finds it so, too */
    session->is_day_doubtful = is_doubtful;
    ga_store_set_today(session->store, day, is_doubtful);
}

static const struct gossip_run by_program = {
    .open = open_session, .close = close_session, .set_day = set_day, .on_sticks = program_on_sticks};

/* ---- beginning and end ---- */

static const char *backup_folder(size_t site)
{
    return ga_arena_printf(&arena, "%s-backup", at(site)->folder);
}

static void prepare(size_t site)
{
    static const char *const users[GOSSIP_SITES] = {"周老师", "王老师", "李校长", "吴老师", "陈会计"};
    struct school *school = at(site);
    school_prepare(school, (struct school_base){.io = &io});
    school->seed = 7 + 1000 * site;
    options[site] = (struct ga_session_options){
        .data = school->folder, .forms = school->forms, .lang = GA_ZH, .today = {2026, 11, 23}, .user = users[site], .io = &io,
        .clock = &school->clock, .random = &school->random, .build_day = 20000, .system_root = school->folder /* no disks are known there */};
    assert_int_equal(ga_session_init(&options[site], "石桥小学", NULL), GA_OK);
    gossip_open(site);
}

static void pair(size_t site)
{
    char digits[GA_SYNC_DIGITS_SIZE], told[GA_SYNC_DIGITS_SIZE];
    const char *place = program_stick(0), *label = ga_arena_printf(&arena, "教学点%zu", site);
    struct ga_session *school = program_sessions[0], *new = program_sessions[site];
    assert_int_equal(ga_sync_invite(school, place, NULL), GA_OK);
    assert_int_equal(ga_sync_join(new, place, label, digits, NULL), GA_OK);
    assert_int_equal(ga_sync_answer(school, place, digits, told, NULL), GA_OK);
    assert_int_equal(ga_sync_finish(new, place, digits, told, NULL), GA_OK);
}

void program_start(void)
{
    prepare_files();
    program_sticks_start();
    gossip.run = &by_program;
    gossip.town.count = GOSSIP_SITES;
    for (size_t site = 0; site < GOSSIP_SITES; site++)
        prepare(site);
    for (size_t site = 1; site < GOSSIP_SITES; site++)
        pair(site);
    gossip_faults_start();
}

void program_stop(void)
{
    for (size_t site = 0; site < GOSSIP_SITES; site++) {
        if (at(site)->store != NULL)
            gossip_shut(site);
        gossip_shell("rm -rf", backup_folder(site), backup_folder(site));
        backups[site] = NULL;
    }
    sticks_stop(&gossip.town);
    program_sticks_stop();
    ga_arena_finish(&arena);
}

/* ---- deaths ---- */

static bool die_in_step(void *ctx, int64_t done, int64_t total)
{
    (void)total;
    if (done >= *(const int64_t *)ctx)
        raise(SIGKILL);
    return true;
}

static void do_and_die(size_t site, size_t stick, uint32_t when, enum ga_rc (*what)(size_t site, size_t stick, const struct ga_progress *progress))
{
    int64_t steps = when % 5;
    const struct ga_progress progress = {die_in_step, &steps};
    if (open_session(site, NULL) != GA_OK)
        _exit(1);
    calls_left = when % 2 == 0 ? -1 : (int64_t)(when / 2 % 60);
    what(site, stick, when % 2 == 0 ? &progress : NULL);
    raise(SIGKILL); /* nothing was closed */
}

void program_die_in(enum ga_rc (*what)(size_t site, size_t stick, const struct ga_progress *progress))
{
    int status = 0;
    const size_t site = gossip_draw(GOSSIP_SITES), stick = program_draw_stick();
    const uint32_t when = gossip_draw(1000);
    gossip_shut(site);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        do_and_die(site, stick, when, what);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    gossip_open(site);
}

/* ---- backups ---- */

void program_back_up(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES);
    const char *folder = backup_folder(site);
    int64_t records;
    gossip_shell("rm -rf", folder, folder);
    gossip_shell("mkdir -p", folder, folder);
    assert_int_equal(ga_backup_write(program_sessions[site], folder, &arena, &backups[site], &records, NULL), GA_OK);
}

static void put_back(size_t site, const char *from)
{
    struct ga_restore_report report;
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_restore_run(&options[site], from, NULL, &arena, &problems, &report, &err);
    if (rc != GA_OK)
        print_message("# %s: %s\n", from, err.what.id);
    assert_int_equal(rc, GA_OK);
    if (report.kept != NULL)
        gossip_shell("rm -rf", report.kept, report.kept);
    ga_problems_finish(&problems);
}

void program_restore(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES);
    if (backups[site] != NULL)
        gossip_change_disk(site, put_back, backups[site]);
}
