/* File operations that count themselves, fail when told to. */
#include "faulty_io.h"

static int failure(struct faulty_io *faulty)
{
    faulty->calls++;
    if (faulty->fail_in == 0 || --faulty->fail_in > 0)
        return 0;
    faulty->has_failed = true;
    return faulty->minus_errno;
}

#define SYSTEM (ga_io_system())
#define FAIL_OR(call)                  \
    int failed = failure(ctx);         \
    return failed != 0 ? failed : call

static int open_file(void *ctx, const char *path, int flags, int mode)
{
    ((struct faulty_io *)ctx)->opens++;
    FAIL_OR(SYSTEM->open(NULL, path, flags, mode));
}

static int close_file(void *ctx, int fd)
{
    (void)ctx;
    return SYSTEM->close(NULL, fd);
}

static int64_t read_file(void *ctx, int fd, void *buf, size_t len)
{
    FAIL_OR(SYSTEM->read(NULL, fd, buf, len));
}

static int64_t write_file(void *ctx, int fd, const void *buf, size_t len)
{
    FAIL_OR(SYSTEM->write(NULL, fd, buf, len));
}

static int sync_file(void *ctx, int fd)
{
    FAIL_OR(SYSTEM->sync(NULL, fd));
}

static int make_dir(void *ctx, const char *path, int mode)
{
    FAIL_OR(SYSTEM->mkdir(NULL, path, mode));
}

static int stat_file(void *ctx, const char *path, struct ga_io_stat *ret_stat)
{
    ((struct faulty_io *)ctx)->stats++;
    FAIL_OR(SYSTEM->stat(NULL, path, ret_stat));
}

static int lock_file(void *ctx, int fd)
{
    FAIL_OR(SYSTEM->lock(NULL, fd));
}

static int64_t read_file_at(void *ctx, int fd, void *buf, size_t len, int64_t at_bytes)
{
    FAIL_OR(SYSTEM->read_at(NULL, fd, buf, len, at_bytes));
}

static int rename_file(void *ctx, const char *from, const char *to)
{
    FAIL_OR(SYSTEM->rename(NULL, from, to));
}

static int unlink_file(void *ctx, const char *path)
{
    FAIL_OR(SYSTEM->unlink(NULL, path));
}

static int remove_dir(void *ctx, const char *path)
{
    FAIL_OR(SYSTEM->rmdir(NULL, path));
}

static int list_folder(void *ctx, const char *path, int (*each)(void *arg, const char *name), void *arg)
{
    FAIL_OR(SYSTEM->list(NULL, path, each, arg));
}

static int64_t read_link(void *ctx, const char *path, char *buf, size_t size)
{
    FAIL_OR(SYSTEM->read_link(NULL, path, buf, size));
}

static int sync_all(void *ctx, int fd)
{
    FAIL_OR(SYSTEM->sync_all(NULL, fd));
}

void faulty_io_init(struct faulty_io *faulty)
{
    *faulty = (struct faulty_io){.ops = *ga_io_system()};
    faulty->ops.open = open_file;
    faulty->ops.close = close_file;
    faulty->ops.read = read_file;
    faulty->ops.write = write_file;
    faulty->ops.read_at = read_file_at;
    faulty->ops.sync = sync_file;
    faulty->ops.rename = rename_file;
    faulty->ops.unlink = unlink_file;
    faulty->ops.rmdir = remove_dir;
    faulty->ops.mkdir = make_dir;
    faulty->ops.stat = stat_file;
    faulty->ops.lock = lock_file;
    faulty->ops.list = list_folder;
    faulty->ops.read_link = read_link;
    faulty->ops.sync_all = sync_all;
    faulty->ops.ctx = faulty;
}

void faulty_io_fail(struct faulty_io *faulty, int64_t nth, int minus_errno)
{
    faulty->fail_in = nth;
    faulty->minus_errno = minus_errno;
    faulty->has_failed = false;
}
