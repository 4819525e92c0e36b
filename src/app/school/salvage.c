/* Makes a new data folder of what a damaged one still holds. */
#include "guanai/app/salvage.h"

#include "guanai/app/own_forms.h"
#include "guanai/base/alloc.h"
#include "guanai/store/lock.h"

#include <string.h>

enum { CONFIG_BYTES_MAX = 1 << 20, NAMES_TRIED = 100 };

struct salvage {
    const struct ga_session_options *options;
    const struct ga_io_ops *io;
    const struct ga_progress *progress;
    struct ga_arena *arena;
    struct ga_problems *problems;
    const char *folder, *part, *ready; /* the damaged one; the new one while it is filled, once it is whole */
};

static bool step(void *ctx, int64_t done, int64_t total)
{
    const struct ga_progress *progress = ctx;
    return progress == NULL || progress->step == NULL || progress->step(progress->ctx, done, total);
}

/* "DATA.salvaged-2026-11-23-124105", with a number where that is there already. */
static const char *name_new(const struct salvage *s)
{
    const struct ga_clock *clock = s->options->clock;
    const int64_t now_ms = clock->now_ms(clock->ctx);
    const int64_t local_s = now_ms / 1000 + clock->utc_offset_s(clock->ctx, now_ms), second = local_s % 86400;
    const struct ga_date day = ga_date_is_day(s->options->today) ? s->options->today : ga_date_from_days((int32_t)(local_s / 86400));
    const char *name = ga_arena_printf(s->arena, "%s.salvaged-%s-%02d%02d%02d", s->folder, GA_DATE_ISO(day),
                                       (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
    const char *free_name = name;
    struct ga_io_stat stat;
    for (int i = 2; s->io->stat(s->io->ctx, free_name, &stat) == 0 && i < NAMES_TRIED; i++)
        free_name = ga_arena_printf(s->arena, "%s-%d", name, i);
    return free_name;
}

/* Only what is made here; a folder with anything else in it stays. */
static void remove_part(const struct salvage *s)
{
    static const char *const names[] = {"guanai.db-wal", "guanai.db-shm", "guanai.db-journal", "guanai.db", "config.yaml.part",
                                        "config.yaml", "head", "lock"};
    for (size_t i = 0; i < GA_COUNT(names); i++)
        s->io->unlink(s->io->ctx, ga_arena_printf(s->arena, "%s/%s", s->part, names[i]));
    ga_own_forms_remove(s->io, ga_session_own_forms(s->part, s->arena));
    s->io->rmdir(s->io->ctx, s->part);
}

static enum ga_rc copy_config(const struct salvage *s, struct ga_error *err)
{
    struct ga_str bytes = {0};
    enum ga_rc rc = ga_io_read_file(s->io, ga_arena_printf(s->arena, "%s/config.yaml", s->folder), CONFIG_BYTES_MAX, &bytes, err);
    if (rc == GA_OK)
        rc = ga_io_write_file(s->io, ga_arena_printf(s->arena, "%s/config.yaml", s->part), ga_str_text(&bytes), bytes.len, err);
    ga_str_finish(&bytes);
    return rc == GA_NOT_FOUND ? GA_OK : rc;
}

static enum ga_rc copy_beside(const struct salvage *s, struct ga_error *err)
{
    enum ga_rc rc = copy_config(s, err);
    if (rc == GA_OK)
        rc = ga_own_forms_copy(s->io, ga_session_own_forms(s->folder, s->arena), ga_session_own_forms(s->part, s->arena), err);
    return rc == GA_NOT_FOUND ? GA_OK : rc;
}

/* A session of its own makes the folder and puts the forms in force. */
static enum ga_rc fill(const struct salvage *s, struct ga_salvage_report *ret_report, struct ga_error *err)
{
    struct ga_session_options options = *s->options;
    struct ga_session *session;
    const struct ga_check_progress progress = {step, (void *)s->progress};
    options.data = s->part;
    options.may_create = true;
    options.is_script = true;
    enum ga_rc rc = ga_session_open(&options, s->problems, &session, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_store_salvage(session->store, ga_arena_printf(s->arena, "%s/guanai.db", s->folder), &progress, s->problems, ret_report, err);
    ga_session_close(session);
    return rc;
}

static enum ga_rc salvage(const struct salvage *s, struct ga_salvage_report *ret_report, struct ga_error *err)
{
    remove_part(s); /* of a time that was broken off */
    const int made = s->io->mkdir(s->io->ctx, s->part, 0700);
    if (made < 0)
        return ga_io_fail(err, made, "make the folder", s->part);
    enum ga_rc rc = copy_beside(s, err);
    if (rc == GA_OK)
        rc = fill(s, ret_report, err);
    const int renamed = rc == GA_OK ? s->io->rename(s->io->ctx, s->part, s->ready) : 0;
    if (renamed < 0)
        rc = ga_io_fail(err, renamed, "write", s->ready);
    if (rc != GA_OK)
        remove_part(s);
    else
        ga_io_sync_folder_of(s->io, s->ready);
    return rc;
}

enum ga_rc ga_salvage_run(const struct ga_session_options *options, const struct ga_progress *progress, struct ga_arena *arena,
                          struct ga_problems *problems, struct ga_salvage_report *ret_report, const char **ret_folder,
                          struct ga_error *err)
{
    struct salvage s = {.options = options, .io = options->io, .progress = progress, .arena = arena, .problems = problems};
    int lock = -1;
    enum ga_rc rc = ga_session_data_folder(options, arena, &s.folder, err);
    if (rc == GA_OK)
        rc = ga_lock_take(options->io, s.folder, "guanai check --salvage", &lock, err);
    if (rc != GA_OK)
        return rc;
    s.part = ga_arena_printf(arena, "%s.salvaging", s.folder);
    s.ready = name_new(&s);
    rc = salvage(&s, ret_report, err);
    ga_lock_drop(options->io, lock);
    if (rc == GA_OK)
        *ret_folder = s.ready;
    return rc;
}
