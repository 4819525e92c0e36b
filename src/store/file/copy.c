/* Makes a second file with everything in it, opened and counted before it has its name. */
#include "guanai/store/copy.h"

#include "guanai/base/let_go.h"
#include "private.h"

/* SQLite's check reads most pages once: 8 MiB of them, or the cache of a session, were kept for nothing; it took the same time. */
enum { CHECK_KIB = 128 };

static enum ga_rc count_records(struct ga_db *db, int64_t *ret_count, struct ga_error *err)
{
    return ga_db_query_int(db, "SELECT count(*) FROM record", ret_count, err);
}

/* Opened as any database is, whole by SQLite's own check, and left behind as one file again. */
static enum ga_rc count_copy(const struct ga_store *store, const char *path, int64_t *ret_count, struct ga_error *err)
{
    const struct ga_db_options options = {.path = path, .vfs = store->options.vfs, .cache_kib = CHECK_KIB};
    struct ga_db *copy;
    int64_t faults = 0;
    enum ga_rc rc = ga_db_open(&options, &copy, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_db_query_int(copy, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", &faults, err);
    if (rc == GA_OK && faults > 0)
        rc = ga_error_set(err, GA_DAMAGED, "the copy %1 is damaged", path);
    if (rc == GA_OK)
        rc = count_records(copy, ret_count, err);
    if (rc == GA_OK)
        rc = ga_db_exec(copy, "PRAGMA journal_mode=DELETE", err);
    ga_db_close(copy);
    return rc;
}

static enum ga_rc copy(struct ga_store *store, const char *part, const char *path, int64_t *ret_records,
                       struct ga_error *err)
{
    int64_t here = 0, there = 0;
    const struct ga_io_ops *io = store->options.io;
    io->unlink(io->ctx, part); /* of a time that was broken off */
    ga_store_spare_cache(store, true);
    enum ga_rc rc = ga_db_copy(store->db, part, err);
    ga_store_spare_cache(store, false);
    ga_memory_let_go(); /* what copied is not held beside what looks at the copy */
    if (rc == GA_OK)
        rc = count_records(store->db, &here, err);
    if (rc == GA_OK)
        rc = ga_io_settle_file(io, part, err); /* a stick that keeps less than it says is found out here */
    if (rc == GA_OK)
        rc = count_copy(store, part, &there, err);
    if (rc == GA_OK && here != there)
        rc = ga_error_set(err, GA_DAMAGED, "the copy %1 is damaged", path);
    const int renamed = rc == GA_OK ? io->rename(io->ctx, part, path) : 0;
    if (renamed < 0)
        rc = ga_io_fail(err, renamed, "write", path);
    if (rc != GA_OK) {
        io->unlink(io->ctx, part);
        return rc;
    }
    ga_io_sync_folder_of(io, path);
    *ret_records = there;
    return GA_OK;
}

enum ga_rc ga_store_copy(struct ga_store *store, const char *path, int64_t *ret_records, struct ga_error *err)
{
    const struct ga_io_ops *io = store->options.io;
    struct ga_io_stat stat;
    struct ga_str part = {0};
    if (io->stat(io->ctx, path, &stat) == 0)
        return ga_error_set(err, GA_REFUSED, "there is a file already at %1", path);
    ga_str_addf(&part, "%s.part", path);
    const enum ga_rc rc = copy(store, ga_str_text(&part), path, ret_records, err);
    ga_str_finish(&part);
    return rc;
}
