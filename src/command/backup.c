/* guanai backup: a copy that has been opened and counted. */
#include "private.h"

#include "guanai/app/own_forms.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/sql/stmt.h"

#include <string.h>

enum { CONFIG_BYTES_MAX = 1 << 20 };

/* Day and time of the copy, so that many lie side by side in order. */
static const char *copy_name(struct ga_session *session, const char *folder, struct ga_arena *arena)
{
    const struct ga_clock *clock = session->options->clock;
    const int64_t now_ms = clock->now_ms(clock->ctx);
    const int64_t second = (now_ms / 1000 + clock->utc_offset_s(clock->ctx, now_ms)) % 86400;
    return ga_arena_printf(arena, "%s/guanai-%s-%02d%02d%02d", folder, GA_DATE_ISO(session->today),
                           (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

static enum ga_rc count_records(struct ga_db *db, int64_t *ret_count, struct ga_error *err)
{
    return ga_db_query_int(db, "SELECT count(*) FROM record", ret_count, err);
}

/* Opened as any database is, whole by SQLite's own check, and left behind as one file again. */
static enum ga_rc count_copy(const char *path, int64_t *ret_count, struct ga_error *err)
{
    const struct ga_db_options options = {.path = path};
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

static enum ga_rc copy_config(struct ga_session *session, const char *to, struct ga_error *err)
{
    const struct ga_io_ops *io = session->options->io;
    struct ga_str path = {0}, bytes = {0};
    ga_str_addf(&path, "%s/config.yaml", session->data_folder);
    enum ga_rc rc = ga_io_read_file(io, session->options->config != NULL ? session->options->config : path.data,
                                    CONFIG_BYTES_MAX, &bytes, err);
    if (rc == GA_OK)
        rc = ga_io_write_file(io, to, ga_str_text(&bytes), bytes.len, err);
    else if (rc == GA_NOT_FOUND)
        rc = GA_OK; /* a school without settings has none to copy */
    ga_str_finish(&path);
    ga_str_finish(&bytes);
    return rc;
}

static enum ga_rc copy_forms(struct ga_session *session, const char *to, struct ga_arena *arena, struct ga_error *err)
{
    const char *own = ga_session_own_forms(session->data_folder, arena);
    enum ga_rc rc = ga_own_forms_copy(session->options->io, own, to, err);
    return rc == GA_NOT_FOUND ? GA_OK : rc; /* most schools have none of their own */
}

static enum ga_rc check_folder(const struct ga_io_ops *io, const char *folder, struct ga_error *err)
{
    struct ga_io_stat stat;
    const int rc = io->stat(io->ctx, folder, &stat);
    if (rc < 0)
        return ga_io_fail(err, rc, "open", folder);
    return stat.is_dir ? GA_OK : ga_error_set(err, GA_IO, "%1 is no folder", folder);
}

/* Under its own name only once it has been opened and counted: what broke off is no backup. */
static enum ga_rc make_copy(struct ga_session *session, const char *part, const char *path, int64_t *ret_count,
                            struct ga_error *err)
{
    int64_t here = 0;
    const struct ga_io_ops *io = session->options->io;
    enum ga_rc rc = ga_db_copy(ga_store_db(session->store), part, err);
    if (rc == GA_OK)
        rc = count_records(ga_store_db(session->store), &here, err);
    if (rc == GA_OK)
        rc = count_copy(part, ret_count, err);
    if (rc == GA_OK && here != *ret_count)
        rc = ga_error_set(err, GA_DAMAGED, "the copy %1 is damaged", path);
    const int renamed = rc == GA_OK ? io->rename(io->ctx, part, path) : 0;
    if (renamed < 0)
        rc = ga_io_fail(err, renamed, "write", path);
    if (rc != GA_OK)
        io->unlink(io->ctx, part);
    else
        ga_io_sync_folder_of(io, path);
    return rc;
}

static enum ga_rc backup(struct ga_session *session, const char *folder, struct ga_arena *arena, const char **ret_path,
                         int64_t *ret_count, struct ga_error *err)
{
    const struct ga_io_ops *io = session->options->io;
    const char *name = copy_name(session, folder, arena), *path = ga_arena_printf(arena, "%s.db", name);
    struct ga_io_stat stat;
    enum ga_rc rc = check_folder(io, folder, err);
    if (rc == GA_OK && io->stat(io->ctx, path, &stat) == 0)
        rc = ga_error_set(err, GA_REFUSED, "there is a file already at %1", path);
    if (rc != GA_OK)
        return rc;
    const char *config = ga_arena_printf(arena, "%s.yaml", name), *forms = ga_arena_printf(arena, "%s.forms", name);
    rc = copy_config(session, config, err); /* first: a backup that is there has its settings and forms beside it */
    if (rc == GA_OK)
        rc = copy_forms(session, forms, arena, err);
    if (rc == GA_OK)
        rc = make_copy(session, ga_arena_printf(arena, "%s.db.part", name), path, ret_count, err);
    if (rc == GA_OK) {
        *ret_path = path;
    } else {
        io->unlink(io->ctx, config);
        ga_own_forms_remove(io, forms);
    }
    return rc;
}

enum ga_exit ga_run_backup(struct ga_command_line *line)
{
    struct ga_session *session;
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    int64_t records = 0;
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 1, 1);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    const char *path = NULL;
    enum ga_rc rc = backup(session, ga_path(line, line->argv[1]), &arena, &path, &records, &err);
    if (rc == GA_OK) {
        ga_put_row(line, (const char *const[]){"file", "records"}, 2);
        ga_put_row(line, (const char *const[]){path, GA_NUM(records)}, 2);
    } else {
        exit = ga_say_file_error(line, rc, &err);
    }
    ga_session_close(session);
    ga_arena_finish(&arena);
    return exit;
}
