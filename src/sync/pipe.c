/* Where the bytes of a bundle come from, where they go. */
#include "guanai/sync/pipe.h"

#include <errno.h>

static enum ga_rc take_file(void *ctx, void *bytes, size_t most, size_t *ret_len, struct ga_error *err)
{
    const struct ga_sync_file *file = ctx;
    int64_t got = file->io->read(file->io->ctx, file->fd, bytes, most);
    if (got < 0)
        return ga_io_fail(err, (int)got, "read", file->path);
    *ret_len = (size_t)got;
    return GA_OK;
}

static enum ga_rc put_file(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    const struct ga_sync_file *file = ctx;
    const char *at = bytes;
    while (len > 0) {
        int64_t written = file->io->write(file->io->ctx, file->fd, at, len);
        if (written <= 0)
            return ga_io_fail(err, written < 0 ? (int)written : -EIO, "write", file->path);
        at += written;
        len -= (size_t)written;
    }
    return GA_OK;
}

struct ga_sync_source ga_sync_read_file(struct ga_sync_file *file)
{
    return (struct ga_sync_source){take_file, file};
}

struct ga_sync_sink ga_sync_write_file(struct ga_sync_file *file)
{
    return (struct ga_sync_sink){put_file, file};
}
