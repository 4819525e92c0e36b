/* Puts a backup in the place of the data folder. */
#include "guanai/app/restore.h"

#include "guanai/app/own_forms.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/target.h"
#include "guanai/store/backup.h"
#include "guanai/store/check.h"
#include "guanai/store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 64 << 10, CONFIG_BYTES_MAX = 1 << 20, NAMES_TRIED = 100 };

/* The folder while it is filled, and once it is checked: only the second name is ever taken over. */
static const char filling[] = ".restoring", checked[] = ".restored";

struct restoring {
    const struct ga_session_options *options;
    const struct ga_io_ops *io;
    const struct ga_progress *progress;
    struct ga_problems *problems;
    struct ga_arena *arena;
    const char *file, *folder, *part, *ready;
    int64_t size_bytes;
    bool was_there; /* a data folder */
    int lock_fd;    /* of that one */
};

static bool is_there(const struct ga_io_ops *io, const char *path)
{
    struct ga_io_stat stat;
    return io->stat(io->ctx, path, &stat) == 0;
}

static const char *path_in(struct restoring *restoring, const char *folder, const char *name)
{
    return ga_arena_printf(restoring->arena, "%s/%s", folder, name);
}

void ga_restore_settle(const struct ga_io_ops *io, const char *folder)
{
    struct ga_io_stat stat;
    struct ga_str ready = {0};
    if (io->stat(io->ctx, folder, &stat) != -ENOENT)
        return;
    ga_str_addf(&ready, "%s%s", folder, checked);
    io->rename(io->ctx, ga_str_text(&ready), folder);
    ga_str_finish(&ready);
}

/* ---- what is there ---- */

static int count_name(void *arg, const char *name)
{
    static const char *const own[] = {".", "..", "config.yaml", "forms", "backups", "lock", "head"};
    for (size_t i = 0; i < GA_COUNT(own); i++)
        if (strcmp(own[i], name) == 0)
            return 0;
    *(bool *)arg = true;
    return 0;
}

/* Somebody's home folder is not moved aside for a --data that was meant otherwise. */
static enum ga_rc check_folder(struct restoring *restoring, struct ga_error *err)
{
    const struct ga_io_ops *io = restoring->io;
    struct ga_io_stat stat;
    bool has_others = false;
    const char *database = path_in(restoring, restoring->folder, "guanai.db");
    const int found = io->stat(io->ctx, restoring->folder, &stat);
    if (found < 0)
        return found == -ENOENT ? GA_OK : ga_io_fail(err, found, "open", restoring->folder);
    restoring->was_there = true;
    if (!is_there(io, database))
        io->list(io->ctx, restoring->folder, count_name, &has_others);
    if (!stat.is_dir || has_others)
        return ga_error_set(err, GA_REFUSED, "%1 holds something else than the records of a school", restoring->folder);
    if (ga_io_is_same(io, database, restoring->file))
        return ga_error_set(err, GA_REFUSED, "%1 is the data folder's own database", restoring->file);
    return ga_lock_take(io, restoring->folder, "guanai restore", &restoring->lock_fd, err);
}

static enum ga_rc check_room(struct restoring *restoring, struct ga_error *err)
{
    const char *slash = strrchr(restoring->folder, '/');
    const char *parent = slash == NULL ? "." : ga_arena_strndup(restoring->arena, restoring->folder,
                                                                slash == restoring->folder ? 1 : (size_t)(slash - restoring->folder));
    enum ga_rc rc = ga_io_make_dirs(restoring->io, parent, err);
    if (rc != GA_OK)
        return rc;
    const int64_t free_bytes = restoring->io->free_bytes(restoring->io->ctx, parent);
    const int64_t needed = restoring->size_bytes + restoring->size_bytes / 4 + (4 << 20);
    if (free_bytes >= 0 && free_bytes < needed)
        return ga_error_set(err, GA_IO, "the disk is too full: %1 MB are needed", GA_NUM(needed >> 20));
    return GA_OK;
}

/* ---- filling the new folder ---- */

/* Only what restoring itself makes: a folder with anything else in it stays, which is then said. */
static void remove_folder(struct restoring *restoring, const char *folder)
{
    static const char *const names[] = {"guanai.db-wal", "guanai.db-shm", "guanai.db-journal", "guanai.db.part",
                                        "guanai.db", "config.yaml.part", "config.yaml", "head", "lock"};
    for (size_t i = 0; i < GA_COUNT(names); i++)
        restoring->io->unlink(restoring->io->ctx, path_in(restoring, folder, names[i]));
    ga_own_forms_remove(restoring->io, ga_session_own_forms(folder, restoring->arena));
    restoring->io->rmdir(restoring->io->ctx, folder);
}

static enum ga_rc pour(struct restoring *restoring, int fd, struct ga_target *target, struct ga_error *err)
{
    const struct ga_progress *progress = restoring->progress;
    char *chunk = ga_alloc(CHUNK_BYTES);
    int64_t got, done = 0;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && (got = restoring->io->read(restoring->io->ctx, fd, chunk, CHUNK_BYTES)) != 0) {
        rc = got < 0 ? ga_io_fail(err, (int)got, "read", restoring->file) : ga_target_put(target, chunk, (size_t)got, err);
        done += got;
        if (rc == GA_OK && progress != NULL && progress->step != NULL &&
            !progress->step(progress->ctx, done, restoring->size_bytes))
            rc = ga_error_set(err, GA_CANCELLED, "stopped; nothing was changed");
    }
    free(chunk);
    return rc;
}

static enum ga_rc copy_database(struct restoring *restoring, struct ga_error *err)
{
    const struct ga_io_ops *io = restoring->io;
    struct ga_target *target = NULL;
    const int fd = io->open(io->ctx, restoring->file, O_RDONLY, 0);
    if (fd < 0)
        return ga_io_fail(err, fd, "open", restoring->file);
    enum ga_rc rc = ga_target_open(io, path_in(restoring, restoring->part, "guanai.db"), &target, err);
    if (rc == GA_OK && (rc = pour(restoring, fd, target, err)) == GA_OK)
        rc = ga_target_commit(target, err);
    else
        ga_target_abandon(target);
    io->close(io->ctx, fd);
    return rc;
}

/* guanai backup writes settings and forms beside the copy, under the same name. */
static const char *path_beside(struct restoring *restoring, const char *ending)
{
    const size_t len = strlen(restoring->file), stem = ga_str_ends(restoring->file, ".db") ? len - 3 : len;
    return ga_arena_printf(restoring->arena, "%.*s%s", (int)stem, restoring->file, ending);
}

static enum ga_rc copy_config(struct restoring *restoring, struct ga_error *err)
{
    struct ga_str bytes = {0};
    enum ga_rc rc = ga_io_read_file(restoring->io, path_beside(restoring, ".yaml"), CONFIG_BYTES_MAX, &bytes, err);
    if (rc == GA_NOT_FOUND && restoring->was_there)
        rc = ga_io_read_file(restoring->io, path_in(restoring, restoring->folder, "config.yaml"), CONFIG_BYTES_MAX,
                             &bytes, err);
    if (rc == GA_OK)
        rc = ga_io_write_file(restoring->io, path_in(restoring, restoring->part, "config.yaml"), ga_str_text(&bytes),
                              bytes.len, err);
    else if (rc == GA_NOT_FOUND)
        rc = GA_OK; /* a school without settings has none to copy */
    ga_str_finish(&bytes);
    return rc;
}

static enum ga_rc copy_forms(struct restoring *restoring, struct ga_error *err)
{
    const char *to = ga_session_own_forms(restoring->part, restoring->arena);
    enum ga_rc rc = ga_own_forms_copy(restoring->io, path_beside(restoring, ".forms"), to, err);
    if (rc == GA_NOT_FOUND && restoring->was_there)
        rc = ga_own_forms_copy(restoring->io, ga_session_own_forms(restoring->folder, restoring->arena), to, err);
    return rc == GA_NOT_FOUND ? GA_OK : rc; /* most schools have none of their own */
}

/* ---- checking it ---- */

static bool check_step(void *ctx, int64_t done, int64_t total)
{
    const struct ga_progress *progress = ctx;
    return progress == NULL || progress->step == NULL || progress->step(progress->ctx, done, total);
}

static enum ga_rc check_copy(struct restoring *restoring, struct ga_store *store, int64_t *ret_records,
                             struct ga_error *err)
{
    struct ga_check_report report = {0};
    const struct ga_check_progress progress = {check_step, (void *)restoring->progress};
    enum ga_rc rc = ga_store_check(store, &progress, restoring->problems, &report, err);
    if (rc == GA_OK && restoring->problems->faults > 0) {
        rc = ga_error_set(err, GA_DAMAGED, "%1 is damaged", restoring->file);
        ga_error_hint(err, "take an older backup; nothing was changed");
    }
    if (rc == GA_OK)
        rc = ga_store_renew_site(store, err);
    if (rc == GA_OK)
        *ret_records = report.records;
    return rc;
}

static enum ga_rc check_and_renew(struct restoring *restoring, int64_t *ret_records, struct ga_error *err)
{
    const struct ga_session_options *options = restoring->options;
    const struct ga_store_options opening = {.folder = restoring->part, .io = options->io, .clock = options->clock,
                                             .random = options->random, .today = options->today,
                                             .user = options->user != NULL ? options->user : "guanai restore"};
    struct ga_store *store;
    enum ga_rc rc = ga_store_open(&opening, &store, err);
    if (rc != GA_OK)
        return rc;
    rc = check_copy(restoring, store, ret_records, err);
    ga_store_close(store);
    return rc;
}

static enum ga_rc fill(struct restoring *restoring, int64_t *ret_records, struct ga_error *err)
{
    const struct ga_io_ops *io = restoring->io;
    remove_folder(restoring, restoring->part); /* of a time that was broken off */
    const int made = io->mkdir(io->ctx, restoring->part, 0700);
    if (made < 0)
        return ga_io_fail(err, made, "make the folder", restoring->part);
    enum ga_rc rc = copy_database(restoring, err);
    if (rc == GA_OK)
        rc = copy_config(restoring, err);
    if (rc == GA_OK)
        rc = copy_forms(restoring, err);
    if (rc == GA_OK)
        rc = check_and_renew(restoring, ret_records, err);
    if (rc != GA_OK)
        remove_folder(restoring, restoring->part);
    else
        ga_io_sync_folder_of(io, path_in(restoring, restoring->part, "guanai.db"));
    return rc;
}

/* ---- switching ---- */

static const char *name_to_keep(struct restoring *restoring)
{
    const struct ga_clock *clock = restoring->options->clock;
    const int64_t now_ms = clock->now_ms(clock->ctx);
    const int64_t local_s = now_ms / 1000 + clock->utc_offset_s(clock->ctx, now_ms), second = local_s % 86400;
    const struct ga_date day = ga_date_is_day(restoring->options->today) ? restoring->options->today
                                                                         : ga_date_from_days((int32_t)(local_s / 86400));
    const char *name = ga_arena_printf(restoring->arena, "%s.before-%s-%02d%02d%02d", restoring->folder, GA_DATE_ISO(day),
                                       (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
    const char *free_name = name;
    for (int i = 2; is_there(restoring->io, free_name) && i < NAMES_TRIED; i++)
        free_name = ga_arena_printf(restoring->arena, "%s-%d", name, i);
    return free_name;
}

static enum ga_rc switch_folders(struct restoring *restoring, const char **ret_kept, struct ga_error *err)
{
    const struct ga_io_ops *io = restoring->io;
    const char *kept = restoring->was_there ? name_to_keep(restoring) : NULL;
    remove_folder(restoring, restoring->ready);
    int rc = io->rename(io->ctx, restoring->part, restoring->ready);
    if (rc == 0 && kept != NULL && (rc = io->rename(io->ctx, restoring->folder, kept)) < 0)
        remove_folder(restoring, restoring->ready);
    if (rc == 0 && (rc = io->rename(io->ctx, restoring->ready, restoring->folder)) < 0) {
        if (is_there(io, restoring->folder) && !is_there(io, restoring->ready))
            rc = 0; /* a program that was just started has settled it */
        else if (kept == NULL || io->rename(io->ctx, kept, restoring->folder) == 0)
            remove_folder(restoring, restoring->ready);
    }
    if (rc == 0 && kept != NULL) /* the series goes on; when this fails it lies with what is kept */
        io->rename(io->ctx, path_in(restoring, kept, "backups"), path_in(restoring, restoring->folder, "backups"));
    ga_io_sync_folder_of(io, restoring->folder);
    if (rc < 0)
        return ga_io_fail(err, rc, "replace", restoring->folder);
    *ret_kept = kept;
    return GA_OK;
}

static enum ga_rc restore(struct restoring *restoring, struct ga_restore_report *ret_report, struct ga_error *err)
{
    struct ga_restore_report report = {.folder = restoring->folder};
    enum ga_rc rc = check_folder(restoring, err);
    if (rc == GA_OK)
        rc = ga_backup_inspect(restoring->io, restoring->file, &restoring->size_bytes, err);
    if (rc == GA_OK)
        rc = check_room(restoring, err);
    if (rc == GA_OK)
        rc = fill(restoring, &report.records, err);
    if (rc == GA_OK && (rc = switch_folders(restoring, &report.kept, err)) != GA_OK)
        remove_folder(restoring, restoring->part);
    if (rc == GA_OK)
        *ret_report = report;
    return rc;
}

enum ga_rc ga_restore_run(const struct ga_session_options *options, const char *file,
                          const struct ga_progress *progress, struct ga_arena *arena, struct ga_problems *problems,
                          struct ga_restore_report *ret_report, struct ga_error *err)
{
    struct restoring restoring = {.options = options, .io = options->io, .progress = progress, .problems = problems,
                                  .arena = arena, .file = file, .lock_fd = -1};
    enum ga_rc rc = ga_session_data_folder(options, arena, &restoring.folder, err);
    if (rc != GA_OK)
        return rc;
    restoring.part = ga_arena_printf(arena, "%s%s", restoring.folder, filling);
    restoring.ready = ga_arena_printf(arena, "%s%s", restoring.folder, checked);
    ga_restore_settle(options->io, restoring.folder);
    rc = restore(&restoring, ret_report, err);
    ga_lock_drop(options->io, restoring.lock_fd);
    return rc;
}
