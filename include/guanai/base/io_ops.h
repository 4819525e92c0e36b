/* Every access to files that is not SQLite's. */
#ifndef GUANAI_BASE_IO_OPS_H
#define GUANAI_BASE_IO_OPS_H

#include "guanai/base/error.h"
#include "guanai/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ga_io_stat {
    int64_t size_bytes;
    int64_t mtime_ns;
    uint64_t device, inode; /* the same in both: the same file */
    bool is_dir;
    bool is_regular;
};

/*
 * The operating system behind a table, so that tests can fill the disk, pull the stick and cut the
 * power at any call. All answer 0 or a positive count, else -errno.
 */
struct ga_io_ops {
    int (*open)(void *ctx, const char *path, int flags, int mode); /* fd or -errno */
    int (*close)(void *ctx, int fd);
    int64_t (*read)(void *ctx, int fd, void *buf, size_t len);
    int64_t (*read_at)(void *ctx, int fd, void *buf, size_t len, int64_t at_bytes); /* moves nothing */
    int64_t (*write)(void *ctx, int fd, const void *buf, size_t len);
    int (*sync)(void *ctx, int fd);
    int (*uncache)(void *ctx, int fd); /* of what was synced: the next read asks the disk itself, where the system can */
    int (*rename)(void *ctx, const char *from, const char *to);
    int (*unlink)(void *ctx, const char *path);
    int (*mkdir)(void *ctx, const char *path, int mode);
    int (*rmdir)(void *ctx, const char *path);
    int (*stat)(void *ctx, const char *path, struct ga_io_stat *ret_stat);
    int64_t (*free_bytes)(void *ctx, const char *path); /* of the file system that holds path; -ENOTSUP: it does not say */
    int (*may_write)(void *ctx, const char *path);      /* there, without trying: -EROFS, -EACCES, -ENOENT … */
    int (*lock)(void *ctx, int fd);                     /* exclusive, never waits: -EWOULDBLOCK */
    int64_t (*read_link)(void *ctx, const char *path, char *buf, size_t size); /* its bytes, not terminated */
    int (*sync_all)(void *ctx, int fd); /* of the whole file system that holds fd, names too */
    int (*list)(void *ctx, const char *path, int (*each)(void *arg, const char *name), void *arg);
    void *ctx;
};

const struct ga_io_ops *ga_io_system(void);

/* The whole file; GA_TOO_BIG past max_bytes, refused before anything is read. Frees nothing on failure. */
enum ga_rc ga_io_read_file(const struct ga_io_ops *io, const char *path, size_t max_bytes,
                           struct ga_str *ret_bytes, struct ga_error *err);

/*
 * path.part → write → sync → read back and compare → rename → sync the folder. Either the old file or
 * the whole new one is there afterwards, whatever happens in between.
 */
enum ga_rc ga_io_write_file(const struct ga_io_ops *io, const char *path, const void *bytes, size_t len,
                            struct ga_error *err);

/* What somebody else wrote is on the disk; what is read of it next comes from there, not from memory, where the system can. */
enum ga_rc ga_io_settle_file(const struct ga_io_ops *io, const char *path, struct ga_error *err);

/* Makes the name of `path` itself durable, where the file system can. */
void ga_io_sync_folder_of(const struct ga_io_ops *io, const char *path);

enum ga_rc ga_io_make_dirs(const struct ga_io_ops *io, const char *path, struct ga_error *err); /* 0700 */

/* Two ways to the same file or folder; false when one of them is not there. */
bool ga_io_is_same(const struct ga_io_ops *io, const char *a, const char *b);

/* GA_IO with the system's own reason in words: "cannot %1 %2: %3". */
enum ga_rc ga_io_fail(struct ga_error *err, int minus_errno, const char *verb, const char *path);

#endif
