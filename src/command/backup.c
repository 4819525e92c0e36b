/* guanai backup: a copy that has been opened and counted; the copies that are there. */
#include "private.h"

#include "guanai/app/backup.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

static void put_made(struct ga_command_line *line, const char *path, int64_t records)
{
    ga_put_row(line, (const char *const[]){"file", "records"}, 2);
    ga_put_row(line, (const char *const[]){path, GA_NUM(records)}, 2);
}

static enum ga_rc write_to(struct ga_command_line *line, struct ga_session *session, struct ga_error *err)
{
    struct ga_arena arena = {0};
    const char *path = NULL;
    int64_t records = 0;
    const enum ga_rc rc = ga_backup_write(session, ga_path(line, line->argv[1]), &arena, &path, &records, err);
    if (rc == GA_OK)
        put_made(line, path, records);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc list(struct ga_command_line *line, struct ga_session *session, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec backups;
    ga_vec_init(&backups, sizeof(struct ga_backup));
    const enum ga_rc rc = ga_backups_list(session, &arena, &backups, err);
    if (rc == GA_OK)
        ga_put_row(line, (const char *const[]){"file", "day", "why", "bytes"}, 4);
    for (size_t i = 0; rc == GA_OK && i < backups.len; i++) {
        const struct ga_backup *backup = ga_vec_at(&backups, i);
        ga_put_row(line,
                   (const char *const[]){backup->path, GA_DATE_ISO(backup->day),
                                         ga_backup_occasion_code(backup->occasion), GA_NUM(backup->size_bytes)},
                   4);
    }
    ga_vec_finish(&backups);
    ga_arena_finish(&arena);
    return rc;
}

/* One more of the series in the data folder; of an empty archive there is nothing to say. */
static enum ga_rc make(struct ga_command_line *line, struct ga_session *session, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec backups;
    struct ga_backup_said said = {.records = 0};
    ga_vec_init(&backups, sizeof(struct ga_backup));
    enum ga_rc rc = ga_backups_make(session, GA_BACKUP_ASKED, err);
    if (rc == GA_OK)
        rc = ga_backups_list(session, &arena, &backups, err);
    if (rc == GA_OK && backups.len > 0 && ga_backups_last(session, &said))
        put_made(line, GA_VEC_AT(struct ga_backup, &backups, backups.len - 1)->path, said.records);
    ga_vec_finish(&backups);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_exit ga_run_backup(struct ga_command_line *line)
{
    bool is_list = false;
    const struct ga_option options[] = {{"--list", NULL, &is_list}};
    struct ga_session *session;
    struct ga_error err = {0};
    enum ga_exit exit = ga_args_parse(line, options, GA_COUNT(options), 0, 1);
    if (exit == GA_EXIT_DONE)
        exit = ga_command_open(line, &session);
    if (exit != GA_EXIT_DONE)
        return exit;
    const enum ga_rc rc = is_list           ? list(line, session, &err)
                          : line->argc > 1 ? write_to(line, session, &err)
                                           : make(line, session, &err);
    if (rc != GA_OK)
        exit = ga_say_file_error(line, rc, &err);
    ga_session_close(session);
    return exit;
}
