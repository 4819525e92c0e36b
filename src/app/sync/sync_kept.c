/* Keeps files of sticks that could not be taken in, with why. */
#include "guanai/base/alloc.h"
#include "guanai/sync/stick_folder.h"
#include "sync/sync_kept_inner.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char made_good_setting[] = "sync_made_good";

static const struct {
    const char *folder;
    size_t most;
    int64_t bytes_max;
} kinds[GA_SYNC_KEPT_KINDS] = {
    [GA_SYNC_QUARANTINE] = {"quarantine", GA_SYNC_QUARANTINE_MAX, GA_SYNC_QUARANTINE_BYTES_MAX},
    [GA_SYNC_HELD] = {"held", GA_SYNC_HELD_MAX, GA_SYNC_HELD_BYTES_MAX},
};

static const char *folder_of(struct ga_session *session, enum ga_sync_kept_kind kind, struct ga_arena *arena)
{
    return ga_arena_printf(arena, "%s/%s", session->data_folder, kinds[kind].folder);
}

/* ---- listing ---- */

struct listing {
    const struct ga_io_ops *io;
    struct ga_arena *arena;
    const char *folder;
    struct ga_vec *kept;
};

/* Each has a reason; the file itself may be left out. */
static int keep_entry(void *arg, const char *file)
{
    const struct listing *l = arg;
    struct ga_io_stat stat;
    struct ga_str reason = {0};
    if (!ga_str_ends(file, ".txt"))
        return 0;
    const char *why = ga_arena_printf(l->arena, "%s/%s", l->folder, file);
    if (l->io->stat(l->io->ctx, why, &stat) < 0 ||
        ga_io_read_file(l->io, why, GA_SYNC_REASON_BYTES_MAX, &reason, NULL) != GA_OK)
        return 0;
    struct ga_sync_kept *kept = ga_vec_push(l->kept);
    *kept = (struct ga_sync_kept){.name = ga_arena_strndup(l->arena, file, strlen(file) - 4), .came_ns = stat.mtime_ns,
                                  .reason = ga_arena_strdup(l->arena, ga_str_text(&reason))};
    kept->path = ga_arena_printf(l->arena, "%s/%s", l->folder, kept->name);
    ga_str_finish(&reason);
    return 0;
}

static int compare_kept(const void *a, const void *b)
{
    const struct ga_sync_kept *first = a, *second = b;
    if (first->came_ns != second->came_ns)
        return first->came_ns < second->came_ns ? -1 : 1;
    return strcmp(first->name, second->name);
}

enum ga_rc ga_sync_kept_list(struct ga_session *session, enum ga_sync_kept_kind kind, struct ga_arena *arena,
                             struct ga_vec *ret_kept, struct ga_error *err)
{
    const struct ga_io_ops *io = session->options->io;
    struct listing l = {.io = io, .arena = arena, .folder = folder_of(session, kind, arena), .kept = ret_kept};
    const int listed = io->list(io->ctx, l.folder, keep_entry, &l);
    if (listed < 0 && listed != -ENOENT)
        return ga_io_fail(err, listed, "read", l.folder);
    for (size_t i = 0; i < ret_kept->len && kind == GA_SYNC_QUARANTINE; i++) {
        struct ga_sync_kept *kept = ga_vec_at(ret_kept, i);
        kept->is_made_good = ga_sync_words_has(session, made_good_setting, kept->name);
    }
    if (ret_kept->len > 1)
        qsort(ret_kept->items, ret_kept->len, ret_kept->item_bytes, compare_kept);
    return GA_OK;
}

/* ---- keeping ---- */

enum ga_rc ga_sync_kept_make_good(struct ga_session *session, const struct ga_sync_kept *kept, struct ga_error *err)
{
    return kept->is_made_good ? GA_OK : ga_sync_words_add(session, made_good_setting, kept->name, 2 * GA_SYNC_QUARANTINE_MAX, err);
}

void ga_sync_kept_drop(struct ga_session *session, const struct ga_sync_kept *kept)
{
    const struct ga_io_ops *io = session->options->io;
    struct ga_arena arena = {0};
    io->unlink(io->ctx, kept->path);
    io->unlink(io->ctx, ga_arena_printf(&arena, "%s.txt", kept->path));
    ga_arena_finish(&arena);
}

static enum ga_rc drop_oldest(struct ga_session *session, enum ga_sync_kept_kind kind, struct ga_arena *arena, struct ga_error *err)
{
    struct ga_vec kept;
    ga_vec_init(&kept, sizeof(struct ga_sync_kept));
    const enum ga_rc rc = ga_sync_kept_list(session, kind, arena, &kept, err);
    for (size_t i = 0; rc == GA_OK && i + kinds[kind].most < kept.len; i++)
        ga_sync_kept_drop(session, ga_vec_at(&kept, i));
    ga_vec_finish(&kept);
    return rc;
}

/* The reason first: a file without one is not listed, hence never counted or dropped. */
static enum ga_rc put(struct ga_session *session, const char *copy, const char *path, int64_t bytes_max, const char *reason,
                      struct ga_arena *arena, struct ga_error *err)
{
    const struct ga_io_ops *io = session->options->io;
    const size_t len = strlen(reason) < GA_SYNC_REASON_BYTES_MAX ? strlen(reason) : GA_SYNC_REASON_BYTES_MAX - 1;
    struct ga_io_stat stat;
    enum ga_rc rc = ga_io_write_file(io, ga_arena_printf(arena, "%s.txt", path), reason, len, err);
    if (rc != GA_OK || copy == NULL || io->stat(io->ctx, copy, &stat) < 0 || stat.size_bytes > bytes_max)
        return rc;
    const int moved = io->rename(io->ctx, copy, path);
    if (moved < 0)
        return ga_io_fail(err, moved, "write", path);
    ga_io_sync_folder_of(io, path);
    return GA_OK;
}

enum ga_rc ga_sync_keep(struct ga_session *session, enum ga_sync_kept_kind kind, const char *copy, const char *name,
                        const char *reason, struct ga_error *err)
{
    struct ga_arena arena = {0};
    const char *folder = folder_of(session, kind, &arena);
    /* a file that was named by hand may be called anything; here it has a name of ours or none */
    const char *own = ga_stick_is_name(name) ? name : "other.gab";
    enum ga_rc rc = ga_io_make_dirs(session->options->io, folder, err);
    if (rc == GA_OK)
        rc = put(session, copy, ga_arena_printf(&arena, "%s/%s", folder, own), kinds[kind].bytes_max, reason, &arena, err);
    if (rc == GA_OK)
        rc = drop_oldest(session, kind, &arena, err);
    ga_arena_finish(&arena);
    return rc;
}

/* ---- passing on ---- */

static const char passed_setting[] = "sync_passed";

static bool is_held(const struct ga_vec *kept, const char *name)
{
    for (size_t i = 0; i < kept->len; i++)
        if (strcmp(GA_VEC_AT(const struct ga_sync_kept, kept, i)->name, name) == 0)
            return true;
    return false;
}

static enum ga_rc pass_on(struct ga_session *session, const struct ga_sync_kept *kept, const char *folder, struct ga_arena *arena,
                          struct ga_error *err)
{
    const struct ga_io_ops *io = session->options->io;
    const char *to = ga_arena_printf(arena, "%s/%s", folder, kept->name);
    struct ga_io_stat stat;
    if (io->stat(io->ctx, to, &stat) == 0 || io->stat(io->ctx, kept->path, &stat) < 0)
        return GA_OK;
    enum ga_rc rc = ga_stick_take(io, kept->path, to, GA_SYNC_HELD_BYTES_MAX, err);
    if (rc == GA_OK && !ga_sync_words_has(session, passed_setting, kept->name))
        rc = ga_sync_words_add(session, passed_setting, kept->name, 2 * GA_SYNC_HELD_MAX, err);
    return rc;
}

enum ga_rc ga_sync_pass_on(struct ga_session *session, const char *folder, struct ga_arena *arena, struct ga_error *err)
{
    const struct ga_io_ops *io = session->options->io;
    struct ga_vec kept, files;
    ga_vec_init(&kept, sizeof(struct ga_sync_kept));
    ga_vec_init(&files, sizeof(struct ga_stick_file));
    enum ga_rc rc = ga_sync_kept_list(session, GA_SYNC_HELD, arena, &kept, err);
    for (size_t i = 0; rc == GA_OK && i < kept.len; i++)
        rc = pass_on(session, ga_vec_at(&kept, i), folder, arena, err);
    if (rc == GA_OK)
        rc = ga_stick_files(io, folder, arena, &files, err);
    for (size_t i = 0; rc == GA_OK && i < files.len; i++) { /* what was taken in since goes in this computer's own bundles */
        const struct ga_stick_file *file = ga_vec_at(&files, i);
        if (!is_held(&kept, file->name) && ga_sync_words_has(session, passed_setting, file->name))
            io->unlink(io->ctx, file->path);
    }
    ga_vec_finish(&kept);
    ga_vec_finish(&files);
    return rc;
}
