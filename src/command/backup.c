/* guanai backup: a copy that has been opened and counted. */
#include "private.h"

#include "guanai/app/backup.h"
#include "guanai/base/num.h"

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
    enum ga_rc rc = ga_backup_write(session, ga_path(line, line->argv[1]), &arena, &path, &records, &err);
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
