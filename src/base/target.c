/* A file that appears whole under its name or not at all. */
#include "guanai/base/target.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a: tells a stick that did not keep the bytes from one that did. */
static const uint64_t SUM_START = 0xcbf29ce484222325u;

static uint64_t add_sum(uint64_t sum, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return sum;
}

static void destroy(struct ga_target *target)
{
    free(target->path);
    free(target->part);
    free(target);
}

enum ga_rc ga_target_open(const struct ga_io_ops *io, const char *path, struct ga_target **ret_target,
                          struct ga_error *err)
{
    struct ga_str part = {0};
    ga_str_addf(&part, "%s.part", path);
    int fd = io->open(io->ctx, part.data, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0) {
        ga_str_finish(&part);
        return ga_io_fail(err, fd, "write", path);
    }
    struct ga_target *target = ga_alloc(sizeof(*target));
    target->io = io;
    target->path = ga_strdup(path);
    target->part = ga_str_take(&part);
    target->fd = fd;
    target->sum = SUM_START;
    *ret_target = target;
    return GA_OK;
}

static enum ga_rc flush(struct ga_target *target, struct ga_error *err)
{
    for (size_t done = 0; done < target->held_len;) {
        int64_t put =
            target->io->write(target->io->ctx, target->fd, target->held + done, target->held_len - done);
        if (put <= 0)
            return ga_io_fail(err, put == 0 ? -ENOSPC : (int)put, "write", target->path);
        done += (size_t)put;
    }
    target->sum = add_sum(target->sum, target->held, target->held_len);
    target->size_bytes += (int64_t)target->held_len;
    target->held_len = 0;
    return GA_OK;
}

enum ga_rc ga_target_put(struct ga_target *target, const void *bytes, size_t len, struct ga_error *err)
{
    const char *next = bytes;
    while (len > 0) {
        size_t room = sizeof(target->held) - target->held_len;
        size_t some = len < room ? len : room;
        memcpy(target->held + target->held_len, next, some);
        target->held_len += some;
        next += some;
        len -= some;
        if (target->held_len < sizeof(target->held))
            continue;
        enum ga_rc rc = flush(target, err);
        if (rc != GA_OK)
            return rc;
    }
    return GA_OK;
}

static enum ga_rc close_part(struct ga_target *target, struct ga_error *err)
{
    enum ga_rc rc = flush(target, err);
    int synced = rc == GA_OK ? target->io->sync(target->io->ctx, target->fd) : 0;
    target->io->uncache(target->io->ctx, target->fd); /* what is read back is to come from the stick, not from memory */
    int closed = target->io->close(target->io->ctx, target->fd);
    target->fd = -1;
    if (rc == GA_OK && (synced < 0 || closed < 0))
        rc = ga_io_fail(err, synced < 0 ? synced : closed, "write", target->path);
    return rc;
}

static enum ga_rc read_back(struct ga_target *target, struct ga_error *err)
{
    int fd = target->io->open(target->io->ctx, target->part, O_RDONLY, 0);
    if (fd < 0)
        return ga_io_fail(err, fd, "read", target->path);
    uint64_t sum = SUM_START;
    int64_t size_bytes = 0, got;
    while ((got = target->io->read(target->io->ctx, fd, target->held, sizeof(target->held))) > 0) {
        sum = add_sum(sum, target->held, (size_t)got);
        size_bytes += got;
    }
    target->io->close(target->io->ctx, fd);
    if (got < 0)
        return ga_io_fail(err, (int)got, "read", target->path);
    if (sum != target->sum || size_bytes != target->size_bytes)
        return ga_error_set(err, GA_IO, "%1 does not read back as written", target->path);
    return GA_OK;
}

enum ga_rc ga_target_complete(struct ga_target *target, struct ga_error *err)
{
    const enum ga_rc rc = close_part(target, err);
    return rc == GA_OK ? read_back(target, err) : rc;
}

enum ga_rc ga_target_commit(struct ga_target *target, struct ga_error *err)
{
    enum ga_rc rc = target->fd >= 0 ? ga_target_complete(target, err) : GA_OK;
    int renamed = rc == GA_OK ? target->io->rename(target->io->ctx, target->part, target->path) : 0;
    if (renamed < 0)
        rc = ga_io_fail(err, renamed, "write", target->path);
    if (rc != GA_OK) {
        ga_target_abandon(target);
        return rc;
    }
    ga_io_sync_folder_of(target->io, target->path);
    destroy(target);
    return GA_OK;
}

void ga_target_abandon(struct ga_target *target)
{
    if (target == NULL)
        return;
    if (target->fd >= 0)
        target->io->close(target->io->ctx, target->fd);
    target->io->unlink(target->io->ctx, target->part);
    destroy(target);
}
