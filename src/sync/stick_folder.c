/* Keeps to our one folder on a stick. */
#include "guanai/sync/stick_folder.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/str.h"
#include "guanai/base/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 16, CHUNK_BYTES = 64 << 10 };

static const char own_name[] = "guanai", ending[] = ".gab", part_ending[] = ".part";

/* ---- the folder ---- */

static const char *path_of(const char *place, struct ga_arena *arena)
{
    size_t len = strlen(place);
    while (len > 1 && place[len - 1] == '/')
        len--;
    const char *path = ga_arena_strndup(arena, place, len), *slash = strrchr(path, '/');
    return strcmp(slash == NULL ? path : slash + 1, own_name) == 0 ? path : ga_arena_printf(arena, "%s/%s", path, own_name);
}

static enum ga_rc say_taken(const char *path, struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED, "%1 is no folder: something else on the stick has its name", path);
    ga_error_hint(err, "take another stick, and have this one looked at for viruses");
    return GA_REFUSED;
}

enum ga_rc ga_stick_folder(const struct ga_io_ops *io, const char *place, bool may_make, struct ga_arena *arena,
                           const char **ret_folder, struct ga_error *err)
{
    const char *path = path_of(place, arena);
    int fd = io->open(io->ctx, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    if (fd == -ENOENT && may_make) {
        const int made = io->mkdir(io->ctx, path, 0700);
        if (made < 0)
            return ga_io_fail(err, made, "make the folder", path);
        fd = io->open(io->ctx, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    }
    if (fd == -ENOTDIR || fd == -ELOOP)
        return say_taken(path, err);
    if (fd == -ENOENT)
        return ga_error_set(err, GA_NOT_FOUND, "there is nothing of this program on %1", place);
    if (fd < 0)
        return ga_io_fail(err, fd, "open", path);
    io->close(io->ctx, fd);
    *ret_folder = path;
    return GA_OK;
}

/* ---- its files ---- */

void ga_stick_name(const struct ga_random *random, char ret_name[GA_STICK_NAME_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t bytes[DIGITS / 2];
    random->fill(random->ctx, bytes, sizeof(bytes));
    for (size_t i = 0; i < DIGITS; i++)
        ret_name[i] = digits[bytes[i / 2] >> (i % 2 * 4) & 15];
    memcpy(ret_name + DIGITS, ending, sizeof(ending));
}

bool ga_stick_is_name(const char *name)
{
    return strspn(name, "0123456789abcdef") == DIGITS && strcmp(name + DIGITS, ending) == 0;
}

static bool is_broken_off(const char *name)
{
    char whole[GA_STICK_NAME_SIZE];
    if (strlen(name) != GA_STICK_NAME_SIZE - 1 + strlen(part_ending))
        return false;
    ga_str_copy(whole, sizeof(whole), name);
    return ga_stick_is_name(whole) && ga_str_ends(name, part_ending);
}

struct listing {
    struct ga_arena *arena;
    bool (*wants)(const char *name);
    struct ga_vec names; /* const char * */
};

static int note_name(void *arg, const char *name)
{
    struct listing *l = arg;
    if (l->wants(name))
        *(const char **)ga_vec_push(&l->names) = ga_arena_strdup(l->arena, name);
    return l->names.len >= GA_STICK_FILES_MAX;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of their names, whatever order the stick has them in. */
static int list_names(const struct ga_io_ops *io, const char *folder, struct listing *l)
{
    ga_vec_init(&l->names, sizeof(const char *));
    const int rc = io->list(io->ctx, folder, note_name, l);
    if (l->names.len > 1)
        qsort(l->names.items, l->names.len, sizeof(const char *), compare_names);
    return rc;
}

static int compare_ages(const void *a, const void *b)
{
    const struct ga_stick_file *first = a, *second = b;
    if (first->mtime_ns != second->mtime_ns)
        return first->mtime_ns < second->mtime_ns ? -1 : 1;
    return strcmp(first->name, second->name);
}

/* A link that leads nowhere, or to itself, is none of ours; a stick that is gone is not an empty one. */
static int stat_listed(const struct ga_io_ops *io, const char *folder, const char *path, struct ga_io_stat *ret_stat)
{
    struct ga_io_stat own;
    const int rc = io->stat(io->ctx, path, ret_stat);
    if (rc != -ENOENT && rc != -ELOOP)
        return rc;
    ret_stat->is_regular = false;
    return io->stat(io->ctx, folder, &own);
}

enum ga_rc ga_stick_files(const struct ga_io_ops *io, const char *folder, struct ga_arena *arena,
                          struct ga_vec *ret_files, struct ga_error *err)
{
    struct listing l = {.arena = arena, .wants = ga_stick_is_name};
    int rc = list_names(io, folder, &l);
    for (size_t i = 0; rc >= 0 && i < l.names.len; i++) {
        struct ga_io_stat stat;
        const char *name = *GA_VEC_AT(const char *, &l.names, i), *path = ga_arena_printf(arena, "%s/%s", folder, name);
        rc = stat_listed(io, folder, path, &stat);
        if (rc >= 0 && stat.is_regular)
            *(struct ga_stick_file *)ga_vec_push(ret_files) =
                (struct ga_stick_file){name, path, stat.size_bytes, stat.mtime_ns};
    }
    if (ret_files->len > 1)
        qsort(ret_files->items, ret_files->len, sizeof(struct ga_stick_file), compare_ages);
    ga_vec_finish(&l.names);
    return rc < 0 ? ga_io_fail(err, rc, "read", folder) : GA_OK;
}

enum ga_rc ga_stick_read(const struct ga_io_ops *io, const char *path, size_t max_bytes, struct ga_str *ret_bytes,
                         struct ga_error *err)
{
    enum { PIECE_BYTES = 1024 };
    char piece[PIECE_BYTES];
    int64_t got = 0;
    const int fd = io->open(io->ctx, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
    if (fd < 0)
        return ga_io_fail(err, fd, "read", path);
    do { /* read_at: of a pipe or a folder there is nothing at a place */
        got = io->read_at(io->ctx, fd, piece, sizeof(piece), (int64_t)ret_bytes->len);
        ga_str_add_bytes(ret_bytes, piece, got > 0 ? (size_t)got : 0);
    } while (got > 0 && ret_bytes->len <= max_bytes);
    io->close(io->ctx, fd);
    if (got < 0)
        return ga_io_fail(err, (int)got, "read", path);
    return ret_bytes->len > max_bytes ? ga_error_set(err, GA_TOO_BIG, "%1 is too large", path) : GA_OK;
}

void ga_stick_sweep(const struct ga_io_ops *io, const char *folder, struct ga_arena *arena)
{
    struct listing l = {.arena = arena, .wants = is_broken_off};
    list_names(io, folder, &l);
    for (size_t i = 0; i < l.names.len; i++)
        io->unlink(io->ctx, ga_arena_printf(arena, "%s/%s", folder, *GA_VEC_AT(const char *, &l.names, i)));
    ga_vec_finish(&l.names);
}

static enum ga_rc say_unreadable(const char *path, int minus_errno, struct ga_error *err)
{
    if (ga_io_fail(err, minus_errno, "read", path) == GA_NOT_FOUND)
        return GA_NOT_FOUND;
    if (err != NULL)
        err->rc = GA_DAMAGED;
    return GA_DAMAGED;
}

static enum ga_rc copy(const struct ga_io_ops *io, int fd, const char *path, struct ga_target *target, int64_t max_bytes,
                       struct ga_error *err)
{
    char *chunk = ga_alloc(CHUNK_BYTES);
    int64_t got, done = 0;
    enum ga_rc rc = GA_OK;
    /* a film that was given our ending is refused before all that may be of it was copied */
    if (io->read_at(io->ctx, fd, chunk, 1, max_bytes) > 0)
        rc = ga_error_set(err, GA_TOO_BIG, "%1 is too large", path);
    while (rc == GA_OK && (got = io->read(io->ctx, fd, chunk, CHUNK_BYTES)) != 0) {
        if (got < 0)
            rc = say_unreadable(path, (int)got, err);
        else if ((done += got) > max_bytes)
            rc = ga_error_set(err, GA_TOO_BIG, "%1 is too large", path);
        else
            rc = ga_target_put(target, chunk, (size_t)got, err);
    }
    free(chunk);
    return rc;
}

enum ga_rc ga_stick_take(const struct ga_io_ops *io, const char *path, const char *to, int64_t max_bytes,
                         struct ga_error *err)
{
    struct ga_target *target = NULL;
    const int fd = io->open(io->ctx, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0); /* a pipe of that name waits for nobody */
    if (fd == -ELOOP)
        return ga_error_set(err, GA_DENIED, "%1 is a link: it is followed nowhere", path);
    if (fd < 0)
        return say_unreadable(path, fd, err);
    enum ga_rc rc = ga_target_open(io, to, &target, err);
    if (rc == GA_OK && (rc = copy(io, fd, path, target, max_bytes, err)) == GA_OK)
        rc = ga_target_commit(target, err);
    else
        ga_target_abandon(target);
    io->close(io->ctx, fd);
    return rc;
}

enum ga_rc ga_stick_settle(const struct ga_io_ops *io, const char *folder, struct ga_error *err)
{
    const int fd = io->open(io->ctx, folder, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0)
        return ga_io_fail(err, fd, "write", folder);
    const int synced = io->sync_all(io->ctx, fd);
    io->close(io->ctx, fd);
    return synced < 0 ? ga_io_fail(err, synced, "write", folder) : GA_OK;
}

/* ---- what is said ---- */

static enum ga_rc say_full(int64_t needed_bytes, int64_t free_bytes, struct ga_error *err)
{
    ga_error_set(err, GA_IO, "the stick is full: %1 MB are needed, %2 MB are free", GA_NUM((needed_bytes >> 20) + 1),
                 GA_NUM(free_bytes >> 20));
    ga_error_hint(err, "delete something of your own on it, or take another stick");
    return GA_IO;
}

static enum ga_rc say_read_only(bool is_protected, struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED, is_protected ? "the stick is write-protected" : "the stick can be read only");
    ga_error_hint(err, is_protected ? "slide its switch, or take another stick"
                                    : "it was pulled out too early elsewhere or is damaged: have it checked, or take another stick");
    return GA_REFUSED;
}

static enum ga_rc say_not_allowed(const char *folder, struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED, "nothing may be written to %1 by whoever sits here", folder);
    ga_error_hint(err, "take another stick or folder, or let the administrator of this computer open it");
    return GA_REFUSED;
}

static enum ga_rc say_no_folder(const char *folder, struct ga_error *err)
{
    ga_error_set(err, GA_NOT_FOUND, "there is no folder %1", folder);
    ga_error_hint(err, "put the stick in and choose it anew");
    return GA_NOT_FOUND;
}

/* What the system says of it without trying. */
static enum ga_rc check_rights(const struct ga_io_ops *io, const struct ga_stick *stick, const char *folder,
                               struct ga_error *err)
{
    const int may = stick != NULL && stick->is_read_only ? -EROFS : io->may_write(io->ctx, folder);
    if (may == -EROFS)
        return say_read_only(stick != NULL && stick->is_protected, err);
    if (may == -EACCES || may == -EPERM)
        return say_not_allowed(folder, err);
    return may < 0 ? ga_io_fail(err, may, "write", folder) : GA_OK;
}

enum ga_rc ga_stick_check(const struct ga_io_ops *io, const struct ga_stick *stick, const char *folder,
                          int64_t needed_bytes, struct ga_error *err)
{
    struct ga_io_stat stat;
    const int found = io->stat(io->ctx, folder, &stat);
    if (found == -ENOENT || found == -ENOTDIR || (found >= 0 && !stat.is_dir))
        return say_no_folder(folder, err);
    if (found < 0)
        return ga_io_fail(err, found, "open", folder);
    const enum ga_rc rc = check_rights(io, stick, folder, err);
    if (rc != GA_OK)
        return rc;
    const int64_t free_bytes = io->free_bytes(io->ctx, folder);
    return free_bytes >= 0 && free_bytes < needed_bytes ? say_full(needed_bytes, free_bytes, err) : GA_OK;
}

static enum ga_rc say_pulled(bool is_writing, struct ga_error *err)
{
    ga_error_set(err, GA_IO, is_writing ? "not finished, please write again: the stick was pulled out too early"
                                        : "not finished, please take in again: the stick was pulled out too early");
    ga_error_hint(err, "put it in again: nothing is lost");
    return GA_IO;
}

void ga_stick_mark(const struct ga_io_ops *io, const char *place, struct ga_stick_mark *ret_mark)
{
    struct ga_io_stat stat;
    const bool is_there = io->stat(io->ctx, place, &stat) >= 0;
    *ret_mark = is_there ? (struct ga_stick_mark){stat.device, stat.inode} : (struct ga_stick_mark){0};
}

enum ga_rc ga_stick_still(const struct ga_io_ops *io, const char *place, const struct ga_stick_mark *mark, bool is_writing,
                          struct ga_error *err)
{
    struct ga_stick_mark now;
    ga_stick_mark(io, place, &now);
    const bool is_same = now.device == mark->device && now.inode == mark->inode && now.inode != 0;
    return is_same ? GA_OK : say_pulled(is_writing, err);
}

enum ga_rc ga_stick_explain(const struct ga_io_ops *io, const char *folder, bool is_writing, int64_t needed_bytes,
                            enum ga_rc rc, struct ga_error *err)
{
    struct ga_io_stat stat;
    const int found = io->stat(io->ctx, folder, &stat);
    if (found < 0 && found != -EACCES && found != -EPERM)
        return say_pulled(is_writing, err);
    const int64_t free_bytes = is_writing ? io->free_bytes(io->ctx, folder) : -1;
    if (free_bytes >= 0 && free_bytes < needed_bytes)
        return say_full(needed_bytes, free_bytes, err);
    if (rc == GA_IO && err != NULL && err->hint.id == NULL)
        ga_error_hint(err, is_writing ? "not finished: put the stick in anew and write again, or take another one"
                                      : "not finished: take in again, nothing is lost");
    return rc;
}
