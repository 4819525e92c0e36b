/* Tells a copy of a school's database from other files. */
#include "guanai/store/backup.h"

#include "private.h"

#include <fcntl.h>
#include <string.h>

/* https://www.sqlite.org/fileformat2.html, section 1.3; numbers there have the high byte first. */
enum { HEAD_BYTES = 100, PAGE_BYTES_AT = 16, PAGES_AT = 28, VERSION_AT = 60, APPLICATION_AT = 68 };

static uint32_t number_at(const uint8_t *head, int at, int bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < bytes; i++)
        number = number << 8 | head[at + i];
    return number;
}

static enum ga_rc read_head(const struct ga_io_ops *io, const char *path, uint8_t head[HEAD_BYTES], struct ga_error *err)
{
    const int fd = io->open(io->ctx, path, O_RDONLY, 0);
    if (fd < 0)
        return ga_io_fail(err, fd, "open", path);
    const int64_t got = io->read_at(io->ctx, fd, head, HEAD_BYTES, 0);
    io->close(io->ctx, fd);
    if (got < 0)
        return ga_io_fail(err, (int)got, "read", path);
    if (got < HEAD_BYTES || memcmp(head, "SQLite format 3", 16) != 0 ||
        number_at(head, APPLICATION_AT, 4) != GA_APPLICATION_ID)
        return ga_error_set(err, GA_DAMAGED, "%1 is no backup of this program", path);
    return GA_OK;
}

static enum ga_rc check_version(const uint8_t *head, struct ga_error *err)
{
    const uint32_t version = number_at(head, VERSION_AT, 4);
    if (version < GA_SCHEMA_OLDEST) /* later ones are brought up at opening */
        return ga_error_set(err, GA_DAMAGED, "this backup was written by a trial version of the program");
    if (version > GA_SCHEMA_VERSION) {
        ga_error_set(err, GA_DAMAGED, "this backup was written by a newer version of the program");
        ga_error_hint(err, "install the newer version on this computer too");
        return GA_DAMAGED;
    }
    return GA_OK;
}

/* SQLite leaves these beside a database that is open, or was when the power went. */
static bool has_rest(const struct ga_io_ops *io, const char *path)
{
    static const char *const endings[] = {"-wal", "-journal"};
    struct ga_io_stat stat;
    bool is_there = false;
    for (size_t i = 0; i < 2; i++) {
        struct ga_str rest = {0};
        ga_str_addf(&rest, "%s%s", path, endings[i]);
        is_there |= io->stat(io->ctx, rest.data, &stat) == 0 && stat.size_bytes > 0;
        ga_str_finish(&rest);
    }
    return is_there;
}

enum ga_rc ga_backup_inspect(const struct ga_io_ops *io, const char *path, int64_t *ret_size_bytes,
                             struct ga_error *err)
{
    struct ga_io_stat stat;
    uint8_t head[HEAD_BYTES];
    const int found = io->stat(io->ctx, path, &stat);
    if (found < 0)
        return ga_io_fail(err, found, "open", path);
    if (!stat.is_regular)
        return ga_error_set(err, GA_DAMAGED, "%1 is no backup of this program", path);
    enum ga_rc rc = read_head(io, path, head, err);
    if (rc == GA_OK)
        rc = check_version(head, err);
    if (rc != GA_OK)
        return rc;
    if (has_rest(io, path)) {
        ga_error_set(err, GA_REFUSED, "%1 is a database at work, not a backup", path);
        ga_error_hint(err, "make a copy with guanai backup there, then restore the copy");
        return GA_REFUSED;
    }
    const uint32_t raw = number_at(head, PAGE_BYTES_AT, 2);
    if (stat.size_bytes < (int64_t)number_at(head, PAGES_AT, 4) * (raw == 1 ? 65536 : raw))
        return ga_error_set(err, GA_DAMAGED, "%1 is cut off: part of the file is missing", path);
    if (ret_size_bytes != NULL)
        *ret_size_bytes = stat.size_bytes;
    return GA_OK;
}
