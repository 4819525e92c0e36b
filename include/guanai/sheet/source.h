/* One open file that is read at any place through a small cache. */
#ifndef GUANAI_SHEET_SOURCE_H
#define GUANAI_SHEET_SOURCE_H

#include "guanai/base/error.h"
#include "guanai/base/io_ops.h"

#include <stddef.h>
#include <stdint.h>

enum { GA_SOURCE_CACHE_BYTES = 16 << 10 };

struct ga_source {
    const struct ga_io_ops *io;
    char *path;
    int fd;
    int64_t size_bytes; /* when it was opened */
    int minus_errno;    /* of the first read that failed; 0 while all is well */
    int64_t cache_at;
    size_t cache_len;
    char cache[GA_SOURCE_CACHE_BYTES];
};

/* GA_TOO_BIG past GA_SHEET_FILE_BYTES, GA_REFUSED for folders and empty files. The caller closes it. */
enum ga_rc ga_source_open(const struct ga_io_ops *io, const char *path, struct ga_source **ret_source,
                          struct ga_error *err);
void ga_source_close(struct ga_source *source); /* NULL is fine */

/* As many bytes as there are up to len; less only at the end of the file or after a failed read. */
size_t ga_source_read(struct ga_source *source, void *buf, size_t len, int64_t at_bytes);

/* GA_OK as long as no read failed, else the reason in words. */
enum ga_rc ga_source_check(const struct ga_source *source, struct ga_error *err);

#endif
