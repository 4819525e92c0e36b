/* Keeps a second program out of a data folder. */
#include "guanai/store/lock.h"

#include "guanai/store/operation.h"

#include <errno.h>
#include <fcntl.h>

enum { LOCK_LINE_BYTES = GA_OPERATION_USER_MAX + 30 };

static enum ga_rc say_busy(const struct ga_io_ops *io, const char *path, struct ga_error *err)
{
    struct ga_str who = {0};
    ga_io_read_file(io, path, 2 * LOCK_LINE_BYTES, &who, NULL);
    while (who.len > 0 && who.data[who.len - 1] == ' ')
        who.data[--who.len] = '\0';
    ga_error_set(err, GA_BUSY, "another program has this data folder open: %1",
                 who.len > 0 ? ga_str_text(&who) : "?");
    ga_error_hint(err, "close it there first; nothing was changed");
    ga_str_finish(&who);
    return GA_BUSY;
}

/* Looking things up writes too: who sits here, what was revealed to whom, tables that follow the log. */
static enum ga_rc refuse_unwritable(const char *folder, struct ga_error *err)
{
    ga_error_set(err, GA_IO, "this data folder may be read but not written to: %1", folder);
    ga_error_hint(err, "the program writes there even while things are only looked up. Ask for the right to write, or copy "
                       "the whole folder to a disk of your own and open the copy with --data (go on writing in one of the "
                       "two only). Nothing was changed");
    return GA_IO;
}

static void write_line(const struct ga_io_ops *io, int fd, const char *who)
{
    struct ga_str line = {0};
    ga_str_add(&line, who);
    while (line.len < LOCK_LINE_BYTES) /* overwrites what an earlier, longer line left */
        ga_str_add_char(&line, ' ');
    io->write(io->ctx, fd, line.data, LOCK_LINE_BYTES); /* a courtesy: the lock holds without it */
    ga_str_finish(&line);
}

enum ga_rc ga_lock_take(const struct ga_io_ops *io, const char *folder, const char *who, int *ret_fd,
                        struct ga_error *err)
{
    struct ga_str path = {0};
    enum ga_rc rc = GA_OK;
    ga_str_addf(&path, "%s/lock", folder);
    const int fd = io->open(io->ctx, path.data, O_RDWR | O_CREAT, 0600);
    const int locked = fd < 0 ? fd : io->lock(io->ctx, fd);
    if (fd == -EACCES || fd == -EROFS || fd == -EPERM) {
        rc = refuse_unwritable(folder, err);
    } else if (fd < 0) {
        rc = ga_io_fail(err, fd, "open", path.data);
    } else if (locked < 0) {
        rc = locked == -EWOULDBLOCK ? say_busy(io, path.data, err) : ga_io_fail(err, locked, "lock", path.data);
        io->close(io->ctx, fd);
    } else {
        write_line(io, fd, who);
        *ret_fd = fd;
    }
    ga_str_finish(&path);
    return rc;
}

void ga_lock_drop(const struct ga_io_ops *io, int fd)
{
    if (fd >= 0)
        io->close(io->ctx, fd);
}
