/* Writes a copy of the archive with its settings and forms beside it. */
#include "guanai/app/backup.h"

#include "guanai/app/own_forms.h"
#include "guanai/app/sticks.h"
#include "guanai/store/copy.h"
#include "school/backup_inner.h"

#include <string.h>

enum { CONFIG_BYTES_MAX = 1 << 20 };

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
    const enum ga_rc rc = ga_own_forms_copy(session->options->io, own, to, err);
    return rc == GA_NOT_FOUND ? GA_OK : rc; /* most schools have none of their own */
}

void ga_backup_remove(struct ga_session *session, const char *name, struct ga_arena *arena)
{
    const struct ga_io_ops *io = session->options->io;
    io->unlink(io->ctx, ga_arena_printf(arena, "%s.db", name));
    io->unlink(io->ctx, ga_arena_printf(arena, "%s.yaml", name));
    ga_own_forms_remove(io, ga_arena_printf(arena, "%s.forms", name));
}

enum ga_rc ga_backup_write_named(struct ga_session *session, const char *name, struct ga_arena *arena,
                                 const char **ret_path, int64_t *ret_records, struct ga_error *err)
{
    const struct ga_io_ops *io = session->options->io;
    struct ga_io_stat stat;
    const char *path = ga_arena_printf(arena, "%s.db", name);
    if (io->stat(io->ctx, path, &stat) == 0)
        return ga_error_set(err, GA_REFUSED, "there is a file already at %1", path);
    enum ga_rc rc = copy_config(session, ga_arena_printf(arena, "%s.yaml", name), err);
    if (rc == GA_OK)
        rc = copy_forms(session, ga_arena_printf(arena, "%s.forms", name), arena, err);
    if (rc == GA_OK)
        rc = ga_store_copy(session->store, path, ret_records, err);
    if (rc == GA_OK)
        *ret_path = path;
    else
        ga_backup_remove(session, name, arena);
    return rc;
}

/* As large as the archive is, whatever of it is still in SQLite's log; with a little for settings and forms. */
static enum ga_rc check_room(struct ga_session *session, const char *folder, struct ga_error *err)
{
    enum { BESIDE_BYTES = 1 << 20 };
    int64_t bytes = 0;
    const enum ga_rc rc = ga_db_query_int(ga_store_db(session->store), "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                                          &bytes, err);
    return rc == GA_OK ? ga_session_folder_check(session, folder, bytes + BESIDE_BYTES, err) : rc;
}

/* Day and time of the copy, so that many lie side by side in order. */
enum ga_rc ga_backup_write(struct ga_session *session, const char *folder, struct ga_arena *arena, const char **ret_path,
                           int64_t *ret_records, struct ga_error *err)
{
    const struct ga_clock *clock = session->options->clock;
    const int64_t now_ms = clock->now_ms(clock->ctx);
    const int64_t second = (now_ms / 1000 + clock->utc_offset_s(clock->ctx, now_ms)) % 86400;
    const enum ga_rc rc = check_room(session, folder, err);
    const size_t len = strlen(folder);
    if (rc != GA_OK)
        return rc;
    const char *name = ga_arena_printf(arena, "%s%sguanai-%s-%02d%02d%02d", folder, len > 0 && folder[len - 1] == '/' ? "" : "/", GA_DATE_ISO(session->today),
                                       (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
    return ga_backup_write_named(session, name, arena, ret_path, ret_records, err);
}
