/* A file that exists only in memory, for the readers under test. */
#ifndef TESTS_SHEET_MEMORY_FILE_H
#define TESTS_SHEET_MEMORY_FILE_H

#include "guanai/base/io_ops.h"

#include <errno.h>
#include <string.h>

struct memory_file {
    const char *bytes;
    size_t len;
    int reads_left; /* after so many reads every one fails; < 0: never */
};

static int memory_open(void *ctx, const char *path, int flags, int mode)
{
    (void)ctx, (void)path, (void)flags, (void)mode;
    return 3;
}

static int memory_close(void *ctx, int fd)
{
    (void)ctx, (void)fd;
    return 0;
}

static int64_t memory_read_at(void *ctx, int fd, void *buf, size_t len, int64_t at_bytes)
{
    struct memory_file *file = ctx;
    (void)fd;
    if (file->reads_left == 0)
        return -EIO;
    file->reads_left -= file->reads_left > 0;
    if (at_bytes >= (int64_t)file->len)
        return 0;
    size_t left = file->len - (size_t)at_bytes;
    size_t n = len < left ? len : left;
    memcpy(buf, file->bytes + at_bytes, n);
    return (int64_t)n;
}

static int memory_stat(void *ctx, const char *path, struct ga_io_stat *ret_stat)
{
    struct memory_file *file = ctx;
    (void)path;
    *ret_stat = (struct ga_io_stat){.size_bytes = (int64_t)file->len, .is_regular = true};
    return 0;
}

/* The ops borrow the file. */
static inline struct ga_io_ops memory_io(struct memory_file *file)
{
    return (struct ga_io_ops){.open = memory_open, .close = memory_close, .read_at = memory_read_at,
                              .stat = memory_stat, .ctx = file};
}

#endif
