/* guanai restore: a backup becomes the data folder again. */
#include "private.h"

#include "guanai/app/restore.h"
#include "guanai/base/num.h"

static void put_report(struct ga_command_line *line, const struct ga_restore_report *report)
{
    ga_put_row(line, (const char *const[]){"folder", "records", "kept"}, 3);
    ga_put_row(line, (const char *const[]){report->folder, GA_NUM(report->records), report->kept}, 3);
    if (report->kept != NULL)
        ga_say(line, "the data from before is kept in %1", report->kept);
}

enum ga_exit ga_run_restore(struct ga_command_line *line)
{
    struct ga_command_progress progress;
    struct ga_restore_report report;
    struct ga_problems problems;
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    enum ga_exit exit = ga_args_parse(line, NULL, 0, 1, 1);
    if (exit != GA_EXIT_DONE)
        return exit;
    ga_problems_init(&problems);
    ga_progress_begin(&progress, line);
    enum ga_rc rc = ga_restore_run(&line->session, ga_path(line, line->argv[1]), &progress.progress, &arena, &problems, &report, &err);
    ga_progress_end(&progress);
    ga_say_problems(line, &problems, false);
    if (rc == GA_OK)
        put_report(line, &report);
    else
        exit = ga_say_file_error(line, rc, &err);
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return exit;
}
