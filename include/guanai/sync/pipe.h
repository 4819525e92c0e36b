/* Where the bytes of a bundle come from, where they go. */
#ifndef GUANAI_SYNC_PIPE_H
#define GUANAI_SYNC_PIPE_H

#include "guanai/base/io_ops.h"

/* A bundle may hold 100,000 children: it is never in memory as a whole. */
struct ga_sync_sink {
    enum ga_rc (*put)(void *ctx, const void *bytes, size_t len, struct ga_error *err);
    void *ctx;
};

/* Gives at least one byte, at most `most`; *ret_len 0 is the end. */
struct ga_sync_source {
    enum ga_rc (*take)(void *ctx, void *bytes, size_t most, size_t *ret_len, struct ga_error *err);
    void *ctx;
};

/* An open file, read from where it stands, or written there. `path` is for error messages; all borrowed. */
struct ga_sync_file {
    const struct ga_io_ops *io;
    int fd;
    const char *path;
};

struct ga_sync_source ga_sync_read_file(struct ga_sync_file *file);
struct ga_sync_sink ga_sync_write_file(struct ga_sync_file *file);

#endif
