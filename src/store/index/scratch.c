/* Lays bytes aside where only this process can read them. */
#include "guanai/store/scratch.h"

#include "guanai/crypt/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

enum { PIECE_BYTES_MAX = 64 << 20 };

struct piece_head {
    uint64_t bytes, number;
    uint8_t tag[GA_BOX_TAG_BYTES];
};

void ga_scratch_start(struct ga_scratch *scratch, const struct ga_io_ops *io, const char *folder)
{
    *scratch = (struct ga_scratch){.io = io, .folder = folder, .fd = -1};
    ga_crypt_random()->fill(ga_crypt_random()->ctx, scratch->key, sizeof(scratch->key));
}

void ga_scratch_finish(struct ga_scratch *scratch)
{
    if (scratch->io == NULL)
        return;
    if (scratch->fd >= 0)
        scratch->io->close(scratch->io->ctx, scratch->fd);
    ga_crypt_wipe(scratch->key, sizeof(scratch->key));
    *scratch = (struct ga_scratch){0};
}

/* Its name is gone before anything stands in it. */
static enum ga_rc make_file(struct ga_scratch *scratch, struct ga_error *err)
{
    struct ga_str path = {0};
    enum ga_rc rc = GA_OK;
    ga_str_addf(&path, "%s/aside.part", scratch->folder);
    scratch->io->unlink(scratch->io->ctx, path.data); /* left by a power cut in just this moment */
    scratch->fd = scratch->io->open(scratch->io->ctx, path.data, O_RDWR | O_CREAT | O_EXCL, 0600);
    const int gone = scratch->fd < 0 ? 0 : scratch->io->unlink(scratch->io->ctx, path.data);
    if (scratch->fd < 0 || gone < 0)
        rc = ga_io_fail(err, scratch->fd < 0 ? scratch->fd : gone, "write", path.data);
    ga_str_finish(&path);
    return rc;
}

static enum ga_rc write_all(struct ga_scratch *scratch, const void *bytes, size_t len, struct ga_error *err)
{
    for (size_t done = 0; done < len;) {
        const int64_t put = scratch->io->write(scratch->io->ctx, scratch->fd, (const char *)bytes + done, len - done);
        if (put <= 0)
            return ga_io_fail(err, put == 0 ? -ENOSPC : (int)put, "write", scratch->folder);
        done += (size_t)put;
        scratch->end_bytes += put;
    }
    return GA_OK;
}

static enum ga_rc say_damaged(const struct ga_scratch *scratch, struct ga_error *err)
{
    return ga_io_fail(err, -EIO, "read", scratch->folder);
}

static enum ga_rc read_all(struct ga_scratch *scratch, int64_t at, void *bytes, size_t len, struct ga_error *err)
{
    for (size_t done = 0; done < len;) {
        const int64_t got = scratch->io->read_at(scratch->io->ctx, scratch->fd, (char *)bytes + done, len - done,
                                                 at + (int64_t)done);
        if (got <= 0)
            return got == 0 ? say_damaged(scratch, err) : ga_io_fail(err, (int)got, "read", scratch->folder);
        done += (size_t)got;
    }
    return GA_OK;
}

enum ga_rc ga_scratch_put(struct ga_scratch *scratch, void *bytes, size_t len, int64_t *ret_at_bytes, struct ga_error *err)
{
    struct piece_head head = {.bytes = len, .number = scratch->pieces++};
    enum ga_rc rc = scratch->fd < 0 ? make_file(scratch, err) : GA_OK;
    if (rc != GA_OK)
        return rc;
    const int64_t at = scratch->end_bytes;
    ga_box_close(scratch->key, head.number, bytes, len, head.tag);
    rc = write_all(scratch, &head, sizeof(head), err);
    if (rc == GA_OK)
        rc = write_all(scratch, bytes, len, err);
    if (rc == GA_OK)
        *ret_at_bytes = at;
    return rc;
}

enum ga_rc ga_scratch_get(struct ga_scratch *scratch, int64_t at_bytes, struct ga_str *ret_bytes, struct ga_error *err)
{
    struct piece_head head;
    ga_str_clear(ret_bytes);
    enum ga_rc rc = scratch->fd < 0 ? say_damaged(scratch, err) : read_all(scratch, at_bytes, &head, sizeof(head), err);
    if (rc == GA_OK && head.bytes > PIECE_BYTES_MAX)
        rc = say_damaged(scratch, err);
    if (rc != GA_OK)
        return rc;
    ga_str_reserve(ret_bytes, head.bytes);
    rc = read_all(scratch, at_bytes + (int64_t)sizeof(head), ret_bytes->data, head.bytes, err);
    if (rc == GA_OK && !ga_box_open(scratch->key, head.number, ret_bytes->data, head.bytes, head.tag))
        rc = say_damaged(scratch, err);
    if (rc == GA_OK)
        ret_bytes->len = head.bytes;
    return rc;
}

int64_t ga_scratch_next(int64_t at_bytes, size_t len)
{
    return at_bytes + (int64_t)(sizeof(struct piece_head) + len);
}
