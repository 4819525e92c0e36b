/* One open file that is read at any place through a small cache. */
#include "guanai/sheet/source.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sheet/sheet.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

static enum ga_rc check_stat(const struct ga_io_stat *st, const char *path, struct ga_error *err)
{
    if (!st->is_regular)
        return ga_error_set(err, GA_REFUSED, "%1 is not a file: choose a table (.xlsx or .csv)", path);
    if (st->size_bytes == 0)
        return ga_error_set(err, GA_REFUSED, "%1 is empty: copy or save the file once more", path);
    if (st->size_bytes > GA_SHEET_FILE_BYTES)
        return ga_error_set(err, GA_TOO_BIG,
                            "%1 has %2 MB, more than the %3 MB a table may have: split it into several files",
                            path, GA_NUM(st->size_bytes >> 20), GA_NUM(GA_SHEET_FILE_BYTES >> 20));
    return GA_OK;
}

enum ga_rc ga_source_open(const struct ga_io_ops *io, const char *path, struct ga_source **ret_source,
                          struct ga_error *err)
{
    struct ga_io_stat st;
    int failed = io->stat(io->ctx, path, &st);
    if (failed < 0)
        return ga_io_fail(err, failed, "read", path);
    enum ga_rc rc = check_stat(&st, path, err);
    if (rc != GA_OK)
        return rc;
    int fd = io->open(io->ctx, path, O_RDONLY, 0);
    if (fd < 0)
        return ga_io_fail(err, fd, "open", path);
    struct ga_source *source = ga_alloc(sizeof(*source));
    source->io = io;
    source->path = ga_strdup(path);
    source->fd = fd;
    source->size_bytes = st.size_bytes;
    *ret_source = source;
    return GA_OK;
}

void ga_source_close(struct ga_source *source)
{
    if (source == NULL)
        return;
    source->io->close(source->io->ctx, source->fd);
    free(source->path);
    free(source);
}

static size_t read_fully(struct ga_source *source, char *buf, size_t len, int64_t at_bytes)
{
    size_t done = 0;
    while (done < len && source->minus_errno == 0) {
        int64_t got = source->io->read_at(source->io->ctx, source->fd, buf + done, len - done,
                                          at_bytes + (int64_t)done);
        if (got < 0)
            source->minus_errno = (int)got;
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return done;
}

static size_t copy_cached(const struct ga_source *source, char *buf, size_t len, int64_t at_bytes)
{
    int64_t into = at_bytes - source->cache_at;
    if (into < 0 || into >= (int64_t)source->cache_len)
        return 0;
    size_t there = source->cache_len - (size_t)into;
    size_t n = len < there ? len : there;
    memcpy(buf, source->cache + into, n);
    return n;
}

size_t ga_source_read(struct ga_source *source, void *buf, size_t len, int64_t at_bytes)
{
    if (len >= sizeof(source->cache))
        return read_fully(source, buf, len, at_bytes);
    size_t done = copy_cached(source, buf, len, at_bytes);
    if (done < len) {
        source->cache_at = at_bytes + (int64_t)done;
        source->cache_len = read_fully(source, source->cache, sizeof(source->cache), source->cache_at);
        done += copy_cached(source, (char *)buf + done, len - done, source->cache_at);
    }
    return done;
}

enum ga_rc ga_source_check(const struct ga_source *source, struct ga_error *err)
{
    return source->minus_errno == 0 ? GA_OK : ga_io_fail(err, source->minus_errno, "read", source->path);
}
