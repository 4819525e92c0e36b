/* Every access to files that is not SQLite's. */
#include "guanai/base/io_ops.h"

#include "guanai/base/alloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static int or_errno(int result)
{
    return result < 0 ? -errno : result;
}

static int sys_open(void *ctx, const char *path, int flags, int mode)
{
    (void)ctx;
    return or_errno(open(path, flags | O_CLOEXEC, mode));
}

static int sys_close(void *ctx, int fd)
{
    (void)ctx;
    return or_errno(close(fd));
}

static int64_t sys_read(void *ctx, int fd, void *buf, size_t len)
{
    (void)ctx;
    ssize_t got;
    do
        got = read(fd, buf, len);
    while (got < 0 && errno == EINTR);
    return got < 0 ? -errno : got;
}

static int64_t sys_read_at(void *ctx, int fd, void *buf, size_t len, int64_t at_bytes)
{
    (void)ctx;
    ssize_t got;
    do
        got = pread(fd, buf, len, at_bytes);
    while (got < 0 && errno == EINTR);
    return got < 0 ? -errno : got;
}

static int64_t sys_write(void *ctx, int fd, const void *buf, size_t len)
{
    (void)ctx;
    ssize_t put;
    do
        put = write(fd, buf, len);
    while (put < 0 && errno == EINTR);
    return put < 0 ? -errno : put;
}

static int sys_sync(void *ctx, int fd)
{
    (void)ctx;
    return or_errno(fsync(fd));
}

static int sys_uncache(void *ctx, int fd)
{
    (void)ctx;
    return -posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

static int sys_rename(void *ctx, const char *from, const char *to)
{
    (void)ctx;
    return or_errno(rename(from, to));
}

static int sys_unlink(void *ctx, const char *path)
{
    (void)ctx;
    return or_errno(unlink(path));
}

static int sys_mkdir(void *ctx, const char *path, int mode)
{
    (void)ctx;
    return or_errno(mkdir(path, (mode_t)mode));
}

static int sys_rmdir(void *ctx, const char *path)
{
    (void)ctx;
    return or_errno(rmdir(path));
}

static int sys_stat(void *ctx, const char *path, struct ga_io_stat *ret_stat)
{
    (void)ctx;
    struct stat st;
    if (stat(path, &st) < 0)
        return -errno;
    *ret_stat = (struct ga_io_stat){
        .size_bytes = st.st_size,
        .mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec,
        .device = st.st_dev,
        .inode = st.st_ino,
        .is_dir = S_ISDIR(st.st_mode),
        .is_regular = S_ISREG(st.st_mode),
    };
    return 0;
}

static int64_t sys_free_bytes(void *ctx, const char *path)
{
    (void)ctx;
    struct statvfs st;
    if (statvfs(path, &st) < 0)
        return -errno;
    if (st.f_blocks == 0) /* some do not count their blocks: that is not a full one */
        return -ENOTSUP;
    return (int64_t)st.f_bavail * (int64_t)st.f_frsize;
}

static int sys_lock(void *ctx, int fd)
{
    (void)ctx;
    return or_errno(flock(fd, LOCK_EX | LOCK_NB));
}

static int64_t sys_read_link(void *ctx, const char *path, char *buf, size_t size)
{
    (void)ctx;
    const ssize_t got = readlink(path, buf, size);
    return got < 0 ? -errno : got;
}

static int sys_may_write(void *ctx, const char *path)
{
    (void)ctx;
    return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) < 0 ? -errno : 0;
}

static int sys_sync_all(void *ctx, int fd)
{
    (void)ctx;
    return or_errno(syncfs(fd));
}

static int sys_list(void *ctx, const char *path, int (*each)(void *arg, const char *name), void *arg)
{
    (void)ctx;
    DIR *dir = opendir(path);
    if (dir == NULL)
        return -errno;
    int rc = 0;
    for (struct dirent *entry; rc == 0 && (entry = readdir(dir)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            rc = each(arg, entry->d_name);
    closedir(dir);
    return rc;
}

const struct ga_io_ops *ga_io_system(void)
{
    static const struct ga_io_ops ops = {
        .open = sys_open,     .close = sys_close,   .read = sys_read,   .write = sys_write,
        .sync = sys_sync,     .rename = sys_rename, .unlink = sys_unlink, .mkdir = sys_mkdir,
        .rmdir = sys_rmdir,   .stat = sys_stat,     .free_bytes = sys_free_bytes,
        .lock = sys_lock,     .list = sys_list,   .read_at = sys_read_at,
        .read_link = sys_read_link, .sync_all = sys_sync_all, .uncache = sys_uncache, .may_write = sys_may_write,
    };
    return &ops;
}

bool ga_io_is_same(const struct ga_io_ops *io, const char *a, const char *b)
{
    struct ga_io_stat first, second;
    return io->stat(io->ctx, a, &first) == 0 && io->stat(io->ctx, b, &second) == 0 && first.device == second.device &&
           first.inode == second.inode;
}

enum ga_rc ga_io_fail(struct ga_error *err, int minus_errno, const char *verb, const char *path)
{
    enum ga_rc rc = minus_errno == -ENOENT ? GA_NOT_FOUND : GA_IO;
    return ga_error_set(err, rc, "cannot %1 %2: %3", verb, path, strerror(-minus_errno));
}

static enum ga_rc read_all(const struct ga_io_ops *io, int fd, const char *path, size_t max_bytes,
                           struct ga_str *bytes, struct ga_error *err)
{
    for (;;) {
        ga_str_reserve(bytes, 64 * 1024);
        int64_t got = io->read(io->ctx, fd, bytes->data + bytes->len, 64 * 1024);
        if (got < 0)
            return ga_io_fail(err, (int)got, "read", path);
        if (got == 0)
            return GA_OK;
        bytes->len += (size_t)got;
        bytes->data[bytes->len] = '\0';
        if (bytes->len > max_bytes)
            return ga_error_set(err, GA_TOO_BIG, "%1 is too large", path);
    }
}

enum ga_rc ga_io_read_file(const struct ga_io_ops *io, const char *path, size_t max_bytes,
                           struct ga_str *ret_bytes, struct ga_error *err)
{
    struct ga_io_stat st;
    int rc = io->stat(io->ctx, path, &st);
    if (rc < 0)
        return ga_io_fail(err, rc, "read", path);
    if (!st.is_regular)
        return ga_error_set(err, GA_IO, "%1 is not a file", path);
    if (st.size_bytes > (int64_t)max_bytes)
        return ga_error_set(err, GA_TOO_BIG, "%1 is too large", path);
    int fd = io->open(io->ctx, path, O_RDONLY, 0);
    if (fd < 0)
        return ga_io_fail(err, fd, "read", path);
    struct ga_str bytes = {0};
    enum ga_rc result = read_all(io, fd, path, max_bytes, &bytes, err);
    io->close(io->ctx, fd);
    if (result != GA_OK) {
        ga_str_finish(&bytes);
        return result;
    }
    *ret_bytes = bytes;
    return GA_OK;
}

static enum ga_rc write_all(const struct ga_io_ops *io, int fd, const char *path, const char *bytes,
                            size_t len, struct ga_error *err)
{
    while (len > 0) {
        int64_t put = io->write(io->ctx, fd, bytes, len);
        if (put <= 0)
            return ga_io_fail(err, put == 0 ? -ENOSPC : (int)put, "write", path);
        bytes += put;
        len -= (size_t)put;
    }
    int rc = io->sync(io->ctx, fd);
    io->uncache(io->ctx, fd); /* it is read back from the disk, not from memory */
    return rc < 0 ? ga_io_fail(err, rc, "write", path) : GA_OK;
}

static enum ga_rc read_back(const struct ga_io_ops *io, const char *path, const void *bytes, size_t len,
                            struct ga_error *err)
{
    struct ga_str back = {0};
    enum ga_rc rc = ga_io_read_file(io, path, len, &back, err);
    if (rc == GA_OK && (back.len != len || (len > 0 && memcmp(back.data, bytes, len) != 0)))
        rc = ga_error_set(err, GA_IO, "%1 does not read back as written", path);
    ga_str_finish(&back);
    return rc;
}

void ga_io_sync_folder_of(const struct ga_io_ops *io, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? ga_strdup(".") : ga_strndup(path, slash == path ? 1 : (size_t)(slash - path));
    int fd = io->open(io->ctx, folder, O_RDONLY | O_DIRECTORY, 0);
    if (fd >= 0) { /* some file systems cannot; the file itself is safe */
        io->sync(io->ctx, fd);
        io->close(io->ctx, fd);
    }
    free(folder);
}

enum ga_rc ga_io_settle_file(const struct ga_io_ops *io, const char *path, struct ga_error *err)
{
    const int fd = io->open(io->ctx, path, O_RDWR, 0);
    if (fd < 0)
        return ga_io_fail(err, fd, "write", path);
    const int synced = io->sync(io->ctx, fd);
    io->uncache(io->ctx, fd);
    io->close(io->ctx, fd);
    return synced < 0 ? ga_io_fail(err, synced, "write", path) : GA_OK;
}

static enum ga_rc write_part(const struct ga_io_ops *io, const char *part, const void *bytes, size_t len,
                             struct ga_error *err)
{
    int fd = io->open(io->ctx, part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0)
        return ga_io_fail(err, fd, "write", part);
    enum ga_rc rc = write_all(io, fd, part, bytes, len, err);
    int closed = io->close(io->ctx, fd);
    if (rc == GA_OK && closed < 0)
        rc = ga_io_fail(err, closed, "write", part);
    return rc == GA_OK ? read_back(io, part, bytes, len, err) : rc;
}

enum ga_rc ga_io_write_file(const struct ga_io_ops *io, const char *path, const void *bytes, size_t len,
                            struct ga_error *err)
{
    struct ga_str part = {0};
    ga_str_addf(&part, "%s.part", path);
    enum ga_rc rc = write_part(io, part.data, bytes, len, err);
    if (rc == GA_OK) {
        int renamed = io->rename(io->ctx, part.data, path);
        if (renamed < 0)
            rc = ga_io_fail(err, renamed, "write", path);
    }
    if (rc == GA_OK)
        ga_io_sync_folder_of(io, path);
    else
        io->unlink(io->ctx, part.data);
    ga_str_finish(&part);
    return rc;
}

enum ga_rc ga_io_make_dirs(const struct ga_io_ops *io, const char *path, struct ga_error *err)
{
    char *partial = ga_strdup(path);
    enum ga_rc rc = GA_OK;
    for (char *p = partial + 1; rc == GA_OK; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        const char was = *p;
        *p = '\0';
        int made = io->mkdir(io->ctx, partial, 0700);
        if (made < 0 && made != -EEXIST)
            rc = ga_io_fail(err, made, "make the folder", partial);
        *p = was;
        if (was == '\0')
            break;
    }
    free(partial);
    return rc;
}
